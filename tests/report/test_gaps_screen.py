"""Data gaps on screen: how much is missing, and two lists with the weightiest on top."""

from __future__ import annotations

from typing import Any

import pytest
from tests.report.test_screen import cut_off, printed, rows
from tests.small import cost, gain, result

from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.gaps import gaps_of
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.gaps_screen import gaps_screen

CALM = {"quantity": "unknown", "monetised": False, "domain": "social", "title": "Calm"}
WHOLE = gain(1, 40, deadweight=0, source="r", evidence="expert", title="Whole",
             confirmation={"people": "confirmed"})  # fmt: skip


def found(**fields: Any) -> Evaluation:
    sources = {"r": {"title": "Report"}}
    return result(**{"costs": {"work": cost()}, "sources": sources, **fields})


def tables(evaluation: Evaluation, language="en", worth=None, draws=0) -> list[Any]:
    parts = gaps_screen(evaluation, gaps_of(evaluation, worth), language, draws)
    return [part for part in parts if hasattr(part, "columns")]


def said(evaluation: Evaluation, language="en") -> str:
    return " ".join(printed(gaps_screen(evaluation, gaps_of(evaluation), language)).split())


def test_what_is_missing_stands_in_words() -> None:
    effects = {"calm": CALM, "large": gain(1, 60, title="Large"), "whole": WHOLE}
    evaluation = found(effects=effects)
    assert "2 of 3 effects miss something. They stand for 60% of" in said(evaluation)
    (table,) = tables(evaluation)
    assert rows(table) == [
        ["Large", "60", "what happens without the project; a source; what it rests on; "
         "a yes from People"],
        ["Calm", "–", "the size is unknown; what happens without the project; a source; "
         "what it rests on"],
    ]  # fmt: skip


def test_what_is_worth_knowing_has_a_column_where_it_was_worked_out() -> None:
    evaluation = found(effects={"calm": CALM, "large": gain(1, 60, title="Large")})
    (table,) = tables(evaluation, worth={"large": 12.4}, draws=4096)
    assert [row[:3] for row in rows(table)] == [["Large", "60", "12"], ["Calm", "–", "–"]]
    assert "4,096" in str(table.caption)


def test_what_is_whole_is_said_to_be_whole() -> None:
    text = said(found(effects={"whole": WHOLE}))
    assert "Every effect has a baseline" in text
    assert "answers no questions" in text
    assert "Start at the top" not in text


def test_nothing_in_money_has_no_share() -> None:
    assert "1 of 1 effects miss something. The case" in said(found(effects={"calm": CALM}))


def test_questions_stand_under_their_framework() -> None:
    answers = {"trl": {"level": 3, "assessor": "A", "evidence": "B"}, "srl": 3}
    evaluation = found(scores={"readiness": answers})
    assert "Of 3 questions of frameworks, 1 have no answer yet; 2 miss something." in said(
        evaluation
    )
    (table,) = tables(evaluation)
    assert sorted(row[3] for row in rows(table)) == [
        "an answer",
        "who assessed it; what it rests on",
    ]


def test_all_questions_answered() -> None:
    one = {"level": 3, "assessor": "A", "evidence": "B"}
    scores = {"readiness": dict.fromkeys(("trl", "srl", "crl"), one)}
    assert "Every question has an answer" in said(found(scores=scores))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_or_too_wide(language) -> None:
    effects = {"a": gain(1, 9_999_999, title="x " * 60), "b": CALM}
    scores: dict[str, Any] = {"transition-monitor": {}, "readiness": {"trl": 3}}
    evaluation = found(effects=effects, scores=scores)
    assert [cut_off(table) for table in tables(evaluation, language, {"a": 5.0}, 8)] == [[], []]
    text = printed(gaps_screen(evaluation, gaps_of(evaluation, {"a": 5.0}), language, 8), 80)
    assert max(len(line) for line in text.splitlines()) <= 80
