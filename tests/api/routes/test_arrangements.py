"""Arrangements over HTTP: what the command prints, and every mistake with its place."""

from __future__ import annotations

import json

import pytest
from tests.api.serving import EXAMPLE, YAML
from tests.cli.test_commands import said

from impactmonitor.resources import folder

DATABASES = ("sqlite",)  # nothing is kept here, so that the other one adds nothing

FALLS = folder("examples") / "fall-prevention-65plus" / "case.yaml"
PLACE = "/v1/arrangements"


@pytest.fixture
def client(service):
    with service.client("viewer", **YAML) as http:
        yield http


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ({}, ()),
        ({"whole": "cash", "by_year": True, "draws": 64, "seed": 7},
         ("--whole", "cash", "--by-year", "--draws", "64", "--seed", "7")),
        ({"scenario": "dutch-roll-out", "draws": 0, "by_year": False},
         ("--scenario", "dutch-roll-out", "--draws", "0", "--level")),
    ],
)  # fmt: skip
def test_it_is_what_the_command_prints(client, asked, options):
    answer = client.post(PLACE, content=FALLS.read_bytes(), params=asked,
                         headers={"Accept-Language": "nl"})  # fmt: skip
    assert (answer.status_code, answer.headers["content-language"]) == (200, "nl")
    printed = said("arrange", str(FALLS), *options, "--json", "--lang", "nl")
    assert answer.json() == json.loads(printed)
    assert answer.json()["financing"]["arrangement"]["actors"]


@pytest.mark.parametrize(
    ("asked", "path"),
    [({"whole": "half"}, "whole"), ({"draws": -1}, "draws"), ({"seed": 2**60}, "seed"),
     ({"by_year": "sometimes"}, "by_year")],
)  # fmt: skip
def test_a_parameter_that_cannot_be_used_is_named(client, asked, path):
    answer = client.post(PLACE, content=EXAMPLE.read_bytes(), params=asked)
    assert answer.status_code == 422
    assert [(e["code"], e["path"]) for e in answer.json()["errors"]] == [
        ("parameter-refused", path)]  # fmt: skip


def test_mistakes_of_the_case_have_their_line(client):
    wrong = EXAMPLE.read_bytes().replace(b"horizon:", b"horizn:", 1)
    errors = client.post(PLACE, content=wrong).json()["errors"]
    assert ("unknown-key", "horizn") in {(e["code"], e["path"]) for e in errors}
    assert all(e["line"] for e in errors if e["code"] == "unknown-key")


def test_a_scenario_that_there_is_not(client):
    answer = client.post(PLACE, content=EXAMPLE.read_bytes(), params={"scenario": "no\0ne"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-scenario")
