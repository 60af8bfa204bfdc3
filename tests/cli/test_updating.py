"""The commands with which somebody reports once: the form, and adding what comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reported import as_file, cell_of, filled_in, form, reported_on
from typer.testing import CliRunner, Result

from impactmonitor import load_case
from impactmonitor.cli.app import app

ANSWERS = {
    "helped||2027||": {"value": 90, "status": "submitted"},
    "helped||2027|sex=women": {"value": 50},
    "helped||2027|sex=men": {"value": 40},
    "satisfied||2027Q1": {"numerator": 20, "denominator": 25},
}


def run(*words: str | Path, language: str = "en") -> Result:
    return CliRunner().invoke(app, [*map(str, words), "--lang", language])


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return as_file(reported_on(), tmp_path)


@pytest.mark.parametrize(("language", "said"), [("nl", "9 vragen over 2027"),
                                                ("en", "9 questions about 2027")])  # fmt: skip
def test_a_form_and_back(language, said, case, tmp_path):
    made, new = tmp_path / "form.xlsx", tmp_path / "new.yaml"
    result = run("update-form", case, "--period", "2027", "-o", made, language=language)
    assert (result.exit_code, said in result.output) == (0, True)
    result = run("add-measurements", case, filled_in(made, ANSWERS, language), "-o", new)
    assert (result.exit_code, "4 measurements added." in result.output) == (0, True)
    found, before = load_case(new), load_case(case)
    assert found.measurements[: len(before.measurements)] == before.measurements
    added = found.measurements[len(before.measurements) :]
    assert [(r.value, r.status) for r in added[:2]] == [(90, "submitted"), (50, "draft")]
    assert found.monitoring is not None
    assert found.monitoring.lessons["2027"].learned == "Start in spring"


def test_what_is_approved_counts_and_a_second_time_changes_nothing(case, tmp_path):
    done = filled_in(form(reported_on(), tmp_path, reporter="Anna"), ANSWERS)
    new, again = tmp_path / "new.json", tmp_path / "again.json"
    assert run("add-measurements", case, done, "-o", new, "--approve").exit_code == 0
    assert {r.status for r in load_case(new).measurements} == {"approved"}
    result = run("add-measurements", new, done, "-o", again, "--approve")
    assert "Nothing new, and so not added: 4." in result.output
    assert load_case(again) == load_case(new)


def test_a_figure_that_was_reported_before_is_restated(case, tmp_path):
    changed = {"helped||2026||": {"value": 45}}
    done = filled_in(form(reported_on(), tmp_path, "2026", reporter="Anna"), changed)
    result = run("add-measurements", case, done, "-o", tmp_path / "new.yaml")
    assert result.exit_code == 0, result.output
    assert "Restated what was there: helped-2026." in result.output
    last = load_case(tmp_path / "new.yaml").measurements[-1]
    assert (last.value, last.restates) == (45, "helped-2026")


def test_every_mistake_at_once_with_its_cell(case, tmp_path):
    file = form(reported_on(), tmp_path)
    answers = {"helped||2027||": {"value": "High"}, "satisfied||2027Q1": {"numerator": 20}}
    result = run("add-measurements", case, filled_in(file, answers), "-o", tmp_path / "new.yaml")
    assert result.exit_code == 3
    for start, key in (("helped||2027||", "value"), ("satisfied||2027Q1", "numerator")):
        assert f"Measurements!{cell_of(file, start, key)}:" in result.output
    assert not (tmp_path / "new.yaml").exists()


def test_the_whole_case_is_checked_and_its_mistakes_are_placed_too(case, tmp_path):
    file = form(reported_on(), tmp_path)
    answers = ANSWERS | {"helped||2027|sex=men": {"value": 30}}
    done = filled_in(file, answers)
    result = run("add-measurements", case, done, "-o", tmp_path / "new.yaml", "--approve")
    assert result.exit_code == 3
    assert f"Measurements!{cell_of(file, 'helped||2027||', 'value')}:" in result.output
    why = answers | {"helped||2027||": {"value": 90, "differs_because": "Ten are not known"}}
    done = filled_in(file, why)
    result = run("add-measurements", case, done, "-o", tmp_path / "new.yaml", "--approve")
    assert result.exit_code == 0, result.output


def test_a_form_of_another_case(case, tmp_path):
    other = as_file(reported_on(id="other"), tmp_path, "other.yaml")
    done = filled_in(form(reported_on(), tmp_path), ANSWERS)
    result = run("add-measurements", other, done, "-o", tmp_path / "new.yaml")
    assert (result.exit_code, '"small"' in result.output, '"other"' in result.output) == (
        3, True, True,
    )  # fmt: skip


def test_a_form_without_answers_and_a_file_of_another_kind(case, tmp_path):
    done = filled_in(form(reported_on(), tmp_path), {})
    result = run("add-measurements", case, done, "-o", tmp_path / "new.yaml")
    assert (result.exit_code, "no answer" in result.output) == (3, True)
    result = run("add-measurements", case, case, "-o", tmp_path / "new.yaml")
    assert (result.exit_code, ".xlsx, .csv" in " ".join(result.output.split())) == (3, True)


CSV = """indicator,line,period,value,numerator,denominator,reporter,disaggregation.sex
helped,,2027,90,,,Anna,
satisfied,,2027Q1,,20,25,Anna,
,costs.work,2026,575,,,,
"""


def test_records_from_a_csv_file(case, tmp_path):
    file = tmp_path / "records.csv"
    file.write_text(CSV, encoding="utf-8")
    result = run("add-measurements", case, file, "-o", tmp_path / "new.yaml", "--approve")
    assert result.exit_code == 0, result.output
    assert "3 measurements added." in result.output
    assert "Restated what was there: work-2026." in result.output


def test_mistakes_in_a_csv_file_have_their_line_and_column(case, tmp_path):
    file = tmp_path / "records.csv"
    file.write_text(CSV.replace("90", "nd").replace(",20,25", ",20,") + "helpd,,2027,1,,,,\n",
                    encoding="utf-8")  # fmt: skip
    result = run("add-measurements", case, file, "-o", tmp_path / "new.yaml")
    assert result.exit_code == 3
    for part in ("value · line 2", "line 3", "indicator · line 5"):
        assert part in result.output, result.output


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--period", "school-26"), 2), (("--period", "2027Q2Q"), 2), (("--period", "2027"), 2)],
)
def test_a_form_that_cannot_be_made(words, code, case, tmp_path):
    there = tmp_path / "there.xlsx"
    there.touch()
    assert run("update-form", case, *words, "-o", there).exit_code == code


def test_the_new_case_as_a_workbook(case, tmp_path):
    done = filled_in(form(reported_on(), tmp_path), ANSWERS)
    result = run("add-measurements", case, done, "-o", tmp_path / "new.xlsx")
    assert result.exit_code == 0, result.output
    assert len(load_case(tmp_path / "new.xlsx").measurements) == 10
