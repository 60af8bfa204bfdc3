"""The slow way to choose: look at every set there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

from impactmonitor.portfolio.choosing_among import OTHER, Candidates, Wish
from impactmonitor.portfolio.choosing_programme import (
    Limit,
    Number,
    apart,
    at_least,
    at_most,
    together,
)

NAMES = "abcdefgh"


def sets_of(names: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(names) + 1):
        yield from combinations(sorted(names), size)


def plain(number: Number) -> Fraction:
    return Fraction(str(number))


def keeps(limit: Limit, chosen: tuple[str, ...]) -> bool:
    return sum(plain(limit.uses.get(name, 0)) for name in chosen) <= plain(limit.highest)


def total(numbers: Mapping[str, Number], chosen: tuple[str, ...]) -> Fraction:
    return sum((plain(numbers[name]) for name in chosen), Fraction(0))


def best_of_all(candidates: Candidates, wish: Wish) -> tuple[str, ...] | None:
    """The best set by the documented rule, or None if no set keeps to the limits."""
    columns = {"npv": candidates.values, "score": candidates.scores}
    best: tuple[tuple[object, ...], tuple[str, ...]] | None = None
    for chosen in sets_of(list(candidates.amounts)):
        spent = total(candidates.amounts, chosen)
        reached = {goal: total(one, chosen) for goal, one in columns.items() if one is not None}
        other = OTHER[wish.maximise]
        if spent > plain(wish.budget) or not all(keeps(one, chosen) for one in candidates.limits):
            continue
        if wish.floor is not None and reached[other] < plain(wish.floor):
            continue
        # the first name that two sets do not share decides: as digits, the earliest weighs most
        digits = tuple(name in chosen for name in sorted(candidates.amounts))
        rank = (reached[wish.maximise], reached.get(other, 0), -spent, digits)
        if best is None or rank > best[0]:
            best = (rank, chosen)
    return None if best is None else best[1]


MONEY = st.one_of(
    st.integers(0, 6),
    st.integers(0, 1_000_000_000),
    st.sampled_from([1, 1_000_000_000, 999_999_999.99, 0.01]),
)
GAINS = st.one_of(
    st.integers(-3, 6),
    st.floats(-1e9, 1e9).map(lambda x: round(x, 2)),
    st.sampled_from([1, 1_000_000_000, -1_000_000_000, 0.01]),
)
RETURNS = st.sampled_from([-0.02, 0, 0.03, 0.04, 0.05, 0.06, 0.1])


@st.composite
def candidates(draw: st.DrawFn, most: int = 8, has_limits: bool = True) -> Candidates:
    """Sets of up to eight, with themes, a minimum return, needs and exclusions."""
    names = list(NAMES[: draw(st.integers(0, most))])
    by_name = {
        kind: {name: draw(numbers) for name in names}
        for kind, numbers in {"amounts": MONEY, "values": GAINS, "scores": MONEY}.items()
    }
    limits = list[Limit]()
    if has_limits and names:
        amounts = {name: plain(one) for name, one in by_name["amounts"].items()}
        for theme in range(draw(st.integers(0, 2))):
            of_theme = draw(st.sets(st.sampled_from(names)))
            uses = {name: amounts[name] / 2 for name in of_theme}
            limits.append(at_most(f"theme {theme}", uses, draw(MONEY)))
        if draw(st.booleans()):
            above = {name: amounts[name] * (plain(draw(RETURNS)) - plain(0.05)) for name in names}
            limits.append(at_least("return", above, 0))
        pairs = st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=3)
        limits += [together(a, b) for a, b in draw(pairs) if a != b]
        limits += [apart(a, b) for a, b in draw(pairs) if a != b]
    return Candidates(by_name["amounts"], by_name["values"], by_name["scores"], tuple(limits))


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    floor = draw(st.one_of(st.none(), MONEY))
    return Wish(draw(MONEY), draw(st.sampled_from(["npv", "score"])), floor)
