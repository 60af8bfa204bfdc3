"""Several mistakes in one file are all found in one run, each of them once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.errors.contract import SECTIONS
from tests.errors.provoking import BASE, GONE, Mistake, changed, found_in, found_in_tree, places

LINES = ("costs.lessons", "effects.fewer-falls", "transfers.subsidy")

# What several lines lack together is missing once; the rest says of the case as a whole that it
# cannot be computed, which only a case without other mistakes can.
SHARED = {"inflation-missing", "index-missing", "exchange-rate-missing"}
LAST = {"no-mass-in-range"}


def of_one_line(mistake: Mistake) -> bool:
    """Whether a mistake stands in one line and has to do with nothing outside it."""
    inside = [line for line in LINES if mistake.path.startswith(line)]
    return (
        len(inside) == 1
        and all(path.startswith(f"{inside[0]}.") or path == inside[0] for path in mistake.changes)
        and mistake.code not in SHARED | LAST
    )


OF_LINES = [m for mistakes in SECTIONS.values() for m in mistakes if of_one_line(m)]


def moved(mistake: Mistake, number: int) -> tuple[dict, tuple[str, str]]:
    """The mistake in a line of its own: what is changed, and what is to be found."""
    line = next(line for line in LINES if mistake.path.startswith(line))
    to = f"{line}-{number}"
    bare = changed()
    kind, name = line.split(".")
    changes: dict = {to: bare[kind][name]}
    changes |= {path.replace(line, to): snippet for path, snippet in mistake.changes.items()}
    return changes, (mistake.code, mistake.path.replace(line, to))


def together(mistakes: list[Mistake]) -> tuple[dict, list[tuple[str, str]]]:
    moves = [moved(mistake, number) for number, mistake in enumerate(mistakes)]
    return changed(*(changes for changes, _ in moves)), sorted(found for _, found in moves)


def test_there_is_something_to_combine() -> None:
    assert len(OF_LINES) > 150


@pytest.mark.parametrize("first", range(6))
def test_many_lines_with_a_mistake_each(first: int, tmp_path: Path) -> None:
    tree, wanted = together(OF_LINES[first::6])
    assert places(found_in_tree(tmp_path, tree)) == wanted


def test_form_rules_catalogue_and_variants_in_one_run(tmp_path: Path) -> None:
    tree = changed(
        {
            "horizn": "5",  # form
            "horizon": GONE,
            "about.status": "done",
            "costs.lessons.amount": "-5",  # rules
            "costs.lessons.source": "reprt",  # catalogue
            "costs.books": "{amount: many, paid_by: ciy}",
            "effects.fewer-falls.unit_value": "gp-consul",
            "effects.calmer-nights.falls_to": "{city: 0.5, insurer: 0.4}",
            "effects.quiet": "{quantity: 1, indicator: hospital-days-avoided, unit: kg}",
            "transfers.lessons": "{from: city, to: insurer, amount: 1, prices: nominal}",
            "actors.city.kind": "munipality",
            "parameters.reached.indicator": "nothing-like-it",
            "discount": "{scheme: nl-2062}",
            "perspectives.society": "[city]",
            "overlaps.o": "{lines: [fewer-falls, lessons], alpha: 2}",
            "scenarios.bad": "{changes: {costs.lesons.amount: 5}}",
            "alternatives.other": "{changes: {transfers.subsidy.to: nobody}}",
        }
    )
    assert places(found_in_tree(tmp_path, tree)) == sorted(
        [
            ("unknown-key", "horizn"),
            ("not-one-of", "about.status"),
            ("out-of-range", "costs.lessons.amount"),
            ("unknown-source", "costs.lessons.source"),
            ("not-a-number", "costs.books.amount"),
            ("unknown-actor", "costs.books.paid_by"),
            ("unknown-value", "effects.fewer-falls.unit_value"),
            ("shares-sum", "effects.calmer-nights.falls_to"),
            ("unit-mismatch", "effects.quiet.unit"),
            ("duplicate-line", "transfers.lessons"),
            ("inflation-missing", "transfers.lessons.prices"),
            ("unknown-actor-kind", "actors.city.kind"),
            ("unknown-indicator", "parameters.reached.indicator"),
            ("unknown-scheme", "discount.scheme"),
            ("reserved-name", "perspectives.society"),
            ("unknown-effect", "overlaps.o.lines"),
            ("out-of-range", "overlaps.o.alpha"),
            ("unknown-path", "scenarios.bad.changes.costs.lesons.amount"),
            ("unknown-actor", "alternatives.other.changes.transfers.subsidy.to"),
        ]
    )


def test_marks_of_yaml_beside_other_mistakes(tmp_path: Path) -> None:
    text = BASE.replace("amount: 1000", "amount: &price many") + (
        "perspectives:\n  all: [city, nobody]\n  all: [city]\nmeasurements: {}\n"
    )
    assert places(found_in(tmp_path, text)) == [
        ("duplicate-key", "perspectives.all"),
        ("not-a-list", "measurements"),
        ("not-a-number", "costs.lessons.amount"),
        ("yaml-anchor", "costs.lessons.amount"),
    ]


# --- One mistake, one error: what only follows from it is not said -------------------------------

CONSEQUENCES: list[tuple[str, dict, tuple[str, str]]] = [
    ("a misspelt field is not missing as well",
     {"costs.lessons.amuont": "5", "costs.lessons.amount": GONE},
     ("unknown-key", "costs.lessons.amuont")),
    ("an actor that is no good is still there",
     {"actors.insurer": "5"}, ("not-a-mapping", "actors.insurer")),
    ("no actors, no unknown ones", {"actors": "[]"}, ("not-a-mapping", "actors")),
    ("a broken share is not added up",
     {"costs.lessons.paid_by": "{city: half, insurer: 0.5}"},
     ("not-a-number", "costs.lessons.paid_by.city")),
    ("a line that is no good still exists for its group",
     {"effects.fewer-falls": "5",
      "overlaps": "{o: {lines: [fewer-falls, calmer-nights], alpha: 1}}"},
     ("not-a-mapping", "effects.fewer-falls")),
    ("the only line is no good, and yet a line",
     {"effects": GONE, "transfers": GONE, "costs.lessons": "5"},
     ("not-a-mapping", "costs.lessons")),
    ("a unit value that is no good is not missing",
     {"effects.fewer-falls.unit_value": "[5]"},
     ("not-a-number", "effects.fewer-falls.unit_value")),
    ("a domain that is no good is not missing",
     {"effects.fewer-falls.domain": "care"}, ("not-one-of", "effects.fewer-falls.domain")),
    ("bearers that are no good are not missing",
     {"effects.fewer-falls.falls_to": "[insurer]"},
     ("not-text", "effects.fewer-falls.falls_to")),
    ("an indicator that is no good gives nothing, and nothing is missing",
     {"effects.fewer-falls": "{quantity: 1, indicator: 5}"},
     ("not-text", "effects.fewer-falls.indicator")),
    ("a value that the catalogue lacks gives nothing, and nothing is missing",
     {"effects.fewer-falls": "{quantity: 1, domain: social, unit_value: gp-consul}"},
     ("unknown-value", "effects.fewer-falls.unit_value")),
    ("an inflation that is no good is not missing",
     {"inflation": "high", "costs.lessons.prices": "nominal"}, ("not-a-number", "inflation")),
    ("an exchange rate that is no good is not missing",
     {"exchange_rates": "{GBP: {2025: dear}}", "costs.lessons.currency": "GBP"},
     ("not-a-number", "exchange_rates.GBP.2025")),
    ("a rate that is no good is not missing",
     {"currency": "NOK", "discount": "{rate: low}"}, ("not-a-number", "discount.rate")),
    ("a base year that is no good is no year to be before",
     {"base_year": "soon", "costs.lessons.first_year": "1990"}, ("not-a-year", "base_year")),
    ("a parameter that is no good is still there",
     {"parameters.reached": "{values: 5}", "costs.lessons.amount": "{parameter: reached}"},
     ("unknown-key", "parameters.reached.values")),
    ("the inflation that two lines lack is missing once",
     {"costs.lessons.prices": "nominal", "transfers.subsidy.prices": "nominal"},
     ("inflation-missing", "costs.lessons.prices")),
    ("the exchange rate that two lines lack is missing once",
     {"costs.lessons.currency": "GBP", "transfers.subsidy.currency": "GBP"},
     ("exchange-rate-missing", "costs.lessons")),
    ("the figure that two lines lack is missing once",
     {"costs.lessons.price_year": "1900", "transfers.subsidy.price_year": "1900"},
     ("index-missing", "costs.lessons")),
    ("a mistake of the case is not found again in its scenarios",
     {"costs.lessons.paid_by": "ciy", "scenarios": "{a: {changes: {horizon: 3}}}",
      "alternatives": "{b: {changes: {horizon: 4}}}"},
     ("unknown-actor", "costs.lessons.paid_by")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "wanted"), [c[1:] for c in CONSEQUENCES], ids=[c[0] for c in CONSEQUENCES]
)
def test_what_only_follows_is_not_said(
    changes: dict, wanted: tuple[str, str], tmp_path: Path
) -> None:
    assert places(found_in_tree(tmp_path, changed(changes))) == [wanted]


# --- The nearest name ----------------------------------------------------------------------------

NEAR: list[tuple[dict, str]] = [
    ({"horizon": GONE, "horizn": "5"}, "horizon"),
    ({"costs.lessons.paid_by": "ciy"}, "city"),
    ({"actors.city.kind": "munipality"}, "municipality"),
    ({"costs.lessons.amount": "{parameter: reachd}"}, "reached"),
    ({"effects.fewer-falls.indicator": "hospital-days-avoidd"}, "hospital-days-avoided"),
    ({"effects.fewer-falls.unit_value": "gp-consul"}, "gp-consult"),
    ({"costs.lessons.source": "reprt"}, "report"),
    ({"discount": "{scheme: nl-202}"}, "nl-202"),
    ({"costs.lessons.discount_class": "helth_effect"}, "health_effect"),
    ({"overlaps": "{o: {lines: [fewer-fals, calmer-nights], alpha: 1}}"}, "fewer-falls"),
    ({"scenarios": "{s: {changes: {effects.fewer-fals.quantity: 1}}}"},
     "effects.fewer-falls.quantity"),
    ({"scenarios": "{s: {changes: {costs.fewer-falls.quantity: 1}}}"},
     "effects.fewer-falls.quantity"),
    ({"scenarios": "{s: {changes: {lessons.amount: 1}}}"}, "costs.lessons.amount"),
    ({"scenarios": "{s: {changes: {values.gp-consul: 1}}}"}, "gp-consult"),
    ({"effects.fewer-falls.quantity": "{uniform: [1, 2]}",
      "correlations": "[[effects.fewer-falls.quantit, effects.fewer-falls.quantity, 0.5]]"},
     "effects.fewer-falls.quantity"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "name"), NEAR, ids=[name for _, name in NEAR])
def test_the_hint_gives_the_nearest_name(changes: dict, name: str, tmp_path: Path) -> None:
    (problem,) = found_in_tree(tmp_path, changed(changes))
    assert name in problem.hint("en")
    assert name in problem.hint("nl")
