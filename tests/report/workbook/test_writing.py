"""The formulas of a workbook give what the engine gives."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from tests.carded import DROPOUT, LOCAL, OFF, carded, falls
from tests.report.workbook.comparing import (
    TOLERANCE,
    assert_equal,
    differences,
    live,
    size_of,
    written_of,
    years_of,
)
from tests.soaking import crossed

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.reading import read_case
from impactmonitor.intake.workbook.calculate import Calculator, Scalar
from impactmonitor.intake.workbook.layout import SheetId
from impactmonitor.messages import text
from impactmonitor.model.case import Case
from impactmonitor.model.numbers import ExpertRange, Interval
from impactmonitor.model.record import in_language
from impactmonitor.report.workbook import account
from impactmonitor.report.workbook.computed import Computed, computed_of
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import Written, blank_workbook, workbook
from impactmonitor.report.workbook.yearly import NUMBER_COLUMN, YEARS_LEFT
from impactmonitor.resources import folder

EXAMPLES = sorted(folder("examples").glob("*/case.yaml"))
NAMED = [pytest.param(file, id=file.parent.name) for file in EXAMPLES]
LANGUAGES = ("nl", "en")
STATUS = {"nl": "ACTUEEL", "en": "UP TO DATE"}


def lines_and_years(evaluation: Evaluation) -> dict[str, Any]:
    """Present values and quantities of the lines, and the flows of each year."""
    found = dict[str, Any]()
    for line in evaluation.line_results():
        if line.present_value is not None:
            found[f"lines.{line.id}.present_value"] = line.present_value
        if line.quantity is not None:
            for i, quantity in enumerate(line.quantity.values()):
                found[f"lines.{line.id}.quantity.{i}"] = quantity
            found[f"lines.{line.id}.discounted_quantity"] = line.discounted_quantity
    for i, year in enumerate(evaluation.year_results()):
        found |= {f"years.{i}.year": year.year, f"years.{i}.costs": year.costs,
                  f"years.{i}.benefits": year.benefits,
                  f"years.{i}.net": year.benefits - year.costs}  # fmt: skip
        for actor, (net, cash) in year.actors.items():
            found[f"years.{i}.actors.{actor}.net"] = net
            found[f"years.{i}.actors.{actor}.cash_net"] = cash
    return found


@pytest.mark.parametrize(("file", "language"), crossed(EXAMPLES, LANGUAGES))
def test_an_example(file: Any, language: Any) -> None:
    catalogue = load_catalogue()
    evaluation = evaluate(load_case(file), catalogue)
    written = written_of(evaluation, catalogue, language)
    assert_equal(written, evaluation)
    cells = live(written)
    found = differences(cells, lines_and_years(evaluation), size_of(evaluation))
    assert {name: f for name, f in found.items() if f[2] > TOLERANCE} == {}
    assert cells["computed.status"] == STATUS[language]
    assert {v for k, v in cells.items() if k.startswith("computed.worth")} <= {0}


@pytest.fixture(scope="module")
def example() -> Evaluation:
    """One with alternatives and scenarios."""
    file = folder("examples") / "fall-prevention-65plus" / "case.yaml"
    return evaluate(load_case(file), load_catalogue())


def written_with(evaluation: Evaluation, computed: Computed | None) -> Written:
    years = years_of(evaluation)
    return workbook(evaluation.case, load_catalogue(), "en", years, computed)


def texts(written: Written, sheet: SheetId) -> list[str]:
    """What a reader sees on a sheet, as far as it is text."""
    title, page = written.book.layout.sheet_name(sheet), written.book.pages[sheet]
    found = [c.value or written.values.get((title, *place)) for place, c in page.cells.items()]
    return [text for text in found if isinstance(text, str) and text]


def test_stored_results_that_no_longer_hold_say_so(example: Evaluation) -> None:
    computed = computed_of(example)
    net = computed.amounts["net_present_value"]
    older = replace(computed, amounts={**computed.amounts, "net_present_value": net + 1})
    status = live(written_with(example, older))["computed.status"]
    assert status.startswith("OUT OF DATE")


def test_a_workbook_without_stored_results_says_so(example: Evaluation) -> None:
    found = texts(written_with(example, None), "computed")
    assert any(text.startswith("This sheet is still empty") for text in found)
    assert "UP TO DATE" not in found


def test_a_blank_workbook_asks_and_says_nothing_of_its_own() -> None:
    written = blank_workbook(load_catalogue(), "en", years=12)
    assert set(written.book.names) == {"im_costs", "im_benefits", "im_npv", "im_bcr"}
    found = texts(written, "computed")
    assert any(text.startswith("This sheet is still empty") for text in found)
    start = texts(written, "start")
    assert "All checks together: nothing filled in yet" in start
    assert not any("NOT IN ORDER" in text for text in start)
    assert not [v for v in live(written).values() if str(v).startswith("#")]
    rows = written.book.pages["yearly"].cells
    sheet = written.book.layout.sheet_name("yearly")
    shown = {
        written.values[sheet, row, YEARS_LEFT + i]
        for row, column in rows for i in range(12)
        if column == NUMBER_COLUMN
    }  # fmt: skip
    assert shown == {""}, "a party that is not there has no flows"


def test_the_other_choices_and_circumstances_are_shown(example: Evaluation) -> None:
    computed = computed_of(example)
    found = texts(written_with(example, computed), "computed")
    assert len(computed.variants) == len(example.alternatives) + len(example.scenarios) > 0
    assert {in_language(v.title, "en") for v in computed.variants} <= set(found)
    nets = [e.amount("net_present_value") for e in example.alternatives.values()]
    nets += [e.amount("net_present_value") for e in example.scenarios.values()]
    assert [v.amounts["net_present_value"] for v in computed.variants] == nets


def flows(*net: float) -> Evaluation:
    """A case with one net flow a year."""
    lines: dict[str, Any] = {"costs": {}, "effects": {}}
    for year, amount in enumerate(net, start=2025):
        name = f"flow-{year}"
        if amount < 0:
            lines["costs"][name] = {"amount": -amount, "first_year": year, "paid_by": "a"}
        else:
            lines["effects"][name] = {
                "quantity": amount, "unit_value": 1, "unit": "euro", "first_year": year,
                "falls_to": "a", "domain": "economic",
            }  # fmt: skip
    text = json.dumps({
        "impactmonitor": 1, "id": "flows", "title": "Flows", "currency": "EUR",
        "price_year": 2025, "base_year": 2025, "horizon": len(net),
        "discount": {"rate": 0.03}, "actors": {"a": {"kind": "municipality"}}, **lines,
    })  # fmt: skip
    return evaluate(read_case(text.encode(), ".json").case, load_catalogue())


@pytest.mark.parametrize(
    ("net", "roots"), [((-50, -100, 600, 300, -100), 2), ((-100, 50, 80), 1), ((-100, -1), 0)]
)
def test_all_rates_of_return_are_shown_and_make_the_flows_worth_nothing(
    net: tuple[float, ...], roots: int
) -> None:
    evaluation = flows(*net)
    written = written_with(evaluation, computed_of(evaluation))
    cells = live(written)
    worths = [v for k, v in cells.items() if k.startswith("computed.worth")]
    assert worths == [0] * roots
    rate = cells["totals.internal_rate_of_return"]
    assert isinstance(rate, float) == (roots == 1)
    assert (rate == "more than one") == (roots > 1)


def test_a_rate_that_is_no_root_is_seen() -> None:
    evaluation = flows(-100, 50, 80)
    computed = computed_of(evaluation)
    rate = replace(computed.internal_rate, roots=(0.5,))
    cells = live(written_with(evaluation, replace(computed, internal_rate=rate)))
    assert cells["computed.worth.0"] == pytest.approx(-100 + 50 / 1.5 + 80 / 1.5**2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_leads_to_every_sheet_of_its_steps(
    language: Any, example: Evaluation
) -> None:
    written = workbook(example.case, load_catalogue(), language, years_of(example))
    data = to_bytes(written.book, written.values, example.case.id)
    book = openpyxl.load_workbook(io.BytesIO(data))
    links = [cell.hyperlink for row in book.worksheets[0].iter_rows() for cell in row]
    names = [link.location.split("!")[0].strip("'") for link in links if link is not None]
    assert len(names) == 15
    assert set(names) <= set(book.sheetnames)
    assert all(sheet in names for sheet in book.sheetnames[1:13])


def test_the_file_holds_formulas_with_their_values_and_names() -> None:
    case, catalogue = load_case(EXAMPLES[0]), load_catalogue()
    evaluation = evaluate(case, catalogue)
    written = workbook(case, catalogue, "nl", years_of(evaluation))
    data = to_bytes(written.book, written.values, case.id)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    wanted = {
        "im_costs": evaluation.amount("costs"),
        "im_benefits": evaluation.amount("benefits"),
        "im_npv": evaluation.amount("net_present_value"),
        "im_bcr": evaluation.totals["benefit_cost_ratio"],
    }
    for actor, party in evaluation.by_actor.items():
        wanted[f"im_net_{actor.replace('-', '_')}"] = party.net
        wanted[f"im_cash_{actor.replace('-', '_')}"] = party.cash_net
    assert set(formulas.defined_names) == set(wanted)
    assert [sheet.title for sheet in formulas if not sheet.print_area] == []
    for name, value in wanted.items():
        sheet, cell = formulas.defined_names[name].attr_text.replace("$", "").split("!")
        assert str(formulas[sheet.strip("'")][cell].value).startswith("=")
        assert values[sheet.strip("'")][cell].value == pytest.approx(value, rel=1e-9, abs=1e-6)


USUAL = 0.9


def uncertain(number: float, low: float, high: float) -> dict[str, Any]:
    """A number of an effect with a range around it."""
    return {"interval": {"low": low, "high": high, "coverage": USUAL}, "central": number}


def ranged_case() -> Case:
    """Ranges around a number and around a number per person, some of which change sign."""
    own = {"unit_value": 3, "unit": "piece", "falls_to": "a", "domain": "economic"}
    effects = {
        "visits": {**own, "quantity": uncertain(100, 60, 180), "growth": 0.02, "years": 4},
        "turns": {**own, "quantity": uncertain(40, -30, 90), "optimism_bias": 0.2, "lasts": 3},
        "harms": {**own, "quantity": uncertain(25, 10, 70), "unit_value": -7, "years": 3,
                  "optimism_bias": 0.3},
        "each": {**own, "quantity": 50, "factors": {"per-person": uncertain(2, -1, 5)}, "years": 2,
                 "lasts": 2, "drop_off": 0.4, "optimism_bias": 0.1, "deadweight": 0.2},
        "by-year": {**own, "quantity": {"2025": 8, "2027": -12}, "optimism_bias": 0.25,
                    "factors": {"per-person": uncertain(-3, -4, 6)}},
        "sure": {**own, "quantity": 30},
        "moved": {**own, "quantity": uncertain(5, 1, 90), "taken_from": "b", "falls_to": "a"},
        "untold": {"quantity": uncertain(7, 1, 9), "unit": "piece", "falls_to": "b",
                   "domain": "social", "monetised": False},
    }  # fmt: skip
    return read_case(json.dumps({
        "impactmonitor": 1, "id": "ranges", "title": "Ranges", "currency": "EUR",
        "price_year": 2025, "base_year": 2025, "horizon": 5, "discount": {"rate": 0.03},
        "actors": {"a": {"kind": "municipality"}, "b": {"kind": "municipality"}},
        "costs": {"work": {"amount": 500, "paid_by": "a"}}, "effects": effects,
        "overlaps": {"together": {"alpha": 0.4, "lines": ["visits", "turns", "harms", "each"]}},
    }).encode(), ".json").case  # fmt: skip


def test_the_ends_of_all_ranges_are_those_of_the_engine() -> None:
    case, catalogue = ranged_case(), load_catalogue()
    evaluation = evaluate(case, catalogue)
    paths = {f"effects.{name}.quantity": case.effects[name].quantity
             for name in ("visits", "turns", "harms")}  # fmt: skip
    paths |= {f"effects.{name}.factors.per-person": case.effects[name].factors["per-person"]
              for name in ("each", "by-year")}  # fmt: skip
    found: dict[str, dict[str, float]] = {"worst": {}, "best": {}}
    for path, number in paths.items():
        ends = {end: getattr(number.interval, end) for end in ("low", "high")}
        nets = {end: evaluate(case, catalogue, values={path: x}).amount("net_present_value")
                for end, x in ends.items()}  # fmt: skip
        found["worst"][path] = ends[min(nets, key=nets.__getitem__)]
        found["best"][path] = ends[max(nets, key=nets.__getitem__)]
    assert found["worst"]["effects.harms.quantity"] == 70
    written = written_with(evaluation, None)
    assert_equal(written, evaluation)
    cells = live(written)
    for end, values in found.items():
        net = evaluate(case, catalogue, values=values).amount("net_present_value")
        assert cells[f"swing.{end}"] == pytest.approx(net, rel=1e-9)
    assert any("disappoint, the net value is EUR" in t for t in texts(written, "results"))


def test_a_range_of_which_the_ends_cannot_be_worked_out_is_not_shown() -> None:
    case = ranged_case()
    none = case.effects["visits"].model_copy(
        update={"quantity": Interval(interval=ExpertRange(low=-1, high=2), central=0)}
    )
    unclear = case.model_copy(update={"effects": {**case.effects, "visits": none}})
    found = texts(written_with(evaluate(unclear, load_catalogue()), None), "results")
    assert any("is not shown yet" in text for text in found)
    assert not any("disappoint, the net value" in text for text in found)


FILLED: Mapping[tuple[SheetId, int, int], Any] = {
    ("plan", 6, 3): "Plan", ("plan", 11, 3): 2025, ("plan", 12, 3): 3, ("plan", 13, 3): 2025,
    ("partners", 8, 2): "Town", ("partners", 8, 1): "Town", ("partners", 8, 3): "Municipality",
    ("costs", 8, 1): "Coach", ("costs", 8, 2): "Coach", ("costs", 8, 3): 1000,
    ("costs", 8, 6): "Town", ("costs", 9, 1): "Room", ("costs", 9, 2): "Room",
    ("costs", 9, 3): "I do not know", ("costs", 9, 6): "Town",
    ("unpriced", 8, 1): "Peace", ("unpriced", 8, 2): "Peace", ("unpriced", 8, 5): "I do not know",
    ("unpriced", 8, 11): "Town",
}  # fmt: skip


def answers(more: Mapping[tuple[SheetId, int, int], Any]) -> dict[tuple[str, int, int], Scalar]:
    """What a blank workbook shows when somebody fills this in."""
    written = blank_workbook(load_catalogue(), "en", years=4)
    layout, book = written.book.layout, written.book
    typed = {(layout.sheet_name(s), r, c): value for (s, r, c), value in {**FILLED, **more}.items()}
    formulas = {at: formula for at, formula in book.formulas().items() if at not in typed}
    names = {n: (layout.sheet_name(at.sheet), at.row, at.column) for n, at in book.names.items()}
    values = Calculator({**book.constants(), **typed}, formulas, names).all_values()
    places = written.outcome.places.cells
    return {
        name: values[layout.sheet_name(at.sheet), at.row, at.column] for name, at in places.items()
    } | {f"line.{row}": values.get((layout.sheet_name("results"), row, 1)) for row in range(3, 11)}


def test_what_is_not_in_money_stands_by_name() -> None:
    cells = answers({})
    keys = ("name", "size", "unit", "noticed")
    assert [cells[f"apart.0.{key}"] for key in keys] == ["Peace", "I do not know", "", "Town"]
    assert [cells[f"apart.1.{key}"] for key in keys] == [
        "Room (cost, amount not known)", "I do not know", "EUR", "Town",
    ]  # fmt: skip
    assert cells["apart.2.name"] == ""
    assert cells["line.3"] == "Plan"
    assert cells["line.4"] == (
        "Counted in money alone, society loses: against EUR 1,000 of costs stand expected "
        "benefits of EUR 0, EUR 1,000 less."
    )
    assert "1 effect stands further down" in cells["line.5"]
    assert "Of 1 cost the amount is not known" in cells["line.5"]
    assert cells["line.7"].startswith("‘I do not know’ was answered 2 times")
    assert "counts for less: 2.80% a year" in cells["line.10"]


@pytest.mark.parametrize(
    ("more", "check", "where"),
    [
        ({("costs", 8, 6): None}, "costs_shares", "Coach"),
        ({("plan", 13, 3): None}, "required", "Prices of which year?"),
        ({("plan", 12, 3): 9}, "horizon", "How many years do you count?"),
        ({("costs", 8, 3): "much"}, "numbers", "Costs: "),
        ({("bearers", 8, 1): "Nothing"}, "lines", "Nothing"),
        ({("effects", 8, 1): "Walks", ("effects", 8, 2): "Walks", ("effects", 8, 5): 4,
          ("effects", 8, 8): "no-such-price"}, "prices", "Walks"),
        ({("effects", 8, 1): "Walks", ("effects", 8, 2): "Walks", ("effects", 8, 5): 4,
          ("effects", 8, 8): 5}, "effects_shares", "Walks"),
    ],
)  # fmt: skip
def test_a_check_says_where_to_look_first(more: Any, check: str, where: str) -> None:
    cells = answers(more)
    assert cells[f"checks.{check}"] == 1
    assert cells[f"first_at_fault.{check}"].startswith(where)
    assert all(cells[f"first_at_fault.{k.removeprefix('checks.')}"] == ""
               for k, found in cells.items() if k.startswith("checks.") and not found)  # fmt: skip


def test_amounts_simply_added_up_are_those_of_the_years() -> None:
    evaluation = evaluate(ranged_case(), load_catalogue())
    cells, years = live(written_with(evaluation, None)), evaluation.year_results()
    for key in ("costs", "benefits"):
        total = sum(getattr(year, key) for year in years)
        assert cells[f"totals.{key}_undiscounted"] == pytest.approx(total, rel=1e-9)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", ["225,334", "225.334", "225 334"])
def test_an_amount_in_a_sentence_has_the_signs_of_its_language(language: Any, shown: str) -> None:
    """FIXED gives the signs of the program, which may be in another language."""
    written = blank_workbook(load_catalogue(), language, years=2)
    formulas = [f for f in written.book.formulas().values() if "FIXED(" in f]
    assert formulas
    assert all(f.count("FIXED(") == f.count("SUBSTITUTE(FIXED(") for f in formulas)
    signs = re.search(r'SUBSTITUTE\(FIXED\([^"]*,0\),"(.)","(.)"\)', formulas[0])
    assert signs is not None
    wanted_sign = {"nl": ".", "en": ","}[language]
    assert shown.replace(*signs.groups()) in {f"225{wanted_sign}334", "225 334"}


def account_of_cards(language: Any) -> dict[str, tuple[Any, Any, Any]]:
    """Source, evidence and card of each effect in the account, by its id."""
    effects = {"falls": falls(local=LOCAL), "dropout": {**DROPOUT, "source": "register"},
               "plain": {"quantity": 2, "domain": "social", "monetised": False}}  # fmt: skip
    found = carded(effects=effects, scenarios={})
    written = workbook(found.case, load_catalogue(), language, years_of(found), computed_of(found))
    title, page = written.book.layout.sheet_name("account"), written.book.pages["account"]

    def shown(row: int, column: int) -> Any:
        cell = page.cells.get((row, column))
        is_live = cell is not None and cell.formula is not None
        return written.values.get((title, row, column)) if is_live else cell and cell.value

    rows = {shown(row, 2): row for row, column in page.cells if column == 2 and row > account.TOP}
    columns = (account.COLUMNS["source"], account.COLUMNS["evidence"], account.CARD)
    return {name: tuple(shown(rows[name], c) for c in columns) for name in effects}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_account_names_the_card_of_an_effect(language: Any) -> None:
    found = account_of_cards(language)
    source, evidence, card = found["falls"]
    assert source == text("workbook.account.card", language)
    assert evidence == text("screen.evidence.literature-synthesis", language)
    named = ("EC-FALL-EX-MEDCARE", "PMC3812467", "Local register")
    said = (text(f"cards.{key}", language) for key in ("use.A", "origin.partly_local"))
    for part in (*named, *said):
        assert part in card
    # a source of the case stays, and what is off says why
    source, _, card = found["dropout"]
    assert source == "register"
    assert OFF["reason"] in card
    assert text("cards.origin.not_local", language) in card
    assert found["plain"][2] is None


def test_an_account_without_cards_has_no_column_for_them(example: Evaluation) -> None:
    page = written_with(example, None).book.pages["account"]
    is_carded = any(effect.card is not None for effect in example.case.effects.values())
    assert (account.CARD in page.widths) is is_carded
