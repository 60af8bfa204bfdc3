"""Ranks on one quantity: beside counting who is better."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.proposals.placing import HIGH_IS_BEST, places

values = st.dictionaries(
    st.sampled_from("abcdefg"), st.one_of(st.none(), st.integers(-3, 3).map(float)), min_size=1
)


@given(values, st.booleans())
def test_a_rank_is_one_more_than_how_many_are_better(found, high_is_best):
    known = {name: value for name, value in found.items() if value is not None}
    ranks = places(found, high_is_best)
    for name, value in found.items():
        if value is None:
            assert ranks[name] is None
            continue
        better = [v for v in known.values() if (v > value if high_is_best else v < value)]
        assert ranks[name] == 1 + len(better)


def test_rounding_breaks_no_tie():
    assert places({"a": 0.1 + 0.2, "b": 0.3, "c": 0.30001}) == {"a": 2, "b": 2, "c": 1}
    assert places({"a": -1e6, "b": -1e6 - 1e-5}) == {"a": 1, "b": 1}


def test_what_is_paid_back_sooner_and_loses_less_often_comes_first():
    assert [name for name, high in HIGH_IS_BEST.items() if not high] == [
        "payback_years",
        "worst_chance_of_loss",
    ]
