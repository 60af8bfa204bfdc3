import json

import pytest
from tests.portfolio.small_funds import case, fund, loan, written
from typer.testing import CliRunner

from impactmonitor.cli.app import app

RUN = CliRunner()
TABLE = "id;case;instrument;period;outstanding;debt\nnew;a.json;loan;2025;2,5;10\nours;;;2025;;\n"


@pytest.fixture
def folder(tmp_path):
    written(tmp_path, fund(holdings={"ours": loan()}), {"a.json": case()})
    (tmp_path / "holdings.csv").write_text(TABLE)
    return tmp_path


def run(folder, *options):
    files = [str(folder / "holdings.csv"), "--into", str(folder / "portfolio.json")]
    return RUN.invoke(app, ["portfolio", "import", *files, "--lang", "en", *options])


def test_nothing_is_written_unless_it_is_asked_for(folder):
    before = (folder / "portfolio.json").read_bytes()
    result = run(folder)
    assert result.exit_code == 0, result.output
    assert "New: new." in result.output
    assert "Already there, unchanged: ours." in result.output
    assert "Add --write" in result.output
    assert (folder / "portfolio.json").read_bytes() == before


def test_what_is_written_is_there_the_next_time(folder):
    assert "Wrote portfolio.json." in run(folder, "--write").output
    found = json.loads((folder / "portfolio.json").read_text())["holdings"]["new"]
    assert found["positions"] == {"2025": {"outstanding": 2.5, "debt": 10.0}}
    assert "nothing to write" in run(folder, "--write").output


def test_for_programs_it_is_one_object(folder):
    found = json.loads(run(folder, "--write", "--json").output)
    assert found == {"portfolio": "portfolio.json", "new": ["new"], "changed": [],
                     "same": ["ours"], "is_written": True}  # fmt: skip


def test_a_table_with_mistakes_changes_nothing(folder):
    before = (folder / "portfolio.json").read_bytes()
    (folder / "holdings.csv").write_text(TABLE + "bad;a.json;lening;20;x;\n")
    result = run(folder, "--write", "--json")
    assert result.exit_code == 3
    found = [(p["code"], p["line"]) for p in json.loads(result.output)["errors"]]
    assert sorted(found) == [("not-a-number", 4), ("not-a-year", 4), ("not-one-of", 4)]
    assert (folder / "portfolio.json").read_bytes() == before
