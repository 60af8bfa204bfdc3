"""Dutch or English, as the client likes best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor_api.http.languages import language_of


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("", "en"),
        ("nl", "nl"),
        ("NL-be", "nl"),
        ("nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7", "nl"),
        ("en, nl", "en"),
        ("nl;q=0.1, en;q=0.2", "en"),
        ("fr, de;q=0.9", "en"),
        ("fr, nl;q=0.001", "nl"),
        ("nl;q=0", "en"),
        ("nl;q=x, en;q=0.1", "en"),
        ("nl;level=1", "en"),
        ("nld", "en"),
        (" nl ; q=1 ", "nl"),
        ("*", "en"),
    ],
)
def test_the_language_that_is_liked_best(accepted, wanted):
    assert language_of(accepted) == wanted


@given(st.text(st.characters(codec="latin-1")))
def test_any_header_gives_a_language(accepted):
    assert language_of(accepted) in {"nl", "en"}
