"""The rules for what a case says about side payments: who may, must and will contribute."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from impactmonitor.model.case import Case
from impactmonitor.model.financing import Between
from impactmonitor.problems import Problem, nearest

Findings = Iterator[Problem]

MOST_WEIGHT = 1e6
"""No euro counts so many times more, or less, than another."""


def _pairs(case: Case) -> Iterator[tuple[str, Between]]:
    """Every pair of a payer and a receiver, with its path."""
    if case.arrangement is None:
        return
    lists: dict[str, Sequence[Between]] = {
        "forbidden": case.arrangement.forbidden,
        "required": case.arrangement.required,
    }
    for name, pairs in lists.items():
        for i, pair in enumerate(pairs):
            yield f"arrangement.{name}.{i}", pair


def _actors_exist(case: Case) -> Findings:
    named = [(f"{path}.{end}", actor) for path, pair in _pairs(case)
             for end, actor in (("from", pair.from_), ("to", pair.to))]  # fmt: skip
    if case.arrangement is not None:
        named += [(f"arrangement.minimum.{name}", name) for name in case.arrangement.minimum]
        named += [(f"arrangement.given.{name}", name) for name in case.arrangement.given]
    for path, actor in named:
        if actor not in case.actors:
            params = {"id": actor, "nearest": nearest(actor, case.actors)}
            yield Problem("unknown-actor", path, params, premises=(f"actors.{actor}",))


def _between_two(case: Case) -> Findings:
    seen: dict[tuple[str, str], str] = {}
    for path, pair in _pairs(case):
        key = (pair.from_, pair.to)
        if pair.from_ == pair.to:
            yield Problem("pays-itself", path, {"id": pair.from_})
        elif key in seen:
            params = {"giver": pair.from_, "receiver": pair.to, "other": seen[key]}
            yield Problem("pair-twice", path, params)
        seen.setdefault(key, path)


def _either_minimum_or_given(case: Case) -> Findings:
    if case.arrangement is not None:
        for name in case.arrangement.given:
            if name in case.arrangement.minimum:
                yield Problem("given-and-minimum", f"arrangement.minimum.{name}", {"id": name})


def _either_pays_or_receives(case: Case) -> Findings:
    """Who has to pay cannot be somebody who has to be paid."""
    if case.arrangement is None:
        return
    asked = case.arrangement
    payers = {name for name, amount in (*asked.minimum.items(), *asked.given.items()) if amount}
    payers |= {pair.from_ for pair in asked.required if pair.amount}
    for i, pair in enumerate(asked.required):
        if pair.amount and pair.to in payers and pair.to != pair.from_:
            yield Problem("pays-and-receives", f"arrangement.required.{i}.to", {"id": pair.to})


def _weights_in_reach(case: Case) -> Findings:
    """An income so far from the reference that its weight means nothing."""
    if case.distribution is None:
        return
    for name, actor in case.actors.items():
        if actor.income is not None:
            away = abs(math.log(case.distribution.reference_income) - math.log(actor.income))
            if away * case.distribution.elasticity > math.log(MOST_WEIGHT):
                params = {"most": f"{MOST_WEIGHT:.0g}".replace("e+0", "e")}
                yield Problem("weight-out-of-reach", f"actors.{name}.income", params)


FINANCING_RULES: tuple[Callable[[Case], Findings], ...] = (
    _actors_exist,
    _between_two,
    _either_minimum_or_given,
    _either_pays_or_receives,
    _weights_in_reach,
)
