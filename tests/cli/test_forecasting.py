"""The command that forecasts what will be measured, and keeps it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.cli.test_commands import call, flat, said
from tests.small import case, cost, gain, tree

from impactmonitor import load_case
from impactmonitor.cli.forecasting import with_forecasts
from impactmonitor.tracking import forecasts_of

FEW = ("--draws", "64")
NOW = date.today().year


@pytest.fixture
def plan(tmp_path: Path) -> str:
    """Two years are over, and three are not."""
    file = tmp_path / "plan.yaml"
    start = NOW - 2
    fields = tree(
        price_year=start,
        base_year=start,
        costs={"work": cost({"uniform": [500, 700]}, years=5, evidence="expert")},
        effects={"help": gain(100, 10, years=5)},
    )
    file.write_text(yaml.safe_dump(fields), encoding="utf-8")
    return str(file)


def test_only_years_that_are_not_over(plan: str) -> None:
    found = json.loads(said("forecast", plan, *FEW, "--json"))
    years = [one["period"] for one in found["forecasts"] if one["line"] == "costs.work"]
    assert years == [str(NOW + i) for i in range(3)]
    assert found["past"] == 4
    first = found["forecasts"][0]
    assert (first["evidence"], first["mean"]) == ("expert", pytest.approx(600, rel=0.02))
    assert 500 <= first["p05"] < first["p95"] <= 700
    text = flat(said("forecast", plan, *FEW, "--lang", "nl"))
    assert "6 voorspellingen" in text
    assert "--write" in text


@pytest.mark.parametrize("ending", [".yaml", ".json"])
def test_the_case_is_written_with_its_forecasts(plan: str, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"kept{ending}"
    assert "Written to" in said("forecast", plan, *FEW, "--write", str(out))
    before, after = load_case(plan), load_case(out)
    assert len(after.monitoring.forecasts) == 6
    assert after.model_copy(update={"monitoring": before.monitoring}) == before
    call("forecast", plan, *FEW, "--write", str(out), code=2)
    said("forecast", str(out), *FEW, "--write", str(out), "--force")
    assert load_case(out).monitoring.forecasts == after.monitoring.forecasts


def test_an_earlier_forecast_is_kept() -> None:
    one = case(costs={"work": cost(600, years=2)})
    early, late = (forecasts_of(one, made=date(2024, m, 1), draws=8) for m in (1, 6))
    both = with_forecasts(with_forecasts(one, early), late)
    assert both.monitoring.forecasts == (*early, *late)
    assert with_forecasts(both, late).monitoring.forecasts == (*early, *late)


def test_what_cannot_be_drawn(plan: str) -> None:
    call("forecast", plan, "--draws", "0", code=2)
    call("forecast", plan, "--seed", "-1", code=2)
    call("forecast", plan, "--write", "out.txt", code=2)
