"""Conversions between numbers, text and conditions, and those that are refused."""

from __future__ import annotations

import pytest

from impactmonitor.intake.workbook.scalars import (
    CellError,
    Fails,
    UnknownFormula,
    could_be_number,
    finite,
    number,
    passed,
    text,
    truth,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(2.5, 2.5), (None, 0.0), (True, 1.0), (False, 0.0), ("12", 12.0), ("-3", -3.0), ("+4", 4.0)],
)
def test_numbers(value: object, expected: float) -> None:
    assert number(value) == expected
    assert type(number(value)) is float


@pytest.mark.parametrize("value", ["", "abc", "Fase 2", "E12", "actor 3", "12 maanden", "1e"])
def test_text_that_is_no_number_anywhere(value: str) -> None:
    with pytest.raises(Fails) as failure:
        number(value)
    assert failure.value.error is CellError.VALUE


@pytest.mark.parametrize(
    "value",
    ["1.5", "1,5", "1.234,56", " 5", "1-2", "3/4", "2025-01-31", "12:30", "50%", "€ 5", "1e5",
     "1 mei", "mar 2025", "5 pm", "10 p", "EUR 5", "٣"],
)  # fmt: skip
def test_text_that_is_a_number_in_some_country(value: str) -> None:
    assert could_be_number(value)
    with pytest.raises(UnknownFormula):
        number(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("abc", "abc"), (None, ""), (2.0, "2"), (-0.5, "-0.5"), (1 / 3, "0.333333333333333"),
     (0.1 + 0.2, "0.3"), (123456789012345.0, "123456789012345"), (0.0, "0"), (-0.0, "0"),
     (0.0001, "0.0001")],
)  # fmt: skip
def test_texts(value: object, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize("value", [True, 1e15, 1e-5, -1e20])
def test_text_on_which_spreadsheets_differ(value: object) -> None:
    with pytest.raises(UnknownFormula):
        text(value)


def test_conditions() -> None:
    assert [truth(each) for each in (True, 0.0, 2.0, None)] == [True, False, True, False]
    with pytest.raises(Fails):
        truth("abc")
    for unclear in ("TRUE", "false", "1.5"):
        with pytest.raises(UnknownFormula):
            truth(unclear)


@pytest.mark.parametrize("convert", [number, text, truth, passed])
def test_an_error_stays_the_same_error(convert) -> None:
    with pytest.raises(Fails) as failure:
        convert(CellError.REF)
    assert failure.value.error is CellError.REF


def test_what_is_beyond_all_numbers() -> None:
    assert finite(1e308) == 1e308
    for beyond in (float("inf"), float("nan")):
        with pytest.raises(Fails) as failure:
            finite(beyond)
        assert failure.value.error is CellError.NUM


def test_errors_have_their_codes() -> None:
    assert {error.code for error in CellError} == {
        "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"
    }  # fmt: skip
