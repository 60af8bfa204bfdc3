"""A report on a portfolio on screen: the answer first, and everything that a reader should know."""

from __future__ import annotations

from functools import cache

import pytest
from tests.report.portfolios import report_of, told
from tests.report.test_screen import printed

from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.report.portfolio_screen import portfolio_screen, shade


@cache
def screen(language: Language = "en", period: int = 2026) -> str:
    return printed(portfolio_screen(told(language, period)))


def flat(language: Language = "en", period: int = 2026) -> str:
    return " ".join(screen(language, period).split())


def test_the_answer_comes_first() -> None:
    lines = screen().splitlines()
    assert lines[0] == "Example Fund for Broad Prosperity: report on 2026"
    assert lines[1].startswith("Below plan: in 2026")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_is_told(language: Language) -> None:
    words = told(language)
    for key in ("about.entity", "about.thesis", "quality.title", "went_wrong.title",
                "risks.title", "calibration.title", "claims.title", "overlaps.title",
                "method.title", "ours.title", "problems.title", "emissions.caption"):  # fmt: skip
        assert " ".join(words.text(key).split()) in flat(language), key
    assert "{" not in screen(language)


def test_a_plan_is_never_called_a_result() -> None:
    assert "for the rest the plan stands in its place, and that is no result" in flat()


def test_what_failed_is_said_with_its_loss() -> None:
    assert "The fund left Debt help Lake Town on 30 June 2026" in flat()
    assert "a difference of -€110,000" in flat()


def test_the_year_and_the_whole_life_are_never_added() -> None:
    assert "It is never added to the result of the year" in flat()
    total = report_of().result.totals
    both = total["period"].total.net + total["lifetime"].total.net
    assert told().amount(both) not in screen()


def test_a_first_report_tells_of_no_changes() -> None:
    assert "as first reported" not in flat(period=2025)
    assert "as first reported" in flat()


def test_a_mark_tells_size_and_sign_without_colour() -> None:
    assert [shade(x, 100) for x in (100, 50, 30, 5, 1)] == ["█", "▓", "▒", "░", "·"]
    assert shade(-100, 100) == "-█"
    assert shade(0, 100) == shade(5, 0) == ""
