"""Organisations and keys, as who runs the service makes them."""

from __future__ import annotations

import json
import re

import pytest
from tests.cli.test_commands import call, flat, said

from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.keys import ROLES, caller_of


@pytest.fixture
def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path}/a.db"


def opened_by(url: str, key: str):
    database = Database(url)
    with database.reading() as session:
        found = caller_of(session, key)
    database.close()
    return found


def key_in(text: str) -> str:
    (key,) = re.findall(r"im_\S+", text)
    return key


def test_an_organisation_is_added_with_its_administrator_and_listed(url):
    at = ("--database-url", url)
    shown = said("organisations", "add", "Stichting Één", *at)
    assert opened_by(url, key_in(shown)).role == "administrator"
    assert json.loads(said("organisations", "add", "B", *at, "--json"))["key"].startswith("im_")
    assert [line[12:] for line in said("organisations", *at).splitlines()] == ["Stichting Één", "B"]
    listed = json.loads(said("organisations", *at, "--json"))["organisations"]
    assert [one["name"] for one in listed] == ["Stichting Één", "B"]
    assert all(set(one) == {"id", "name", "created_at"} for one in listed)
    assert "im_" not in said("organisations", *at)


def test_the_address_can_stand_in_the_environment(url):
    environment = {"IMPACTMONITOR_DATABASE_URL": url}
    said("organisations", "add", "A", **environment)
    assert "A" in said("organisations", **environment)


def test_a_name_is_given_once(url):
    said("organisations", "add", "A", "--database-url", url)
    found = call("organisations", "add", "A", "--database-url", url, code=2)
    assert "already" in found.stderr


@pytest.mark.parametrize("name", ["", " ", "a ", "a\nb", "\x1b[31m", "x" * 201])
def test_a_name_that_nobody_could_type_is_refused(url, name):
    call("organisations", "add", name, "--database-url", url, code=2)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_key_is_made_where_all_are_lost(url, role, lang):
    at = ("--database-url", url)
    said("organisations", "add", "A", *at)
    words = ("keys", "add", "--organisation", "A", "--role", role, "--name", "new", *at)
    assert opened_by(url, key_in(said(*words, "--lang", lang))).role == role
    assert opened_by(url, json.loads(said(*words, "--json"))["key"]).role == role


def test_a_key_is_of_an_organisation_that_there_is(url):
    at = ("--database-url", url)
    said("organisations", "add", "Buurtkracht", *at)
    words = ("keys", "add", "--role", "viewer", "--name", "new", *at)
    found = call(*words, "--organisation", "Buurtkrach", code=5)
    assert 'Did you mean "Buurtkracht"?' in flat(found.stderr)
    call(*words, "--organisation", "A", "--role", "king", code=2)


def test_a_database_without_organisations_says_so(url):
    from impactmonitor_api.storage.migrating import migrate

    database = Database(url)
    migrate(database)
    database.close()
    assert "no organisations" in said("organisations", "--database-url", url)


def test_an_option_where_it_would_not_count_is_refused(url, tmp_path):
    other = f"sqlite:///{tmp_path}/other.db"
    found = call("organisations", "--database-url", url, "add", "A", "--database-url", other,
                 code=2)  # fmt: skip
    assert 'Put options after "add".' in flat(found.stderr)
    assert list(tmp_path.iterdir()) == []
    environment = {"IMPACTMONITOR_DATABASE_URL": url}
    assert "im_" in said("organisations", "add", "A", **environment)
