"""Look-ups among frameworks and effect cards."""

from __future__ import annotations

import json

import pytest
from tests.cli.test_commands import said

from impactmonitor.catalogue import load_catalogue
from impactmonitor.resources import folder

DATABASES = ("sqlite",)  # nothing is kept here, so that the other one adds nothing

COMMANDS = {"frameworks": ("frameworks", "readiness"), "effect-cards": ("cards", "vallen")}


@pytest.fixture
def client(service):
    with service.client("viewer") as http:
        yield http


@pytest.mark.parametrize("name", COMMANDS)
def test_lists_are_those_of_the_command(client, name):
    command, words = COMMANDS[name]
    for asked in ("", words):
        printed = json.loads(said(command, *asked.split(), "--json", "--lang", "nl"))
        answer = client.get(f"/v1/{name}", params={"q": asked, "limit": 200},
                            headers={"Accept-Language": "nl"})  # fmt: skip
        found = answer.json()["items"]
        assert [one["id"] for one in found][: len(printed)] == [one["id"] for one in printed]
    everything = client.get(f"/v1/{name}", params={"limit": 200}).json()["items"]
    assert len(everything) == len(json.loads(said(command, "--json")))


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("frameworks/readiness", ("frameworks", "readiness")),
        ("effect-cards/EC-FALL-EX-MEDCARE", ("cards", "EC-FALL-EX-MEDCARE")),
    ],
)
def test_one_is_what_the_command_prints(client, place, words):
    for language in ("nl", "en"):
        answer = client.get(f"/v1/{place}", headers={"Accept-Language": language})
        printed = json.loads(said(*words, "--json", "--lang", language))
        assert [answer.json()] == printed


@pytest.mark.parametrize("place", ["frameworks/none", "effect-cards/none", "effect-cards/a%00b"])
def test_what_there_is_not_is_not_found(client, place):
    assert client.get(f"/v1/{place}").status_code == 404


def test_pages_of_cards_are_the_catalogue_in_its_order(client):
    found, cursor = [], None
    while True:
        page = client.get("/v1/effect-cards", params={"limit": 20, "cursor": cursor} if cursor
                          else {"limit": 20}).json()  # fmt: skip
        found += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == list(load_catalogue().effect_cards.cards)


def test_own_frameworks_count_in_look_ups_workbooks_and_scores(service, client):
    own = service.organisation()
    text = (
        "kind: frameworks\nframeworks:\n  own-view:\n    title: Own view\n    source: own\n"
        "    origin: source\n    note: Ours.\n    groups: {all: {title: All}}\n"
        "    indicators:\n      said:\n        title: Said\n        group: all\n"
        "        kind: quantitative\n        question: How much?\n        horizon: short\n"
        "        unit: piece\n        domain: social\n        zero: 0\n        full: 10\n"
    )
    source = "kind: sources\nsources:\n  own: {title: Own, publisher: Own, year: 2026}\n"
    with own.client() as admin:
        files = {"frameworks/own.yaml": text, "sources.yaml": source}
        put = admin.put("/v1/catalogue/additions", json={"files": files},
                        headers={"If-Match": '"0"'})  # fmt: skip
        assert put.status_code == 200, put.text
        assert admin.get("/v1/frameworks/own-view").json()["title"] == "Own view"
        count = admin.get("/v1/catalogue").json()["counts"]["frameworks"]
        assert count == len(load_catalogue().frameworks.frameworks) + 1
        blank = admin.get("/v1/workbooks/blank",
                          params={"years": 2, "effects": 2, "frameworks": "own-view"})  # fmt: skip
        assert blank.status_code == 200
    # a key that is new here: who was seen a moment ago may be answered with what held then
    with own.client("editor") as editor:
        case = (folder("examples") / "perry-age-27" / "case.yaml").read_text(encoding="utf-8")
        scored = case + "\nscores: {own-view: {said: 4}}\n"
        answer = editor.post("/v1/evaluations", content=scored.encode(),
                            headers={"Content-Type": "application/yaml"})  # fmt: skip
        assert answer.status_code == 200, answer.text
        assert answer.json()["scores"]["own-view"]["score"] == pytest.approx(40.0)
    assert client.get("/v1/frameworks/own-view").status_code == 404
