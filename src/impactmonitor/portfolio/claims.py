"""Double claims: financiers that together claim more of an initiative than there is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from impactmonitor.model.portfolio import Holding
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.attribution import Attribution
from impactmonitor.problems import Problem

TOLERANCE = 1e-9
ClaimBasis = Literal["period", "commitment"]


@dataclass(frozen=True, slots=True)
class DoubleClaim:
    """An initiative of which financiers together claim more than the whole.

    Attributes
    ----------
    case : str
        Id of the case.
    basis : {"period", "commitment"}
        Which share of the fund is meant.
    holdings : Mapping[str, float]
        The shares of the fund, by holding.
    others : Mapping[str, float]
        What other financiers claim, by their name in the portfolio; one that several holdings
        name counts once, with the largest share.
    """

    case: str
    basis: ClaimBasis
    holdings: Mapping[str, float]
    others: Mapping[str, float]

    @property
    def total(self) -> float:
        """What they claim together; above 1."""
        return math.fsum((*self.holdings.values(), *self.others.values()))

    @property
    def problem(self) -> Problem:
        """The same as a warning at the first holding."""
        params: dict[str, object] = {
            "case": self.case,
            "claimants": ", ".join((*self.holdings, *self.others)),
            "total": f"{self.total:.4g}",
        }
        path = f"holdings.{next(iter(self.holdings))}"
        kind = "double-claim-period" if self.basis == "period" else "double-claim-commitment"
        return Problem(kind, path, params, severity="warning")


@dataclass(frozen=True, slots=True)
class Claim:
    """A holding of a case.

    Attributes
    ----------
    name : str
        Of the holding.
    case : str
        Id of the case, not its file: two files may hold versions of one case.
    holding : Holding
    share : Attribution
    """

    name: str
    case: str
    holding: Holding
    share: Attribution


def double_claims(claims: Iterable[Claim]) -> tuple[DoubleClaim, ...]:
    """The cases of which more is claimed than there is.

    Parameters
    ----------
    claims : iterable of Claim
        Of all holdings that are held.

    Returns
    -------
    tuple of DoubleClaim
        In the order of the cases' names, the share of the period before that at commitment.

    Examples
    --------
    >>> from impactmonitor.portfolio.attribution import attribution
    >>> loan = Holding.model_validate({"instrument": "loan",
    ...     "positions": {2025: {"outstanding": 60, "equity": 40, "debt": 60}},
    ...     "other_financiers": {"bank": {"title": "Bank", "share": 0.5}}})
    >>> found = double_claims([Claim("our-loan", "homes", loan, attribution(loan, 2025))])
    >>> [(one.case, one.basis, one.total) for one in found]
    [('homes', 'period', 1.1)]
    """
    by_case: dict[str, list[Claim]] = {}
    for claim in claims:
        by_case.setdefault(claim.case, []).append(claim)
    found = []
    for case in sorted(by_case):
        for basis in ("period", "commitment"):
            one = _claimed(case, basis, sorted(by_case[case], key=lambda claim: claim.name))
            if one.holdings and one.total > 1 + TOLERANCE:
                found.append(one)
    return tuple(found)


def _claimed(case: str, basis: ClaimBasis, claims: list[Claim]) -> DoubleClaim:
    others: dict[str, float] = {}
    own = {}
    for claim in claims:
        share = claim.share.period_share if basis == "period" else claim.share.commitment_share
        if share is not None:
            own[claim.name] = share
        for name, other in claim.holding.other_financiers.items():
            others[name] = max(others.get(name, 0.0), other.share)
    return DoubleClaim(case, basis, FrozenDict(own), FrozenDict(sorted(others.items())))
