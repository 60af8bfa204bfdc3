"""Texts in a drawing: they fit, and none of them can change the drawing."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.report.svg import (
    MOST_LINES,
    element,
    escaped,
    lines_of_text,
    plain,
    width_of,
    wrapped,
)

TEXTS = st.text(st.characters(codec=None), max_size=80)
"""All that Python can hold, half characters too."""


@given(TEXTS)
def test_any_text_is_one_text_in_any_document(text) -> None:
    drawn = element("svg", element("text", escaped(text), id=text), lang=text)
    found = fromstring(drawn.encode("utf-8"))
    assert [one.tag for one in found] == ["text"]
    assert (found[0].text or "") == plain(text)
    assert found[0].get("id") == plain(text)


def test_text_that_steers_is_taken_out() -> None:
    assert plain("a\u202eb\u2066c\x1b[0m") == "abc\N{REPLACEMENT CHARACTER}[0m"
    assert plain(" a \n\t b ") == "a b"


@given(TEXTS, st.floats(20, 300))
def test_lines_fit_and_hold_the_text_as_far_as_they_go(text, width) -> None:
    lines = wrapped(text, width, 13.0)
    assert 1 <= len(lines) <= MOST_LINES
    cut = lines[-1].endswith("…") and not plain(text).endswith("…")
    for line in lines[:-1] if cut else lines:
        assert width_of(line, 13.0) <= width or len(line) == 1
    kept = "".join(lines).replace(" ", "")
    whole = plain(text).replace(" ", "")
    assert whole.startswith(kept[:-1]) if cut else whole == kept


def test_a_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    lines = wrapped("word " * 100, 60.0, 13.0, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(("narrow", "wide"), [("iii", "mmm"), ("abc", "ABC"), ("aa", "漢字")])
def test_broad_letters_take_more_room(narrow, wide) -> None:
    assert width_of(narrow, 10.0) < width_of(wide, 10.0)
    assert width_of(wide, 20.0) == 2 * width_of(wide, 10.0)


def test_lines_stand_under_each_other() -> None:
    found = fromstring(lines_of_text(["one", "two"], 5.0, 10.0, 17.0, fill="#111"))
    assert [(s.get("x"), s.get("y"), s.text) for s in found] == [
        ("5", "10", "one"),
        ("5", "27", "two"),
    ]
    assert found.get("fill") == "#111"
