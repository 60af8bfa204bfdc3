"""The result of a portfolio in one period: frozen, and with everything that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from impactmonitor.evaluation import Evaluation
from impactmonitor.measuring.selecting import View
from impactmonitor.model.portfolio import Holding, Portfolio
from impactmonitor.model.record import FrozenDict, Text
from impactmonitor.portfolio.attribution import Attribution
from impactmonitor.portfolio.changes import Changes
from impactmonitor.portfolio.claims import DoubleClaim
from impactmonitor.portfolio.conversion import Conversion
from impactmonitor.portfolio.indicator_totals import IndicatorTotal
from impactmonitor.portfolio.ledger import ledger_table, of_basis
from impactmonitor.portfolio.measured import DataQuality, IndicatorResult
from impactmonitor.portfolio.overlaps import Overlap
from impactmonitor.portfolio.rollup import Dimension, Labels, RollUp
from impactmonitor.portfolio.rows import Basis, Row, Totals
from impactmonitor.problems import Problem

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Money:
    """What the fund has in a holding, in the currency of the fund at the end of the period.

    Attributes
    ----------
    outstanding : float or None
        What counts for the instrument: outstanding, for a grant disbursed, for a guarantee
        called. None where it is not stated or no rate was noted by then.
    exposure : float or None
        Of a guarantee, what could still be called; in no total.
    committed : float or None
        What was promised, at the rate of the day of commitment.
    """

    outstanding: float | None
    exposure: float | None
    committed: float | None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The case of a holding, as it was evaluated for a period.

    Attributes
    ----------
    id, title : str, Text
        Of the case.
    version : str
        Path of the file that was used, below the folder of the portfolio.
    fingerprint : str
        SHA-256 of that file.
    evaluation : Evaluation
        As it was planned, under the scheme of the fund, in the money of the case.
    realised : Evaluation or None
        With what was measured up to the end of the period; None where nothing was.
    conversion : Conversion
        From the money of the case to that of the fund.
    indicators : Mapping[str, IndicatorResult]
        By indicator, with the share of the fund; small numbers of people are left out.
    data : DataQuality
        How good the data are.
    """

    id: str
    title: Text
    version: str
    fingerprint: str
    evaluation: Evaluation
    realised: Evaluation | None
    conversion: Conversion
    indicators: Mapping[str, IndicatorResult]
    data: DataQuality

    @property
    def is_measured(self) -> bool:
        """Whether anything of the period was measured; else the plan stands in its place."""
        return self.data.is_measured


@dataclass(frozen=True, slots=True)
class HoldingResult:
    """A holding in one period.

    Attributes
    ----------
    id, title : str, Text
        The title of the holding, else of its case, else its id.
    holding : Holding
        As it is written.
    share : Attribution
        Which part of the initiative is the fund's.
    money : Money
        What the fund has in it.
    labels : Mapping[str, Mapping[str, float]]
        By dimension, labels with their shares; together 1 in each.
    case : CaseResult or None
        None for a holding without a case, and for one whose case gives no result.
    lifetime, period, plan : Totals or None
        The part of the fund: lifetime value at the share at commitment; the year as it was
        realised, or planned where that was not measured; the year as it was planned. None where
        there is no case or no share: such a holding is in no total.
    warnings, problems : tuple of Problem
        Problems are why there is no result.
    """

    id: str
    title: Text
    holding: Holding
    share: Attribution
    money: Money
    labels: Mapping[Dimension, Labels]
    case: CaseResult | None
    lifetime: Totals | None
    period: Totals | None
    plan: Totals | None
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    def totals(self, basis: Basis) -> Totals | None:
        """The part of the fund on one basis."""
        found: Totals | None = getattr(self, basis)
        return found

    def reason(self, basis: Basis) -> str | None:
        """Why it is in no total of a basis; None where it is in it.

        ``no-case`` (none is named), ``case-with-problems``, or a reason of ``Attribution``.
        """
        if self.totals(basis) is not None:
            return None
        absent = self.share.commitment_reason if basis == "lifetime" else self.share.period_reason
        if absent is not None:
            return absent
        return "no-case" if self.holding.case is None else "case-with-problems"


