"""Which part of an initiative is the fund's: at the end of a period, and when it committed.

The share of a period goes with results of that period; the share at commitment, which is ex ante,
goes with lifetime value. The two are never added. The share of a period is that of the Global GHG
Accounting and Reporting Standard (PCAF, 2022, The Global GHG Accounting and Reporting Standard
Part A: Financed Emissions, second edition): outstanding / (equity + debt) at period end.
"""

from __future__ import annotations

from dataclasses import dataclass

from impactmonitor.model.financing import InstrumentKind
from impactmonitor.model.portfolio import Financed, Holding
from impactmonitor.model.portfolio_rates import end_of
from impactmonitor.model.positions import corrected, numerator_of, whole_of


@dataclass(frozen=True, slots=True)
class Attribution:
    """Which part of an initiative is the fund's in one period.

    Attributes
    ----------
    kind : str
        The instrument.
    period_share : float or None
        0 to 1, at the end of the period; None where it cannot be known.
    period_reason : str or None
        Why there is no share: ``not-yet-held``, ``exited``, ``no-position``, ``no-numerator``
        (what is outstanding, disbursed or called is not stated), ``no-whole`` (neither equity nor
        debt, or for a grant no total funding) or ``whole-is-nothing``.
    commitment_share : float or None
        0 to 1, ex ante: promised / total funding at commitment.
    commitment_reason : str or None
        ``not-yet-held``, ``exited`` or ``no-commitment``.
    exposure : float or None
        Of a guarantee, what could still be called; in the currency of the holding. It is no part
        of any share.
    numerator, whole : float or None
        What the share of the period is the ratio of, in the currency of the holding.
    """

    kind: InstrumentKind
    period_share: float | None
    period_reason: str | None
    commitment_share: float | None
    commitment_reason: str | None
    exposure: float | None = None
    numerator: float | None = None
    whole: float | None = None

    @property
    def is_held(self) -> bool:
        """Whether the fund holds it at the end of the period."""
        return self.commitment_reason not in ("not-yet-held", "exited")


def attribution(holding: Holding, period: int, known_in: int | None = None) -> Attribution:
    """The shares of a holding in one period.

    Parameters
    ----------
    holding : Holding
        That keeps the rules of its portfolio.
    period : int
        Calendar year, at the end of which is looked.
    known_in : int, optional
        Corrections that were made after this period do not count; by default all of them do.

    Returns
    -------
    Attribution

    Examples
    --------
    Equity of a company below zero counts as 0, as in the PCAF standard:

    >>> loan = Holding.model_validate({"instrument": "loan", "positions": {
    ...     2025: {"outstanding": 30, "equity": -50, "debt": 120}}})
    >>> attribution(loan, 2025).period_share, attribution(loan, 2026).period_reason
    (0.25, 'no-position')
    """
    absent = absence(holding, period)
    committed = None if absent else commitment_share(holding)
    lack = absent or (None if committed is not None else "no-commitment")
    position = None if absent else position_of(holding, period, known_in)
    if position is None:
        reason = absent or "no-position"
        return Attribution(holding.instrument, None, reason, committed, lack)
    numerator, whole = numerator_of(holding, position), whole_of(holding, position)
    share, reason_ = _share(numerator, whole)
    exposure = position.exposure if holding.instrument == "guarantee" else None
    return Attribution(
        holding.instrument, share, reason_, committed, lack, exposure, numerator, whole
    )


def absence(holding: Holding, period: int) -> str | None:
    """Why a holding is not held at the end of a period; None where it is.

    Examples
    --------
    >>> left = Holding.model_validate({"instrument": "equity", "exit": "2026-06-30"})
    >>> absence(left, 2025), absence(left, 2026)
    (None, 'exited')
    """
    end = end_of(period)
    if holding.exit is not None and holding.exit <= end:
        return "exited"
    if holding.commitment is not None and holding.commitment.date > end:
        return "not-yet-held"
    if holding.commitment is None and holding.positions and min(holding.positions) > period:
        return "not-yet-held"
    return None


def commitment_share(holding: Holding) -> float | None:
    """Promised / total funding at commitment; None without a commitment.

    Examples
    --------
    >>> grant = Holding.model_validate({"instrument": "grant", "commitment": {
    ...     "date": "2025-01-01", "amount": 40, "total_funding": 200}})
    >>> commitment_share(grant)
    0.2
    """
    promised = holding.commitment
    return None if promised is None else promised.amount / promised.total_funding


def position_of(holding: Holding, period: int, known_in: int | None = None) -> Financed | None:
    """The position at the end of a period, with the corrections that were known; None without one.

    Parameters
    ----------
    holding : Holding
        With its positions.
    period : int
        Calendar year.
    known_in : int, optional
        The last period of which corrections count; by default all do.
    """
    written = holding.positions.get(period)
    return None if written is None else corrected(written, known_in)


def _share(numerator: float | None, whole: float | None) -> tuple[float | None, str | None]:
    if numerator is None:
        return None, "no-numerator"
    if whole is None:
        return None, "no-whole"
    if whole == 0:
        return None, "whole-is-nothing"
    return numerator / whole, None
