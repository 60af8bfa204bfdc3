"""The formulas of a workbook give what the engine gives, whatever is in the case."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.errors.everything import FULL
from tests.report.workbook.comparing import assert_equal, live, written_of
from tests.soaking import times
from tests.strategies import cases

from impactmonitor import evaluate, load_catalogue
from impactmonitor.intake.workbook.scalars import CellError
from impactmonitor.messages import Language
from impactmonitor.model.case import Case

CATALOGUE = load_catalogue()
CASES = times(4, 40)

SIMPLE: dict[str, Any] = {
    "impactmonitor": 1,
    "id": "simple",
    "title": "Simple",
    "currency": "EUR",
    "price_year": 2025,
    "base_year": 2025,
    "horizon": 5,
    "discount": {"rate": 0.03},
    "actors": {"people": {"kind": "citizen"}, "city": {"kind": "municipality"}},
    "costs": {"work": {"amount": 1000, "paid_by": "city"}},
    "effects": {
        "gain": {"quantity": 10, "unit_value": 50, "falls_to": "people", "domain": "social"}
    },
}
ACTORS, PERSPECTIVES = 15, 7
MANY = SIMPLE | {
    "actors": {f"a{i}": {"kind": "citizen"} for i in range(ACTORS)},
    "perspectives": {f"p{i}": [f"a{i}", f"a{i + 3}"] for i in range(PERSPECTIVES)},
    "costs": {f"c{i}": {"amount": 100 + i, "paid_by": f"a{i % ACTORS}"} for i in range(25)},
    "effects": {
        f"e{i}": {
            "quantity": {"pert": [1, 2 + i / 50, 4]},
            "factors": {"f": 0.5, "per-person": 2},
            "unit_value": 60,
            "domain": "social",
            "falls_to": {f"a{i % ACTORS}": 0.4, f"a{(i + 1) % ACTORS}": 0.6},
        }
        for i in range(45)
    },
    "transfers": {
        f"t{i}": {"amount": {"2025": 4, "2027": 8.5}, "from": f"a{i}", "to": f"a{i + 1}"}
        for i in range(13)
    },
}
"""More of everything than a blank workbook has rows for."""


def simple(**changes: Any) -> dict[str, Any]:
    """The simple case with other values, a double underscore for each step down."""
    case: dict[str, Any] = yaml.safe_load(yaml.safe_dump(SIMPLE))
    for path, value in changes.items():
        node = case
        *above, last = path.split("__")
        for key in above:
            node = node.setdefault(key, {})
        node[last] = value
    return case


SPECIAL: dict[str, dict[str, Any]] = {
    "every field": yaml.safe_load(FULL),
    "many": MANY,
    "one year": simple(horizon=1),
    "nothing": simple(costs__work__amount=0, effects__gain__quantity=0),
    "transfers alone": {
        **SIMPLE, "costs": {}, "effects": {},
        "transfers": {"t": {"from": "people", "to": "city", "amount": 5}},
    },
    "an edition": simple(effects__gain__unit_value="road-death-2018"),
    "all after the horizon": simple(
        costs__work__first_year=2040, effects__gain__first_year=2045, effects__gain__lasts=3
    ),
    "a far year": simple(base_year=2900, inflation=0.02, costs__work__prices="nominal"),
    "a year long ago": simple(base_year=1100, inflation=0.02, costs__work__prices="nominal"),
    "all lost at once": simple(effects__gain__drop_off=1, effects__gain__lasts=5),
    "lasting": simple(horizon=60, effects__gain__drop_off=0.9999999, effects__gain__lasts=90),
    "a steep rate": simple(horizon=40, discount__rate=99.0, costs__work__years=40),
    "a negative rate": simple(horizon=20, discount__rate=-0.4, costs__work__years=20),
    "amounts of all sizes": simple(costs__work__amount=1e12, effects__gain__quantity=1e-12),
    "a tiny spread": simple(costs__work__amount={"normal": {"mean": 1e6, "sd": 1e-9}}),
    "a range far out": simple(effects__gain__deadweight={"normal": {"mean": -3, "sd": 1}}),
    "a cut pert": simple(effects__gain__deadweight={"pert": [-10, -9, 0.5]}),
    "a cut triangle": simple(effects__gain__deadweight={"triangular": [-10, -9, 0.5]}),
    "a cut lognormal": simple(effects__gain__deadweight={"lognormal": {"p05": 0.5, "p95": 3}}),
    "a bound that is out": simple(
        effects__gain__years=4,
        effects__gain__growth={
            "discrete": {"values": [-1, 0.01, 0.06], "probabilities": [0.2, 0.5, 0.3]}
        },
    ),
    "a price of no use": simple(
        price_year=1999, price_indices__ours__years={"1999": 100},
        effects__other={
            "monetised": False, "quantity": "unknown", "domain": "social",
            "indicator": "social-assistance-years-avoided", "timing": "mid_year",
        },
    ),
    "signs in texts": simple(
        title="=1+1", effects__gain__title='@x "1e5"', effects__gain__unit="*?~ 'r' =1",
        actors__people__title="waar",
    ),
}  # fmt: skip
CODES = ("may-2025", "true", "waar", "e1", "jan-1")
"""What is a date, a truth or a number to some spreadsheets in some countries."""
RENAMED = ("lessons", "fewer-falls", "city", "health", "public")


def renamed(node: Any, old: str, new: str) -> Any:
    """A case in which a code is another one, also within paths."""
    if isinstance(node, dict):
        return {renamed(key, old, new): renamed(value, old, new) for key, value in node.items()}
    if isinstance(node, list):
        return [renamed(value, old, new) for value in node]
    if isinstance(node, str) and " " not in node:
        return ".".join(new if part == old else part for part in node.split("."))
    return node


def compare(tree: dict[str, Any], language: Language) -> None:
    evaluation = evaluate(Case.model_validate(tree), CATALOGUE)
    written = written_of(evaluation, CATALOGUE, language)
    assert_equal(written, evaluation)
    assert [at for at, value in written.values.items() if isinstance(value, CellError)] == []


@pytest.mark.parametrize("name", SPECIAL)
def test_special_cases(name: str) -> None:
    compare(SPECIAL[name], "nl")


@pytest.mark.parametrize("code", CODES)
def test_codes_that_could_be_something_else(code: str) -> None:
    tree = yaml.safe_load(FULL)
    for i, old in enumerate(RENAMED):
        tree = renamed(tree, old, code if i == 0 else f"{code}-{i}")
    # what was learned is called like a cost of this case, and keeps its name
    tree["monitoring"]["lessons"] = tree["monitoring"].pop(code)
    compare(tree, "en")


def test_what_spreadsheets_differ_on_has_no_value_and_stops_nothing() -> None:
    """A growth of nearly -100 % ends below the smallest number, 1e16 has too many digits."""
    tree = simple(horizon=42, effects__gain__growth=-0.99999999, effects__gain__years=42)
    evaluation = evaluate(Case.model_validate(tree), CATALOGUE)
    cells = live(written_of(evaluation, CATALOGUE, "nl"))
    assert cells["totals.costs"] == 1000
    assert cells["totals.benefits"] is None
    compare(simple(costs__work__amount=1e16), "nl")


@pytest.mark.parametrize(("language", "part"), [("nl", 1), ("en", 2)])
def test_random_cases(language: Language, part: int) -> None:
    """Few, as each takes a second: a difference that is found becomes a test of its own."""

    @seed(part)
    @settings(
        max_examples=CASES,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # a smaller case is worth less than the minutes it takes
        database=None,
    )
    @given(cases())
    def agree(tree: dict[str, Any]) -> None:
        compare(tree, language)

    agree()
