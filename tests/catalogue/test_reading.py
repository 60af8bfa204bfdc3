"""One file of a catalogue."""

from __future__ import annotations

import datetime

from impactmonitor.catalogue.kinds import CLOSED, ENTRIES, KINDS, SECTIONS
from impactmonitor.catalogue.reading import read_file
from impactmonitor.model.entries import Value
from impactmonitor.model.numbers import Pert

FILE = b"""
kind: values
defaults:
  currency: EUR
  price_year: 2022
  source: us
  verification: primary-table
  last_checked: 2026-01-31
values:
  thing:
    title: {nl: Ding, en: Thing}
    unit: hour
    class: unit-value
    editions:
      - {edition: 2020, value: 3, price_year: 2020, status: superseded}
      - {edition: 2022, value: {pert: [3, 4, 6]}, low: 3, high: 6}
"""


def thing() -> Value:
    contents = read_file(FILE, "own.yaml")
    assert contents.problems == []
    entry = contents.sections["values"]["thing"].entry
    assert isinstance(entry, Value)
    return entry


def test_defaults_go_to_every_edition_that_does_not_say_otherwise() -> None:
    assert [e.price_year for e in thing().editions] == [2020, 2022]
    assert {e.source for e in thing().editions} == {"us"}
    assert thing().current.last_checked == datetime.date(2026, 1, 31)


def test_the_id_is_the_key() -> None:
    assert thing().id == "thing"


def test_a_value_may_be_uncertain() -> None:
    assert thing().current.value == Pert(pert=(3, 4, 6))


def test_what_is_not_said_is_unknown_and_not_false() -> None:
    assert thing().market_price is None
    assert thing().includes is None
    assert thing().current.licence == "not-stated"


def test_a_good_entry_beside_a_bad_one_is_read() -> None:
    contents = read_file(b"kind: sources\nsources: {a: {title: A}, b: {}}", "own.yaml")
    assert list(contents.sections["sources"]) == ["a"]
    assert contents.broken == {("sources", "b")}
    assert [p.path for p in contents.problems] == ["own.yaml.sources.b.title"]


def test_every_section_has_a_kind_of_file_and_a_record() -> None:
    in_files = [section for sections in KINDS.values() for section in sections]
    assert sorted(in_files) == sorted(SECTIONS) == sorted(ENTRIES)
    assert set(CLOSED) <= set(SECTIONS)
