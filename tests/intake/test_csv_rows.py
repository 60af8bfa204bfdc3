"""Rows of CSV files: where they start, what separates them, and what a cell says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.intake.csv_rows import (
    has_points_between_thousands,
    number_in,
    quoted,
    row_too_long,
    rows_of,
    separator_of,
    table_in,
    unquoted,
)
from impactmonitor.problems import InvalidInput


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_rows_are_separated_as_the_names_of_the_columns_are(sign):
    text = f'a{sign}b\n\n1{sign}"2\n3"\n{sign}\n4{sign}5\n'
    assert separator_of(text) == sign
    found = list(rows_of(text, sign))
    assert found == [(1, ["a", "b"]), (3, ["1", "2\n3"]), (6, ["4", "5"])]


def test_a_quotation_mark_that_is_never_closed_is_named():
    with pytest.raises(InvalidInput) as caught:
        list(rows_of('a,b\n1,"2\n', ","))
    assert caught.value.problems[0].code == "csv-unreadable"


@pytest.mark.parametrize(
    ("text", "sign", "number"),
    [("1,5", ";", 1.5), ("1,5", ",", None), ("-.5", ",", -0.5), ("1e3", ";", 1000),
     ("1.5.2", ";", None), ("", ";", None), ("=1", ";", None)],
)  # fmt: skip
def test_numbers_are_read_with_a_comma_only_where_it_separates_nothing(text, sign, number):
    assert number_in(text, sign) == number


def test_the_first_row_that_is_not_empty_names_the_columns():
    separator, names, rows = table_in("\ufeff\n Id ;case\n\nloan;a.yaml\n".encode())
    assert (separator, names, list(rows)) == (";", ["Id", "case"], [(4, ["loan", "a.yaml"])])


def test_a_row_that_cannot_be_read_is_refused_when_it_is_its_turn():
    _, names, rows = table_in(b'a,b\n1,2\n3,"4\n')
    assert names == ["a", "b"]
    assert next(rows) == (2, ["1", "2"])
    with pytest.raises(InvalidInput) as caught:
        next(rows)
    assert [(p.code, p.line) for p in caught.value.problems] == [("csv-unreadable", 3)]


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "file-empty"), (b" \n", "file-empty"), (b"\xff", "file-not-utf8")]
)
def test_bytes_that_are_no_text(data, code):
    with pytest.raises(InvalidInput) as caught:
        table_in(data)
    assert [p.code for p in caught.value.problems] == [code]


def test_a_row_may_be_shorter_or_end_in_empty_cells():
    assert row_too_long(["1"], 2) is None
    assert row_too_long(["1", "2", " ", ""], 2) is None
    found = row_too_long(["1", "2", "", "3"], 2)
    assert found is not None
    assert (found.code, found.params) == ("csv-row-too-long", {"cells": 4, "columns": 2})


@pytest.mark.parametrize(
    ("text", "is_unclear"),
    [("1.250", True), ("-1.250.000,5", True), ("0.250", False), ("1.25", False), ("1250", False)],
)
def test_points_among_three_digits_may_be_thousands_or_decimals(text, is_unclear):
    assert has_points_between_thousands(text, ";") is is_unclear
    assert not has_points_between_thousands(text, ",")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''=1", "\uff1d1"])
def test_a_text_that_looks_like_a_formula_is_quoted(text):
    assert quoted(text) == "'" + text


@pytest.mark.parametrize("text", ["'t Hof", "one", "'", ""])
def test_any_other_text_stays_as_it_is(text):
    assert quoted(text) == text == unquoted(text)


@given(st.text(st.sampled_from("'=+-@a \t"), max_size=8))
def test_any_quoted_text_comes_back(text):
    assert unquoted(quoted(text)) == text