@dataclass(frozen=True, slots=True)
class Totalled:
    """What a portfolio comes to on one basis, and what it leaves out.

    Attributes
    ----------
    total : Totals
        Of the part of the fund.
    counted : tuple of str
        Holdings that are in it.
    left_out : Mapping[str, str]
        Holdings that are held and not in it, each with the reason.
    """

    total: Totals
    counted: tuple[str, ...]
    left_out: Mapping[str, str]

    @property
    def is_complete(self) -> bool:
        """Whether everything that is held is in the total."""
        return not self.left_out


@dataclass(frozen=True, slots=True)
class Restatement:
    """A period as it was first reported, and as it is known now.

    Attributes
    ----------
    period : int
        Calendar year.
    first_reported, restated : Mapping[str, Totals]
        By basis.
    """

    period: int
    first_reported: Mapping[Basis, Totals]
    restated: Mapping[Basis, Totals]


@dataclass(frozen=True)
class PortfolioResult:
    """A portfolio in one period.

    Attributes
    ----------
    portfolio : Portfolio
        As it is written.
    period : int
        Calendar year.
    view : {"first_reported", "restated"}
        Whether corrections that were made after the period count.
    holdings : Mapping[str, HoldingResult]
        All of them, in the order of the file, also those that are not held (any more).
    rows : tuple of Row
        The one table: everything below in money is a sum over it.
    totals : Mapping[str, Totalled]
        By basis; they are never added.
    roll_ups : Mapping[str, Mapping[str, Mapping[str, Totals]]]
        By basis, dimension and label; every dimension adds up to the total of the basis.
    indicators : Mapping[str, IndicatorTotal]
        Over all holdings that are in the total of the period.
    indicators_by_theme : Mapping[str, Mapping[str, IndicatorTotal]]
        By theme, ``not-assigned`` last.
    outstanding : float
        What the fund has in all holdings together, where it is known.
    previous : Restatement or None
        The last period before this one of which there are positions.
    own : Restatement
        This period; both are the same until something is corrected.
    changes : Mapping[str, Changes]
        From the previous period as it was first reported to this one: ``lifetime``, ``period``
        and ``money``; empty without a previous period.
    claims : tuple of DoubleClaim
        Initiatives of which financiers together claim more than the whole.
    overlaps : tuple of Overlap
        Lines of different cases that may count the same value.
    warnings, problems : tuple of Problem
        Of the portfolio and of all holdings, each at its place.
    labels : Mapping[str, Mapping[str, Mapping[str, float]]]
        By holding and dimension, labels with their shares.
    """

    portfolio: Portfolio
    period: int
    view: View
    holdings: Mapping[str, HoldingResult]
    rows: tuple[Row, ...]
    totals: Mapping[Basis, Totalled]
    roll_ups: Mapping[Basis, Mapping[Dimension, RollUp]]
    indicators: Mapping[str, IndicatorTotal]
    indicators_by_theme: Mapping[str, Mapping[str, IndicatorTotal]]
    outstanding: float
    previous: Restatement | None
    own: Restatement
    changes: Mapping[str, Changes]
    claims: tuple[DoubleClaim, ...]
    overlaps: tuple[Overlap, ...]
    warnings: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    labels: Mapping[str, Mapping[Dimension, Labels]] = field(default_factory=FrozenDict)

    @property
    def held(self) -> tuple[HoldingResult, ...]:
        """The holdings that the fund has at the end of the period."""
        return tuple(one for one in self.holdings.values() if one.share.is_held)

    def ledger(self, basis: Basis | None = None) -> pd.DataFrame:
        """The one table, or the part of it that belongs to one basis.

        Returns
        -------
        pandas.DataFrame
            Columns as in ``Row``, and ``attributed``: amount x share, in the money of the fund.
        """
        return ledger_table(self.rows if basis is None else of_basis(self.rows, basis))
