"""Track a case: the order of the steps from a plan and what was measured to plan against result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.measuring.selecting import View
from impactmonitor.model.case import Case
from impactmonitor.model.realised import SHARES_OFF
from impactmonitor.problems import Problem
from impactmonitor.tracking.bridging import bridge_steps, evaluated, stages
from impactmonitor.tracking.expecting import Expected, expected_figures, expected_rate
from impactmonitor.tracking.gathering import gathered
from impactmonitor.tracking.measured_case import AMOUNT, QUANTITY, UNIT_VALUE, Figures, Learned
from impactmonitor.tracking.parts import parts_of
from impactmonitor.tracking.reforecast import MeasuredCounts, learned_from
from impactmonitor.tracking.tracked import Tracked, YearFigure

FIELDS = (QUANTITY, *SHARES_OFF, UNIT_VALUE, AMOUNT)


def track(
    case: Case,
    catalogue: Catalogue | None = None,
    as_of: str | int | None = None,
    reforecast: bool = False,
    view: View = "restated",
) -> Tracked:
    """What was realised of a case, what is expected and still planned, and why it is not the plan.

    Parameters
    ----------
    case : Case
        With its measurements.
    catalogue : Catalogue, optional
        By default the one that comes with the package.
    as_of : str or int, optional
        A period (``2027``, ``2027Q2``, or one of the case's own) up to which is looked: the years
        that are complete by its last day. By default the last year that was measured completely.
    reforecast : bool
        Whether to take the forecast of the rest again from what was measured.
    view : {"restated", "first_reported"}
        Whether to use what is known now, or what was reported first.

    Returns
    -------
    Tracked

    Raises
    ------
    InvalidInput
        As for ``evaluate``; ``unknown-period``; ``nothing-to-track`` where no year was measured
        completely and no period is given.

    Examples
    --------
    Planned were 100 at 10 euros each, and 80 came of it, at 12:

    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1, "discount": {"rate": 0},
    ...     "actors": {"people": {"kind": "citizen"}},
    ...     "effects": {"visits": {"quantity": 100, "unit_value": 10, "falls_to": "people",
    ...                            "domain": "social"}},
    ...     "measurements": [
    ...         {"line": "effects.visits", "period": 2025, "value": 80, "status": "approved"},
    ...         {"line": "effects.visits", "field": "unit_value", "period": 2025, "value": 12,
    ...          "status": "approved"}],
    ... })
    >>> found = track(case, as_of="2025")
    >>> {step.step: step.total for step in found.bridge if step.total}
    {'quantity': -200.0, 'unit_value': 160.0}
    """
    catalogue = catalogue if catalogue is not None else load_catalogue()
    plan = evaluate(case, catalogue)
    found = gathered(plan.case, catalogue, None if as_of is None else str(as_of), view)
    counts = found.counts if reforecast else None
    result = tracked(plan, catalogue, found.figures, found.last_year, found.as_of, counts)
    partial = tuple(
        Problem(
            "measured-in-part",
            one.path,
            {"year": one.year, "missing": ", ".join(one.missing)},
            severity="warning",
        )
        for one in found.incomplete
        if one.year <= found.last_year
    )
    return replace(result, incomplete=found.incomplete, warnings=(*result.warnings, *partial))


def tracked(
    plan: Evaluation,
    catalogue: Catalogue,
    figures: Figures,
    last_year: int,
    as_of: str = "",
    counts: MeasuredCounts | None = None,
) -> Tracked:
    """Plan against result, from yearly figures that are ready.

    Parameters
    ----------
    plan : Evaluation
        The case as it was planned.
    catalogue : Catalogue
        In which it was evaluated.
    figures : Figures
        By line and field, what was measured of each complete year; see ``as_measured``.
        Figures of other years than those of the case up to the last one do not count.
    last_year : int
        The last calendar year that has passed.
    as_of : str
        The period that was asked for.
    counts : MeasuredCounts, optional
        If the rest is to be forecast again: shares that were measured as so many of how many.
    """
    appraised = plan.appraised
    planned, measured = expected_figures(appraised), _within(plan, figures, last_year)
    learned, problems = Learned(), list(_doubts(plan, planned, figures, measured, last_year))
    if counts is not None:
        learned, said = learned_from(appraised, planned, measured, counts, last_year)
        problems += said
    bases = evaluated(plan, catalogue, stages(planned, measured, learned))
    return Tracked(
        plan=plan,
        result=bases[-1],
        as_of=as_of,
        last_year=last_year,
        is_reforecast=counts is not None,
        learned=learned,
        plan_parts=parts_of(appraised, last_year),
        parts=parts_of(bases[-1].appraised, last_year),
        bridge=bridge_steps([one.appraised for one in bases], last_year),
        figures=tuple(_year_figures(plan, planned, measured, last_year)),
        warnings=(*plan.warnings, *problems),
    )


def _within(plan: Evaluation, figures: Figures, last_year: int) -> Figures:
    """The figures that count, in the order of the lines and of the years."""
    lines = [f"{kind}.{name}" for kind in ("costs", "effects", "transfers")
             for name in getattr(plan.case, kind)]  # fmt: skip
    found = {}
    for key in sorted(figures, key=lambda key: (lines.index(key[0]), FIELDS.index(key[1]))):
        inside = {
            year: figure
            for year, figure in sorted(figures[key].items())
            if plan.case.base_year <= year <= last_year
        }
        if inside:
            found[key] = inside
    return found


def _doubts(
    plan: Evaluation, planned: Expected, figures: Figures, measured: Figures, last_year: int
) -> Iterator[Problem]:
    """What was measured in vain, and what was not measured."""
    for (path, _), yearly in figures.items():
        early = [year for year in yearly if year < plan.case.base_year]
        if early:
            params = {"years": _listed(early), "base_year": plan.case.base_year}
            yield Problem("measured-before-base-year", path, params, severity="warning")
    for (path, name), yearly in measured.items():
        starts = {*planned.get((path, QUANTITY), {}), *measured.get((path, QUANTITY), {})}
        vain = [year for year in yearly if year not in starts]
        if name in SHARES_OFF and vain:
            params = {"years": _listed(vain)}
            yield Problem("share-of-nothing", f"{path}.{name}", params, severity="warning")
        if name == UNIT_VALUE and not plan.case.effects[path.partition(".")[2]].monetised:
            yield Problem("unit-value-not-used", f"{path}.{name}", severity="warning")
    for (path, name), yearly in planned.items():
        known = measured.get((path, name), {})
        open_ = [y for y, x in yearly.items() if y <= last_year and x != 0 and y not in known]
        if open_:
            params = {"years": _listed(open_)}
            yield Problem("plan-in-place-of-measurement", path, params, severity="warning")


def _listed(years: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(years)))


def _year_figures(
    plan: Evaluation, planned: Expected, measured: Figures, last_year: int
) -> Iterator[YearFigure]:
    """Planned beside measured, by line, field and year."""
    for key in dict.fromkeys((*planned, *measured)):
        path, name = key
        known = measured.get(key, {})
        own = planned.get(key, {})
        for year in sorted({*known, *(y for y in own if y <= last_year)}):
            if name in (QUANTITY, AMOUNT):
                expected: float | None = own.get(year, 0.0)
            else:
                expected = expected_rate(plan.appraised, path, name, year)
            yield YearFigure(path, name, year, expected, known.get(year))
