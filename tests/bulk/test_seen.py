"""Ids are met once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.bulk.seen import SeenIds


@given(st.lists(st.text(max_size=3)))
def test_only_the_first_of_equal_ids_is_new(names):
    seen = SeenIds()
    first = [name not in names[:place] for place, name in enumerate(names)]
    assert [seen.add(name) for name in names] == first


def test_half_a_character_is_an_id_like_any_other():
    seen = SeenIds()
    assert (seen.add("\ud800"), seen.add("\ud800")) == (True, False)
