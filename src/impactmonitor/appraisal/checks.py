"""Checks on every run: the same money, added along different ways, has to be the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.program import BENEFIT, COST
from impactmonitor.problems import InvalidInput, Problem

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Check:
    """One check and how it came out.

    Attributes
    ----------
    id : str
        Stable name.
    passed : bool
        Whether the difference is within the tolerance.
    difference, tolerance : float
        Largest difference found, and 1e-9 of the sum of absolute values of what is added.
    """

    id: str
    passed: bool
    difference: float
    tolerance: float


class CheckFailed(InvalidInput):
    """The numbers of a case do not add up: there is no result to trust."""


def _compare(name: str, sums: Iterable[tuple[Array, Array | float, Array]]) -> Check:
    """Compare sums of rows with what they should be.

    Parameters
    ----------
    name : str
        Of the check.
    sums : iterable of (array, array or float, array)
        What is added along the first axis, the total it should have, and along the same axis all
        amounts behind it: gains and harms may cancel in what is added already.
    """
    worst, allowed, passed = 0.0, 0.0, True
    for parts, total, amounts in sums:
        differences = np.abs(parts.sum(axis=0) - total)
        tolerances = TOLERANCE * np.abs(amounts).sum(axis=0)
        passed = passed and bool((differences <= tolerances).all())
        worst = max(worst, float(differences.max(initial=0.0)))
        allowed = max(allowed, float(tolerances.max(initial=0.0)))
    return Check(name, passed, worst, allowed)


def actors_sum_to_total(a: Appraised) -> Check:
    """Costs and benefits of the actors add up to those of society."""
    actors = slice(0, len(a.compiled.actors))
    split = a.ledger.parties
    sums = [
        (split.costs[actors], a.ledger.costs, _lines(a, COST)),
        (split.benefits[actors], a.ledger.benefits, _lines(a, BENEFIT)),
    ]
    return _compare("actors-sum-to-total", sums)


def domains_sum_to_total(a: Appraised) -> Check:
    """Costs and benefits of the domains add up to those of society."""
    sums = [
        (a.ledger.by_domain(COST), a.ledger.costs, _lines(a, COST)),
        (a.ledger.by_domain(BENEFIT), a.ledger.benefits, _lines(a, BENEFIT)),
    ]
    return _compare("domains-sum-to-total", sums)


def _lines(a: Appraised, role: int) -> Array:
    """Present values of the lines of one role, before any of them is added to another."""
    return a.ledger.by_role(a.ledger.present, role)


def transfers_sum_to_zero(a: Appraised) -> Check:
    """What the actors receive from each other is what they pay each other."""
    actors = slice(0, len(a.compiled.actors))
    split = a.ledger.parties
    both = np.concatenate([split.received[actors], -split.paid[actors]])
    return _compare("transfers-sum-to-zero", [(both, 0.0, both)])


def years_sum_to_lines(a: Appraised) -> Check:
    """The discounted years of each line add up to its present value, and so do the net years."""
    ledger, society = a.ledger, len(a.compiled.parties) - 1
    by_line = np.moveaxis(ledger.discounted_by_line, 1, 0)
    yearly = ledger.yearly
    by_year = (yearly.benefits - yearly.costs)[society]
    gains = ledger.by_role(ledger.within[:, :, 0], BENEFIT)
    losses = ledger.by_role(ledger.within[:, :, 0], COST)
    total = gains.sum() - losses.sum()
    amounts = np.concatenate([gains.ravel(), losses.ravel()])[:, None]
    sums = [(by_line, ledger.present, by_line), (by_year[:, None], total, amounts)]
    return _compare("years-sum-to-lines", sums)


def results_are_finite(a: Appraised) -> Check:
    """No amount is beyond what a computer can hold."""
    amounts = (a.ledger.value, a.ledger.present, a.ledger.beyond, a.ledger.quantity)
    passed = all(bool(np.isfinite(part).all()) for part in amounts)
    return Check("results-are-finite", passed, 0.0, 0.0)


CHECKS: tuple[Callable[[Appraised], Check], ...] = (
    results_are_finite,
    actors_sum_to_total,
    domains_sum_to_total,
    transfers_sum_to_zero,
    years_sum_to_lines,
)


def run_checks(a: Appraised) -> tuple[Check, ...]:
    """All checks of a case.

    Raises
    ------
    CheckFailed
        If any of them fails: an error, never a warning.
    """
    with np.errstate(all="ignore"):
        return insist(tuple(check(a) for check in CHECKS))


def insist(found: tuple[Check, ...]) -> tuple[Check, ...]:
    """The same checks, all of them passed.

    Raises
    ------
    CheckFailed
        If any of them did not pass.
    """
    failed = [
        Problem("check-failed", f"checks.{c.id}", {"id": c.id, "difference": f"{c.difference:.6g}"})
        for c in found
        if not c.passed
    ]
    if failed:
        raise CheckFailed(failed)
    return found
