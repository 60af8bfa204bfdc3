"""The building blocks of records: years, whole numbers, texts, ids, and nothing changeable."""

from __future__ import annotations

import copy
import pickle

import pytest
from pydantic import TypeAdapter, ValidationError

from impactmonitor.model.record import (
    MAX_TEXT,
    MAX_YEARS,
    Currency,
    FrozenDict,
    Id,
    Map,
    PlainText,
    Record,
    Text,
    Translated,
    Whole,
    Year,
    YearCount,
    in_language,
)


class Sample(Record):
    number: float = 0.0
    flag: bool = False
    text: PlainText = ""
    shares: Map[Id, float] = FrozenDict()


def read(kind, value):
    return TypeAdapter(kind).validate_python(value)


def refused(kind, value) -> str:
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    return caught.value.errors()[0]["type"]


# --- records ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"nmber": 1}, "extra_forbidden"),
        ({"number": "1"}, "float_type"),
        ({"number": True}, "float_type"),
        ({"number": float("nan")}, "finite_number"),
        ({"number": float("inf")}, "finite_number"),
        ({"flag": 1}, "bool_type"),
        ({"flag": "true"}, "bool_type"),
        ({"text": 1}, "string_type"),
    ],
)
def test_a_record_takes_exactly_what_it_knows(fields, code):
    assert refused(Sample, fields) == code


def test_a_record_cannot_be_changed():
    sample = Sample(number=1.0, shares={"a": 1.0})
    with pytest.raises(ValidationError):
        sample.number = 2.0
    with pytest.raises(TypeError, match="read-only"):
        sample.shares["a"] = 2.0


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.__setitem__("b", 1),
        lambda d: d.__delitem__("a"),
        lambda d: d.clear(),
        lambda d: d.pop("a"),
        lambda d: d.popitem(),
        lambda d: d.setdefault("b", 1),
        lambda d: d.update(b=1),
        lambda d: d.__ior__({"b": 1}),
    ],
)
def test_a_frozen_mapping_refuses_every_change(change):
    frozen = FrozenDict({"a": 1})
    with pytest.raises(TypeError, match="read-only"):
        change(frozen)
    assert frozen == {"a": 1}


def test_a_frozen_mapping_is_copied_and_pickled_as_one():
    frozen = FrozenDict({"a": FrozenDict({"b": 1})})
    for again in (copy.deepcopy(frozen), copy.copy(frozen), pickle.loads(pickle.dumps(frozen))):  # noqa: S301
        assert again == frozen
        assert type(again) is FrozenDict
        assert type(again["a"]) is FrozenDict
    assert {**frozen, "c": 2} == {"a": {"b": 1}, "c": 2}


def test_a_map_is_frozen_and_checked_within():
    found = read(Map[Id, float], {"a": 1})
    assert type(found) is FrozenDict
    assert refused(Map[Id, float], {"A": 1.0}) == "string_pattern_mismatch"
    assert refused(Map[Id, float], [1]) == "dict_type"


# --- years and whole numbers --------------------------------------------------------------------


@pytest.mark.parametrize("value", [2025, 2025.0, "2025"])
def test_years(value):
    found = read(Year, value)
    assert (found, type(found)) == (2025, int)


def test_the_first_and_the_last_year():
    assert [read(Year, year) for year in (1000, 9999)] == [1000, 9999]


@pytest.mark.parametrize(
    "value", [999, 10000, 2025.5, "25", "02025", "2025 ", "٢٠٢٥", True, None, [2025], -2025]
)
def test_what_is_no_year(value):
    assert refused(Year, value) == "not-a-year"


@pytest.mark.parametrize(("value", "whole"), [(5, 5), (5.0, 5), (-3.0, -3), (0, 0)])
def test_whole_numbers(value, whole):
    assert TypeAdapter(Whole).validate_python(value, strict=True) == whole


@pytest.mark.parametrize("value", [5.5, "5", True, None, float("nan"), float("inf"), 1e400])
def test_what_is_no_whole_number(value):
    with pytest.raises(ValidationError):
        TypeAdapter(Whole).validate_python(value, strict=True)


def test_a_number_of_years_has_an_end():
    assert [read(YearCount, n) for n in (1, MAX_YEARS)] == [1, MAX_YEARS]
    assert refused(YearCount, MAX_YEARS + 1) == "less_than_equal"
    assert refused(YearCount, 0) == "greater_than_equal"


# --- ids, currencies and texts ------------------------------------------------------------------


@pytest.mark.parametrize("value", ["a", "a1", "fall-prevention-65plus", "a-1-b", "a" * 60])
def test_ids(value):
    assert read(Id, value) == value


@pytest.mark.parametrize(
    "value",
    ["", "1a", "A", "a_b", "a--b", "-a", "a-", "a b", "a.b", "é", "a\n", "a" * 61],
)
def test_what_is_no_id(value):
    assert refused(Id, value) in ("string_pattern_mismatch", "string_too_long")


@pytest.mark.parametrize("value", ["eur", "EU", "EURO", "E1R", "EUR\n", ""])
def test_what_is_no_currency(value):
    assert read(Currency, "EUR") == "EUR"
    assert refused(Currency, value) == "string_pattern_mismatch"


def test_texts_have_no_control_characters_and_an_end():
    text = "Zorg – één\tregel\r\nen nog één 🙂"
    assert read(PlainText, text) == text
    for control in ("\x00", "\x07", "\x0b", "\x1b", "\x7f", "\ufffe"):
        assert refused(PlainText, f"a{control}b") == "control-character"
    assert read(PlainText, "a" * MAX_TEXT)
    assert refused(PlainText, "a" * (MAX_TEXT + 1)) == "string_too_long"


def test_a_text_is_plain_or_translated():
    assert read(Text, "Kosten") == "Kosten"
    assert read(Text, {"nl": "Kosten"}) == Translated(nl="Kosten")
    assert refused(Text, {}) == "no-language"
    assert refused(Text, {"de": "Kosten"}) in ("extra_forbidden", "no-language")
    assert refused(Text, 5) == "string_type"


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        (Translated(nl="Kosten", en="Costs"), "Kosten", "Costs"),
        (Translated(nl="Kosten"), "Kosten", "Kosten"),
        (Translated(en="Costs"), "Costs", "Costs"),
        (Translated(nl="", en="Costs"), "", "Costs"),  # empty is not missing
        ("Plain", "Plain", "Plain"),
        ("", "", ""),
        (None, "id", "id"),
    ],
)
def test_a_text_in_the_reader_s_language_or_in_the_other(text, nl, en):
    assert in_language(text, "nl", "id") == nl
    assert in_language(text, "en", "id") == en


def test_without_text_and_default_there_is_none():
    assert in_language(None, "en") == ""
