"""What is known of cases before they are read can be written anywhere."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.bulk.parts import writable


@given(st.text())
def test_text_stays_as_it_is(text):
    assert writable(text) == text


@given(st.binary(max_size=20))
def test_whatever_a_disk_has_as_a_name_becomes_text(name):
    written = writable(os.fsdecode(name))
    assert written.encode("utf-8").decode("utf-8") == written


def test_half_a_character_is_written_out():
    assert writable("a\ud800b") == "a\\ud800b"
