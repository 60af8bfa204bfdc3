"""What actors keep, in the formulas of a workbook as in the engine."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.appraisal.test_retention import keeping
from tests.report.workbook.comparing import assert_equal, written_of
from tests.report.workbook.test_formulas import (
    PORTABLE,
    is_one_and_more,
    literals,
    nodes,
    relative,
)
from tests.report.workbook.test_round_trip import assert_same
from tests.small import ACTORS, case, cost, gain

from impactmonitor import evaluate, load_catalogue, messages
from impactmonitor.intake.workbook.calculate import Calculator
from impactmonitor.intake.workbook.formula import Call, Operation, cut, parse
from impactmonitor.intake.workbook.scalars import CellError
from impactmonitor.model.case import Case
from impactmonitor.report.workbook.calculation import FIRST_YEAR
from impactmonitor.report.workbook.keeping import GIVEN, SCALARS, retentions_of
from impactmonitor.report.workbook.writing import Written, workbook

CATALOGUE = load_catalogue()
SHARE = {"share": 0.4, "equalised": 0.25, "rest_to": "people"}
LEAVING = {**SHARE, "yearly_leaving": 0.2}


def actors(**retentions: dict[str, Any]) -> dict[str, Any]:
    """The actors, of whom some keep less than everything."""
    return {
        name: {**actor, "retention": retentions[name]} if name in retentions else actor
        for name, actor in ACTORS.items()
    }


EFFECTS = {
    "care": gain({"pert": [8, 10, 15]}, 40, years=3, growth=0.1, lasts=4, lag=1, drop_off=0.1,
                 falls_to={"insurer": 0.75, "city": 0.25}, cashable={"insurer": 0.6},
                 optimism_bias=0.2, confirmation={"insurer": "confirmed", "people": "confirmed"}),
    "nights": gain({"2025": 5, "2027": -3}, {"2025": 30, "2028": 50}, lasts=2,
                   real_price_change=0.02, optimism_bias=0.1, deadweight=0.3,
                   falls_to="insurer", cashable=0.5, timing="end_of_year"),
    "harm": gain(4, -25, years=2, lasts=3, falls_to="insurer"),
    "levy": gain(2, 30, falls_to="insurer", taken_from="city"),
    "silent": {"quantity": 3, "monetised": False, "domain": "social"},
}  # fmt: skip
REST: dict[str, Any] = {
    "horizon": 6,
    "discount": {"rate": 0.03, "timing": "mid_year"},
    "costs": {"work": cost(500, years=2, paid_by={"city": 0.5, "insurer": 0.5})},
    "transfers": {"grant": {"from": "city", "to": "insurer", "amount": 50}},
    "perspectives": {"public": ["city", "insurer"], "others": ["people"]},
    "effects": EFFECTS,
    "overlaps": {"both": {"lines": ["care", "nights"], "alpha": 0.4}},
}
SPECIAL: dict[str, dict[str, Any]] = {
    "a share": {"insurer": SHARE},
    "leaving": {"insurer": LEAVING},
    "everybody leaves": {"insurer": {"yearly_leaving": 1, "rest_to": "people"}},
    "nothing kept": {"insurer": {"share": 0, "yearly_leaving": 0.1, "rest_to": "people"},
                     "city": {"equalised": 1, "rest_to": "insurer"}},
    "two who keep less each year": {"insurer": LEAVING, "city": {**LEAVING, "rest_to": "insurer"}},
    "to each other, at once and over time": {
        "insurer": {**LEAVING, "rest_to": "city"}, "city": {**SHARE, "rest_to": "insurer"},
    },
    "who has the rest gains itself": {"insurer": {**LEAVING, "rest_to": "city"}},
}  # fmt: skip


def compare(found: Case) -> None:
    written = written_of(evaluate(found, CATALOGUE), CATALOGUE, "en")
    assert_equal(written, evaluate(found, CATALOGUE))
    assert [at for at, value in written.values.items() if isinstance(value, CellError)] == []


@pytest.mark.parametrize("name", SPECIAL)
def test_special_cases(name: str) -> None:
    compare(case(actors=actors(**SPECIAL[name]), **REST))


@cache
def workbook_of(*keepers: str, years: int = 8) -> Written:
    """With an insurer that loses people, with one that has a share, or with nobody of the kind."""
    known = {"leaving": {"insurer": {**LEAVING, "rest_to": "city"}},
             "share": {"city": {**SHARE, "rest_to": "insurer"}}}  # fmt: skip
    retentions = {name: one for key in keepers for name, one in known[key].items()}
    return workbook(case(actors=actors(**retentions), **REST), CATALOGUE, "en", years)


def row_of(written: Written, key: str) -> int:
    """The row of the title of a block."""
    title = messages.text(f"workbook.calculation_blocks.{key}", written.book.layout.language)
    cells = written.book.pages["calculation"].cells
    return next(row for (row, _), cell in cells.items() if cell.value == title)


@pytest.mark.parametrize("before", [SHARE, LEAVING], ids=["a share", "leaving"])
def test_the_numbers_can_be_changed_in_their_cells(before: dict[str, Any]) -> None:
    found = case(actors=actors(insurer=before), **REST)
    written = written_of(evaluate(found, CATALOGUE), CATALOGUE, "en")
    sheet, row = written.book.layout.sheet_name("calculation"), row_of(written, "retention") + 1
    after = {"share": 0.9, "equalised": 0.5}
    if before is LEAVING:
        after["yearly_leaving"] = 0.05
    typed = {
        (sheet, row, 3 + SCALARS.index(key.removeprefix("yearly_"))): number
        for key, number in after.items()
    }
    constants = written.book.constants()
    assert {at: constants[at] for at in typed} != typed
    names = {
        n: (written.book.layout.sheet_name(at.sheet), at.row, at.column)
        for n, at in written.book.names.items()
    }
    formulas = written.book.formulas()
    values = Calculator({**constants, **typed}, formulas, names).all_values()
    changed = case(actors=actors(insurer={**before, **after}), **REST)
    assert_equal(replace(written, values=values), evaluate(changed, CATALOGUE))


def titles(written: Written) -> list[Any]:
    return [cell.value for cell in written.book.pages["calculation"].cells.values()]


def test_a_case_in_which_everybody_keeps_everything_has_none_of_it() -> None:
    assert retentions_of(case(**REST)) == {}
    usual, keepers = titles(workbook_of()), titles(workbook_of("leaving"))
    for key in ("retention", "passing", "gets_given", "kept_by_year", "kept_results"):
        title = messages.text(f"workbook.calculation_blocks.{key}", "en")
        assert title not in usual
        assert keepers.count(title) == 1


def test_only_who_loses_people_has_rows_by_year() -> None:
    written = workbook_of("leaving", "share", years=40)
    title = messages.text("workbook.calculation_blocks.kept_by_year", "en")
    cells = written.book.pages["calculation"].cells
    (row,) = [row for (row, _), cell in cells.items() if cell.value == title]
    assert cells[row, 2].value == "insurer"


def test_formulas_are_written_as_all_others_are() -> None:
    written = workbook_of("leaving", "share", years=40)
    shapes = {cut(formula)[0] for formula in written.book.formulas().values()}
    for shape in shapes:
        tree = parse(shape)
        assert set(literals(tree, float)) <= {0.0, 1.0}, shape
        for node in nodes(tree):
            if isinstance(node, Call):
                assert node.function in PORTABLE
            elif isinstance(node, Operation) and node.operator == "^":
                assert is_one_and_more(node.left), shape
    rows: dict[int, set[str]] = {}
    for (row, column), cell in written.book.pages["calculation"].cells.items():
        if cell.formula is not None and column >= FIRST_YEAR + 20:  # beyond the parties
            rows.setdefault(row, set()).add(relative(cell.formula, row, column))
    assert len(rows) > 200
    assert [row for row, formulas in rows.items() if len(formulas) > 1] == []


def test_what_actors_keep_comes_back_from_a_workbook(tmp_path: Path) -> None:
    both = {"insurer": {**LEAVING, "rest_to": "city"}, "city": {**SHARE, "share": 1 / 3}}
    assert_same(case(actors=actors(**both), **REST), "nl", tmp_path)


def test_numbers_stand_under_their_names() -> None:
    written = workbook_of("leaving")
    cells, row = written.book.pages["calculation"].cells, row_of(written, "retention")
    shown = {cells[row, 3 + i].value: cells[row + 1, 3 + i].value for i in range(len(SCALARS))}
    assert {key: shown[key] for key in GIVEN} == {"share": 0.4, "equalised": 0.25, "leaving": 0.2}
    assert [cells[row + 1, column].value for column in (1, 2)] == ["insurer", "city"]


def test_random_cases() -> None:
    """Few, as each takes a second: a difference that is found becomes a test of its own."""

    @seed(3)
    @settings(
        max_examples=2,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        database=None,
    )
    @given(keeping())
    def agree(tree: dict[str, Any]) -> None:
        compare(Case.model_validate(tree))

    agree()
