"""The catalogue: indicators, values with their editions, discount schemes."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.shared import Answer, next_page

LICENCE = "On which terms it may be used."
ABOUT = "What it is, in a sentence or two."
CHECKED = "Day on which somebody looked it up last."
VERIFIED = "How the figure was read: primary-table, publisher-page or secondary-source."


class CatalogueOut(Answer):
    """Which catalogue the key's organisation works with, and how much is in it."""

    edition: str = told("Name of the edition; `+own` where own additions count.", "2026.11+own")
    additions_version: int = told("Version of the organisation's own additions; 0 for none.", 2)
    counts: dict[str, int] = told("How many entries each section has.",
                                  {"indicators": 120, "values": 150, "frameworks": 10})  # fmt: skip


class SourceOut(Answer):
    """Where figures come from."""

    id: str = told("Id of the source.", "zin-kostenhandleiding-2024")
    title: str = told("Title of the work.", "Kostenhandleiding")
    publisher: str | None = told("Who published it.", "Zorginstituut Nederland")
    year: int | None = told("Year of publication.", 2024)
    url: str | None = told("Where it can be read.", "https://www.zorginstituutnederland.nl/")
    licence: str = told(LICENCE, "CC BY 4.0")


class EditionOut(Answer):
    """One published figure of a value."""

    edition: str = told("Name of the edition.", "2024")
    value: float | dict[str, Any] = told(
        "Money per unit; an object with a distribution where it is uncertain.", 537.0
    )
    low: float | None = told("Low end of the published range, money per unit.", 500.0)
    high: float | None = told("High end of the published range, money per unit.", 570.0)
    currency: str = told("Of the figure.", "EUR")
    price_year: int | None = told("Price level; null for what has none.", 2022)
    status: str = told("current or superseded.", "current")
    source: SourceOut = told("Where it comes from.")
    place: str | None = told("Where in the source it stands.", "par. 4.1")
    verification: str = told(VERIFIED, "primary-table")
    last_checked: str = told(CHECKED, "2026-11-21")
    licence: str = told(LICENCE, "CC BY 4.0")
    actor_mapping: str | None = told("Who says who bears it: source or ours.", "ours")
    note: str | None = told("What else has to be known.", "Also for a consultation by telephone.")


class ValueOut(Answer):
    """What one unit of something is worth or costs, in all its editions."""

    id: str = told("Id of the value; a case writes it as `unit_value`.", "hospital-day")
    title: str = told("What people call it.", "Hospital day")
    description: str | None = told(ABOUT, "An average day in a hospital bed.")
    code: str | None = told("Code in the source.", "KH24-001")
    unit: str = told("Of what the figure is the price.", "day")
    falls_to: str | None = told("Kind of actor that it falls to.", "health-insurer")
    sector: str | None = told("Field of policy.", "care")
    domain: str | None = told("Domain of value.", "societal")
    class_: str = Field(
        alias="class", description="unit-value or policy-reference.", examples=["unit-value"]
    )
    is_transfer: bool = told("Whether one party loses what another gains.", False)
    includes: list[str] | None = told("Resources in it; null where nobody says.", ["medical"])
    composition: str = told("item, or bundle for the average of an event.", "item")
    market_price: bool | None = told("Whether indirect taxes are in it; null: unknown.", False)
    discount_class: str | None = told("Class by which schemes discount it.", "health_effect")
    editions: list[EditionOut] = told("All published figures, as the catalogue orders them.")


class ValuePage(Answer):
    """A page of values, in the order of the catalogue."""

    items: list[ValueOut] = told("The values.")
    next: str | None = next_page()


class IndicatorOut(Answer):
    """Something that can be measured, and what one unit of it is worth."""

    id: str = told("Id of the indicator.", "hospital-days-avoided")
    title: str = told("What people call it.", "Hospital days avoided")
    description: str | None = told(ABOUT, "Days in hospital that were not needed.")
    measurement: str = told("quantitative or qualitative.", "quantitative")
    unit: str = told("In which it is counted.", "day")
    direction: str = told("Whether the thing itself grows: increase or decrease.", "decrease")
    domain: str = told("Domain of value.", "societal")
    horizon: str = told("How long until it shows: short, medium or long.", "short")
    measure: str = told("stock, flow, cumulative or ratio.", "flow")
    counts_people: bool = told("Whether it counts people.", False)
    unit_value: str | None = told("Value that it is worth; null: not in money.", "hospital-day")
    falls_to: str | None = told("Kind of actor, instead of the value's.", "health-insurer")
    discount_class: str | None = told("Class by which schemes discount it.", "health_effect")
    codes: dict[str, str] = told("Codes of other systems.", {"sdg": "3.4"})
    source: SourceOut | None = told("Where the indicator comes from.")
    licence: str = told(LICENCE, "not-stated")
    origin: str = told("Who worded it.", "impactmonitor")
    value: ValueOut | None = told("The value that it is worth.")


class IndicatorPage(Answer):
    """A page of indicators, in the order of the catalogue."""

    items: list[IndicatorOut] = told("The indicators.")
    next: str | None = next_page()


class RateStepOut(Answer):
    """A rate, and until when it holds."""

    until: int | None = told("Last year after the base year; null for ever after.", 35)
    rate: float = told("Per year, as a decimal.", 0.028)


class SchemeOut(Answer):
    """The discount rates that somebody prescribes."""

    id: str = told("Id; a case writes it as `discount.scheme`.", "nl-2026")
    title: str = told("What people call it.", "The Netherlands from 2026")
    description: str | None = told(ABOUT, "Rates for appraisals of public projects.")
    edition: str = told("Name of the edition.", "2025")
    status: str = told("in-force, superseded or recommended.", "in-force")
    holds_from: str = told("From when on it holds.", "2026-01-01")
    source: SourceOut = told("Who prescribes it, and where.")
    verification: str = told(VERIFIED, "secondary-source")
    last_checked: str = told(CHECKED, "2026-11-21")
    note: str | None = told("What else has to be known.", "Also calculate with nl-2021.")
    default_for: str | None = told("Currency of cases that take it when they name none.", "EUR")
    rates: dict[str, list[RateStepOut]] = told(
        "By class, the earliest step first.", {"standard": [{"until": None, "rate": 0.0225}]}
    )


class SchemePage(Answer):
    """A page of discount schemes, in the order of the catalogue."""

    items: list[SchemeOut] = told("The schemes.")
    next: str | None = next_page()
