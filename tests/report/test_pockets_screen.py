"""Who pays and loses, who has to wait, and weighted results, on screen."""

import pytest
from tests.report.arranged import FOUR, wrong
from tests.report.test_screen import headers, printed, rows
from tests.small import cost, gain, result

from impactmonitor.financing.result import financing_of
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.pockets_screen import pocket_parts
from impactmonitor.report.words import Words


def parts(evaluation, language="en"):
    return list(pocket_parts(financing_of(evaluation), Words(evaluation, language)))


def test_a_wrong_pocket_is_said_first():
    sentence, table = parts(wrong())
    text = " ".join(printed([sentence]).split())
    assert text.startswith("Wrong pocket: society gains €315,890, but who pays loses: ")
    assert "City -€148,310 (in cash -€148,310)." in text
    assert rows(table)[0] == ["City", "never", "never", "148,310", "2025"]
    assert rows(table)[1] == ["Insurer", "2025", "2025", "0", "–"]


def test_where_society_loses_there_is_no_wrong_pocket():
    found = parts(wrong(costs={"work": cost(600_000)}))
    assert len(found) == 1
    assert headers(found[0])[0] == "Actor"


def test_where_nobody_pays_there_is_nothing_to_say():
    assert parts(result(effects={"joy": gain()})) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_weighted_beside_plain(language):
    actors = {**FOUR, "people": {"kind": "citizen", "income": 20_000}}
    evaluation = wrong(
        actors=actors,
        effects={"joy": gain(1, 100_000), "care": gain(1, 500_000, falls_to="insurer")},
        distribution={"reference_income": 40_000, "elasticity": 1},
    )
    table = parts(evaluation, language)[-1]
    numbers = {row[0]: row[1:] for row in rows(table)}
    shown = {"en": ["2.00", "100,000", "200,000"], "nl": ["2,00", "100.000", "200.000"]}
    assert numbers["people"] == shown[language]
    total = {"en": ["", "451,690", "551,690"], "nl": ["", "451.690", "551.690"]}
    assert list(numbers.values())[-1] == total[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen(language):
    text = printed(parts(wrong(), language), 80)
    assert max(len(line) for line in text.splitlines()) <= 80
