"""Amounts by year in the first draws: the fan of cash flows, and the rates of return."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.ledger import Ledger, run
from impactmonitor.appraisal.program import BENEFIT, COST
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.results import Fan, Ratio
from impactmonitor.uncertainty.returns import internal_rates
from impactmonitor.uncertainty.summary import QUANTILES, quantiles, summarised

_COLUMNS = 512


class Yearly(NamedTuple):
    """Undiscounted amounts within the horizon.

    Attributes
    ----------
    net : array, shape (years, draws)
        Of society.
    cash : array, shape (actors + 1, years, draws)
        Money of every actor, and of society.
    rates : array, shape (draws,)
        Internal rate of return of society, nan where there is not exactly one.
    """

    net: Array
    cash: Array
    rates: Array


def yearly(model: Model, inputs: Array, horizon: int) -> Yearly:
    """Amounts by year for values of the inputs.

    Parameters
    ----------
    model : Model
    inputs : array, shape (inputs, draws)
    horizon : int
        Number of years.
    """
    draws = inputs.shape[1]
    actors = len(model.compiled.actors)
    parties = [*range(actors), len(model.compiled.parties) - 1]
    net, rates = np.empty((horizon, draws)), np.empty(draws)
    cash = np.empty((len(parties), horizon, draws))
    for start in range(0, draws, _COLUMNS):
        part = slice(start, min(start + _COLUMNS, draws))
        ledger = run(model.compiled.program, inputs[:, part], model.present_values)
        lines = ledger.within[:, :horizon]
        flat = lines.reshape(len(lines), -1)
        shape = (len(parties), *lines.shape[1:])
        net[:, part] = (model.net[parties[-1]] @ flat).reshape(lines.shape[1:])
        cash[:, :, part] = (model.cash[parties] @ flat).reshape(shape)
        if len(model.cash_line):
            uncertain = lines[model.cash_line] * inputs[model.cash_input, None, part]
            share = model.cash_share[parties] @ uncertain.reshape(len(uncertain), -1)
            cash[:, :, part] += share.reshape(shape)
        rates[part] = internal_rates(*_moments(ledger))
    return Yearly(net, cash, rates)


def _moments(ledger: Ledger) -> tuple[Array, Array]:
    """Society's net amounts by moment: moments, and amounts by moment and draw."""
    p = ledger.program
    role = p.line_role[p.row_line]
    signs = np.where(role == BENEFIT, 1.0, 0.0) - np.where(role == COST, 1.0, 0.0)
    timing = p.schedule_timing[p.row_schedule]
    weights = signs[:, None] * p.row_within
    times, flows = [], []
    for moment in np.unique(timing[signs != 0]):
        rows = np.flatnonzero((timing == moment) & (signs != 0))
        times.append(np.arange(p.years) + moment)
        flows.append(np.einsum("ry,ryd->yd", weights[rows], ledger.value[rows]))
    if not times:
        return np.zeros(1), np.zeros((1, ledger.inputs.shape[1]))
    together = np.concatenate(times)
    order = np.argsort(together, kind="stable")
    return together[order], np.concatenate(flows)[order]


def fan_of(found: Yearly, years: range, actors: tuple[str, ...]) -> Fan:
    """Quantiles by year."""
    return Fan(
        tuple(years),
        net=_by_quantile(found.net),
        cash=_by_quantile(found.cash[-1]),
        cumulative=_by_quantile(np.cumsum(found.net, axis=0)),
        actors={name: _by_quantile(found.cash[i]) for i, name in enumerate(actors)},
    )


def _by_quantile(amounts: Array) -> dict[str, Array]:
    """Quantiles of each year; amounts by year and draw."""
    probabilities = np.array([*QUANTILES.values()])
    rows = [quantiles(row, probabilities) for row in np.sort(amounts, axis=1)]
    return dict(zip(QUANTILES, np.array(rows).T, strict=True))


def ratio_of(values: Array) -> Ratio:
    """The distribution of the values that exist; nan for those that do not."""
    exists = np.isfinite(values)
    undefined = float(np.mean(~exists))
    return Ratio(summarised(values[exists]) if exists.any() else None, undefined)
