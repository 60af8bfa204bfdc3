"""Plan against result."""

from __future__ import annotations

from pydantic import Field

from impactmonitor_api.contract.fields import Ids, told
from impactmonitor_api.contract.remarks import Remark
from impactmonitor_api.contract.results import CheckOut
from impactmonitor_api.contract.shared import Answer

_SUPPRESSED = Field(
    default=False,
    description="True where a small number of people is hidden here; absent elsewhere.",
    examples=[True],
)
_ACCOUNT = {"costs": 1000.0, "benefits": 2500.0, "transfers": 0.0, "net": 1500.0, "cash_net": 0.0}
_TOTALS = {"costs": 1000.0, "benefits": 2500.0, "net_present_value": 1500.0}
_PARTY = {"municipality": _ACCOUNT}


class PartOut(Answer):
    """Present values of a part: what was realised, what is expected of it, or what is planned."""

    totals: dict[str, float | None] = told("Society as a whole; null where hidden.", _TOTALS)
    actors: dict[str, dict[str, float | None]] = told("By actor; null where hidden.", _PARTY)
    lines: dict[str, float | None] = Field(
        description="By line; null where hidden. Absent where there are none.",
        examples=[{"effects.fewer-falls": 2500.0}],
        default_factory=dict,
    )
    suppressed: bool = _SUPPRESSED


class PlanOut(Answer):
    """The plan, divided in the same way."""

    realised: PartOut = told("Of the years that were measured.")
    expected: PartOut = told("Of what has started and goes on.")
    planned: PartOut = told("Of what is still to start.")


class BridgeStep(Answer):
    """One step from plan to result."""

    step: str = told("Which step.", "quantity")
    total: float | None = told("What it moves in the net result of society.", -200.0)
    actors: dict[str, float | None] = told("And of each actor.", {"municipality": -200.0})
    totals: dict[str, float | None] = told("What that is made of.", _TOTALS)
    accounts: dict[str, dict[str, float | None]] = told("And by actor.", _PARTY)
    suppressed: bool = _SUPPRESSED


class FigureOut(Answer):
    """What was planned and measured in a year."""

    year: int = told("The year.", 2026)
    planned: float | None = told("In the unit of the line.", 100.0)
    measured: float | None = told("In the unit of the line; null where not measured.", 80.0)
    suppressed: bool = _SUPPRESSED


class RebasedOut(Answer):
    """How an effect was forecast again."""

    scale: float | None = told("Of what was planned, this part is expected.", 0.8)
    kept_spread: float | None = told("This part of the uncertainty is left.", 0.6)
    suppressed: bool = _SUPPRESSED


class LearnedShare(Answer):
    """A share that was counted."""

    events: float = told("So many.", 12.0)
    n: float = told("Out of so many.", 80.0)


class LearnedOut(Answer):
    """What was learned from the measured years; empty where that was not asked for."""

    quantities: dict[str, RebasedOut] = told(
        "By effect.", {"fewer-falls": {"scale": 0.8, "kept_spread": 0.6}}
    )
    shares: dict[str, LearnedShare] = told(
        "By path of the share.", {"effects.fewer-falls.deadweight": {"events": 12.0, "n": 80.0}}
    )


class PeriodFigure(Answer):
    """A figure about a period."""

    period: str = told("A year, quarter, month or a period of the case's own.", "2026")
    value: float | None = told("In the unit of the indicator; null where none or hidden.", 80.0)
    numerator: float | None = told("Of a ratio.", 40.0)
    denominator: float | None = told("Of a ratio.", 80.0)
    suppressed: bool = _SUPPRESSED


class PeriodOut(PeriodFigure):
    """A period beside its target."""

    target: float | None = told("What was aimed at.", 100.0)
    baseline: float | None = told("What it was before.", 0.0)
    progress: float | None = told("Part of the way from baseline to target.", 0.8)
    light: str | None = told("on_track, near or behind.", "near")
    lack: str | None = told("Why there is no progress to tell.", "no-target")
    is_complete: bool = told("Whether all that was due was reported.", True)


