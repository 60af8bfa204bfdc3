"""Questions about a case as a whole: counted twice, without costs, discounted at an own rate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from impactmonitor.appraisal.doubts import bearers_of
from impactmonitor.model.lines import UNKNOWN, Line
from impactmonitor.proposals.checked import Amount, Flag
from impactmonitor.proposals.judged import Judged
from impactmonitor.proposals.reached import unit_of

ROUNDING = 1e-6


def double_counts(judged: Judged) -> Iterator[Flag]:
    """Two effects that may count the same, in no overlap group together.

    Those that the evaluation warns of, and those with the same quantity in the same unit for the
    same bearer at prices of their own.
    """
    warned = set()
    for problem in judged.evaluation.warnings:
        parts = problem.path.split(".")
        if problem.code == "possible-double-count" and len(parts) == 2:
            other = str(problem.params["other"])
            warned.add(frozenset({parts[1], other}))
            yield Flag("double-count", problem.path, line_id=parts[1], other_id=other)
    for one, other in _same_quantities(judged):
        if frozenset({one, other}) not in warned:
            yield Flag("double-count", f"effects.{other}", line_id=other, other_id=one)


def _same_quantities(judged: Judged) -> Iterator[tuple[str, str]]:
    evaluation, case = judged.evaluation, judged.evaluation.case
    groups = {line: name for name, overlap in case.overlaps.items() for line in overlap.lines}
    resolved = evaluation.appraised.resolved.effects
    quantities = {
        line.id: np.array(list(line.quantity.values()))
        for line in evaluation.line_results()
        if line.id in judged.values and line.quantity is not None
    }
    for (one, first), (other, second) in combinations(quantities.items(), 2):
        unit = unit_of(judged.catalogue, resolved[one].unit)
        is_same = unit is not None and unit == unit_of(judged.catalogue, resolved[other].unit)
        is_shared = set(bearers_of(resolved[one])) & set(bearers_of(resolved[other]))
        is_grouped = one in groups and groups[one] == groups.get(other)
        if not is_same or unit == "unit" or not is_shared or is_grouped:
            continue
        if first.any() and np.allclose(first, second, rtol=ROUNDING, atol=0.0):
            yield one, other


def effects_after_costs(judged: Judged) -> Iterator[Flag]:
    """Something still begins in years in which nobody pays for it any more."""
    case = judged.evaluation.case
    years = [_last_year(cost, cost.amount, case.base_year) for cost in case.costs.values()]
    if not years:
        return
    last = max(years)
    for name, effect, _ in judged.gains():
        assert effect.quantity != UNKNOWN
        end = min(_last_year(effect, effect.quantity, case.base_year),
                  case.base_year + case.horizon - 1)  # fmt: skip
        if end > last + judged.thresholds.years_after_costs:
            yield Flag("effect-after-costs", f"effects.{name}.years", Amount(end - last, "years"),
                       (), name, names={"year": str(last)})  # fmt: skip


def _last_year(line: Line, amount: object, base_year: int) -> int:
    """The last year in which something of a line begins."""
    if isinstance(amount, dict):
        return max((int(year) for year in amount), default=base_year)
    return (line.first_year or base_year) + line.years - 1


def own_rate(judged: Judged) -> Iterator[Flag]:
    """A discount rate of one's own, under the usual one for that money."""
    case, catalogue = judged.evaluation.case, judged.catalogue
    scheme = catalogue.default_scheme(case.currency)
    if case.discount is None or case.discount.rate is None or scheme is None:
        return
    given = judged.points.of("discount.rate", case.discount.rate)
    usual = judged.points.of("", catalogue.schemes[scheme].rates["standard"][0].rate)
    if given < usual - judged.thresholds.rate_margin:
        yield Flag("own-discount-rate", "discount.rate", Amount(given, "share"),
                   (Amount(usual, "share"),), names={"scheme": scheme})  # fmt: skip
