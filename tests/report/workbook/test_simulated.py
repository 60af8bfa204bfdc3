"""How sure the result is, on the sheet of what is computed and not live."""

from __future__ import annotations

from typing import Any

import pytest
from tests.report.simulated import EXAMPLES, certain, simulated_example, unsure
from tests.report.workbook.comparing import live, years_of
from tests.report.workbook.test_writing import STATUS, texts
from tests.soaking import crossed

from impactmonitor import load_catalogue
from impactmonitor.report.uncertainty_sentences import Told, chance, spread
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.file import workbook_of
from impactmonitor.report.workbook.writing import Written, workbook
from impactmonitor.uncertainty.results import Simulation


def written_of(simulation: Simulation, language: Any = "en") -> Written:
    evaluation = simulation.evaluation
    computed = computed_of(evaluation, simulation)
    years = years_of(evaluation)
    return workbook(evaluation.case, load_catalogue(), language, years, computed)


def row_after(written: Written, title: str, name: str) -> list[Any]:
    """The values beside a name, below a title."""
    cells = written.book.pages["computed"].cells
    top = next(
        row for (row, column), c in sorted(cells.items()) if c.value == title and column == 1
    )
    row = next(r for (r, column), c in sorted(cells.items()) if r > top and c.value == name)
    return [cells[row, column].value for column in range(2, 8) if (row, column) in cells]


@pytest.mark.parametrize(("path", "language"), crossed(EXAMPLES, ("nl", "en")))
def test_an_example_still_holds(path, language):
    simulation = simulated_example(path)
    written = written_of(simulation, language)
    assert live(written)["computed.status"] == STATUS[language]
    found = texts(written, "computed")
    assert spread(Told.of(simulation, language)) in found
    assert "nan" not in {text.lower() for text in found}


def test_chance_and_distribution_by_party():
    simulation = unsure()
    written = written_of(simulation)
    assert chance(Told.of(simulation, "en")) in texts(written, "computed")
    net = simulation.society.net
    expected = [net.mean, net.p05, net.p50, net.p95, net.probability_positive]
    assert row_after(written, "How far the net result can differ (EUR)", "Society") == expected
    insurer = simulation.actors["insurer"].cash_net
    found = row_after(written, "The part of it that is money (EUR)", "Insurer")
    assert found[0] == insurer.mean
    assert found[-1] == insurer.probability_positive


def test_how_it_was_calculated():
    written = written_of(unsure())
    assert row_after(written, "How sure is it?", "So many cases were calculated") == [256]
    assert row_after(written, "How sure is it?", "Seed (gives the same answer again)") == [1]
    found = row_after(written, "How sure is it?", "How they were drawn")
    assert found == ["randomised Sobol points"]


def test_what_it_depends_on_as_a_table_and_as_bars():
    simulation = unsure()
    written = written_of(simulation)
    found = row_after(written, "What the result depends on most", "Help: quantity")
    assert found[:2] == ["1.5", "28.5"]
    low, high = simulation.inputs["effects.help.quantity"].tornado
    point = simulation.evaluation.amount("net_present_value")
    assert found[2:] == [low - point, high - point]
    chart = written.book.pages["computed"].charts[0]
    assert chart.kind == "bar"
    assert [series.name for series in chart.series] == [
        "Net value changes if low", "Net value changes if high",
    ]  # fmt: skip
    assert chart.series[0].pattern != chart.series[1].pattern


def test_the_years_as_tables_and_as_lines():
    simulation = unsure()
    written = written_of(simulation)
    fan = simulation.years
    found = row_after(written, "Net result by year (EUR)", "2025")
    assert found == [float(fan.net[name][0]) for name in ("p05", "p25", "p50", "p75", "p95")]
    title = "The same, added up over the years"
    assert row_after(written, title, "2029")[2] == fan.cumulative["p50"][4]
    lines = written.book.pages["computed"].charts[1:]
    assert [chart.kind for chart in lines] == ["line", "line"]
    assert all(len(chart.series) == 5 for chart in lines)


def test_no_picture_stands_over_a_cell_or_another_picture():
    page = written_of(unsure()).book.pages["computed"]
    taken = {row for row, _ in page.cells}
    for chart in page.charts:
        rows = set(range(chart.at[0], chart.at[0] + -(-chart.size[1] // 20)))
        assert not rows & taken
        taken |= rows


def test_where_nothing_varies_that_is_said_and_nothing_drawn():
    written = written_of(certain(), "nl")
    found = texts(written, "computed")
    assert any(text.startswith("Geen enkel getal in deze casus heeft") for text in found)
    assert written.book.pages["computed"].charts == []
    assert live(written)["computed.status"] == "ACTUEEL"


def test_a_seed_of_many_digits_keeps_all_of_them():
    simulation = unsure()
    object.__setattr__(simulation, "seed", 10**18 + 1)
    found = row_after(
        written_of(simulation), "How sure is it?", "Seed (gives the same answer again)"
    )
    assert found == ["1000000000000000001"]


def test_a_file_with_the_simulation():
    simulation = unsure()
    catalogue = load_catalogue()
    data = workbook_of(simulation.evaluation, catalogue, "en", simulation=simulation)
    assert data[:2] == b"PK"
    assert len(data) > len(workbook_of(simulation.evaluation, catalogue, "en"))
