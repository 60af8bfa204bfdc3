"""Numbers about financing, unfolded: on which lines and on which terms they rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.contributions import Contribution, to_party
from impactmonitor.financing.result import financing_of
from impactmonitor.model.changes import plain
from impactmonitor.report.explained_inputs import Row, choice_row
from impactmonitor.report.financing_document import financing_document
from impactmonitor.report.origin import Origins
from impactmonitor.report.printed import value_at

GROUPS = ("distribution", "instruments", "contracts")
"""What is worked out beside the ledger, from terms of the case."""

_OF_CASH = frozenset({
    "cash_net", "lacks_cash", "spares_cash", "cash_payback_year", "deepest_need", "deepest_year",
})  # fmt: skip
_LEAST = {"lacks_value": "reservation", "spares_value": "reservation",
          "lacks_cash": "cash_floor", "spares_cash": "cash_floor"}  # fmt: skip


@dataclass(frozen=True)
class FinancingNumber:
    """A number about financing, and what it is made of.

    Attributes
    ----------
    group, name : str
        Where its title, definition and formula stand.
    value : object
        As it stands in the JSON object.
    kind : {"money", "balance", "year", "plain"}
        A balance is an amount that is no sum of its lines.
    contributions : tuple of Contribution
        The lines on which it rests.
    inputs : tuple of Row
        The terms on which it rests.
    """

    group: str
    name: str
    value: Any
    kind: str
    contributions: tuple[Contribution, ...] = ()
    inputs: tuple[Row, ...] = ()


def financing_number(origins: Origins, keys: list[str]) -> FinancingNumber | None:
    """The number at a path under ``financing``; None where there is none.

    Parameters
    ----------
    origins : Origins
        Of the result.
    keys : list of str
        The path after ``financing``.
    """
    tree = financing_document(financing_of(origins.evaluation))
    is_there, value = value_at(tree, keys)
    if not is_there or isinstance(value, dict):
        return None
    if keys[0] in ("actors", "perspectives") and len(keys) == 3:
        return _of_pocket(origins, keys, value)
    if keys[0] in GROUPS:
        rows = tuple(_terms(origins, keys))
        return FinancingNumber("financing", keys[0], value, "plain", (), rows)
    return None


def _of_pocket(origins: Origins, keys: list[str], value: Any) -> FinancingNumber:
    evaluation, (section, name, column) = origins.evaluation, keys
    parties = [*evaluation.by_actor] if section == "actors" else [*evaluation.by_perspective]
    place = parties.index(name) + (0 if section == "actors" else len(evaluation.by_actor))
    found = to_party(evaluation, place, "cash_net" if column in _OF_CASH else "net")
    group = "party" if column in ("net", "cash_net") else "pocket"
    kind = "money" if group == "party" else "year" if column.endswith("year") else "balance"
    rows = tuple(_accepted(origins, section, name, column))
    return FinancingNumber(group, column, value, kind, tuple(found), rows)


def _accepted(origins: Origins, section: str, name: str, column: str) -> Iterator[Row]:
    """The least that an actor, or the members of a perspective, accept; or the years that count."""
    field = _LEAST.get(column)
    case = origins.evaluation.case
    if field is None:
        for key in ("base_year", "horizon") if column.endswith("year") else ():
            yield choice_row(origins, key, getattr(case, key))
        return
    members = [name] if section == "actors" else case.perspectives.get(name, [*case.actors])
    for member in members:
        path = f"actors.{member}.{field}"
        yield choice_row(origins, path, getattr(case.actors[member], field))


def _terms(origins: Origins, keys: list[str]) -> Iterator[Row]:
    """Every term of the case from which a number beside the ledger follows."""
    evaluation = origins.evaluation
    tree = plain(evaluation.case)
    if keys[0] == "distribution":
        yield from _rows(origins, "distribution", tree["distribution"])
        for name, actor in evaluation.case.actors.items():
            if actor.income is not None:
                yield choice_row(origins, f"actors.{name}.income", actor.income)
        return
    named = [name for name in tree[keys[0]] if name in keys] or list(tree[keys[0]])
    for name in named:
        yield from _rows(origins, f"{keys[0]}.{name}", tree[keys[0]][name])
    yield from _effects(origins, evaluation, keys[0], named)


def _effects(
    origins: Origins, evaluation: Evaluation, group: str, named: list[str]
) -> Iterator[Row]:
    """The effects that a contract pays for."""
    if group == "contracts":
        for name in dict.fromkeys(e for n in named for e in evaluation.case.contracts[n].prices):
            yield choice_row(origins, f"effects.{name}", origins.words.line(name))


def _rows(origins: Origins, path: str, node: Any) -> Iterator[Row]:
    """Every number and word of a part of the case, with its place."""
    if isinstance(node, dict):
        for key, inner in node.items():
            if key not in ("title", "note", "source"):
                yield from _rows(origins, f"{path}.{key}", inner)
    elif isinstance(node, list):
        for i, inner in enumerate(node):
            yield from _rows(origins, f"{path}.{i}", inner)
    elif node is not None:
        yield choice_row(origins, path, node)
