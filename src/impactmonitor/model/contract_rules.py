"""The rules for contracts for outcomes: who and what they name, and what can be carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from impactmonitor.model.case import Case
from impactmonitor.model.financing import Contract
from impactmonitor.problems import Problem, nearest

Findings = Iterator[Problem]


def _contracts(case: Case) -> Iterator[tuple[str, Contract]]:
    """Every contract with its path."""
    for name, contract in case.contracts.items():
        yield f"contracts.{name}", contract


def _actors_exist(case: Case) -> Findings:
    for path, contract in _contracts(case):
        named = {"payer": contract.payer, "provider": contract.provider}
        if contract.guarantor is not None:
            named["guarantor"] = contract.guarantor
        named |= {f"tiers.{i}.actor": tier.actor for i, tier in enumerate(contract.tiers)}
        for field, actor in named.items():
            if actor not in case.actors:
                params = {"id": actor, "nearest": nearest(actor, case.actors)}
                premises = (f"actors.{actor}",)
                yield Problem("unknown-actor", f"{path}.{field}", params, premises=premises)


def _between_two(case: Case) -> Findings:
    for path, contract in _contracts(case):
        if contract.payer == contract.provider:
            yield Problem("contract-with-itself", f"{path}.provider", {"id": contract.payer})


def _effects_are_measured(case: Case) -> Findings:
    for path, contract in _contracts(case):
        for name in contract.prices:
            effect, place = case.effects.get(name), f"{path}.prices.{name}"
            premises = (f"effects.{name}",)
            if effect is None:
                params = {"id": name, "nearest": nearest(name, case.effects)}
                yield Problem("no-effect-to-pay-for", place, params, premises=premises)
            elif effect.quantity == "unknown":
                yield Problem("unknown-quantity-paid-for", place, {"id": name}, premises=premises)
        for name in contract.baseline:
            if name not in contract.prices:
                params = {"id": name, "nearest": nearest(name, contract.prices)}
                premises = (f"{path}.prices",)
                place = f"{path}.baseline.{name}"
                yield Problem("baseline-without-price", place, params, premises=premises)


def _floor_below_cap(case: Case) -> Findings:
    for path, contract in _contracts(case):
        if contract.cap is not None and contract.floor > contract.cap:
            params = {"floor": f"{contract.floor:g}", "cap": f"{contract.cap:g}"}
            yield Problem("floor-above-cap", f"{path}.floor", params, premises=(f"{path}.cap",))


def _within_the_case(case: Case) -> Findings:
    last = case.base_year + case.horizon - 1
    for path, contract in _contracts(case):
        first = contract.first_year
        premises = ("base_year", "horizon")
        if first is not None and not case.base_year <= first <= last:
            params = {"year": first, "base_year": case.base_year, "last": last}
            yield Problem("contract-outside-case", f"{path}.first_year", params, premises=premises)


def _tiers(case: Case) -> Findings:
    for path, contract in _contracts(case):
        for i, tier in enumerate(contract.tiers[:-1]):
            if tier.rate is None:
                params = {"id": tier.actor}
                yield Problem("tier-leaves-nothing", f"{path}.tiers.{i}.rate", params)
        if contract.guarantee and not contract.tiers:
            premises = (f"{path}.tiers",)
            yield Problem("guarantee-without-tiers", f"{path}.guarantee", premises=premises)


CONTRACT_RULES: tuple[Callable[[Case], Findings], ...] = (
    _actors_exist,
    _between_two,
    _effects_are_measured,
    _floor_below_cap,
    _within_the_case,
    _tiers,
)
