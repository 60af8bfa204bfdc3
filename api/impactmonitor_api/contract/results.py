"""The result of a case: what it yields, for whom, and what that rests on."""

from __future__ import annotations

from impactmonitor_api.contract.fields import ByYear, told
from impactmonitor_api.contract.financing import Financing
from impactmonitor_api.contract.remarks import Remark
from impactmonitor_api.contract.scores import FrameworkScoreOut
from impactmonitor_api.contract.shared import Answer

NET = "Present value of all that it gains minus all that it gives; above 0 it is better off."
CASH = "The part of the net result that is money; in real prices, so no budget."
_PARTY = {"costs": 120000.0, "benefits": 150000.0, "net": 30000.0}


class InternalRateOut(Answer):
    """The rate at which costs and benefits are worth the same."""

    value: float | None = told("Per year, as a decimal; null where there is not one.", 0.07)
    reason: str | None = told("Why there is none.", "no_sign_change")
    roots: list[float] = told("All rates that there are.", [0.07])


class TotalsOut(Answer):
    """Society as a whole. Amounts are present values in the money of the case."""

    costs: float = told("All costs within the horizon, whoever pays them.", 864443.06)
    benefits: float = told("All effects in money; harms are negative benefits.", 1181277.62)
    net_present_value: float = told("Benefits minus costs; above 0 society gains.", 316834.56)
    benefit_cost_ratio: float | None = told("Benefits for each unit of cost.", 1.37)
    sroi: float | None = told("The same number, as SROI studies call it.", 1.37)
    sroi_net: float | None = told("Net present value for each unit of cost.", 0.37)
    internal_rate_of_return: InternalRateOut = told("Rate at which society breaks even.")
    modified_internal_rate_of_return: float | None = told(
        "Return per year, gains put aside at the standard rate.", 0.05
    )
    payback_year: int | None = told("From when on it has paid for itself, undiscounted.", 2028)
    payback_year_discounted: int | None = told("The same with discounted amounts.", 2029)
    beyond_horizon: float = told("What falls after the horizon; in no other total.", 0.0)
    equivalent_annual_value: float | None = told("The same amount every year.", 55786.11)
    most_likely_net_present_value: float | None = told(
        "Net present value with every uncertain number at its most likely value.", 361072.12
    )


class PartyOut(Answer):
    """An actor, or a perspective of several. Amounts are present values."""

    costs: float = told("Costs that it bears, in cash and in kind.", 120000.0)
    benefits: float = told("Effects that fall to it.", 150000.0)
    transfers: float = told("Received from others minus paid to them.", -10000.0)
    transfers_received: float = told("What comes in from others.", 0.0)
    transfers_paid: float = told("What goes out to others.", 10000.0)
    benefits_confirmed: float = told("Benefits that the bearers confirmed themselves.", 50000.0)
    net: float = told(NET, 20000.0)
    cash_net: float = told(CASH, -45000.0)
    benefit_cost_ratio: float | None = told("What it gets for each unit that it gives.", 1.15)


class DomainResult(Answer):
    """A domain of value. Amounts are present values."""

    costs: float = told("Costs in this domain.", 120000.0)
    benefits: float = told("Effects in this domain; harms are negative.", 150000.0)
    net: float = told("What society gains in it.", 30000.0)


class LineResultOut(Answer):
    """A line of the case."""

    kind: str = told("cost, effect, transfer, …", "effect")
    domain: str | None = told("Domain of value; null for transfers.", "societal")
    present_value: float | None = told("Within the horizon; costs are positive.", 226316.2)
    quantity: ByYear | None = told("Gross quantity by year, before anything is taken off.",
                                   {"2026": 4.68, "2027": 4.68})  # fmt: skip
    discounted_quantity: float | None = told("Quantities added up, discounted like money.", 22.4)


