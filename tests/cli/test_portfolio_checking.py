import json

import pytest
from tests.portfolio.small_funds import case, fund, loan, written
from typer.testing import CliRunner

from impactmonitor.cli.app import app

RUN = CliRunner()


def check(folder, *options):
    return RUN.invoke(app, ["portfolio", "check", str(folder / "portfolio.json"), *options])


@pytest.fixture
def folder(tmp_path):
    written(tmp_path, fund(holdings={"ours": loan("a.json", 0.25, 2025, 2026)}), {"a.json": case()})
    return tmp_path


def test_a_portfolio_that_fits_is_said_to_fit(folder):
    result = check(folder, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "1 holding, period 2026. Cases evaluated: 1." in result.output
    assert "Everything fits." in result.output
    assert "Alles klopt" in check(folder, "--lang", "nl").output


def test_what_is_left_out_and_what_counts_twice_is_said(tmp_path):
    holdings = {"one": loan(share=0.7), "two": loan(share=0.4), "bare": loan(positions={}),
                "later": loan("a.json", 0.1, 2026)}  # fmt: skip
    holdings["later"]["commitment"]["date"] = "2026-01-01"
    written(tmp_path, fund(holdings=holdings), {"a.json": case()})
    result = check(tmp_path, "--period", "2025", "--lang", "en")
    said = " ".join(result.output.split())
    assert result.exit_code == 0, result.output
    assert "later: not held at the end of 2025; not looked at." in said
    assert "Not in Results of 2025: bare: No position is noted for this period." in said
    assert "together claim a share of 1.1 for this period" in said


def test_for_programs_it_is_one_object(folder):
    result = check(folder, "--json", "--lang", "en")
    found = json.loads(result.output)
    assert (found["portfolio"], found["period"], found["holdings"]) == ("fund", 2026, 1)
    assert found["warnings"] == []


def test_cases_that_give_no_result_are_mistakes_at_their_place(folder):
    (folder / "a.json").write_text(json.dumps(case(horizon=0)))
    result = check(folder, "--json", "--lang", "en")
    assert result.exit_code == 3
    (problem,) = json.loads(result.output)["errors"]
    assert (problem["code"], problem["path"]) == ("too-low", "holdings.ours.case.horizon")


def test_every_file_that_is_named_has_to_be_there(tmp_path):
    holdings = {"ours": loan("a.json", 0.25, 2025, 2026, versions={"2025": "old.json"})}
    candidates = {"next": {"case": "../b.json", "amount": 1, "total_funding": 2}}
    written(tmp_path, fund(holdings=holdings, candidates=candidates), {"a.json": case()})
    result = check(tmp_path, "--json")
    assert result.exit_code == 3
    assert [(p["code"], p["path"]) for p in json.loads(result.output)["errors"]] == [
        ("case-file-not-found", "holdings.ours.versions.2025"),
        ("case-outside-folder", "candidates.next.case"),
    ]


@pytest.mark.parametrize(
    ("holdings", "options", "code"),
    [
        ({}, (), "no-positions"),
        ({"ours": loan()}, ("--period", "2031"), "period-not-in-portfolio"),
    ],
)
def test_a_period_of_which_nothing_is_known_is_named(tmp_path, holdings, options, code):
    written(tmp_path, fund(holdings=holdings), {"a.json": case()})
    result = check(tmp_path, "--json", *options)
    assert result.exit_code == 3
    assert [p["code"] for p in json.loads(result.output)["errors"]] == [code]


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    assert check(tmp_path).exit_code == 5


def test_the_schema_of_a_portfolio_is_printed():
    result = RUN.invoke(app, ["portfolio", "schema", "--lang", "nl"])
    assert json.loads(result.output)["$id"] == "urn:impactmonitor:portfolio:1:nl"
