"""Records of measurements: their form, and what they stand for."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from impactmonitor.model.measurements import Measurement
from impactmonitor.model.validation import problems_of


def problems(**fields: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        Measurement.model_validate({"period": "2025", **fields})
    return [(p.code, p.path) for p in problems_of(caught.value, Measurement)]


@pytest.mark.parametrize("word", ["n.a.", "nd", "-", "High", "N/A", "Yes", ""])
@pytest.mark.parametrize("field", ["value", "target", "baseline", "numerator", "denominator"])
def test_akvo_words_in_a_numeric_field_are_refused_with_their_place(word: str, field: str) -> None:
    """What users of other systems wrote where a number belongs."""
    assert problems(**{field: word}) == [("word-for-a-figure", field)]


@pytest.mark.parametrize("slip", ["12,5", "12 %", "1.000,00", True, [1]])
def test_a_figure_in_another_form_is_no_number(slip: Any) -> None:
    assert problems(value=slip) == [("not-a-number", "value")]


def test_a_number_is_a_number() -> None:
    for value in (0, -3, 0.25, 10**12):
        assert Measurement(period="2025", value=value).value == value
    assert problems(value=float("inf")) == [("not-finite", "value")]
    assert problems(denominator=-1) == [("too-low", "denominator")]


@pytest.mark.parametrize("name", [2025, "2025", "2025Q1", "2025-01", "school-year-25"])
def test_a_period_may_be_written_as_a_year_number(name: Any) -> None:
    assert Measurement(period=name).period == str(name)


@pytest.mark.parametrize("name", ["2025Q5", "2025-13", "School year", "", 25, -2025])
def test_what_is_no_period(name: Any) -> None:
    assert problems(period=name) == [("not-a-period", "period")]
    assert problems(period=True) == [("not-text", "period")]


@pytest.mark.parametrize("line", ["work", "costs.", "actors.city", "costs.a.b", "costs.A"])
def test_what_is_no_line(line: str) -> None:
    assert problems(line=line) == [("not-a-line", "line")]


@pytest.mark.parametrize(
    ("fields", "of", "number"),
    [
        ({"indicator": "trees"}, "trees", None),
        ({"line": "costs.work"}, "costs.work", "amount"),
        ({"line": "transfers.rent"}, "transfers.rent", "amount"),
        ({"line": "effects.gain"}, "effects.gain", "quantity"),
        ({"line": "effects.gain", "field": "deadweight"}, "effects.gain", "deadweight"),
    ],
)
def test_what_was_measured(fields: Any, of: str, number: str | None) -> None:
    found = Measurement(period="2025", **fields)
    assert (found.of, found.measured_field) == (of, number)


def test_what_counts() -> None:
    draft = Measurement(period="2025", value=0)
    assert (draft.status, draft.has_figure, draft.counts) == ("draft", True, False)
    assert Measurement(period="2025", value=0, status="approved").counts
    assert Measurement(period="2025", numerator=0, denominator=3, status="approved").counts
    assert not Measurement(period="2025", target=3, status="approved").counts


def test_the_order_of_dimensions_does_not_matter() -> None:
    one, other = (
        Measurement(period="2025", disaggregation=dict(pairs))
        for pairs in ((("sex", "men"), ("age", "old")), (("age", "old"), ("sex", "men")))
    )
    assert one.cell == other.cell == (("age", "old"), ("sex", "men"))