class YearOfActor(Answer):
    """What an actor gains in a year, not discounted."""

    net: float = told("Benefits minus costs plus transfers.", -36538.05)
    cash_net: float = told("The part of it that is money.", -78602.36)


class YearOut(Answer):
    """A year of the horizon, not discounted."""

    year: int = told("Which one.", 2026)
    costs: float = told("Costs of society.", 180666.67)
    benefits: float = told("Benefits of society.", 174847.15)
    actors: dict[str, YearOfActor] = told(
        "By actor.", {"municipality": {"net": -36538.05, "cash_net": -78602.36}}
    )


class VariantOut(Answer):
    """The case under a scenario, or an alternative of it."""

    totals: TotalsOut = told("Society as a whole.")
    actors: dict[str, PartyOut] = told("By actor.", {"municipality": _PARTY})


class SurenessOut(Answer):
    """What the result rests on."""

    numbers: int = told("Numbers that the case gives.", 14)
    assumed: int = told("Those that somebody assumed.", 3)
    with_range: int = told("Those that are uncertain.", 8)
    from_cards: dict[str, int] = told("Those that effect cards filled in, by rung of evidence.",
                                      {"literature-synthesis": 1})  # fmt: skip


class UnmonetisedOut(Answer):
    """An effect that is not in money."""

    id: str = told("Id of the effect.", "less-stress")
    title: str = told("What people call it.", "Less stress at home")
    domain: str | None = told("Domain of value.", "social")
    unit: str | None = told("In which it is counted.", "household")
    quantity: ByYear | None = told("Gross quantity by year.", {"2026": 240.0})
    note: str = told("What the case says about it; may be empty.", "Its size is not known.")


class CheckOut(Answer):
    """A check that the engine made of its own result."""

    id: str = told("Which one.", "results-are-finite")
    passed: bool = told("Whether it holds; a result without that is never given.", True)


class Evaluation(VariantOut):
    """The result of a case, as `impactmonitor evaluate --json` prints it. Nothing is rounded."""

    case: str = told("Id of the case.", "fall-prevention-65plus")
    title: str = told("Title of the case.", "Fall prevention for people over 65")
    currency: str = told("Of all amounts.", "EUR")
    price_year: int = told("Price level of all amounts.", 2026)
    base_year: int = told("Present values are values at the start of this year.", 2026)
    horizon: int = told("How many years count.", 10)
    discount_scheme: str | None = told("Scheme of the rates; null for rates of its own.", "nl-2026")
    scenario: str | None = told("Scenario under which it was evaluated.", "bad")
    engine: str = told("Version of the engine.", "0.1.0")
    catalogue: str = told("Edition of the catalogue.", "2026.11")
    domains: dict[str, DomainResult] = told("By domain of value.", {"societal": _PARTY})
    perspectives: dict[str, PartyOut] = told("By perspective; `society` is last.",
                                             {"society": _PARTY})  # fmt: skip
    lines: dict[str, LineResultOut] = told(
        "By line of the case.", {"treated-falls": {"kind": "effect", "present_value": 296110.34}}
    )
    years: list[YearOut] = told("Year by year, not discounted.")
    scenarios: dict[str, VariantOut] = told("By scenario.", {"bad": {"totals": _PARTY}})
    alternatives: dict[str, VariantOut] = told("By alternative.", {"small": {"totals": _PARTY}})
    evidence: dict[str, float] = told("Benefits by rung of evidence, present values.",
                                      {"assumption": 1181277.62})  # fmt: skip
    sureness: SurenessOut = told("What the result rests on.")
    scores: dict[str, FrameworkScoreOut] = told(
        "Scores beside the money, by framework.", {"readiness": {"score": 61.5, "coverage": 0.8}}
    )
    unmonetised: list[UnmonetisedOut] = told("Effects that are not in money.")
    checks: list[CheckOut] = told("Checks that the engine made of its own result.")
    financing: Financing = told("Who pays and gains, and what would hold.")
    warnings: list[Remark] = told("What to look at.")
