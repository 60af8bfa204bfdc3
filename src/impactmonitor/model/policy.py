"""A levelling policy: the terms on which a financier looks at all proposals.

A policy is a choice of whoever judges, never a property of a proposal. It is written down in a
file of its own, so that every applicant can read it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from impactmonitor.model.lines import Evidence
from impactmonitor.model.numbers import OwnNumber
from impactmonitor.model.record import (
    Currency,
    FrozenDict,
    Id,
    Map,
    PlainText,
    Record,
    Text,
    Whole,
    Year,
)

DEFAULT = "default"
"""The floor of effects for which neither their indicator nor their domain has one."""

Share = Annotated[float, Field(ge=0, le=1)]
Grade = Literal[Evidence, "not-stated"]


def _no_boolean(value: Any) -> Any:
    """True equals 1 in Python, but is no version of the format."""
    return str(value).lower() if isinstance(value, bool) else value


class FundValue(Record):
    """What the fund reckons one unit to be worth.

    Attributes
    ----------
    value : float or Distribution
        Money per unit, in the currency of the policy. A certain number takes over the relative
        spread that the catalogue has for the value, if it has any.
    price_year : int or None
        Its price level; None, which has to be written as null, for a reference value that is
        never brought to another price level.
    source : str
        Where the number comes from, or why the fund chose it.
    real_price_change : float or None
        Yearly change of this price beside all others; None leaves what each proposal says.
    """

    value: OwnNumber
    price_year: Year | None
    source: PlainText
    real_price_change: Annotated[float, Field(gt=-1)] | None = None


class Policy(Record):
    """The terms on which proposals are compared: which numbers are made the same for all.

    Attributes
    ----------
    impactmonitor_policy : 1
        The version of this format.
    id, title, edition, source : str, Text, str, Text
        Which policy it is, and who decided on it.
    currency, price_year, base_year : str, int, int
        The money and the price level of the comparison, and the start of which year is time zero.
    scheme : str
        Id of the discount scheme for all.
    horizon : int or None
        Years that count at most: longer ones are cut, shorter ones are never made longer.
    exchange_rates : Mapping[str, Mapping[int, float]]
        By currency and year, units of the policy's currency for one of the named.
    values : Mapping[str, FundValue]
        By id of a value or of an indicator of the catalogue.
    evidence : Mapping[str, float]
        By grade of evidence, the share that is taken off gains of that grade, 0 to 1;
        ``not-stated`` for effects that name none.
    deadweight : Mapping[str, float]
        By domain or indicator, and ``default``: the least share of a gain, 0 to 1, that is taken
        to happen anyway.

    Examples
    --------
    >>> policy = Policy.model_validate({
    ...     "impactmonitor_policy": 1, "id": "fund", "title": "Fund", "edition": "2026",
    ...     "source": "Board of the fund", "currency": "EUR", "price_year": 2025,
    ...     "base_year": 2026, "scheme": "nl-2026", "evidence": {"assumption": 0.5},
    ... })
    >>> policy.evidence["assumption"], policy.horizon
    (0.5, None)
    """

    impactmonitor_policy: Annotated[Literal[1], BeforeValidator(_no_boolean)]
    id: Id
    title: Text
    edition: PlainText
    source: Text
    currency: Currency
    price_year: Year
    base_year: Year
    scheme: Id
    horizon: Annotated[Whole, Field(ge=1, le=300)] | None = None
    exchange_rates: Map[Currency, Map[Year, Annotated[float, Field(gt=0)]]] = Field(
        default_factory=FrozenDict
    )
    values: Map[Id, FundValue] = Field(default_factory=FrozenDict)
    evidence: Map[Grade, Share] = Field(default_factory=FrozenDict)
    deadweight: Map[Id, Share] = Field(default_factory=FrozenDict)

    def floor_of(self, domain: str | None, indicator: str | None) -> float:
        """The least deadweight of an effect: by its indicator, else its domain, else by default.

        Examples
        --------
        >>> floors = {"default": 0.1, "social": 0.2, "qalys-gained": 0.0}
        >>> policy = Policy.model_construct(deadweight=floors)
        >>> policy.floor_of("social", None), policy.floor_of("social", "qalys-gained")
        (0.2, 0.0)
        >>> policy.floor_of("economic", None)
        0.1
        """
        for name in (indicator, domain, DEFAULT):
            if name is not None and name in self.deadweight:
                return self.deadweight[name]
        return 0.0
