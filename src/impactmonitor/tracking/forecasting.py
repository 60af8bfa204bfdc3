"""Forecasts to keep: what a plan expects to be measured, before anything is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import evaluate
from impactmonitor.model.case import Case
from impactmonitor.model.monitoring import Forecast
from impactmonitor.tracking.expecting import Starting, drawn_inputs, starting

DRAWS, SEED = 4096, 1


def forecasts_of(
    case: Case,
    catalogue: Catalogue | None = None,
    made: date | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[Forecast, ...]:
    """What a plan expects to be measured, as records to keep.

    Parameters
    ----------
    case : Case
        The plan.
    catalogue : Catalogue, optional
        By default the one that comes with the package.
    made : datetime.date, optional
        The day of the forecast; by default today.
    draws, seed : int
        How the ranges are drawn.

    Returns
    -------
    tuple of Forecast
        For every year of the horizon in which something starts: of every effect the gross
        quantity with its factors, of every cost the amount with its optimism bias, in the price
        level and currency of the line.

    Raises
    ------
    InvalidInput
        As for ``evaluate``.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> one = forecasts_of(case, made=date(1991, 12, 1), draws=64)[0]
    >>> one.line, one.period, one.mean, one.p05 <= one.mean <= one.p95
    ('costs.programme', '1992', 12356.0, True)
    """
    appraised = evaluate(case, catalogue).appraised
    inputs = drawn_inputs(appraised, draws, seed)
    return tuple(_forecasts(appraised.case, starting(appraised, inputs), made or date.today()))


def _forecasts(case: Case, starts: Iterable[Starting], made: date) -> Iterator[Forecast]:
    years = range(case.base_year, case.base_year + case.horizon)
    for one in starts:
        section, _, name = one.line.partition(".")
        if section == "transfers" or one.year not in years or not one.draws.any():
            continue
        low, high = (float(x) for x in np.quantile(one.draws, [0.05, 0.95]))
        yield Forecast(
            line=one.line,
            field=one.field,
            period=str(one.year),
            made=made,
            mean=float(one.draws.mean()),
            p05=low,
            p95=high,
            evidence=getattr(case, section)[name].evidence,
        )
