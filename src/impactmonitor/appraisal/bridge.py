"""The bridge between two results: what moved every total and every actor, line by line.

The change of a line is taken apart in a fixed order, which is ours: its quantity is replaced
first, then its price, then its discounting, then the rest of the method. Every step is the
change of the present value when that one factor of the line is replaced, those before it being
new already and those after it still old. The steps of a line therefore add up to its change.

* ``quantity``: amounts, quantities, factors, years, growth, how long it lasts, lag, drop-off;
* ``price``: unit value, real price path, price level, currency and unit, deflation;
* ``rate``: discount rates, class, timing, and the base year as time zero;
* ``method``: shares that are taken off, optimism bias, overlap, the years that count, the rate
  and the bearers of the excess burden, the shares of the actors, what is cash;
* ``added`` and ``dropped``: lines that only one of the two has. A line that becomes one of
  another kind, or does something else (an effect that becomes a transfer), is dropped and added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Literal, Protocol, TypeVar

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.checks import TOLERANCE, Check, insist
from impactmonitor.appraisal.components import LineKey, line_keys
from impactmonitor.appraisal.metrics import METRICS, Value
from impactmonitor.appraisal.program import KEPT, UNMONETISED
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.appraisal.steps import (
    COLUMNS,
    STEPS,
    TOTALS,
    by_actor,
    columns_of,
    in_totals,
    places,
    walk,
)
from impactmonitor.problems import InvalidInput, Problem

NOISE = 1e-12
"""A change within this share of what a line amounts to is rounding, and no change."""

T = TypeVar("T", bound=Value)
Status = Literal["added", "dropped", "kept"]
_PresentValues = Mapping[LineKey, float | None]


class HasAppraised(Protocol):
    """A result that stands on an appraised case, such as an evaluation."""

    @property
    def appraised(self) -> Appraised:
        """The case, its program and its ledger."""


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """A number in the old and in the new result; None where it does not exist."""

    old: T
    new: T

    @property
    def change(self) -> float | None:
        """New - old, where both are numbers.

        Examples
        --------
        >>> Change(2028, 2030).change, Change(None, 1.5).change
        (2.0, None)
        """
        old, new = _plain(self.old), _plain(self.new)
        return None if old is None or new is None else float(new - old)


def _plain(value: Value) -> float | None:
    return value.value if isinstance(value, InternalRate) else value


@dataclass(frozen=True, slots=True)
class BridgedLine:
    """A line of either result.

    Attributes
    ----------
    id, kind : str
        ``kind`` is cost, effect or transfer.
    status : {"added", "dropped", "kept"}
        Whether only the new, only the old, or both results have it.
    present_value : Change
        None in the result that does not have it, and for what is not in euros.
    is_changed : bool
        Whether any step moved anything, more than by rounding.
    """

    id: str
    kind: str
    status: Status
    present_value: Change[float | None]
    is_changed: bool


@dataclass(frozen=True)
class Bridge:
    """What moved between two results.

    Attributes
    ----------
    old, new : Appraised
        The two results.
    lines : tuple of BridgedLine
        Those of the new result in its order, then those that were dropped.
    actors : tuple of str
        Those of the new result, then those that only the old one has.
    present : array, shape (lines, steps)
        What each step moved in the present value of each line, in the order of ``STEPS``.
    moved : array, shape (lines, steps, totals)
        The same in ``TOTALS``.
    shared : array, shape (lines, actors, steps, columns)
        The same by actor, in ``COLUMNS``.
    checks : tuple of Check
        That everything adds up; all passed.
    """

    old: Appraised
    new: Appraised
    lines: tuple[BridgedLine, ...]
    actors: tuple[str, ...]
    present: Array
    moved: Array
    shared: Array
    checks: tuple[Check, ...]

    @cached_property
    def totals(self) -> Mapping[str, Change[Value]]:
        """Every metric of society in both results."""
        return {
            name: Change(metric.compute(self.old), metric.compute(self.new))
            for name, metric in METRICS.items()
        }

    @cached_property
    def by_actor(self) -> Mapping[str, Mapping[str, Change[float]]]:
        """What every actor pays and gains in both results; 0 where there is no such actor."""
        old, new = (actors_of(a, self.actors) for a in (self.old, self.new))
        return {
            actor: {
                column: Change(float(old[i, j]), float(new[i, j]))
                for j, column in enumerate(COLUMNS)
            }
            for i, actor in enumerate(self.actors)
        }

    @cached_property
    def by_step(self) -> Mapping[str, Mapping[str, float]]:
        """What each step of all lines together moved in the totals."""
        sums = self.moved.sum(axis=0)
        return {
            step: dict(zip(TOTALS, sums[i].tolist(), strict=True)) for i, step in enumerate(STEPS)
        }

    @property
    def is_changed(self) -> bool:
        """Whether any line moved, came or went."""
        return any(line.is_changed for line in self.lines)


def bridge(old: Appraised | HasAppraised, new: Appraised | HasAppraised) -> Bridge:
    """What moved every total and every actor between two results, line by line.

    Parameters
    ----------
    old, new : Appraised or Evaluation
        Two versions of a case, or one case under two catalogues or schemes; in one currency.

    Returns
    -------
    Bridge

    Raises
    ------
    InvalidInput
        ``different-currency``.
    CheckFailed
        If the steps do not add up to the change.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> cost = case.costs["programme"].model_copy(update={"amount": 13_000.0})
    >>> dearer = case.model_copy(update={"costs": {"programme": cost}})
    >>> found = bridge(evaluate(case), evaluate(dearer))
    >>> found.by_step["quantity"]["costs"], found.totals["costs"].change
    (644.0, 644.0)
    """
    old, new = (a if isinstance(a, Appraised) else a.appraised for a in (old, new))
    currencies = [a.case.currency for a in (old, new)]
    if currencies[0] != currencies[1]:
        params = {"old": currencies[0], "new": currencies[1]}
        raise InvalidInput([Problem("different-currency", "currency", params)])
    with np.errstate(all="ignore"):  # what overflows is found by the checks
        return _bridge(old, new)


def _bridge(old: Appraised, new: Appraised) -> Bridge:
    rows = tuple(dict.fromkeys((*line_keys(new), *line_keys(old))))
    lines = tuple(key for key in rows if key.role != KEPT)
    own = [rows.index(key) for key in lines]
    actors = tuple(dict.fromkeys((*new.compiled.actors, *old.compiled.actors)))
    found = walk(old, new, rows)
    moved = in_totals(found.inside, found.outside, rows)[own]
    sizes = np.abs(in_totals(found.inside_sizes, found.outside_sizes, rows)).sum(axis=1)[own]
    shared, gross = (
        _under_effects(part, rows, lines) for part in by_actor(found, (old, new), rows, actors)
    )
    changes = [totals_of(new) - totals_of(old), actors_of(new, actors) - actors_of(old, actors)]
    checks = insist(
        (
            _check("bridge-of-totals", moved, sizes, changes[0]),
            _check("bridge-of-actors", shared, gross[:, :, None], changes[1]),
        )
    )
    largest = np.maximum(
        np.abs(moved).max(axis=(1, 2), initial=0.0), np.abs(shared).max(axis=(1, 2, 3), initial=0.0)
    )
    both = (found.inside_sizes + found.outside_sizes).sum(axis=1)
    is_moved = largest > NOISE * _under_effects(both, rows, lines)
    values = _present_values(old), _present_values(new)
    bridged = tuple(_bridged(key, *values, bool(is_moved[i])) for i, key in enumerate(lines))
    inside = found.inside[own] + 0.0
    return Bridge(old, new, bridged, actors, inside, moved + 0.0, shared + 0.0, checks)


def _under_effects(amounts: Array, rows: Sequence[LineKey], lines: Sequence[LineKey]) -> Array:
    """Amounts by row as amounts by line: what actors keep is added to its effect.

    Parameters
    ----------
    amounts : array, shape (rows, ..)
    rows : sequence of LineKey
        All lines of both programs.
    lines : sequence of LineKey
        Those without what actors keep.
    """
    place = {key: i for i, key in enumerate(lines)}
    result = np.zeros((len(lines), *amounts.shape[1:]))
    np.add.at(result, [place[key.whole] for key in rows], amounts)
    return result


def totals_of(a: Appraised) -> Array:
    """The totals of a result, in the order of ``TOTALS``."""
    return np.array([METRICS[name].compute(a) for name in TOTALS], dtype=float)


def actors_of(a: Appraised, actors: Sequence[str]) -> Array:
    """What actors pay and gain in a result, in ``COLUMNS``; 0 for one that it does not have.

    Parameters
    ----------
    a : Appraised
        The result.
    actors : sequence of str
        All actors of the result, and any others.

    Returns
    -------
    array, shape (actors, columns)
    """
    amounts = np.zeros((len(actors), len(COLUMNS)))
    amounts[places(a, actors)] = columns_of(a.ledger.parties)[: len(a.compiled.actors), 0]
    return amounts


def _check(name: str, steps: Array, sizes: Array, change: Array) -> Check:
    """Whether steps of lines add up to a change.

    Parameters
    ----------
    name : str
        Of the check.
    steps : array, shape (lines, .., steps, columns)
        What is added, over lines and steps.
    sizes : array, shape (lines, .., columns)
        Sums of absolute values of the amounts between which the steps go.
    change : array, shape (.., columns)
        New - old.
    """
    axes = (0, steps.ndim - 2)
    differences = np.abs(steps.sum(axis=axes) - change)
    tolerances = TOLERANCE * (sizes.sum(axis=0) + np.abs(steps).sum(axis=axes))
    passed = bool((differences <= tolerances).all())
    return Check(
        name, passed, float(differences.max(initial=0.0)), float(tolerances.max(initial=0.0))
    )


def _bridged(key: LineKey, old: _PresentValues, new: _PresentValues, is_moved: bool) -> BridgedLine:
    status: Status = "added" if key not in old else "kept" if key in new else "dropped"
    change = Change(old.get(key), new.get(key))
    return BridgedLine(key.id, key.kind, status, change, is_moved or status != "kept")


def _present_values(a: Appraised) -> _PresentValues:
    """What each line of a result is worth; None for what is not in its money."""
    values = a.ledger.present[:, 0].tolist()
    return {
        key: None if key.role == UNMONETISED else value
        for key, value in zip(line_keys(a), values, strict=True)
    }
