"""The one table of a portfolio: every amount of every case, and the part of it that is the fund's.

Roll-ups, the report and its workbook are sums over these rows; nothing is added up twice.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.tables import ledger_parts
from impactmonitor.portfolio.attribution import Attribution
from impactmonitor.portfolio.cases import Appraisal, Outcome
from impactmonitor.portfolio.rows import COLUMNS, Basis, Role, Row

if TYPE_CHECKING:
    import pandas as pd


class _Key(NamedTuple):
    line: str
    role: Role
    domain: str | None
    giver: str | None
    receiver: str | None
    is_cash: bool


def case_rows(one: Appraisal, outcome: Outcome, period: int) -> tuple[Row, ...]:
    """The amounts of a whole case, for all three bases, in the money of the fund.

    Parameters
    ----------
    one : Appraisal
        The case as it was planned.
    outcome : Outcome
        What was measured of it by the end of the period.
    period : int
        Calendar year.

    Returns
    -------
    tuple of Row
        Of no holding, and without a share.
    """
    plan, realised = one.evaluation, outcome.realised or one.evaluation
    present, amounts = one.conversion.present_values, one.conversion.amounts
    none: frozenset[str] = frozenset()
    return (
        *_rows(plan, "lifetime", None, present, none),
        *_rows(realised, "period", period, amounts, outcome.measured),
        *_rows(plan, "plan", period, amounts, none),
    )


def held_rows(rows: Iterable[Row], holding: str, share: Attribution) -> tuple[Row, ...]:
    """The rows of a case as those of a holding of it, each with the share that goes with it."""
    return tuple(
        replace(
            row,
            holding=holding,
            share=share.commitment_share if row.basis == "lifetime" else share.period_share,
        )
        for row in rows
    )


def _rows(
    evaluation: Evaluation,
    basis: Basis,
    period: int | None,
    factor: float,
    measured: frozenset[str],
) -> Iterator[Row]:
    kinds = {name: actor.kind for name, actor in evaluation.case.actors.items()}
    for key, amount in _sums(evaluation, period).items():
        yield Row(
            holding="",
            case=evaluation.case.id,
            line=key.line,
            basis=basis,
            period=period,
            role=key.role,
            domain=key.domain,
            giver=key.giver,
            receiver=key.receiver,
            giver_kind=None if key.giver is None else kinds[key.giver],
            receiver_kind=None if key.receiver is None else kinds[key.receiver],
            is_cash=key.is_cash,
            is_measured=key.line in measured,
            amount=amount * factor,
            share=None,
        )


def _sums(evaluation: Evaluation, period: int | None) -> dict[_Key, float]:
    """Amounts of one year, or present values over all years, in the money of the case."""
    amounts: dict[_Key, list[float]] = {}
    for part in ledger_parts(evaluation):
        found = part["present_value" if period is None else "amount"]
        chosen = found if period is None else found[part["year"] == period]
        if len(chosen):
            amounts.setdefault(_key(part), []).extend(chosen.tolist())
    return {key: math.fsum(each) for key, each in amounts.items()}


def _key(part: Mapping[str, Any]) -> _Key:
    return _Key(
        part["line"],
        part["kind"],
        part["domain"],
        part["from"],
        part["to"],
        bool(part["is_cash"]),
    )


def ledger_table(rows: Iterable[Row]) -> pd.DataFrame:
    """The rows as a table.

    Parameters
    ----------
    rows : iterable of Row

    Returns
    -------
    pandas.DataFrame
        Columns as in ``Row``, and ``attributed``: amount x share.
    """
    import pandas as pd

    found = list(rows)
    return pd.DataFrame({name: [getattr(row, name) for row in found] for name in COLUMNS})


def of_basis(rows: Iterable[Row], basis: Basis) -> tuple[Row, ...]:
    """The rows of one basis; rows of two bases are never added."""
    return tuple(row for row in rows if row.basis == basis)


def grouped(rows: Iterable[Row], by: Callable[[Row], str]) -> dict[str, tuple[Row, ...]]:
    """Rows by a name, in the order of the names."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return {name: tuple(found[name]) for name in sorted(found)}
