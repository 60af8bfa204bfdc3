"""The same calculation with pandas: tables of lines, years and shares, merged and grouped.

One case at a time, or all cases in one table: the tables have the same columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.naive import MOMENTS, expected, rebasing
from impactmonitor.model.case import SOCIETY, Case
from impactmonitor.model.lines import Cost, Effect, shares_of

LINE = ["case", "line"]


def net_values(cases: Sequence[Case]) -> pd.Series:
    """Net present value by case (its place) and actor; society is an actor here."""
    lines = pd.DataFrame([row for i, case in enumerate(cases) for row in _lines(i, case)])
    shares = pd.DataFrame(
        [row for i, case in enumerate(cases) for row in _shares(i, case)],
        columns=[*LINE, "actor", "share"],
    )
    years = pd.DataFrame([row for i, case in enumerate(cases) for row in _years(i, case)])
    starts = _repeated(lines, "years", "first")
    flows = _repeated(starts, "lasts", "since")
    flows["year"] = flows["first"] + flows["since"]
    flows = flows.merge(years, on=["case", "year"])
    flows["present"] = (
        flows["amount"]
        * (1 + flows["growth"]) ** flows["first"]
        * (1 - flows["drop_off"]) ** flows["since"]
        * (1 + flows["change"]) ** flows["year"]
        * flows["discount"]
    )
    present = flows.groupby(LINE, sort=False, as_index=False)["present"].sum()
    split = present.merge(shares, on=LINE)
    split["net"] = split["present"] * split["share"]
    return split.groupby(["case", "actor"])["net"].sum()


def _repeated(rows: pd.DataFrame, count: str, name: str) -> pd.DataFrame:
    """Each row as often as it says, with a column that counts the repetitions from 0."""
    times = rows[count].to_numpy()
    repeated = rows.loc[rows.index.repeat(times)].reset_index(drop=True)
    starts = np.repeat(np.cumsum(times) - times, times)
    repeated[name] = np.arange(len(repeated)) - starts
    return repeated


def _lines(place: int, case: Case) -> Iterator[dict[str, Any]]:
    for name, cost in case.costs.items():
        yield {
            "case": place,
            "line": name,
            "amount": -expected(cost.amount) * rebasing(case, cost),
            "growth": expected(cost.growth),
            "years": cost.years,
            "lasts": 1,
            "drop_off": 0.0,
            "change": 0.0,
        }
    for name, effect in case.effects.items():
        yield {
            "case": place,
            "line": name,
            "amount": _worth(case, effect),
            "growth": expected(effect.growth),
            "years": effect.years,
            "lasts": effect.lasts,
            "drop_off": expected(effect.drop_off),
            "change": expected(effect.real_price_change),
        }


def _worth(case: Case, effect: Effect) -> float:
    left = (1 - expected(effect.deadweight)) * (1 - expected(effect.attribution_to_others))
    uptake = np.prod([expected(factor) for factor in effect.factors.values()])
    worth = expected(effect.quantity) * uptake * expected(effect.unit_value)
    return float(worth * rebasing(case, effect) * left)


def _shares(place: int, case: Case) -> Iterator[tuple[int, str, str, float]]:
    for name, line in case.lines().items():
        bearers = line.paid_by if isinstance(line, Cost) else line.falls_to
        for actor, share in shares_of(bearers).items():
            yield place, name, actor, share
        yield place, name, SOCIETY, 1.0


def _years(place: int, case: Case) -> Iterator[dict[str, Any]]:
    rate, moment = expected(case.discount.rate), MOMENTS[case.discount.timing]
    for year in range(case.horizon):
        yield {"case": place, "year": year, "discount": (1 + rate) ** -(year + moment)}
