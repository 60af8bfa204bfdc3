"""The unit values of a policy as values of the catalogue, and which of them an effect takes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from math import isclose

from impactmonitor.appraisal.prices import rebasing_factor
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.pricing import price_basis
from impactmonitor.catalogue.resolved import ResolvedEffect
from impactmonitor.model.case import Case
from impactmonitor.model.entries import Edition, Value
from impactmonitor.model.lines import Effect
from impactmonitor.model.numbers import ANY, Distribution
from impactmonitor.model.policy import FundValue, Policy
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, Problem, errors
from impactmonitor.proposals.scaling import with_expected
from impactmonitor.sampling.moments import moments

PREFIX = "fund-"
_LONGEST = 60


@dataclass(frozen=True)
class FundCatalogue:
    """A catalogue to which the values of a policy are added.

    Attributes
    ----------
    catalogue : Catalogue
        With a value of its own for each of the policy, at the policy's price level, so that one
        value is one input and one draw in every case.
    ids : Mapping[str, str]
        Under which id the value for each key of the policy stands.
    """

    catalogue: Catalogue
    ids: FrozenDict[str, str]

    def value(self, key: str) -> Value:
        """The added value for a key of the policy."""
        return self.catalogue.values[self.ids[key]]


def fund_catalogue(policy: Policy, catalogue: Catalogue) -> FundCatalogue:
    """The catalogue with the values of a policy added to it.

    Parameters
    ----------
    policy : Policy
        Every name in it stands in the catalogue.
    catalogue : Catalogue
        Stays as it is.

    Raises
    ------
    InvalidInput
        If there is no index to bring a value to the price level of the policy.

    Examples
    --------
    >>> from impactmonitor import load_catalogue
    >>> policy = Policy.model_validate({
    ...     "impactmonitor_policy": 1, "id": "fund", "title": "Fund", "edition": "1",
    ...     "source": "us", "currency": "EUR", "price_year": 2025, "base_year": 2026,
    ...     "scheme": "nl-2026",
    ...     "values": {"gp-consult": {"value": 40, "price_year": 2025, "source": "us"}},
    ... })
    >>> made = fund_catalogue(policy, load_catalogue())
    >>> made.value("gp-consult").id, made.value("gp-consult").current.value
    ('fund-gp-consult', 40.0)
    """
    problems: list[Problem] = []
    ids, values = dict[str, str](), dict(catalogue.values)
    for key, one in policy.values.items():
        ids[key] = _free(f"{PREFIX}{key}"[:_LONGEST].rstrip("-"), values)
        by, found = _rebased(policy, catalogue, key, one)
        problems += found
        values[ids[key]] = _value(policy, catalogue, key, ids[key], by)
    if problems:
        raise InvalidInput(problems)
    return FundCatalogue(catalogue.with_values(FrozenDict(values)), FrozenDict(ids))


def key_of(effect: Effect, policy: Policy, catalogue: Catalogue) -> str | None:
    """Which value of the policy is about an effect, if any.

    The value of its indicator goes first, then the value that it names, then the one that its
    indicator would take.

    Parameters
    ----------
    effect : Effect
        With its card filled in.
    policy, catalogue : Policy, Catalogue
        The fund's values, and what they are called after.

    Examples
    --------
    >>> from impactmonitor import load_catalogue
    >>> effect = Effect(quantity=1.0, indicator="gp-consults-avoided", unit_value=50.0)
    >>> values = {"gp-consult": FundValue(value=40.0, price_year=2025, source="us")}
    >>> key_of(effect, Policy.model_construct(values=values), load_catalogue())
    'gp-consult'
    """
    named = catalogue.value(effect.unit_value) if isinstance(effect.unit_value, str) else None
    indicator = catalogue.indicators.get(effect.indicator) if effect.indicator else None
    usual = None
    if indicator is not None and indicator.unit_value is not None:
        usual = catalogue.value(indicator.unit_value)
    found = (
        effect.indicator,
        None if named is None else named[0].id,
        None if usual is None else usual[0].id,
    )
    return next((name for name in found if name is not None and name in policy.values), None)


def has_the_same(one: FundValue, currency: str, resolved: ResolvedEffect, expected: float) -> bool:
    """Whether an effect has the value of the fund already: number, price level and currency.

    Parameters
    ----------
    one : FundValue
        What the fund reckons.
    currency : str
        Of the policy.
    resolved : ResolvedEffect
        The effect as it is; a unit that has to be converted is another value.
    expected : float
        Point estimate of its unit value.
    """
    is_same_price = (resolved.price.currency, resolved.price.price_year) == (
        currency,
        one.price_year,
    )
    has_unit = resolved.unit_factor == 1.0 or resolved.value is not None
    return is_same_price and has_unit and isclose(expected, expected_value(one), rel_tol=1e-12)


def expected_value(one: FundValue) -> float:
    """The point estimate of a value of the fund.

    Examples
    --------
    >>> expected_value(FundValue(value=40.0, price_year=2025, source="us"))
    40.0
    """
    return moments(one.value, ANY).expected if isinstance(one.value, Distribution) else one.value


def _free(name: str, taken: dict[str, Value]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name[: _LONGEST - 4]}-{number}"
    return found


def _rebased(
    policy: Policy, catalogue: Catalogue, key: str, one: FundValue
) -> tuple[float, list[Problem]]:
    """What a value is multiplied by to be at the price level of the policy."""
    place = Case.model_construct(
        None,
        currency=policy.currency,
        price_year=policy.price_year,
        price_indices=FrozenDict(),
        exchange_rates=FrozenDict(),
    )
    basis, problems = price_basis(
        place, catalogue, f"values.{key}", policy.currency, one.price_year
    )
    return rebasing_factor(basis.index_from, basis.index_to), list(errors(problems))


def _value(policy: Policy, catalogue: Catalogue, key: str, name: str, by: float) -> Value:
    """A value of the policy as one of the catalogue, after the one that it stands in for."""
    one = policy.values[key]
    indicator = catalogue.indicators.get(key)
    usual = key if indicator is None else indicator.unit_value
    found = None if usual is None else catalogue.value(usual)
    expected = expected_value(one) * by
    figure = one.value if isinstance(one.value, Distribution) else None
    if figure is None and found is not None and isinstance(found[1].value, Distribution):
        figure = found[1].value  # the spread that the catalogue has for it
    edition = Edition.model_validate(
        {
            "edition": "fund",
            "value": expected if figure is None else _with(figure, expected),
            "currency": policy.currency,
            "price_year": None if one.price_year is None else policy.price_year,
            "source": policy.id,
            "verification": "secondary-source",
            "last_checked": datetime.date(policy.base_year, 1, 1),
        }
    )
    changed: dict[str, object] = {"id": name, "editions": (edition,), "is_transfer": False}
    if indicator is not None:
        changed |= {"unit": indicator.unit, "domain": indicator.domain}
        if indicator.falls_to is not None:
            changed["falls_to"] = indicator.falls_to
    if found is not None:
        return found[0].model_copy(update=changed)
    return Value.model_validate({"title": name, **changed})


def _with(figure: Distribution, expected: float) -> float | Distribution:
    """The spread around another expected value; none where it cannot be had."""
    try:
        return with_expected(figure, expected, ANY)
    except ValueError:
        return expected
