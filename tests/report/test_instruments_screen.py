"""Instruments on screen."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from tests.small import cost
from tests.small_instruments import ALL, LOAN, STAKE, result

from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.instruments import instruments_of
from impactmonitor.messages import Language
from impactmonitor.report.instruments_screen import instruments_screen

WIDTH = 80


def shown(evaluation: Evaluation, language: Language) -> str:
    console = Console(file=io.StringIO(), width=WIDTH, color_system=None)
    for each in instruments_screen(evaluation, instruments_of(evaluation), language):
        console.print(each)
    text = console.file.getvalue()
    assert max(map(len, text.splitlines()), default=0) <= WIDTH
    assert "…" not in text
    return str(text)


def rows(text: str, first: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.split()[:1] == [first]]


def test_without_instruments_there_is_nothing() -> None:
    assert instruments_screen(result({}), None, "nl") == []


def test_every_year_of_every_schedule() -> None:
    text = shown(result(ALL), "nl")
    assert ["2026", "1.000", "0", "50", "0", "500", "500"] in rows(text, "2026")
    assert "plan: lening van Fund aan City (EUR, nominaal)" in text
    assert "cover: garantie van State voor een lening aan City (EUR, nominaal)" in text
    assert ["2027", "100", "0", "4", "150", "-50", "0"] in rows(text, "2027")


def test_in_english() -> None:
    text = shown(result(ALL), "en")
    assert "gift: grant from State to City (EUR, nominal)" in text
    assert "Fund: together" in text
    assert "1,000" in text


def test_what_financiers_earn() -> None:
    text = shown(result({"plan": {**LOAN, "title": {"nl": "Lening", "en": "Loan"}}}), "en")
    row = next(line.split() for line in text.splitlines() if "Fund: Loan" in line)
    assert row == ["Fund:", "Loan", "1,000", "1,128", "1.13", "5%", "2.94%", "3.83%", "2028"]
    assert "together" not in text


def test_of_many_years_the_first_the_last_and_every_fifth() -> None:
    text = shown(result({"plan": {**LOAN, "years": 33}}), "nl")
    years = [line.split()[0] for line in text.splitlines() if line.strip()[:2] == "20"]
    assert years == ["2025", "2030", "2035", "2040", "2045", "2050", "2055", "2057"]
    assert "Niet alle jaren staan hier" in text


@pytest.mark.parametrize(
    ("costs", "nl", "en"),
    [
        (100, "City: ja, in elk jaar tot en met 2029", "City: yes, in every year up to 2029"),
        (1500, "City: nee, vanaf 2025 komt die partij geld tekort; in 2025",
         "City: no, from 2025 on money is short; in 2025"),
    ],
)  # fmt: skip
def test_whether_there_is_enough_money(costs: float, nl: str, en: str) -> None:
    evaluation = result({"stake": STAKE}, costs={"work": cost(costs)})
    wide: dict[Language, str] = {"nl": nl, "en": en}
    for language, sentence in wide.items():
        assert sentence in " ".join(shown(evaluation, language).split())


def test_several_returns_are_named() -> None:
    """A usurer who gives away later what it earned: -1000, 9000, -15000."""
    usury = {**LOAN, "rate": 9, "years": 2, "repayment": "bullet", "loss_year": 2025,
             "loss_share": 1}  # fmt: skip
    gift = {"kind": "grant", "from": "fund", "to": "city", "amount": 15_000, "first_year": 2027}
    text = " ".join(shown(result({"plan": usury, "gift": gift}), "en").split())
    low, high = (100 * (x - 1) for x in (4.5 - 5.25**0.5, 4.5 + 5.25**0.5))
    outcomes = f"({low:.2f}%, {high:.2f}%)"
    assert f"Fund: the return per year has several outcomes {outcomes}" in text
