"""The figures that bring a price to the price level and currency of a case."""

from __future__ import annotations

from collections.abc import Mapping

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.resolved import PriceBasis
from impactmonitor.model.case import Case
from impactmonitor.problems import Problem

_PREMISES = ("price_year", "currency", "price_indices", "exchange_rates")


def price_basis(
    case: Case, catalogue: Catalogue, path: str, currency: str, price_year: int | None
) -> tuple[PriceBasis, list[Problem]]:
    """The index figures and exchange rate for one price.

    First the index in the price's own currency, then the exchange rate of the price year of the
    case.

    Parameters
    ----------
    case : Case
        Gives the wanted price year and currency, and its own indices and rates.
    catalogue : Catalogue
        Gives the index for a currency for which the case has none.
    path : str
        Place of the price, for the problems.
    currency : str
        Of the price.
    price_year : int or None
        Of the price; None is never rebased.
    """
    problems: list[Problem] = []
    index, old, new = "", 1.0, 1.0
    source: str | None = None
    if price_year is not None and price_year != case.price_year:
        index, years, provisional, source = _index(case, catalogue, currency)
        missing = [year for year in (price_year, case.price_year) if year not in years]
        if missing:
            listed = ", ".join(str(year) for year in missing)
            params: dict[str, object] = {
                "currency": currency,
                "years": listed,
                "index": index or "-",
            }
            premises: tuple[str, ...] = (*_PREMISES, f"{path}.price_year", f"{path}.currency")
            problems.append(Problem("index-missing", path, params, premises=premises))
        else:
            old, new = years[price_year], years[case.price_year]
        used = [year for year in (price_year, case.price_year) if year in provisional]
        problems += [
            Problem("provisional-index", path, {"index": index, "year": year}, severity="warning")
            for year in used
        ]
    rate = 1.0
    if currency != case.currency:
        rates = case.exchange_rates.get(currency, {})
        if case.price_year in rates:
            rate = rates[case.price_year]
        else:
            params = {"currency": currency, "year": case.price_year, "other": case.currency}
            premises = (*_PREMISES, f"{path}.currency")
            problems.append(Problem("exchange-rate-missing", path, params, premises=premises))
    return PriceBasis(currency, price_year, index, old, new, rate, source), problems


def _index(
    case: Case, catalogue: Catalogue, currency: str
) -> tuple[str, Mapping[int, float], frozenset[int], str | None]:
    """Id, figures, provisional years, source of a currency's index; the case's own first."""
    for name, own in case.price_indices.items():
        if (own.currency or case.currency) == currency:
            return name, own.years, frozenset(), own.source
    found = catalogue.index_for(currency)
    if found is None:
        return "", {}, frozenset(), None
    name, index = found
    return name, index.years, frozenset(index.provisional), index.source
