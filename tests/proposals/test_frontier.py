"""Named options on their frontier: a published example, and a convex hull beside it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.intake.options_csv import Option
from impactmonitor.proposals.frontier import frontier_of

points = st.lists(st.tuples(st.integers(-8, 8), st.integers(-8, 8)), min_size=1, max_size=9)


def options(pairs):
    return [Option(f"o{i}", float(cost), float(effect)) for i, (cost, effect) in enumerate(pairs)]


def test_va_herc_options():
    """The worked example of the Health Economics Resource Center.

    US Department of Veterans Affairs, Health Economics Resource Center, Cost-Effectiveness
    Analysis (herc.research.va.gov), with the answer in the tests of the R package dampack.
    """
    table = {"UC": (5000, 1), "A": (12000, 1.5), "B": (10000, 2),
             "C": (25000, 3), "D": (35000, 4), "E": (55000, 5)}  # fmt: skip
    found = frontier_of([Option(name, *pair) for name, pair in table.items()])
    assert [(one.option, one.status, one.icer) for one in found] == [
        ("UC", "frontier", None),
        ("B", "frontier", 5000),
        ("D", "frontier", 12500),
        ("E", "frontier", 20000),
        ("C", "extended-dominated", None),
        ("A", "dominated", None),
    ]
    assert [one.compared_with for one in found[:4]] == [None, "UC", "B", "D"]


def on_the_hull(pairs):
    """Corners and edges of the lower convex hull that rise, walked point by point."""
    best: dict[int, int] = {}
    for cost, effect in pairs:
        best[effect] = min(cost, best.get(effect, cost))
    cheapest = min(cost for cost, _ in pairs)
    start = max(effect for effect, cost in best.items() if cost == cheapest)
    walked, here = [(cheapest, start)], (cheapest, start)
    while further := [(c, e) for e, c in best.items() if e > here[1]]:
        slopes = {p: Fraction(p[0] - here[0], p[1] - here[1]) for p in further}
        flattest = min(slopes.values())
        here = min((p for p in further if slopes[p] == flattest), key=lambda p: p[1])
        walked.append(here)
    return walked


@given(points)
def test_the_frontier_is_the_rising_part_of_the_lower_hull(pairs):
    found = frontier_of(options(pairs))
    kept = [(one.cost, one.effect) for one in found if one.status == "frontier"]
    assert kept == on_the_hull(pairs)


@given(points)
def test_the_order_of_the_answer(pairs):
    found = frontier_of(options(pairs))
    kinds = ["frontier", "extended-dominated", "dominated"]
    keys = [(kinds.index(one.status), one.cost) for one in found]
    assert keys == sorted(keys)
    ratios = [one.icer for one in found if one.icer is not None]
    assert ratios == sorted(ratios)
    assert all(ratio > 0 for ratio in ratios)
    assert {one.option for one in found} == {f"o{i}" for i in range(len(pairs))}


@given(points, st.randoms())
def test_the_order_of_the_options_changes_no_frontier(pairs, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)

    def frontier(given):
        found = frontier_of(options(given))
        return [(o.cost, o.effect, o.icer) for o in found if o.status == "frontier"]

    assert frontier(pairs) == frontier(shuffled)


def test_ties_and_single_options():
    (only,) = frontier_of(options([(5, -2)]))
    assert (only.status, only.icer, only.compared_with) == ("frontier", None, None)
    equal = frontier_of(options([(5, 1), (5, 1)]))
    assert [(one.status, one.equal_to) for one in equal] == [
        ("frontier", None),
        ("dominated", "o0"),
    ]
    same_cost = frontier_of(options([(5, 1), (5, 2)]))
    assert [(one.option, one.status) for one in same_cost] == [
        ("o1", "frontier"), ("o0", "dominated"),
    ]  # fmt: skip
    same_effect = frontier_of(options([(6, 1), (5, 1)]))
    assert [(one.option, one.status) for one in same_effect] == [
        ("o1", "frontier"), ("o0", "dominated"),
    ]  # fmt: skip
    straight = frontier_of(options([(0, 0), (5, 1), (10, 2)]))
    assert [one.status for one in straight] == ["frontier"] * 3
    negative = frontier_of(options([(0, -3), (2, -2), (-1, -4)]))
    assert [(one.option, one.icer) for one in negative] == [("o2", None), ("o0", 1), ("o1", 2)]
