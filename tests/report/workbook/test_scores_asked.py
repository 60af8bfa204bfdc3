"""Frameworks in the words of one language, for the sheet on scores."""

from __future__ import annotations

import pytest
from tests.report.workbook.scored import FILLED, INDICATORS, frameworks, scores

from impactmonitor import load_catalogue
from impactmonitor.messages import Language
from impactmonitor.report.workbook.scores_asked import Asked, Question, asked_of


def of(language: Language) -> Asked:
    found = asked_of(scores(FILLED), frameworks(), load_catalogue(), language)
    assert [one.framework.id for one in found] == ["test"]
    return found[0]


def question(name: str, language: Language = "en") -> Question:
    return next(q for theme in of(language).themes for q in theme.questions if q.id == name)


def test_a_case_without_answers_has_none() -> None:
    assert asked_of({}, None, load_catalogue(), "nl") == ()


@pytest.mark.parametrize(("language", "title"), [("nl", "Test (nl)"), ("en", "Test")])
def test_it_speaks_one_language(language: Language, title: str) -> None:
    assert of(language).title == title


def test_groups_keep_their_questions_and_empty_ones_are_left_out() -> None:
    themes = {theme.id: [q.id for q in theme.questions] for theme in of("en").themes}
    assert themes == {
        group: [name for name, one in INDICATORS.items() if one["group"] == group]
        for group in ("now", "later")
    }


def test_a_question_or_else_the_unit() -> None:
    assert question("say").text == "How much say?"
    assert question("trees").text == "tree"
    assert question("healthy").text.startswith("QALY")


def test_a_horizon_in_years_is_a_word() -> None:
    horizons = {name: question(name).horizon for name in ("waiting", "curve", "say")}
    assert horizons == {"waiting": "medium", "curve": "long", "say": "short"}


def test_a_shared_scale_has_one_key_and_own_levels_another() -> None:
    assert question("say").scale == question("again").scale
    assert (question("say").scale.key, question("own").scale.key) == ("four", "test.own")
    assert [rung.score for rung in question("own").scale.rungs] == [0.1, 0.7, 0.75]
    assert [rung.score for rung in question("say").scale.rungs] == [0, 1 / 3, 2 / 3, 1]


def test_a_number_has_rising_points_also_where_a_fall_is_good() -> None:
    assert question("trees").scale.points == ((0, 0), (30, 1))
    assert question("waiting").scale.points == ((5, 1), (40, 0))
    assert question("curve").scale.points == ((-10, 0.2), (0, 1), (4, 0.9), (100, 0.3))
