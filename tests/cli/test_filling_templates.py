"""The command for financed emissions and adverse impacts, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.catalogue.test_portfolio_templates import own
from tests.cli.test_commands import call, flat, said
from tests.portfolio.funds import investee, loan, shares, tree

FACTS = {"evic": 1000, "emissions-scope-1": 100, "emissions-scope-2": 10}


def saved(folder: Path, investees: dict[str, Any], holdings: dict[str, Any]) -> str:
    file = folder / "portfolio.yaml"
    text = yaml.safe_dump(tree(investees, holdings), sort_keys=False)
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.fixture
def small(tmp_path: Path) -> str:
    held = {**loan("mill", 100), "values": shares("mill", 1, 2, 3, 4)["values"]}
    return saved(tmp_path, {"mill": investee(FACTS)}, {"a": held})


def indicators(*words: str, **env: str) -> Any:
    return json.loads(said("portfolio", "indicators", *words, "--json", **env))


def test_all_templates_are_worked_out(small: str) -> None:
    found = indicators(small, "--period", "2026")
    assert list(found["templates"]) == ["pcaf-2022", "sfdr-2022"]
    figures = {n: t["indicators"] for n, t in found["templates"].items()}
    assert figures["pcaf-2022"]["financed-scope-1"]["value"] == 10
    assert figures["sfdr-2022"]["pai-1-scope-1"]["value"] == 0.25
    assert found["templates"]["pcaf-2022"]["holdings"]["a"]["factor"] == 0.1
    text = flat(said("portfolio", "indicators", small, "--period", "2026", "--lang", "nl"))
    assert "Gefinancierde uitstoot scope 1 10 t CO2e" in text


def test_one_template_and_its_denominator(small: str) -> None:
    found = indicators(small, "--period", "2026", "--template", "sfdr-2022",
                       "--denominator", "eligible")  # fmt: skip
    assert list(found["templates"]) == ["sfdr-2022"]
    assert found["templates"]["sfdr-2022"]["within"] == "eligible"


def test_a_folder_is_a_portfolio_too(small: str) -> None:
    assert indicators(str(Path(small).parent), "--period", "2026")["portfolio"] == "fund"


def test_the_templates_are_listed_with_what_they_need() -> None:
    for words in ((), ("--list",)):
        found = indicators(*words)
        assert list(found["templates"]) == ["pcaf-2022", "sfdr-2022"]
    one = found["templates"]["sfdr-2022"]
    assert one["indicators"]["pai-13"]["needs"] == ["board-women", "board-members"]
    text = said("portfolio", "indicators", "--list", "--template", "pcaf-2022")
    assert "gdp-ppp" in text
    assert "sfdr-2022" not in text


def test_a_template_of_ones_own(small: str, tmp_path: Path) -> None:
    folder = str(own(tmp_path / "ours"))
    portfolio = saved(
        tmp_path,
        {"w": investee({"jobs": 30, "is-cooperative": 1, "total-debt": 100}, "business-loans")},
        {"a": loan("w", 10)},
    )
    found = indicators(portfolio, "--period", "2026", "--template", "ours", "--catalogue", folder)
    figures = found["templates"]["ours"]["indicators"]
    assert figures["jobs"]["value"] == 3
    assert figures["cooperatives"]["value"] == 1
    assert found["warnings"] == []


def test_mistakes_are_said_all_at_once_with_their_lines(tmp_path: Path) -> None:
    file = saved(
        tmp_path, {"w": investee({"evic": -1, "emissions-scope-1": -2})}, {"a": loan("w", 1)}
    )
    done = call("portfolio", "indicators", file, "--period", "2026", "--json", code=3)
    problems = json.loads(done.stdout)["errors"]
    assert [p["path"] for p in problems] == [
        "investees.w.facts.2026.evic",
        "investees.w.facts.2026.emissions-scope-1",
    ]
    assert all(p["line"] for p in problems)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--period", "2026"], 2, "Of which fund"),
        (["FILE"], 2, "--period"),
        (["FILE", "--period", "2024"], 3, "2026"),
        (["FILE", "--period", "2026", "--base", "2026"], 2, "earlier"),
        (["FILE", "--period", "2026", "--template", "sfdr"], 5, "sfdr-2022"),
        (["none.yaml", "--period", "2026"], 5, "none.yaml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_what_cannot_be_done_is_said(small: str, words: list[str], code: int, says: str) -> None:
    given = [small if word == "FILE" else word for word in words]
    assert says in flat(call("portfolio", "indicators", *given, code=code).stderr)


def test_what_is_doubtful_is_said_once_beside_the_answer(tmp_path: Path) -> None:
    file = saved(
        tmp_path,
        {"w": investee({**FACTS, "emmissions-scope-3": 1})},
        {"a": {**loan("w", 1), "values": shares("w", 1, None, 1, 1)["values"]}},
    )
    done = call("portfolio", "indicators", file, "--period", "2026")
    assert flat(done.stderr).count("Did you mean emissions-scope-3?") == 1
    assert "2026-06-30" in done.stderr
