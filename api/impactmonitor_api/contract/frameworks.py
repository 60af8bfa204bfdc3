"""Frameworks: what is asked about a project beside euros."""

from __future__ import annotations

from impactmonitor_api.contract.catalogue import ABOUT, LICENCE, SourceOut
from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.shared import Answer, next_page


class FrameworkSummary(Answer):
    """A framework as it stands in a list."""

    id: str = told("Id; a case writes its answers under `scores` and this id.", "readiness")
    title: str = told("What people call it.", "Readiness")
    description: str | None = told(ABOUT, "How ready an idea is to be used.")
    purpose: str = told("score, readiness, or tags for labels that ask nothing.", "score")
    origin: str = told("Whose wording and weights: source, impactmonitor or mixed.", "source")
    coverage: str = told("Whether the source was read as a whole: full or partial.", "full")
    indicator_count: int = told("How many questions it asks.", 12)
    tag_count: int = told("How many labels it has.", 0)


class FrameworkPage(Answer):
    """A page of frameworks, in the order of the catalogue."""

    items: list[FrameworkSummary] = told("The frameworks.")
    next: str | None = next_page()


class MultipliersOut(Answer):
    """How much more an indicator counts whose impact shows later."""

    short: float = told("For an impact soon.", 1.0)
    medium: float = told("For an impact after some years.", 2.0)
    long: float = told("For an impact after many years.", 3.0)


class EndStateOut(Answer):
    """What a framework wants to come true in the end."""

    title: str = told("What people call it.", "Climate neutral")
    description: str | None = told(ABOUT, "No greenhouse gas is emitted on balance.")
    year: int | None = told("By when.", 2050)


class GroupOut(Answer):
    """What some indicators belong to."""

    title: str = told("What people call it.", "Here and now")
    description: str | None = told(ABOUT, "The lives of people who live here now.")
    end_state: str | None = told("Id of the end state that it leads to.", "climate-neutral")


class LevelOut(Answer):
    """A level that an answer may choose."""

    level: int = told("Its number, counted from 1.", 1)
    title: str = told("What people call it.", "No improvement")
    text: str = told("When it applies.", "A measurement shows that things stayed the same.")
    score: float = told("What it counts for, from 0 to 1.", 0.0)


class FrameworkIndicatorOut(Answer):
    """What is asked about a project, and how an answer becomes a score."""

    title: str = told("What people call it.", "Health")
    group: str = told("Id of the group that it belongs to.", "here-and-now")
    kind: str = told("qualitative for a level, quantitative for a number.", "qualitative")
    question: str | None = told("As it is asked.", "How firmly is it shown that people gain?")
    description: str | None = told(ABOUT, "Natural gas that a household uses less per year.")
    unit: str | None = told("Of a number.", "m3 natural gas")
    direction: str = told("increase or decrease.", "increase")
    domain: str | None = told("Domain of value.", "social")
    horizon: str = told("When the impact shows: short, medium or long.", "medium")
    horizon_years: float | None = told("The same in years, where that is said.", 5.0)
    measure: str = told("stock, flow, cumulative or ratio.", "stock")
    counts_people: bool = told("Whether it counts people.", False)
    weight: float = told("How much it counts, 0 or more.", 1.0)
    multiplier: float = told("By how much it counts more for its horizon.", 2.0)
    scale: str | None = told("Id of a shared scale.", "shown-improvement")
    levels: list[LevelOut] = told("What can be chosen, the lowest first; none for a number.")
    zero: float | None = told("Number that counts for 0.", 0.0)
    full: float | None = told("Number that counts for 1.", 500.0)
    points: list[list[float]] | None = told("Numbers with their scores.", [[0.0, 0.0], [9.0, 1.0]])
    indicator: str | None = told("The catalogue's indicator for the same thing.", "falls-avoided")
    unit_value: str | None = told("Id of a value for it.", "hospital-day")
    codes: dict[str, str] = told("Codes of other systems.", {"sdg": "3.4"})
    source: str | None = told("Id of its own source.", "tno-innovation-capacity-2021")
    origin: str = told("Whose wording it is.", "impactmonitor")


class TagOut(Answer):
    """A label that only names something."""

    title: str = told("What people call it.", "Lower emissions")
    group: str | None = told("Id of the group that it belongs to.", "energy-and-sustainability")
    description: str | None = told(ABOUT, "49 per cent less in 2030 than in 1990.")


class FrameworkOut(FrameworkSummary):
    """A framework as a whole."""

    source: SourceOut = told("Where it comes from.")
    licence: str = told(LICENCE, "not-stated")
    note: str = told("What in it is the source's and what is ours.", "The weights are ours.")
    multipliers: MultipliersOut = told("By horizon.")
    horizon_bounds: list[float] = told("Years from which an impact is medium and long.", [3, 10])
    end_states: dict[str, EndStateOut] = told(
        "By id.", {"climate-neutral": {"title": "Climate neutral"}}
    )
    groups: dict[str, GroupOut] = told("By id.", {"here-and-now": {"title": "Here and now"}})
    indicators: dict[str, FrameworkIndicatorOut] = told(
        "What is asked, by id.", {"health": {"title": "Health", "group": "here-and-now"}}
    )
    tags: dict[str, TagOut] = told("Labels by id.", {"mission-a": {"title": "Lower emissions"}})
