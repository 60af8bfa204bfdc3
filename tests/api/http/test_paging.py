"""Lists in pages: everything once, in order, whatever is added meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor_api.http.paging import MOST, Page, cursor_at, cut, page_of
from impactmonitor_api.http.refusals import Refused


@pytest.fixture(scope="module")
def names(service):
    """The names of seven cases, the newest first."""
    own = service.own
    with own.client() as http:
        return [own.new_case(http)["name"] for _ in range(7)][::-1]


@given(st.integers(0, 10**18 - 1), st.integers(1, MOST))
def test_a_cursor_leads_back_to_its_place(number, limit):
    assert page_of(limit, cursor_at(number)) == Page(limit, number)


@pytest.mark.parametrize(
    "cursor", ["", "x", "é", "YmVmb3JlOg==", "YWZ0ZXI6MQ==", "YmVmb3JlOi0x", "====", "\0"]
)
def test_a_cursor_that_we_did_not_give_is_refused(cursor):
    with pytest.raises(Refused) as refused:
        page_of(10, cursor)
    assert [problem.code for problem in refused.value.problems] == ["cursor-unknown"]


@given(st.integers(0, 30), st.integers(1, 10))
def test_a_page_is_cut_from_one_row_more(count, limit):
    class Row:
        def __init__(self, number):
            self.number = number

    rows = [Row(number) for number in range(count, 0, -1)]
    shown, following = cut(rows[: limit + 1], Page(limit))
    assert list(shown) == rows[:limit]
    assert (following is None) == (count <= limit)
    if following is not None:
        assert page_of(limit, following).before == shown[-1].number


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 200])
def test_all_pages_together_are_the_whole_list(service, names, limit):
    found, cursor = [], None
    with service.client() as http:
        while True:
            params = {"limit": limit} | ({"cursor": cursor} if cursor else {})
            page = http.get("/v1/cases", params=params).json()
            assert len(page["items"]) <= limit
            found += [item["name"] for item in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
    assert [name for name in found if name in names] == names
    assert len(set(found)) == len(found)


def test_what_is_added_meanwhile_moves_nothing(service, names):
    with service.client() as http:
        first = http.get("/v1/cases", params={"limit": 3}).json()
        service.own.new_case(http)
        second = http.get("/v1/cases", params={"limit": 3, "cursor": first["next"]}).json()
    shown = [item["name"] for item in (*first["items"], *second["items"])]
    assert [name for name in shown if name in names] == names[: len(shown)]
    assert len(set(shown)) == 6


def test_a_list_shows_only_what_is_ones_own(service, names):
    with service.organisation().client() as http:
        assert http.get("/v1/cases").json() == {"items": [], "next": None}
