"""The difference between two results as JSON and on screen."""

import json
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from impactmonitor.appraisal.bridge import Bridge, bridge
from impactmonitor.appraisal.steps import COLUMNS, STEPS, TOTALS
from impactmonitor.evaluation import evaluate
from impactmonitor.intake import load_case
from impactmonitor.messages import LANGUAGES, section
from impactmonitor.model.case import Case
from impactmonitor.model.changes import plain
from impactmonitor.report.difference import difference_document
from impactmonitor.report.difference_screen import difference_headline, difference_screen
from impactmonitor.resources import folder


def case(**fields: Any) -> dict[str, Any]:
    return {
        "impactmonitor": 1,
        "id": "small",
        "title": {"en": "Small", "nl": "Klein"},
        "currency": "EUR",
        "price_year": 2025,
        "base_year": 2025,
        "horizon": 10,
        "discount": {"rate": 0.0},
        "actors": {
            "town": {"title": {"en": "Town", "nl": "Stad"}, "kind": "municipality"},
            "people": {"title": "People", "kind": "citizen"},
        },
        "costs": {"work": {"amount": 5000, "paid_by": "town", "title": "Work"}},
        **fields,
    }


def gain(quantity: float = 1000, unit_value: float = 10, **fields: Any) -> dict[str, Any]:
    line = {"quantity": quantity, "unit_value": unit_value, "falls_to": "people"}
    return {**line, "domain": "social", "title": "Fewer falls", **fields}


def between(old: dict[str, Any], new: dict[str, Any]) -> Bridge:
    return bridge(*(evaluate(Case.model_validate(tree)) for tree in (old, new)))


def moved(**changes: Any) -> Bridge:
    """The difference that a change of one effect makes."""
    return between(case(effects={"falls": gain()}), case(effects={"falls": gain(**changes)}))


def shown(found: Bridge, language: str = "en", width: int = 80) -> str:
    file = StringIO()
    console = Console(file=file, width=width, markup=False, highlight=False)
    for part in difference_screen(found, language):
        console.print(part)
    return file.getvalue()


# ------------------------------------------------------------------------------------ as JSON


def test_the_document_of_a_small_change():
    found = difference_document(moved(quantity=800, unit_value=12), "nl")
    assert found["old"] == {
        "case": "small",
        "title": "Klein",
        "currency": "EUR",
        "price_year": 2025,
        "base_year": 2025,
        "horizon": 10,
        "scheme": None,
        "catalogue": found["new"]["catalogue"],
    }
    assert found["totals"]["benefits"] == {"old": 10000.0, "new": 9600.0, "change": -400.0}
    assert found["totals"]["benefit_cost_ratio"]["change"] == pytest.approx(-0.08)
    assert found["actors"]["people"]["net"] == {"old": 10000.0, "new": 9600.0, "change": -400.0}
    assert list(found["steps"]) == list(STEPS)
    assert [found["steps"][step]["net_present_value"] for step in STEPS] == [
        0, 0, -2000, 1600, 0, 0
    ]  # fmt: skip
    (line,) = found["lines"]
    assert line["id"] == "falls"
    assert line["title"] == "Fewer falls"
    assert (line["kind"], line["status"]) == ("effect", "kept")
    assert line["present_value"] == {"old": 10000.0, "new": 9600.0, "change": -400.0}
    assert line["steps"] == {
        "quantity": step_of(-2000.0),
        "price": step_of(1600.0),
    }
    assert list(line["actors"]) == ["people"]
    assert line["actors"]["people"]["price"] == dict(
        zip(COLUMNS, (0.0, 1600.0, 0.0, 1600.0, 0.0), strict=True)
    )
    assert [check["passed"] for check in found["checks"]] == [True, True]


def step_of(benefits: float) -> dict[str, float]:
    values = (benefits, 0.0, benefits, benefits, 0.0)
    return dict(zip(("present_value", *TOTALS), values, strict=True))


def test_the_document_is_json_and_says_why_a_metric_has_no_value():
    found = json.loads(json.dumps(difference_document(moved(quantity=800)), allow_nan=False))
    assert found["totals"]["internal_rate_of_return"] == {
        "old": {"value": None, "reason": "no_time_spread", "roots": []},
        "new": {"value": None, "reason": "no_time_spread", "roots": []},
        "change": None,
    }


def test_lines_without_change_are_left_out_unless_asked():
    found = moved(quantity=800)
    assert [line["id"] for line in difference_document(found)["lines"]] == ["falls"]
    every = difference_document(found, every_line=True)["lines"]
    assert [line["id"] for line in every] == ["work", "falls"]
    assert every[0]["steps"] == {}


