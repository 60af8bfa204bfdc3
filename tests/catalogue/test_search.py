"""Finding entries by words."""

from __future__ import annotations

import pytest

from impactmonitor.catalogue import Catalogue, find, load_catalogue
from impactmonitor.catalogue.search import matching
from impactmonitor.model.entries import ActorKind


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_all_words_must_occur(catalogue: Catalogue) -> None:
    ids = [v.id for v in find(catalogue, "hospital day", "values")]
    assert "hospital-day" in ids
    assert "outpatient-visit" not in ids
    assert find(catalogue, "hospital unicorn", "values") == []


@pytest.mark.parametrize("text", ["HUISARTS", "huisarts", "GP consultation", "gp-consult"])
def test_both_languages_without_regard_to_capitals(catalogue: Catalogue, text: str) -> None:
    assert "gp-consult" in [v.id for v in find(catalogue, text, "values")]


def test_accents_do_not_matter(catalogue: Catalogue) -> None:
    kinds = [a.id for a in find(catalogue, "patient", "actors")]
    assert kinds == [a.id for a in find(catalogue, "patiënt", "actors")] == ["citizen"]


def test_descriptions_and_codes_are_searched(catalogue: Catalogue) -> None:
    assert [v.id for v in find(catalogue, "swov-fatal", "values")] == ["road-death"]
    assert "road-death" in [v.id for v in find(catalogue, "afhandeling file", "values")]


def test_the_exact_id_comes_first(catalogue: Catalogue) -> None:
    assert find(catalogue, "hospital-day", "values")[0].id == "hospital-day"
    assert find(catalogue, "kh24-006", "values")[0].id == "emergency-visit"


def test_no_words_find_everything(catalogue: Catalogue) -> None:
    assert len(find(catalogue, " ", "indicators")) == len(catalogue.indicators)


def test_every_section_can_be_searched(catalogue: Catalogue) -> None:
    assert [s.id for s in find(catalogue, "nederland 2026", "schemes")] == ["nl-2026"]
    assert [u.id for u in find(catalogue, "zitting", "units")] == ["session"]


def test_further_texts_of_an_entry_are_searched_as_well() -> None:
    clubs = [ActorKind(id="club", title="Club"), ActorKind(id="pool", title="Club house")]
    more = {"club": ["Zwemmen"], "pool": []}
    assert matching(clubs, "club zwem", lambda entry: more[entry.id]) == clubs[:1]
    assert matching(clubs, "zwem") == []


def test_an_id_goes_first_and_the_rest_stays_in_order() -> None:
    clubs = [ActorKind(id=name, title="A pool") for name in ("b", "a", "pool")]
    assert [entry.id for entry in matching(clubs, "pool")] == ["pool", "b", "a"]
    assert matching(clubs, "") == clubs
