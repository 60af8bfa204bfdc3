"""Pages of the catalogue: every entry once, in order, whatever the size of the pages."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor_api.http.catalogue_paging import Place, cursor_after, cut_at, place_of
from impactmonitor_api.http.refusals import Refused

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,20}", fullmatch=True)


@dataclass
class Entry:
    id: str


@given(st.lists(NAMES, unique=True, max_size=30), st.integers(1, 40), st.integers(0, 999))
def test_all_pages_together_are_the_list(names, limit, version):
    entries, seen, place = [Entry(name) for name in names], [], Place(limit)
    while True:
        shown, cursor = cut_at(entries, place, version)
        seen += [entry.id for entry in shown]
        assert len(shown) <= limit
        if cursor is None:
            break
        assert len(shown) == limit
        place = place_of(limit, cursor)
        assert place == Place(limit, version, shown[-1].id)
    assert seen == names


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "é", cursor_after(1, "a")[:-3],
     *(urlsafe_b64encode(one).decode() for one in
       (b"before:3", b"after:1:", b"after:x:a", b"after:1:a\n", b"after:1:a b", b"\xff"))],
)  # fmt: skip
def test_a_cursor_that_we_did_not_give_is_refused(cursor):
    with pytest.raises(Refused) as refused:
        place_of(10, cursor)
    assert (refused.value.status_code, refused.value.problems[0].path) == (422, "cursor")


def test_a_cursor_of_another_list_is_refused():
    with pytest.raises(Refused):
        cut_at([Entry("a")], Place(10, 0, "b"), 0)
