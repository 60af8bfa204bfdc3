"""An arrangement on screen: one sentence, who pays whom, before and after, and how sure."""

import pytest
from rich.table import Table
from tests.report.arranged import arranged, wrong
from tests.report.test_screen import printed, rows
from tests.small import cost, gain

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.arrangement_screen import arrangement_screen


def shown(evaluation, financing, language="en", width=80):
    return printed(arrangement_screen(evaluation, financing, language), width)


def flat(text):
    return " ".join(text.split())


def tables(evaluation, financing, language="en"):
    parts = arrangement_screen(evaluation, financing, language)
    return [part for part in parts if isinstance(part, Table)]


def test_what_was_found_comes_first():
    result = wrong()
    lines = shown(result, arranged(result)).splitlines()
    assert lines[0].strip() == "Small"
    assert flat(" ".join(lines[1:3])) == (
        "It can be done: with payments of €148,310 between the parties nobody is worse off."
    )


def test_who_pays_whom_and_why():
    result = wrong()
    payments, positions, sure = tables(result, arranged(result))
    assert rows(payments) == [
        ["Insurer", "City", "79,799", "15,960", "2025–2029"],
        ["State", "City", "68,511", "13,702", "2025–2029"],
    ]
    text = flat(shown(result, arranged(result)))
    assert "City: receives €148,310 for a net result of -€148,310" in text
    assert "most of all because of: Work (-€148,310)." in text
    assert "State: pays €68,511 out of a gain of €214,435" in text
    assert rows(positions)[0] == ["City", "-148,310", "148,310", "0", "-148,310", "0"]
    assert rows(sure)[0][:3] == ["City", "0%", "100%"]


def test_what_is_missing_is_said_with_whom():
    result = wrong(costs={"work": cost(600_000)})
    text = flat(shown(result, arranged(result)))
    assert "€135,800 is missing." in text
    assert "Without it these remain short: City €135,800." in text
    assert "Counted in EUR society loses €135,800" in text
    assert rows(tables(result, arranged(result))[1])[0][-1] == "135,800"


def test_nobody_in_need():
    result = wrong(costs={"work": cost(0)})
    found = arranged(result, draws=0)
    assert "No payments are needed" in shown(result, found)
    assert len(tables(result, found)) == 2
    assert "calculated cases" not in shown(result, found)


def test_who_accepts_a_loss_is_named():
    actors = {
        "city": {"title": "City", "kind": "municipality", "reservation": -48_310},
        "insurer": {"title": "Insurer", "kind": "health-insurer"},
        "state": {"title": "State", "kind": "central-government"},
    }
    result = wrong(actors=actors)
    text = flat(shown(result, arranged(result)))
    assert 'by its "reservation" or "cash_floor": City -€48,310.' in text
    assert "with payments of €100,000 between the parties everybody holds at least" in text


def test_gains_that_are_no_money_are_named():
    result = wrong()
    text = flat(shown(result, arranged(result)))
    assert "would come from gains that are not money, for: Insurer." in text
    assert "In cash it does not hold" not in shown(result, arranged(result, whole="both"))


def test_payments_that_differ_by_year():
    effects = {"care": gain({2026: 1, 2027: 2}, 100_000, falls_to="insurer", cashable=1)}
    result = wrong(effects=effects)
    (row,) = rows(tables(result, arranged(result, by_year=True))[0])
    assert row[-1].startswith("2026–")
    assert "no payer advances money for others" in flat(
        shown(result, arranged(result, by_year=True))
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", [1, 1e6])
def test_nothing_is_wider_than_the_screen(language, scale):
    effects = {"less-care": gain(1, 249_765 * scale, falls_to="insurer", cashable=1)}
    result = wrong(costs={"work": cost(600_000 * scale)}, effects=effects)
    for width in (80, 120):
        text = shown(result, arranged(result), language, width)
        assert max(len(line) for line in text.splitlines()) <= width
        assert "…" not in text
