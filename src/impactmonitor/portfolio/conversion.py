"""From the money of a case or a holding to that of the fund."""

from __future__ import annotations

from dataclasses import dataclass

from impactmonitor.appraisal.metrics import standard_factor
from impactmonitor.appraisal.prices import rebasing_factor
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.pricing import price_basis
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_rates import end_of, rate_at
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, Problem, errors

__all__ = ["Conversion", "conversion_of", "rate_at"]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What the amounts of a case are multiplied by.

    Attributes
    ----------
    price_level : float
        From the price year of the case to that of the fund, in the currency of the case.
    exchange_rate : float
        Units of the fund's currency for one of the case's, at the end of the fund's price year.
    base_year : float
        (1 + first standard rate)^-(base year of the case - base year of the fund); for present
        values only.
    """

    price_level: float = 1.0
    exchange_rate: float = 1.0
    base_year: float = 1.0

    @property
    def amounts(self) -> float:
        """For undiscounted amounts."""
        return self.price_level * self.exchange_rate

    @property
    def present_values(self) -> float:
        """For present values.

        Examples
        --------
        >>> Conversion(price_level=1.1, exchange_rate=2.0, base_year=0.5).present_values
        1.1
        """
        return self.amounts * self.base_year


def conversion_of(portfolio: Portfolio, evaluation: Evaluation, catalogue: Catalogue) -> Conversion:
    """How the results of a case become those of the fund.

    The index in the case's own currency comes first, then the exchange rate of the fund's price
    year: results are in constant prices, so a later change of the rate is no result.

    Parameters
    ----------
    portfolio : Portfolio
        Gives currency, price year, base year and exchange rates.
    evaluation : Evaluation
        Under the scheme that counts.
    catalogue : Catalogue
        Gives the price index where the case has none.

    Raises
    ------
    InvalidInput
        ``index-missing`` or ``rate-of-fund-missing``.
    """
    case = evaluation.case
    found, problems = _price_level(portfolio, case, catalogue)
    rate = rate_at(portfolio, case.currency, end_of(portfolio.price_year))
    if rate is None:
        params: dict[str, object] = {
            "currency": case.currency,
            "other": portfolio.currency,
            "date": end_of(portfolio.price_year).isoformat(),
        }
        problems.append(Problem("rate-of-fund-missing", "currency", params))
    if rate is None or any(errors(problems)):
        raise InvalidInput(problems)
    factor = standard_factor(evaluation.appraised, 1.0)
    later = case.base_year - portfolio.base_year
    return Conversion(found, rate, float(factor**later))


def _price_level(
    portfolio: Portfolio, case: Case, catalogue: Catalogue
) -> tuple[float, list[Problem]]:
    """From the price year of the case to that of the fund, in the currency of the case.

    The case's own index comes first; where it has no figure for one of the years, that of the
    catalogue is taken.
    """
    wanted = case.model_copy(update={"price_year": portfolio.price_year})
    problems: list[Problem] = []
    for one in (wanted, wanted.model_copy(update={"price_indices": FrozenDict()})):
        basis, found = price_basis(one, catalogue, "price_year", case.currency, case.price_year)
        if not any(errors(found)):
            return rebasing_factor(basis.index_from, basis.index_to), []
        problems = problems or list(errors(found))
    return 1.0, problems
