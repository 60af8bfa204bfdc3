"""Look-ups in the catalogue: pages, words, one entry, and an organisation's own additions."""

from __future__ import annotations

import json

import pytest
from tests.cli.test_commands import said

from impactmonitor.catalogue import load_catalogue

DATABASES = ("sqlite",)  # nothing is kept here, so that the other one adds nothing

LISTS = {
    "indicators": "indicators",
    "values": "values",
    "discount-schemes": "schemes",
}
VALUE = """kind: values
values:
  aa-own-hour:
    title: {nl: Eigen uur, en: Own hour}
    unit: hour
    falls_to: municipality
    domain: economic
    editions:
      - {edition: "2026", value: 41.5, currency: EUR, price_year: 2026, source: own,
         verification: primary-table, last_checked: 2026-11-01}
"""
SOURCE = "kind: sources\nsources:\n  own: {title: Own, publisher: Own, year: 2026}\n"
FILES = {"values.yaml": VALUE, "sources.yaml": SOURCE}


@pytest.fixture
def client(service):
    with service.client("viewer") as http:
        yield http


def walked(client, place, **params):
    """All pages of a list, followed by their cursors."""
    found, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = client.get(place, params={**params, **more}).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def added(own, files, version=0):
    with own.client() as admin:
        answer = admin.put("/v1/catalogue/additions", json={"files": files},
                           headers={"If-Match": f'"{version}"'})  # fmt: skip
        assert answer.status_code == 200, answer.text


def test_which_catalogue_it_is(client):
    known, found = load_catalogue(), client.get("/v1/catalogue").json()
    assert (found["edition"], found["additions_version"]) == (known.edition, 0)
    assert found["counts"]["values"] == len(known.values)
    assert found["counts"]["effect_cards"] == len(known.effect_cards.cards)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_walked_in_pages_is_the_catalogue_in_its_order(client, name):
    expected = list(getattr(load_catalogue(), LISTS[name]))
    found = walked(client, f"/v1/{name}", limit=max(2, len(expected) // 3))
    assert [one["id"] for one in found] == expected


@pytest.mark.parametrize(("name", "words"), [("values", "huisarts"), ("indicators", "hospital")])
def test_entries_are_those_of_the_command(client, name, words):
    answer = client.get(f"/v1/{name}", params={"q": words}, headers={"Accept-Language": "nl"})
    printed = json.loads(said(name, words, "--json", "--lang", "nl"))
    assert answer.json()["items"] == printed
    first = printed[0]["id"]
    one = client.get(f"/v1/{name}/{first}", headers={"Accept-Language": "nl"})
    assert (one.json(), one.headers["content-language"]) == (printed[0], "nl")


def test_a_value_has_all_its_editions_and_is_found_by_one(client):
    whole = client.get("/v1/values/road-death").json()
    assert len(whole["editions"]) == len(load_catalogue().values["road-death"].editions)
    assert client.get("/v1/values/road-death-2018").json() == whole


def test_a_scheme_has_its_rates_and_source(client):
    found = client.get("/v1/discount-schemes/nl-2026").json()
    assert found["rates"]["standard"][0]["rate"] == pytest.approx(0.028)
    assert found["source"]["title"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("entry", ["no-such", "a%00b", "%ED%A0%80", "%2e%2e", "a" * 400])
def test_what_there_is_not_is_not_found(client, name, entry):
    answer = client.get(f"/v1/{name}/{entry}")
    assert (answer.status_code, answer.json()["code"]) == (404, "thing-not-found")


def test_words_that_nothing_has_find_nothing(client):
    for words in ("qqqzzz", "a\0b"):
        assert client.get("/v1/values", params={"q": words}).json() == {"items": [], "next": None}


def test_own_additions_count_and_only_for_their_organisation(service, client):
    own = service.organisation()
    added(own, FILES)
    with own.client("viewer") as viewer:
        assert viewer.get("/v1/catalogue").json()["edition"].endswith("+own")
        found = viewer.get("/v1/values/aa-own-hour").json()
        assert (found["title"], found["editions"][0]["value"]) == ("Own hour", 41.5)
    assert client.get("/v1/values/aa-own-hour").status_code == 404


def test_a_cursor_stays_in_the_catalogue_that_its_list_began_in(service):
    own = service.organisation()
    added(own, FILES)
    with own.client("viewer") as viewer:
        every = [one["id"] for one in walked(viewer, "/v1/values", limit=200)]
        first = viewer.get("/v1/values", params={"limit": len(every) - 1}).json()
        added(own, {}, version=1)
        rest = viewer.get("/v1/values", params={"cursor": first["next"]}).json()
        assert [one["id"] for one in first["items"] + rest["items"]] == every
        now = [one["id"] for one in walked(viewer, "/v1/values", limit=200)]
    assert (len(now), rest["next"]) == (len(every) - 1, None)


def test_a_cursor_of_another_list_or_catalogue_is_refused(service, client):
    own = service.organisation()
    added(own, FILES)
    with own.client("viewer") as viewer:
        later = viewer.get("/v1/values", params={"limit": 1}).json()["next"]
    here = client.get("/v1/values", params={"limit": 1}).json()["next"]
    for place, cursor in (("/v1/values", later), ("/v1/indicators", here), ("/v1/values", "x")):
        answer = client.get(place, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor-unknown")
