"""Small cases with a wrong pocket, arranged, for the reports about them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.small import ACTORS, case, cost, gain

from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.financing.arrangement import arrange
from impactmonitor.financing.chances import chances_of, drawn
from impactmonitor.financing.result import Financing, financing_of

FOUR = {**ACTORS, "state": {"title": {"en": "State", "nl": "Rijk"}, "kind": "central-government"}}
WRONG: dict[str, Any] = {
    "actors": FOUR,
    "costs": {"work": cost(148_310, title={"en": "Work", "nl": "Werk"})},
    "effects": {
        "less-care": gain(1, {"uniform": [0, 499_530]}, falls_to="insurer", cashable=0.1),
        "more-tax": gain(1, 214_435, falls_to="state", cashable=1),
    },
}
"""The city loses 148,310; the insurer and the State gain 249,765 and 214,435 in value."""


def wrong(**fields: Any) -> Evaluation:
    return evaluate(case(**{**WRONG, **fields}))


def arranged(
    evaluation: Evaluation, whole: Any = "value", by_year: bool = False, draws: int = 256
) -> Financing:
    found = arrange(evaluation, whole, by_year)
    if not draws:
        return replace(financing_of(evaluation), arranged=found)
    taken = drawn(evaluation, draws)
    return replace(
        financing_of(evaluation), arranged=found, drawn=taken, chances=chances_of(found, taken)
    )
