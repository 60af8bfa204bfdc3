"""Chains of restatements."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.model.measurements import Measurement
from impactmonitor.model.restating import by_id, earlier, goes_round


def record(name: str | None, restates: str | None = None) -> Measurement:
    return Measurement(id=name, indicator="trees", period="2025", restates=restates)


def names(records: list[Measurement]) -> list[str | None]:
    return [one.id for one in records]


def test_the_nearest_comes_first() -> None:
    chain = [record("a"), record("b", "a"), record("c", "b")]
    assert names(earlier(chain[2], by_id(chain))) == ["b", "a"]
    assert earlier(chain[0], by_id(chain)) == []
    assert earlier(record("d", "nobody"), by_id(chain)) == []


def test_of_a_name_that_is_given_twice_the_first_counts() -> None:
    one, other = record("a"), record("a", "b")
    assert by_id([one, record(None), other]) == {"a": one}


@given(st.lists(st.sampled_from("abcde"), min_size=5, max_size=5))
def test_a_walk_ends_and_a_circle_is_one_that_comes_back(targets: list[str]) -> None:
    records = [record(name, to) for name, to in zip("abcde", targets, strict=True)]
    named = by_id(records)
    for start, one in zip("abcde", records, strict=True):
        walked, here = [], start
        for _ in range(5):
            here = targets["abcde".index(here)]
            walked.append(here)
        assert goes_round(one, named) == (start in walked)
        assert set(names(earlier(one, named))) == set(walked) - {start}
