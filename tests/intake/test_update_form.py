"""Where the questions of a form stand, and how a form says what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.intake.update_form import (
    ANSWERS,
    FORM_SHEETS,
    KNOWN,
    LESSONS,
    FormLayout,
    Row,
    Signature,
    mark_of,
    row_of,
    signed,
)
from impactmonitor.messages import LANGUAGES, section

ids = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
periods = st.sampled_from(["2027", "2027Q1", "2027-01", "school-27"])
rows = st.builds(
    Row,
    st.one_of(ids),
    st.none(),
    periods,
    st.lists(st.tuples(ids, ids), max_size=3).map(tuple),
    st.sampled_from(["value", "ratio", "either"]),
)


@given(rows)
def test_a_row_and_its_key_are_the_same(row):
    assert row_of(row.key) == row


@given(st.builds(Signature, st.sampled_from(["nl", "en"]), ids, periods,
                 st.integers(0, 2000), st.just("0123abcd")))  # fmt: skip
def test_a_signature_gives_itself_back(signature):
    assert signed(signature.text) == signature


@pytest.mark.parametrize(
    "text",
    ["", "a|b|c", "visits|amount|2027||value", "costs.work||2027||value", "Visits||2027||value",
     "visits||2027Q5||value", "visits||2027|sex|value", "visits||2027||number"],
)  # fmt: skip
def test_a_text_that_is_no_key(text):
    assert row_of(text) is None


@pytest.mark.parametrize(
    "text",
    ["impactmonitor-update-form", "impactmonitor-update-form;1;nl",
     "impactmonitor-update-form;1;de;a;2027;1;00000000",
     "impactmonitor-update-form;1;nl;A;2027;1;00000000",
     "impactmonitor-update-form;1;nl;a;2027;9999;00000000"],
)  # fmt: skip
def test_a_text_that_is_no_signature(text):
    assert signed(text) is None


@given(st.lists(st.text(), min_size=2, unique=True))
def test_another_order_is_another_mark(keys):
    assert mark_of(keys) != mark_of(keys[::-1])


def test_no_two_answers_share_a_cell():
    layout = FormLayout("en")
    places = [layout.answer_at(i, c.key) for i in range(3) for c in ANSWERS]
    places += [layout.key_at(i) for i in range(3)] + [layout.lesson_at(c.key) for c in LESSONS]
    assert len(set(places)) == len(places)
    assert min(p.column for p in places if p.sheet == "figures") == len(KNOWN) + 1


def test_every_cell_that_is_filled_in_has_words_that_fit_in_a_message():
    texts = section("update")["form"]
    assert set(texts["sheets"]) == set(FORM_SHEETS)
    assert set(texts["known"]) == set(KNOWN)
    for part, columns in (("answers", ANSWERS), ("lessons", LESSONS)):
        assert set(texts[part]) - {"key"} == {column.key for column in columns}
        for column in columns:
            for language in LANGUAGES:
                assert 0 < len(texts[part][column.key]["label"][language]) <= 32
                assert 0 < len(texts[part][column.key]["help"][language]) <= 255
