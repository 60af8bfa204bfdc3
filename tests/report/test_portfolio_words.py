"""The words of a report on a portfolio: titles where there are any, else what was written."""

from __future__ import annotations

import datetime

from tests.report.portfolios import told


def test_labels_are_read_from_themes_frameworks_and_the_catalogue() -> None:
    dutch = told("nl")
    assert dutch.label("theme", "warm-homes") == "Warme huizen"
    assert dutch.label("mission", "missions-2023.climate-neutral") == "Klimaatneutraal in 2050"
    assert dutch.label("transition", "transition-monitor.health") == "Gezondheid"
    assert dutch.label("sdg", "3") == "3 Goede gezondheid en welzijn"
    assert dutch.label("domain", "societal") == "Maatschappelijk"
    assert dutch.label("actor", "municipality") == "Gemeente"
    assert dutch.label("theme", "not-assigned") == "niet toegedeeld"


def test_a_target_of_a_goal_has_a_title_too() -> None:
    assert told().label("sdg", "3.4").startswith("3.4")


def test_an_unknown_label_is_shown_as_it_is_written() -> None:
    assert told().label("mission", "a mission of our own") == "a mission of our own"
    assert told().label("region", "Wales") == "Wales"


def test_holdings_of_one_title_are_told_apart() -> None:
    assert told().holding("homes-hills-loan") == "Warm homes Hill Country (homes-hills-loan)"
    assert told().holding("falls-delta") == "Fall prevention Delta City"
    assert told().holding("nobody") == "nobody"


def test_a_place_is_shown_as_it_was_written() -> None:
    """Places are compared without capitals, in both languages."""
    assert told("nl").place("harbour town (imaginary)") == "Havenstad (verzonnen)"
    assert told().place("nl3 west-nederland") == "NL3 West-Nederland"
    assert told().place("nowhere") == "nowhere"


def test_numbers_are_written_for_the_reader() -> None:
    assert told("nl").date(datetime.date(2026, 6, 30)) == "30 juni 2026"
    assert told().date(datetime.date(2026, 6, 30)) == "30 June 2026"
    assert (told("nl").percent(0.1234), told("nl").percent(0.0123)) == ("12%", "1,2%")
    assert told().percent(None) == "–"
    assert told().amount(-0.2) == "0"
