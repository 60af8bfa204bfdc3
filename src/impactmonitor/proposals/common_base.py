"""What cases are compared in: one money, one price level, one scheme, one moment in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from impactmonitor.appraisal.prices import rebasing_factor
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.pricing import price_basis
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case
from impactmonitor.model.policy import Policy
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, Problem, errors


@dataclass(frozen=True)
class Base:
    """What cases are compared in.

    Attributes
    ----------
    currency : str
        ISO 4217.
    price_year, base_year : int
        Price level; the start of which year everything is brought to.
    scheme : str or None
        Id of the discount scheme; None where all cases have the same rates of their own.
    exchange_rates : Mapping[str, Mapping[int, float]]
        By currency and year, units of the currency for one of the named.
    """

    currency: str
    price_year: int
    base_year: int
    scheme: str | None
    exchange_rates: Mapping[str, Mapping[int, float]] = field(default_factory=FrozenDict)


def base_of_policy(policy: Policy) -> Base:
    """The base that a policy names."""
    return Base(
        policy.currency,
        policy.price_year,
        policy.base_year,
        policy.scheme,
        policy.exchange_rates,
    )


def base_of_cases(evaluations: Sequence[Evaluation], catalogue: Catalogue) -> Base:
    """The base of cases that nobody levels: their latest price year and first base year.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        At least one.
    catalogue : Catalogue
        For the scheme that usually goes with the currency, where the cases differ in theirs.

    Returns
    -------
    Base
        At the latest price level, not after that of any case, to which all of them can be brought.
        With the scheme that all cases have. Where they differ, the one that the catalogue takes
        for the currency; None where all have the same rates without a scheme.

    Raises
    ------
    InvalidInput
        ``compare-currencies``, ``compare-schemes``.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case, load_catalogue
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> base_of_cases([evaluate(case)], load_catalogue())
    Base(currency='USD', price_year=1992, base_year=1992, scheme=None, exchange_rates={})
    """
    problems = list(_differences(evaluations, catalogue))
    if problems:
        raise InvalidInput(problems)
    cases = [one.case for one in evaluations]
    years = [case.price_year for case in cases]
    first, scheme = min(case.base_year for case in cases), _scheme(evaluations, catalogue)
    bases = [
        Base(cases[0].currency, year, first, scheme)
        for year in range(max(years), min(years) - 1, -1)
    ]

    def reaches_all(base: Base) -> bool:
        return not any(price_factor(case, base, catalogue)[1] for case in cases)

    return next((base for base in bases if reaches_all(base)), bases[0])


def _differences(evaluations: Sequence[Evaluation], catalogue: Catalogue) -> Iterator[Problem]:
    currencies = sorted({one.case.currency for one in evaluations})
    if len(currencies) > 1:
        yield Problem("compare-currencies", params={"currencies": ", ".join(currencies)})
    elif _scheme(evaluations, catalogue) is None and not _has_one_rate(evaluations):
        yield Problem("compare-schemes", params={"currency": currencies[0]})


def _scheme(evaluations: Sequence[Evaluation], catalogue: Catalogue) -> str | None:
    schemes = {one.appraised.resolved.scheme_id for one in evaluations}
    if len(schemes) == 1 and schemes != {None}:
        return schemes.pop()
    if _has_one_rate(evaluations):
        return None
    return catalogue.default_scheme(evaluations[0].case.currency)


def _has_one_rate(evaluations: Sequence[Evaluation]) -> bool:
    """Whether all cases have rates of their own, and the same ones."""
    discounts = [one.case.discount for one in evaluations]
    rates = {
        None if d is None else repr((d.scheme, d.rate, sorted(d.classes.items())))
        for d in discounts
    }
    is_own = all(one.appraised.resolved.scheme_id is None for one in evaluations)
    return is_own and len(rates) == 1


def price_factor(case: Case, base: Base, catalogue: Catalogue) -> tuple[float, list[Problem]]:
    """What an amount of a case is multiplied by to be in the money and prices of the base.

    First the index of the case's own currency, then the exchange rate of the price year of the
    base: the order in which a case brings its own amounts to its price level.

    Parameters
    ----------
    case : Case
        With its own price index, if it has one for its currency.
    base : Base
        With exchange rates for other money.
    catalogue : Catalogue
        With the index for a currency of which the case has none.

    Returns
    -------
    factor : float
        1 where money and price year are those of the base.
    problems : list of Problem
        ``index-missing``, ``exchange-rate-missing``.
    """
    own = {
        name: index.model_copy(update={"currency": index.currency or case.currency})
        for name, index in case.price_indices.items()
    }
    wanted = case.model_copy(
        update={
            "currency": base.currency,
            "price_year": base.price_year,
            "price_indices": FrozenDict(own),
            "exchange_rates": base.exchange_rates,
        }
    )
    basis, problems = price_basis(wanted, catalogue, "price_year", case.currency, case.price_year)
    factor = rebasing_factor(basis.index_from, basis.index_to, basis.exchange_rate)
    return factor, list(errors(problems))


def start_factor(rate: float, base_year: int, comparison_year: int) -> float:
    """What a present value at the start of one year is worth at the start of another.

    Parameters
    ----------
    rate : float
        The first standard rate of the scheme, above -1.
    base_year : int
        Time zero of the case.
    comparison_year : int
        Time zero of the comparison; later than the base year gives a factor above 1.

    Examples
    --------
    >>> round(start_factor(0.028, 2027, 2026), 6), start_factor(0.028, 2026, 2026)
    (0.972763, 1.0)
    """
    return float((1.0 + rate) ** -(base_year - comparison_year))


def first_rate(evaluation: Evaluation) -> float:
    """The standard rate of the first year, in the point estimate."""
    a = evaluation.appraised
    return float(a.ledger.slots[a.compiled.program.step_slot[0], 0])
