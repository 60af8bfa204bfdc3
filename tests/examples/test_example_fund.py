"""The example fund: made from the other examples as it says, and holding what it has to show."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests.examples.making_fund import CASES, FUND, REPORTED, fund_files, variations

from impactmonitor import Case, evaluate, load_case
from impactmonitor.intake.portfolio_reading import load_portfolio
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.record import in_language
from impactmonitor.tracking import track

PERIODS = (2025, 2026)
MOST_BYTES = 400_000


@cache
def fund() -> Portfolio:
    return load_portfolio(FUND).portfolio


@cache
def case_of(path: str) -> Case:
    return load_case(FUND / path)


def named() -> set[str]:
    """Every case that the fund names."""
    holdings, candidates = fund().holdings.values(), fund().candidates.values()
    found = {one.case for one in (*holdings, *candidates) if one.case is not None}
    return found.union(*(one.versions.values() for one in holdings))


every_case = pytest.mark.parametrize("path", sorted(fund_files()))


def test_the_files_are_exactly_what_the_program_makes() -> None:
    """After a change: ``python -m tests.examples.making_fund``."""
    written = {
        file.relative_to(FUND).as_posix(): file.read_text(encoding="utf-8")
        for folder in (CASES, REPORTED)
        for file in (FUND / folder).iterdir()
    }
    assert written == fund_files()


def test_the_fund_names_every_case_in_its_folder_and_no_other() -> None:
    assert named() == set(fund_files())


def test_no_file_is_called_as_a_single_example_is() -> None:
    """Whoever walks the examples by ``case.yaml`` does not meet the cases of the fund."""
    assert not list(FUND.rglob("case.yaml"))


def test_the_folder_stays_small() -> None:
    assert sum(file.stat().st_size for file in FUND.rglob("*") if file.is_file()) < MOST_BYTES


def test_the_fund_is_as_large_as_it_should_be() -> None:
    assert len(fund().holdings) >= 24
    assert len(fund().candidates) >= 10
    themes = [theme for one in fund().holdings.values() for theme in one.tags.themes]
    assert len(set(themes)) >= 5
    assert {period for one in fund().holdings.values() for period in one.positions} == set(PERIODS)


def test_every_instrument_occurs_and_one_holding_is_in_pounds() -> None:
    found = {one.instrument for one in fund().holdings.values()}
    assert found == {"grant", "loan", "equity", "guarantee", "revolving-fund"}
    assert [one.currency for one in fund().holdings.values() if one.currency] == ["GBP"]
    assert case_of("cases/classes-wales.yaml").currency == "GBP"


@every_case
def test_a_case_is_calculated_and_says_that_it_is_invented(path: str) -> None:
    case = case_of(path)
    base = variations()[Path(path).stem].base
    for language, word in (("nl", "Verzonnen"), ("en", "Invented")):
        summary = in_language(case.summary, language)  # type: ignore[arg-type]
        assert summary.startswith(word)
        assert base in summary
    assert evaluate(case).totals["costs"] > 0


def realised(name: str) -> dict[str, float]:
    """Measured quantity of 2026 over what was planned, by effect."""
    found = track(case_of(f"{CASES}/{name}.yaml"), as_of=2026)
    return {
        figure.line: figure.measured / figure.planned
        for figure in found.figures
        if figure.year == 2026 and figure.field == "quantity" and figure.planned
        and figure.measured is not None
    }  # fmt: skip


def test_one_case_goes_as_planned_and_one_stays_below() -> None:
    as_planned = realised("classes-harbour")["effects.treated-falls"]
    below = realised("classes-polder")["effects.treated-falls"]
    assert as_planned == pytest.approx(1, abs=0.1)
    assert below < 0.7


def test_one_case_does_more_harm_than_planned() -> None:
    assert realised("walls-delta")["effects.noise"] > 3


def test_one_holding_ended_with_a_loss() -> None:
    left = [one for one in fund().holdings.values() if one.exit is not None]
    assert len(left) == 1
    (one,) = left
    assert one.values[max(one.values)] < (one.positions[2025].outstanding or 0)


def test_what_was_put_right_later_is_there() -> None:
    assert [name for name, one in fund().holdings.items() if one.versions] == [
        "debts-delta",
        "floors-hills",
    ]
    assert [
        name for name, one in fund().holdings.items()
        if any(position.restated for position in one.positions.values())
    ] == ["walls-delta"]  # fmt: skip
    for name in ("debts-delta", "floors-hills"):
        new, old = case_of(f"{CASES}/{name}.yaml"), case_of(f"{REPORTED}/{name}.yaml")
        assert new.id == old.id
        assert new != old


def test_financiers_claim_more_of_one_case_than_there_is() -> None:
    several = [one for name, one in fund().holdings.items() if name.startswith("homes-hills")]
    promised = sum(
        one.commitment.amount / one.commitment.total_funding for one in several if one.commitment
    )
    others = sum(other.share for one in several for other in one.other_financiers.values())
    assert promised + others > 1