class EndOut(PeriodOut):
    """The end target."""

    is_due: bool = told("Whether its period is over.", False)


class Reason(Answer):
    """Why a total is not the sum of its parts."""

    period: str = told("Of which period.", "2026")
    text: str = told("Why.", "Some people are counted in two neighbourhoods.")


class FollowedOut(Answer):
    """An indicator that the case follows."""

    title: str = told("What people call it.", "Participants")
    unit: str | None = told("In which figures are.", "people")
    measure: str = told("stock, flow, cumulative or ratio.", "flow")
    direction: str | None = told("Where it should go.", "increase")
    counts_people: bool | None = told("Whether it counts people.", True)
    periods: list[PeriodOut] = told("By period.")
    end: EndOut = told("The end target.")
    categories: dict[str, list[PeriodFigure]] = told(
        "By category, where it is broken down.",
        {"sex=women": [{"period": "2026", "value": 50.0, "numerator": None, "denominator": None}]},
    )
    differs_because: list[Reason] = told("Why totals are not the sum of their parts.")


class LessonOut(Answer):
    """What was learned in a period."""

    went_wrong: str = told("What went otherwise than was planned.", "Fewer referrals by GPs.")
    learned: str = told("What was learned of it.", "Begin with two practices.")


class IncompleteYear(Answer):
    """A year that keeps the plan, because not all of it was measured."""

    line: str = told("The line.", "effects.fewer-falls")
    field: str = told("Which number of it.", "quantity")
    year: int = told("The year.", 2026)
    missing: Ids


class Track(Answer):
    """Plan against result, as `impactmonitor track --json` prints it."""

    case: str = told("Id of the case.", "fall-prevention-65plus")
    title: str = told("Title of the case.", "Fall prevention for people over 65")
    currency: str = told("Of all amounts.", "EUR")
    price_year: int = told("Price level of all amounts.", 2026)
    base_year: int = told("Present values are values at its start.", 2026)
    horizon: int = told("How many years count.", 10)
    discount_scheme: str | None = told("Null for rates of its own.", "nl-2026")
    engine: str = told("Version of the engine.", "0.1.0")
    catalogue: str = told("Edition of the catalogue.", "2026.11")
    as_of: str | None = told("The last period that counts.", "2026")
    last_year: int | None = told("The last year that was measured; null for none.", 2026)
    is_reforecast: bool = told("Whether the rest was forecast again.", False)
    view: str = told("restated or first_reported.", "restated")
    realised: PartOut = told("What was measured.")
    expected: PartOut = told("What is expected of what has started.")
    planned: PartOut = told("What is still planned.")
    plan: PlanOut = told("The plan in the same three parts.")
    bridge: list[BridgeStep] = told("From plan to result, adding up exactly.")
    lines: dict[str, dict[str, list[FigureOut]]] = told(
        "By line and field.",
        {"effects.fewer-falls": {"quantity": [{"year": 2026, "planned": 100.0, "measured": 80.0}]}},
    )
    learned: LearnedOut = told("What was learned for the rest.")
    indicators: dict[str, FollowedOut] = told(
        "By indicator.", {"participants": {"title": "Participants", "unit": "people"}}
    )
    lessons: dict[str, LessonOut] = told(
        "By period.",
        {"2026": {"went_wrong": "Fewer referrals.", "learned": "Begin with two practices."}},
    )
    lessons_missing: list[str] = told("Periods whose lessons were not said.", ["2026"])
    incomplete: list[IncompleteYear] = told("Years that keep the plan.")
    suppress_under: int | None = told("Numbers of people below it are hidden.", 10)
    suppressed: bool = told("Whether anything is hidden.", False)
    checks: list[CheckOut] = told("Whether everything adds up.")
    warnings: list[Remark] = told("What to look at.")
