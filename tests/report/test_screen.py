"""The answer on screen: what it says first, what its tables hold, and that nothing is cut off."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

import pytest
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text
from tests.small import case, cost, gain, result

from impactmonitor import __version__, evaluate, load_case, messages
from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.document import document
from impactmonitor.report.screen import METRIC_REASONS, MOST_EFFECTS, screen
from impactmonitor.report.sentences import basis, headline, sureness
from impactmonitor.report.tables import BAR, bar
from impactmonitor.report.words import Words
from impactmonitor.resources import folder

EXAMPLES = sorted(folder("examples").rglob("case.yaml"))
WIDTH = 80
UNMONETISED = {"quantity": 3, "monetised": False, "domain": "ecological", "unit": "tree"}


def printed(parts: Iterable[RenderableType], width: int = WIDTH) -> str:
    """What goes to a file, without the spaces at the end of lines."""
    out = io.StringIO()
    console = Console(width=width, file=out, highlight=False, markup=False, emoji=False)
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def shown(evaluation: Evaluation, language: str = "en", width: int = WIDTH) -> str:
    return printed(screen(evaluation, language), width)


def tables(evaluation: Evaluation, language: str = "en") -> dict[str, Table]:
    """The tables by title, in the order in which they are shown."""
    found = [part for part in screen(evaluation, language) if isinstance(part, Table)]
    return {str(table.title): table for table in found}


def rows(table: Table) -> list[list[str]]:
    return [
        list(row) for row in zip(*(list(column.cells) for column in table.columns), strict=True)
    ]


def headers(table: Table) -> list[str]:
    return [str(column.header) for column in table.columns]


def cut_off(table: Table) -> list[str]:
    """The numbers of a table of which a part is missing on a screen of 80 columns."""
    text = printed([table])
    numbers = [
        str(c) for column in table.columns if column.justify == "right" for c in column.cells
    ]
    seen = {cell: len(re.findall(rf"(?<!\S){re.escape(cell)}(?!\S)", text)) for cell in numbers}
    return [cell for cell in numbers if seen[cell] < numbers.count(cell)]


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda p: p.parent.name)
def example(request) -> Evaluation:
    return evaluate(load_case(request.param))


# --- the whole page -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_golden_answer(path, language, golden):
    evaluation = evaluate(load_case(path))
    # the version of the engine is no reason for an answer to change
    text = shown(evaluation, language).replace(f" {__version__},", " version,")
    golden(f"{path.parent.name}.{language}.txt", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen_or_cut_off(example, language):
    text = shown(example, language)
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert "…" not in text
    assert [cell for table in tables(example, language).values() for cell in cut_off(table)] == []


def test_wider_and_narrower_screens_hold_the_same_words(example):
    def letters(text: str) -> list[str]:
        return sorted(re.sub(r"[^\w€]+", "", text))

    by_width = {width: shown(example, width=width) for width in (100, 200)}
    assert max(len(line) for line in by_width[100].splitlines()) <= 100
    assert letters(by_width[100]) == letters(by_width[200])


def printed_forms(evaluation: Evaluation, language: str) -> set[str]:
    """Every number of the JSON in every form in which a table may write it."""
    words = Words(evaluation, language)

    def numbers(node: Any) -> list[float | None]:
        if isinstance(node, dict):
            return [x for part in node.values() for x in numbers(part)]
        if isinstance(node, list):
            return [x for part in node for x in numbers(part)]
        return [] if isinstance(node, str | bool) else [node]

    found = {"–", messages.text("financing.pockets.never", words.language)}
    for value in numbers(document(evaluation)):
        if value is not None:
            forms = (words.amount, words.money, words.percent, lambda x: words.number(x, 2), str)
            found |= {form(value) for form in forms}
            found.add(words.number(100 * value, 0))  # a score from 0 to 1, as points
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_a_table_stands_in_the_json(example, language):
    forms = printed_forms(example, language)
    for title, table in tables(example, language).items():
        for column in table.columns:
            if column.justify == "right":
                assert set(column.cells) <= forms, title


# --- the answer ---------------------------------------------------------------------------------


def test_title_and_scenario_come_before_the_answer():
    fields = {
        "title": {"nl": "Klein", "en": "Small"},
        "costs": {"work": cost()},
        "scenarios": {"dear": {"changes": {"costs.work.amount": 300}}},
    }
    first, second, *_ = screen(evaluate(case(**fields), scenario="dear"), "nl")
    assert str(first) == "Klein"
    assert "scenario" in str(second)
    assert "dear" in str(second)
    _, second, *_ = screen(result(**fields), "nl")
    assert not isinstance(second, Text)


# --- who pays, who benefits ---------------------------------------------------------------------

SPLIT = {
    "costs": {"work": cost(4000)},
    "effects": {
        "gain": gain(1, 9000, cashable=0.25, confirmation={"people": "confirmed"}),
        "more": gain(1, 500, falls_to="insurer"),
    },
    "perspectives": {"payers": ["city", "insurer"]},
}


@pytest.mark.parametrize(
    ("value", "largest", "left", "right"),
    [
        (10, 10, 0, BAR),
        (-10, 10, BAR, 0),
        (5, 10, 0, BAR // 2),
        (-0.1, 10, 0, 0),
        (0, 10, 0, 0),
        (0, 0, 0, 0),
        (1e-320, 1.0, 0, 0),
    ],
)
def test_bars_are_in_proportion(value, largest, left, right):
    text = bar(value, largest)
    before, after = text.split("|")
    assert (before.count("█"), after.count("█")) == (left, right)
    assert before == " " * (BAR - left) + "█" * left
    assert len(after) == BAR


def test_the_picture_shows_the_net_value_of_every_actor():
    table = tables(result(**SPLIT))["Who pays, who benefits"]
    assert rows(table) == [
        ["City", bar(-4000, 9000), "-€4,000"],
        ["Insurer", bar(500, 9000), "€500"],
        ["People", bar(9000, 9000), "€9,000"],
    ]


def test_the_same_in_numbers():
    table = tables(result(**SPLIT))["The same in numbers (EUR)"]
    assert headers(table) == ["Actor", "Costs", "Benefits", "Net", "Net cash", "Confirmed"]
    by_party = {row[0]: row[1:5] for row in rows(table)}
    assert by_party == {
        "City": ["4,000", "0", "-4,000", "-4,000"],
        "Insurer": ["0", "500", "500", "0"],
        "People": ["0", "9,000", "9,000", "2,250"],
        "payers": ["4,000", "500", "-3,500", "-4,000"],
        "Society": ["4,000", "9,500", "5,500", "-1,750"],
    }


def test_transfers_have_a_column_where_there_are_any():
    grant = {"grant": {"from": "city", "to": "people", "amount": 700}}
    table = tables(result(**SPLIT, transfers=grant), "nl")["Hetzelfde in cijfers (EUR)"]
    column = headers(table).index("Over-\ndrachten")
    assert [row[column] for row in rows(table)] == ["-700", "0", "700", "-700", "0"]


def test_values_by_domain():
    found = result(
        costs={"work": cost(4000), "paint": cost(200, domain="social")},
        effects={"gain": gain(1, 9000), "trees": UNMONETISED},
    )
    assert rows(tables(found)["Value by domain (EUR)"]) == [
        ["economic", "4,000", "0", "-4,000"],
        ["ecological", "0", "0", "0"],
        ["social", "200", "9,000", "8,800"],
    ]


@pytest.mark.parametrize("scale", [1e3, 1e4, 1e5, 1e6, 1e9])
@pytest.mark.parametrize("language", LANGUAGES)
def test_large_amounts_are_not_cut_off(scale, language):
    found = result(
        costs={"work": cost(123.4 * scale), "more": cost(5 * scale, paid_by="insurer")},
        effects={"gain": gain(1, 156.7 * scale, cashable=1, confirmation={"people": "confirmed"})},
        transfers={"grant": {"from": "city", "to": "people", "amount": 33 * scale}},
    )
    assert "…" not in shown(found, language)
    assert [cell for table in tables(found, language).values() for cell in cut_off(table)] == []


@pytest.mark.parametrize("scale", [1e3, 1e4, 5e4, 1e6])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_table_of_losses_is_not_cut_off(scale, language):
    found = result(
        costs={"work": cost(120 * scale), "more": cost(110 * scale, paid_by="insurer")},
        effects={
            name: gain(-1, size * scale, falls_to=name, confirmation={name: "confirmed"})
            for name, size in (("city", 101), ("insurer", 102), ("people", 170))
        },
        transfers={"grant": {"from": "city", "to": "people", "amount": 130 * scale}},
    )
    assert [cell for table in tables(found, language).values() for cell in cut_off(table)] == []


# --- effects ------------------------------------------------------------------------------------


def test_the_largest_effects_by_size_and_the_rest_together():
    effects = {
        f"e{i}": gain(1, 1000 * (-1) ** i * (i + 1), falls_to={"people": 0.5, "city": 0.5})
        for i in range(MOST_EFFECTS + 2)
    }
    effects["e9"] = {**effects["e9"], "title": "Harm of ten", "evidence": "expert"}
    table = tables(result(effects=effects))["Largest effects"]
    found = rows(table)
    assert len(found) == MOST_EFFECTS
    assert found[0] == ["Harm of ten", "People, City", "-€10,000", "expert judgement"]
    assert [row[0] for row in found[1:]] == [f"e{i}" for i in range(8, 1, -1)]
    # the smallest two: +1,000 and -2,000
    assert str(table.caption) == "and 2 smaller ones, together -€1,000"


def test_few_effects_have_no_rest():
    table = tables(result(effects={"gain": gain(1, 100)}))["Largest effects"]
    assert rows(table) == [["gain", "People", "€100", "not stated"]]
    assert table.caption is None


def test_a_case_of_transfers_only_can_be_shown():
    found = result(transfers={"grant": {"from": "city", "to": "people", "amount": 5}})
    text = shown(found)
    assert "There is nothing in EUR to add up" in text
    assert rows(tables(found)["Value by domain (EUR)"]) == []


def test_tables_without_content_are_left_out():
    assert "Largest effects" not in tables(result(costs={"work": cost()}))
    only_trees = tables(result(effects={"trees": UNMONETISED}))
    assert "Largest effects" not in only_trees
    assert "Not in EUR" in only_trees
    assert "Not in EUR" not in tables(result(effects={"gain": gain()}))
    assert "Other choices and circumstances" not in tables(result(effects={"gain": gain()}))


def test_quantities_of_what_is_not_in_euros():
    effects = {
        "once": {**UNMONETISED, "quantity": 1234},
        "always": {**UNMONETISED, "years": 9},
        "fading": {**UNMONETISED, "quantity": 8, "lasts": 3, "drop_off": 0.5},
        "none": {**UNMONETISED, "quantity": 0},
        "unknown": {**UNMONETISED, "quantity": "unknown"},
        "harm": {**UNMONETISED, "quantity": -0.25},
    }
    table = tables(result(effects=effects))["Not in EUR"]
    assert {row[0]: row[2] for row in rows(table)} == {
        "once": "1,234 tree, 2025",
        "always": "3 tree, 2025–2029",
        "fading": "2 to 8 tree, 2025–2027",
        "none": "0",
        "unknown": "size unknown",
        "harm": "-0.25 tree, 2025",
    }


# --- returns, variants, warnings ----------------------------------------------------------------


def test_returns_with_a_dash_where_there_is_none():
    table = tables(result(costs={"work": cost(400)}))["Returns"]
    found = dict(rows(table))
    assert found["Net present value"] == "-€400"
    assert found["Benefit-cost ratio"] == "0.00"
    assert found["Internal rate of return"] == "–"
    assert found["Payback year"] == "–"
    paid = dict(
        rows(
            tables(
                result(costs={"work": cost(400)}, effects={"gain": gain(1, 440, first_year=2026)})
            )["Returns"]
        )
    )
    assert paid["Internal rate of return"] == "10%"
    assert paid["Payback year"] == "2026"


def test_every_variant_beside_the_case_itself():
    found = result(
        costs={"work": cost(400)},
        effects={"gain": gain(1, 600)},
        scenarios={"dear": {"title": "Dear", "changes": {"costs.work.amount": 500}}},
        alternatives={"idle": {"changes": {"costs.work": None}}},
    )
    assert rows(tables(found)["Other choices and circumstances"]) == [
        ["This case", "€200", "1.50"],
        ["Dear (scenario)", "€100", "1.20"],
        ["idle (alternative)", "€600", "–"],
    ]


def test_variants_keep_their_titles_under_a_scenario():
    fields = {
        "costs": {"work": cost(400)},
        "effects": {"gain": gain(1, 600)},
        "scenarios": {"dear": {"title": "Dear times", "changes": {"costs.work.amount": 500}}},
        "alternatives": {"idle": {"title": "Do less", "changes": {"costs.work.amount": 100}}},
    }
    found = evaluate(case(**fields), scenario="dear")
    assert "Dear times" in shown(found).splitlines()[1]
    assert rows(tables(found)["Other choices and circumstances"]) == [
        ["This case", "€100", "1.20"],
        ["Do less (alternative)", "€500", "6.00"],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_warning_but_reasons_with_its_hint(example, language):
    text = " ".join(shown(example, language, width=1000).split())
    said = [p for p in example.warnings if p.code not in METRIC_REASONS]
    for problem in said:
        assert problem.path in text
        assert problem.message(language) in text
        assert problem.hint(language) in text
    for problem in example.warnings:
        if problem.code in METRIC_REASONS:
            assert problem.message(language) not in text
    assert f"({len(said)})" in text or not said


def test_without_doubts_there_is_nothing_to_look_at():
    text = shown(result(costs={"work": cost()}, effects={"gain": gain()}))
    assert "!" not in text


def test_how_sure_it_is_stands_above_the_tables_and_what_it_rests_on_below():
    found = result(costs={"work": cost()})
    words = Words(found, "en")
    parts = list(screen(found, "en"))
    assert str(parts[1].renderable) == headline(found, "en")
    assert str(parts[2].renderable) == sureness(found, words)
    assert str(parts[-1]) == basis(found, words)
