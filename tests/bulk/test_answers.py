"""Cases that are refused take their actors with them, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.bulk.answers import Answer, without_taken
from impactmonitor.bulk.columns import decoded, encoded

NAMES = ("a", "a", "b", "c")


def answer(counts: list[int]) -> Answer:
    """Two cases of one id beside each other, whose actors are the same too."""
    done = {"file": "f", "status": "done", "problems": [], "warnings": []}
    rows = [{**done, "case": name, "line": place, "net_present_value": 1.0}
            for place, name in enumerate(NAMES)]  # fmt: skip
    actors = [{"case": name, "actor": f"x{n}", "net": float(place)}
              for place, name in enumerate(NAMES) for n in range(counts[place])]  # fmt: skip
    return Answer(NAMES, tuple(counts), encoded(rows, "parts", False),
                  encoded(actors, "actors", False))  # fmt: skip


@given(
    counts=st.lists(st.integers(0, 3), min_size=4, max_size=4),
    taken=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_what_is_left_is_what_was_not_taken(counts, taken):
    found = without_taken(answer(counts), taken, False)
    rows, actors = decoded(found.cases), decoded(found.actors)
    assert [row["status"] == "refused" for row in rows] == taken
    assert [row["net_present_value"] is None for row in rows] == taken
    kept = [place for place, is_taken in enumerate(taken) if not is_taken]
    assert [row["net"] for row in actors] == [p for p in kept for _ in range(counts[p])]


@pytest.mark.parametrize("is_simulated", [True, False])
def test_the_columns_stay_the_same(is_simulated):
    found = without_taken(answer([1, 1, 1, 1]), [False, True, False, False], is_simulated)
    wanted = decoded(encoded([{"case": "x"}], "parts", is_simulated))[0]
    assert [*decoded(found.cases)[0]] == [*wanted]
