"""Uncertainty on screen: in plain words, within the width, and every number from the JSON."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.table import Table
from tests.report.simulated import EXAMPLES, UNSURE, certain, simulated_example, unsure
from tests.report.test_screen import headers, printed, rows
from tests.small import cost, gain

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.uncertainty_screen import (
    MOST_INPUTS,
    STRIP,
    parties_table,
    strip,
    uncertainty_screen,
)
from impactmonitor.report.uncertainty_sentences import Told
from impactmonitor.uncertainty.results import Simulation

TECHNICAL = re.compile(r"\b(Sobol|EVPPI|EVPI|seed|standard error|standaardfout|draws|trekking)")


def shown(simulation: Simulation, language: str = "en", width: int = 80, detail=False) -> str:
    return printed(uncertainty_screen(simulation, language, detail), width)


def tables(simulation: Simulation, language: str = "en", detail: bool = False) -> dict[str, Table]:
    parts = uncertainty_screen(simulation, language, detail)
    return {str(part.title): part for part in parts if isinstance(part, Table)}


def chance_of(simulation: Simulation) -> str:
    return f"{round(100 * simulation.net_present_value.probability_positive)} of 100"


def cut_off(table: Table) -> list[str]:
    """The numbers of a table of which a part is missing on a screen of 80 columns."""
    text = printed([table])
    cells = [str(c) for column in table.columns if column.justify == "right" for c in column.cells]
    numbers = [line for cell in cells for line in cell.splitlines()]
    seen = {cell: len(re.findall(rf"(?<!\S){re.escape(cell)}(?!\S)", text)) for cell in numbers}
    return [cell for cell in numbers if seen[cell] < numbers.count(cell)]


@pytest.fixture(params=EXAMPLES, ids=lambda p: p.parent.name)
def example(request) -> Simulation:
    return simulated_example(request.param)


@pytest.mark.parametrize("detail", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen_or_cut_off(example, language, detail):
    for width in (80, 120):
        text = shown(example, language, width, detail)
        assert max(len(line) for line in text.splitlines()) <= width
        assert "…" not in text
        assert not re.search(r"\b(nan|None|inf)\b", text)
    found = tables(example, language, detail).values()
    assert [cell for table in found for cell in cut_off(table)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_technical_names_only_in_the_detail(example, language):
    assert not TECHNICAL.search(shown(example, language))
    assert TECHNICAL.search(shown(example, language, detail=True))


def test_the_distribution_of_every_party():
    simulation = unsure(perspectives={"payers": ["city", "insurer"]})
    table = parties_table(Told.of(simulation, "en"), "net")
    assert headers(table) == ["Actor", "Average", "Low", "Middle", "High", "Chance\nof gain"]
    found = {row[0]: row[1:] for row in rows(table)}
    assert list(found) == ["Society", "City", "Insurer", "People", "payers"]
    assert found["City"] == ["-100", "-100", "-100", "-100", "0 of 100"]
    assert found["Insurer"][-1] == "100 of 100"
    assert found["Society"][-1] == chance_of(simulation)
    assert found["payers"] == found["Society"]
    cash = {row[0]: row[1:] for row in rows(parties_table(Told.of(simulation, "nl"), "cash_net"))}
    assert cash["People"] == ["0", "0", "0", "0", "0 van 100"]
    assert cash["Samenleving"] != found["Society"]


def test_bars_say_in_words_what_low_and_high_are():
    effects = {**UNSURE["effects"], "harm": gain({"uniform": [-2, -1]}, 10)}
    table = tables(unsure(effects=effects))["What the result depends on most"]
    first, second = rows(table)
    assert first[0] == "Help: quantity"
    low, high = first[1].split("\n")
    assert (low, high) == ("low: 1.5", "high: 28.5")
    left, right = first[3].split("\n")
    assert left.endswith("|" + " " * 9)
    assert right.startswith(" " * 9 + "|█")
    assert second[0] == "harm: quantity"
    assert "the result is lower than €35.00" in str(table.caption)


def test_only_the_most_important_numbers_are_drawn():
    effects = {f"e{i}": gain({"uniform": [0, i]}, 10) for i in range(1, MOST_INPUTS + 3)}
    table = tables(unsure(effects=effects))["What the result depends on most"]
    assert [row[0] for row in rows(table)][:2] == ["e12: quantity", "e11: quantity"]
    assert len(rows(table)) == MOST_INPUTS
    assert str(table.caption).endswith("2 other numbers matter less.")
    effects.pop("e1")
    table = tables(unsure(effects=effects), "nl")["Waar de uitkomst het meest van afhangt"]
    assert str(table.caption).endswith("Eén ander getal maakt minder uit.")


def test_the_years():
    effects = {"help": {**UNSURE["effects"]["help"], "years": 5}}
    simulation = unsure(effects=effects)
    found = rows(tables(simulation)["Net result by year (EUR)"])
    fan = simulation.years
    assert [row[0] for row in found] == ["2025", "2026", "2027", "2028", "2029"]
    for i, row in enumerate(found):
        assert row[1:4] == [f"{fan.net[name][i]:,.0f}" for name in ("p05", "p50", "p95")]
        assert row[5] == f"{fan.cumulative['p50'][i]:,.0f}"
    assert all(row[4].count("|") == 1 for row in found)


def test_of_many_years_every_fifth():
    table = tables(unsure(horizon=33))["Net result by year (EUR)"]
    years = [int(row[0]) for row in rows(table)]
    assert years == [2025, 2029, 2034, 2039, 2044, 2049, 2054, 2057]


@pytest.mark.parametrize(
    ("quantiles", "ends", "text"),
    [
        ([0, 0, 0, 0, 0], (0, 0), "|" + " " * 28),
        ([-4, -4, -4, -4, -4], (-4, 0), "█" + " " * 27 + "|"),
        ([0, 7, 14, 21, 28], (0, 28), "|──────" + "█" * 15 + "───────"),
    ],
)
def test_a_strip(quantiles, ends, text):
    assert strip(quantiles, *ends) == text
    assert len(text) == STRIP - 1


def test_scenarios_and_alternatives_beside_the_case():
    simulation = unsure(
        scenarios={"dear": {"title": "Dear", "changes": {"costs.work.amount": 1000}}},
        alternatives={"free": {"changes": {"costs.work": cost(0)}}},
    )
    title = "Other choices and circumstances, in the same cases (EUR)"
    found = {row[0]: row[1:] for row in rows(tables(simulation)[title])}
    assert list(found) == ["This case", "Dear (scenario)", "free (alternative)"]
    assert found["This case"][-2:] == [chance_of(simulation), "–"]
    assert found["Dear (scenario)"][-2:] == ["0 of 100", "0 of 100"]
    assert found["free (alternative)"][-2:] == ["100 of 100", "100 of 100"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_varies_there_is_no_picture(language):
    simulation = certain()
    text = shown(simulation, language)
    assert tables(simulation, language) == {}
    said = {"en": "nothing varies", "nl": "Daarom verandert er niets"}
    assert said[language] in " ".join(text.split())
    assert "100" not in text.partition("Price level")[0].replace("€100", "").replace("€ 100", "")


def test_what_is_not_in_money_stands_below():
    trees = {"quantity": 3, "monetised": False, "domain": "ecological", "unit": "tree"}
    found = tables(unsure(effects={**UNSURE["effects"], "trees": trees}))
    assert "Not in EUR" in found


def test_title_and_scenario_come_first():
    first, second, *_ = uncertainty_screen(unsure(title={"nl": "Klein", "en": "Small"}), "nl")
    assert str(first) == "Klein"
    assert "van de 100 doorgerekende gevallen" in str(second.renderable)


def test_what_to_measure_or_that_nothing_needs_measuring():
    simulation = unsure()
    assert simulation.measure_next
    assert "1. Help: quantity: €" in shown(simulation)
    none = replace(simulation, measure_next=())
    assert "Measuring more before deciding is not expected to pay" in shown(none)


@pytest.mark.parametrize("scale", [1e3, 1e6, 1e9])
@pytest.mark.parametrize("language", LANGUAGES)
def test_large_amounts_are_not_cut_off(scale, language):
    effect = {**UNSURE["effects"]["help"], "unit_value": 12.3 * scale}
    simulation = unsure(costs={"work": cost(123 * scale)}, effects={"help": effect})
    assert "…" not in shown(simulation, language, 80, detail=True)
    found = tables(simulation, language, detail=True).values()
    assert [cell for table in found for cell in cut_off(table)] == []