def test_the_lines_of_the_document_add_up():
    examples = folder("examples") / "neighbourhood-prevention" / "case.yaml"
    tree = plain(load_case(examples)) | {"scenarios": {}, "alternatives": {}}
    first = next(iter(tree["costs"]))
    changed = tree | {
        "discount": {"rate": 0.05},
        "costs": {name: line for name, line in tree["costs"].items() if name != first},
    }
    found = difference_document(between(tree, changed))
    for total in TOTALS:
        parts = [s[total] for line in found["lines"] for s in line["steps"].values()]
        assert sum(parts) == pytest.approx(found["totals"][total]["change"], abs=1e-6)
    for actor, columns in found["actors"].items():
        for column in COLUMNS:
            parts = [
                step[column]
                for line in found["lines"]
                for step in line["actors"].get(actor, {}).values()
            ]
            assert sum(parts) == pytest.approx(columns[column]["change"], abs=1e-6)


# ----------------------------------------------------------------------------------- on screen


@pytest.mark.parametrize(
    ("changes", "en", "nl"),
    [
        (
            {"quantity": 800},
            "from €5,000 to €3,000 (-€2,000), by other quantities.",
            "van € 5.000 naar € 3.000 (€ -2.000), door andere hoeveelheden.",
        ),
        (
            {"quantity": 800, "unit_value": 11},
            "from €5,000 to €3,800 (-€1,200), mostly by other quantities.",
            "van € 5.000 naar € 3.800 (€ -1.200), vooral door andere hoeveelheden.",
        ),
        (
            {"quantity": 1100, "unit_value": 11},
            "(+€2,100), mostly by other prices and other quantities.",
            "(€ +2.100), vooral door andere prijzen en andere hoeveelheden.",
        ),
        (
            {"quantity": 500, "unit_value": 20},
            "stayed at €5,000, but there are changes underneath.",
            "bleef € 5.000, maar daaronder is wel iets veranderd.",
        ),
        (
            {"falls_to": "town"},
            "stayed at €5,000, but there are changes underneath.",
            "bleef € 5.000, maar daaronder is wel iets veranderd.",
        ),
        ({}, "Nothing changed", "Er is niets veranderd"),
        (
            {"unit_value": {"triangular": [5, 5, 20]}},
            "No amount changed",
            "Geen bedrag is veranderd",
        ),
    ],
)
def test_the_sentence(changes, en, nl):
    found = moved(**changes)
    assert en in difference_headline(found, "en")
    assert nl in difference_headline(found, "nl")


def test_nothing_but_the_sentence_where_nothing_changed():
    text = shown(moved())
    assert "Nothing changed: every total and every actor is the same in both." in text
    assert "Totals" not in text


def test_the_screen_of_a_change():
    old = case(effects={"falls": gain(), "rest": gain(title="Better [bold]sleep[/bold]")})
    new = case(
        costs={"work": {"amount": 5000, "paid_by": "people", "title": "Work"}},
        effects={"falls": gain(800, 12)},
    )
    text = " ".join(shown(between(old, new)).split())
    assert "from €15,000 to €4,600 (-€10,400), mostly by lines that were dropped." in text
    assert "Net present value €15,000 €4,600 -€10,400" in text
    assert "Benefit-cost ratio 4.00 1.92 -2.08" in text
    assert "Dropped €0 -€10,000 -€10,000" in text
    assert "Price €0 +€1,600 +€1,600" in text
    assert "Together €0 -€10,400 -€10,400" in text
    assert "Better [bold]sleep[/bold] Dropped €10,000 – -€10,000" in text
    assert "Work Method €5,000 €5,000 €0" in text
    assert "Fewer falls Quantity -€2,000 €10,000 €9,600 -€400" in text
    assert "Town -€5,000 €0 +€5,000" in text


def test_a_change_after_the_horizon_only():
    found = moved(lag=20)
    beyond = between(
        case(effects={"falls": gain(lag=20)}), case(effects={"falls": gain(500, lag=20)})
    )
    assert "+€10,000" in shown(found)
    assert "Fewer falls" in shown(beyond)
    assert "Fewer falls" in shown(beyond, "nl")


def test_many_lines_end_in_their_number():
    effects = {f"gain-{i}": gain(title=f"Gain {i}") for i in range(10)}
    found = between(case(effects={}), case(effects=effects))
    assert "and 2 more lines" in shown(found)
    assert "en nog 2 regels" in shown(found, "nl")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("factor", [1e-6, 1.0, 1e9, 1e15])
def test_the_screen_keeps_to_its_width(language, factor):
    long = "A title that goes on and on " * 5 + "x" * 100
    old = case(effects={"falls": gain(title=long, unit_value=10 * factor)})
    new = case(
        effects={"falls": gain(800, 12 * factor, title=long)},
        transfers={"grant": {"amount": factor, "from": "town", "to": "people", "title": long}},
    )
    for width in (60, 80):
        lines = shown(between(old, new), language, width).splitlines()
        assert max(map(len, lines)) <= width


def test_every_text_is_there_in_both_languages():
    def check(node: Any) -> None:
        if set(node) == set(LANGUAGES):
            assert all(node[language] for language in LANGUAGES)
        else:
            for part in node.values():
                check(part)

    check(section("difference"))
    assert set(section("difference")["steps"]) == set(STEPS)
