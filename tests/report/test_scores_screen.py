"""Scores on screen: in words, within the width, and with what is not known."""

import pytest
from tests.report.test_screen import printed, rows
from tests.small import cost, gain, result

from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.scores_screen import dot, scores_screen

READY = {"readiness": {"trl": 7, "srl": [{"level": 3, "assessor": "A"}, 5], "crl": 5}}


def found(scores=READY, **fields):
    return result(costs={"work": cost()}, scores=scores, **fields)


def flat(evaluation, language="en"):
    return " ".join(printed(scores_screen(evaluation, language)).split())


def test_the_lowest_level_counts_and_is_named():
    text = flat(found())
    assert "Overall level 3: the lowest counts." in text
    assert "holds the others back, 4 levels behind." in text
    assert "assessors differ by 2" in text
    assert "Krippendorff's alpha" in text
    assert "multiplied" not in text


def test_an_unknown_level_keeps_the_whole_unknown():
    assert "is not known as long as" in flat(found({"readiness": {"trl": 7, "srl": 3}}))
    assert "all are equally far" in flat(found({"readiness": {"trl": 4, "srl": 4, "crl": 4}}))


def test_every_answer_is_said_in_words():
    framework = load_frameworks().frameworks["prevention-core-set"]
    names = list(framework.indicators)
    numeric = next(n for n in names if framework.indicators[n].kind == "quantitative")
    level = next(n for n in names if framework.indicators[n].kind == "qualitative")
    away = next(n for n in names if n not in (numeric, level))
    answers = {numeric: 1, level: 2, away: {"status": "not-applicable", "reason": "x"}}
    evaluation = found({"prevention-core-set": answers})
    *_, table = [part for part in scores_screen(evaluation, "en") if hasattr(part, "columns")]
    said = {row[0]: row[-1] for row in rows(table)}
    assert said[str(framework.indicators[away].title.en)] == "does not apply"
    assert said[str(framework.indicators[level].title.en)].startswith("level 2 of ")
    folded = sum(int(a.split()[0]) for a in said.values() if a.endswith("without an answer"))
    assert list(said.values()).count("not known") + folded == len(names) - 3
    assert folded > 0
    text = flat(evaluation)
    assert "too low to compare" in text
    assert "no euro is multiplied by it" in text


def test_what_is_in_euros_too():
    framework = load_frameworks().frameworks["prevention-core-set"]
    name, linked = next((n, i) for n, i in framework.indicators.items() if i.indicator)
    effects = {"e": gain(1, indicator=linked.indicator, unit_value=5, falls_to="insurer")}
    answers = {n: 1 for n, i in framework.indicators.items() if i.kind == "qualitative"}
    text = flat(found({"prevention-core-set": {name: 1, **answers}}, effects=effects))
    assert "Without what is in EUR as well, it is" in text


def test_where_all_is_known_there_is_nothing_to_lie_between():
    for answers in (
        {"scaling-out": 2},
        {"scaling-out": 2, "scaling-up": 3, "scaling-deep": "none"},
    ):
        text = flat(found({"scaling": answers}))
        assert ("it would lie between" in text) is (len(answers) < 3)
        assert ("every question has an answer, or does not apply" in text) is (len(answers) == 3)


def test_nothing_is_answered():
    assert "has an answer yet" in flat(found({"prevention-core-set": {}}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen(language):
    for name, framework in load_frameworks().frameworks.items():
        if framework.purpose != "tags":
            text = printed(scores_screen(found({name: {}}), language), 80)
            assert max(len(line) for line in text.splitlines()) <= 80, name


@pytest.mark.parametrize(
    ("score", "low", "high", "line"),
    [
        (0, 0, 0, "●····"),
        (100, 100, 100, "····●"),
        (50, 0, 100, "--●--"),
        (None, None, None, "·····"),
    ],
)
def test_a_dot_on_a_line(score, low, high, line):
    assert dot(score, low, high, 5) == line
