"""The technical part names how it was simulated, and shows what does not exist as a dash."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.table import Table
from tests.report.simulated import DRAWS, certain, unsure
from tests.report.test_screen import headers, printed, rows

from impactmonitor.report.uncertainty_detail import detail_screen
from impactmonitor.report.uncertainty_sentences import Told
from impactmonitor.uncertainty.results import Ratio, Simulation


def shown(simulation: Simulation, language: str = "en") -> str:
    return " ".join(printed(detail_screen(Told.of(simulation, language))).split())


def tables(simulation: Simulation) -> list[Table]:
    return [p for p in detail_screen(Told.of(simulation, "en")) if isinstance(p, Table)]


@pytest.mark.parametrize(
    ("method", "english", "dutch"),
    [("sobol", "randomised Sobol points", "gerandomiseerde Sobol-punten"),
     ("mc", "plain Monte Carlo", "gewone Monte Carlo")],
)  # fmt: skip
def test_how_it_was_simulated(method, english, dutch):
    simulation = replace(unsure(), method=method, seed=7)
    assert f"{DRAWS} draws, seed 7, method {english}" in shown(simulation)
    assert f"{DRAWS} trekkingen, seed 7, methode {dutch}" in shown(simulation, "nl")


def test_the_exact_numbers_beside_the_drawn_ones():
    simulation = unsure()
    assert simulation.exact is not None
    assert "Without draws, exactly: mean €50.00, standard deviation €86.60" in shown(simulation)
    assert "allows no exact mean" in shown(replace(simulation, exact=None))


def test_the_inputs_by_importance():
    table = tables(unsure())[0]
    assert headers(table)[1:3] == ["First-order\nSobol", "Total\nSobol"]
    first, second = rows(table)
    assert first[:3] == ["effects.help.quantity", "1.000", "1.000"]
    assert first[4] == "10 fall"
    assert second[:3] == ["effects.help.cashable", "0.000", "0.000"]
    assert second[4] == "–"


def test_ratios_that_do_not_always_exist():
    simulation = replace(unsure(), internal_rate_of_return=Ratio(None, 1.0))
    ratio, rate = rows(tables(simulation)[1])
    assert ratio[0] == "Benefit-cost ratio"
    assert ratio[-1] == "0%"
    assert rate[1:] == ["–", "–", "–", "–", "100%"]


def test_without_inputs_there_is_no_table_of_them():
    assert [str(table.title) for table in tables(certain())] == ["Ratios"]
