"""The case as measured: its own lines, with what was measured in the place of what was expected.

It is a case like any other, which the same engine evaluates and simulates. Measured figures are
certain; every number of the plan that still counts somewhere keeps its own draws, so that what is
shared with other lines or other years stays shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from impactmonitor.model.case import Case
from impactmonitor.model.legs import own_transfers
from impactmonitor.model.lines import Cost, Effect, Line, Transfer
from impactmonitor.model.numbers import Counts
from impactmonitor.model.realised import (
    SHARES_OFF,
    RealisedCost,
    RealisedEffect,
    RealisedTransfer,
    Rebased,
)
from impactmonitor.model.record import FrozenDict

Figures = Mapping[tuple[str, str], Mapping[int, float]]
"""Yearly figures by line (``effects.fewer-falls``) and field (``quantity``)."""

QUANTITY: Final = "quantity"
AMOUNT: Final = "amount"
UNIT_VALUE: Final = "unit_value"

L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True)
class Learned:
    """What the figures that were measured say about what was not.

    Attributes
    ----------
    rebased : Mapping[str, Rebased]
        By effect, how what is still to start is taken again.
    shares : Mapping[tuple of str, Counts]
        By effect and field, a share with the counts that were measured added to those it had.
    """

    rebased: Mapping[str, Rebased] = field(default_factory=dict)
    shares: Mapping[tuple[str, str], Counts] = field(default_factory=dict)


NOTHING_LEARNED = Learned()


def as_measured(case: Case, figures: Figures, learned: Learned = NOTHING_LEARNED) -> Case:
    """A case with yearly figures in the place of what was expected of those years.

    Parameters
    ----------
    case : Case
        The plan, with its effect cards filled in: ``evaluate(case).case``.
    figures : Mapping[tuple of str, Mapping[int, float]]
        By line and field, the figure of each year that was measured completely. ``quantity``:
        gross quantity x factors of what started in the year. ``deadweight``, ``displacement``,
        ``attribution_to_others``: the share taken off what started in the year. ``unit_value``:
        money per unit in the calendar year. ``amount``: of a cost or transfer in the year. Money
        is in the price level and currency of the line.
    learned : Learned, optional
        What is to be done to the years that were not measured; by default nothing.

    Returns
    -------
    Case
        Without alternatives, scenarios and decisions, which are choices about the plan, and
        without measurements, which are in it now.

    Raises
    ------
    KeyError
        If the case has no such line.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> measured = as_measured(case, {("costs.programme", "amount"): {case.base_year: 13_000.0}})
    >>> evaluate(measured).totals["costs"] - evaluate(case).totals["costs"]
    644.0
    """
    by_line: dict[str, dict[str, Mapping[int, float]]] = {}
    for (path, name), yearly in figures.items():
        by_line.setdefault(path, {})[name] = yearly
    known = {f"costs.{n}" for n in case.costs} | {f"effects.{n}" for n in case.effects}
    known |= {f"transfers.{n}" for n in own_transfers(case)}
    if unknown := sorted(set(by_line) - known):
        raise KeyError(unknown[0])
    costs = {n: _paid(RealisedCost, c, by_line.get(f"costs.{n}")) for n, c in case.costs.items()}
    transfers = {
        name: _paid(RealisedTransfer, line, by_line.get(f"transfers.{name}"))
        for name, line in own_transfers(case).items()
    }
    effects = {
        name: _effect(name, effect, by_line.get(f"effects.{name}", {}), learned)
        for name, effect in case.effects.items()
    }
    changed = {"costs": costs, "effects": effects, "transfers": transfers}
    update: dict[str, Any] = {kind: FrozenDict(lines) for kind, lines in changed.items() if lines}
    fields = type(case).model_fields
    for name in case.model_fields_set.intersection(_LEFT_OUT):
        update[name] = fields[name].get_default(call_default_factory=True)
    found = case.model_copy(update=update)
    found.model_fields_set.difference_update(_LEFT_OUT)
    return found


_LEFT_OUT = ("alternatives", "scenarios", "decisions", "measurements", "monitoring")


def _paid(
    realised: type[RealisedCost] | type[RealisedTransfer],
    line: Cost | Transfer,
    measured: Mapping[str, Mapping[int, float]] | None,
) -> Any:
    """A cost or a transfer with measured amounts; the line itself where there are none."""
    amounts = (measured or {}).get(AMOUNT)
    return _as(realised, line, {"realised": FrozenDict(amounts)}) if amounts else line


def _effect(
    name: str, effect: Effect, measured: Mapping[str, Mapping[int, float]], learned: Learned
) -> Effect:
    rebased = learned.rebased.get(name)
    own: dict[str, Any] = {f: learned.shares[name, f] for f in SHARES_OFF
                           if (name, f) in learned.shares}  # fmt: skip
    own |= {"card": None, "measured_by": None}
    if not any(measured.values()) and rebased is None:
        return _as(Effect, effect, own)
    shares: dict[int, dict[str, float]] = {}
    for share in SHARES_OFF:
        for year, figure in measured.get(share, {}).items():
            shares.setdefault(year, {})[share] = figure
    own |= {
        "realised": FrozenDict(measured.get(QUANTITY, {})),
        "realised_unit_value": FrozenDict(measured.get(UNIT_VALUE, {})),
        "realised_shares": FrozenDict({y: FrozenDict(each) for y, each in shares.items()}),
        "rebased": rebased,
    }
    return _as(RealisedEffect, effect, own)


def _as(kind: type[L], line: Line, update: Mapping[str, Any]) -> L:
    """A line as one of another kind, with what was given and what not as it was."""
    fields = {
        name: getattr(line, name) for name in kind.model_fields if name in type(line).model_fields
    }
    given = {name for name in line.model_fields_set if name in kind.model_fields}
    given = (given | update.keys()) - {name for name, value in update.items() if value is None}
    return kind.model_construct(_fields_set=given, **{**fields, **update})
