"""Uploads that were damaged, by accident or on purpose: refused with a reason, never a failure."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.api.conftest import new_database
from tests.api.serving import EXAMPLE, serving

from impactmonitor import evaluate, load_case
from impactmonitor.catalogue import load_catalogue
from impactmonitor.intake import to_json
from impactmonitor.report.workbook.file import workbook_of
from impactmonitor_api.http.bodies import JSON, XLSX, YAML

MANY, FEW = 150, 12
"""A workbook is read in a process of its own, which takes a second."""


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    for url in new_database("sqlite", tmp_path_factory.mktemp("database")):
        with serving(url) as service, service.client("viewer") as http:
            yield http


@pytest.fixture(scope="module")
def workbook():
    return workbook_of(evaluate(load_case(EXAMPLE)), load_catalogue(), "en")


def damages():
    """Places in a body, as shares of its length, with the bytes that are put there."""
    return st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=4)


def damaged(body, found):
    for place, new in found:
        at = int(place * len(body))
        body = body[:at] + new + body[at + len(new) + len(new) % 2 :]
    return body


def check(client, body, kind):
    answer = client.post("/v1/evaluations", content=body, headers={"Content-Type": kind})
    assert answer.status_code in {200, 422}, (answer.status_code, answer.text[:500], body[:200])
    if answer.status_code == 422:
        assert all(one["message"] for one in answer.json()["errors"])
    return answer.status_code


@pytest.mark.parametrize("kind", [JSON, YAML])
def test_a_text_that_was_damaged(client, kind):
    whole = to_json(load_case(EXAMPLE)).encode() if kind == JSON else EXAMPLE.read_bytes()
    statuses = set()

    @settings(max_examples=MANY)
    @given(damages())
    def agree(found):
        statuses.add(check(client, damaged(whole, found), kind))

    agree()
    assert 422 in statuses


@pytest.mark.parametrize("kind", [JSON, YAML])
def test_bytes_of_any_kind(client, kind):
    @settings(max_examples=MANY)
    @given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
    def agree(body):
        check(client, body, kind)

    agree()


def test_a_workbook_that_was_damaged(client, workbook):
    @settings(max_examples=FEW)
    @given(damages())
    def agree(found):
        check(client, damaged(workbook, found), XLSX)

    agree()


def test_a_workbook_with_a_damaged_part(client, workbook):
    names = zipfile.ZipFile(io.BytesIO(workbook)).namelist()

    @settings(max_examples=FEW)
    @given(st.sampled_from(names), damages())
    def agree(name, found):
        made = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(workbook)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for one in names:
                part = old.read(one)
                new.writestr(one, damaged(part, found) if one == name else part)
        check(client, made.getvalue(), XLSX)

    agree()


@pytest.mark.parametrize("kind", [JSON, YAML, XLSX])
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 50_000,
        b"{" * 50_000,
        b'{"a":' * 50_000,
        b'{"id": 1e999}',
        b'{"id": NaN}',
        b'{"id": "\\u0000"}',
        b'{"id": "\\ud800"}',
        b'{"id": 1, "id": 2}',
        b"PK\x03\x04" + b"\x00" * 100,
    ],
    ids=range(9),
)
def test_what_is_known_to_hurt_readers(client, body, kind):
    assert check(client, body, kind) == 422
