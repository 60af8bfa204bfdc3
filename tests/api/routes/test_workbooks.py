"""Workbooks to fill in, and the form of a case."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from impactmonitor.model.schema import json_schema
from impactmonitor_api.http.bodies import XLSX

DATABASES = ("sqlite",)  # nothing is kept here, so that the other one adds nothing

PLACE = "/v1/workbooks/blank"
SMALL = {"years": 3, "effects": 4}


@pytest.fixture
def client(service):
    with service.client("viewer") as http:
        yield http


@pytest.mark.parametrize(("language", "name"), [("nl", "casus.xlsx"), ("en", "case.xlsx")])
def test_a_workbook_in_the_readers_language(client, language, name):
    answer = client.get(PLACE, params=SMALL, headers={"Accept-Language": language})
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    sheets = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True).sheetnames
    assert ("4 Effecten" in sheets) == (language == "nl")


def test_a_workbook_that_suggests_effects_and_asks_questions(client):
    asked = {**SMALL, "topic": "fall-prevention", "group": "older-people",
             "frameworks": ["readiness", "prevention-core-set"]}  # fmt: skip
    plain = client.get(PLACE, params=SMALL).content
    found = client.get(PLACE, params=asked)
    assert found.status_code == 200
    sheets = [
        openpyxl.load_workbook(io.BytesIO(one), read_only=True).sheetnames
        for one in (plain, found.content)
    ]
    assert len(sheets[1]) > len(sheets[0])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"topic": "fall-prevention"}, [("topic-and-group", "group")]),
        ({"group": "older-people"}, [("topic-and-group", "topic")]),
        ({"topic": "fal-prevention", "group": "x", "frameworks": ["no", "readines"]},
         [("unknown-topic", "topic"), ("unknown-framework", "frameworks"),
          ("unknown-framework", "frameworks")]),
        ({"topic": "fall-prevention", "group": "n\0ne"}, [("unknown-target-group", "group")]),
        ({"years": 0, "effects": 10**6}, [("parameter-refused", "years"),
                                          ("parameter-refused", "effects")]),
        ({"years": 200, "effects": 200}, [("workbook-too-big", "")]),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_said_all_at_once(client, asked, expected):
    answer = client.get(PLACE, params=asked)
    assert answer.status_code == 422
    assert [(e["code"], e["path"]) for e in answer.json()["errors"]] == expected


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_schema_of_a_case(client, language):
    answer = client.get("/v1/schemas/case", headers={"Accept-Language": language})
    assert answer.headers["content-type"] == "application/schema+json"
    assert answer.headers["content-language"] == language
    assert json.loads(answer.text) == json_schema(language)
