"""Measurements and all that is said about a case: only added to, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from tests.api.conftest import DATABASES
from tests.api.storage.databases import empty

from impactmonitor_api.storage import (
    additions,
    cases,
    confirmations,
    evaluations,
    keys,
    measurements,
)
from impactmonitor_api.storage.confirmations import Confirmation
from impactmonitor_api.storage.evaluations import Kept
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, locked
from impactmonitor_api.storage.tables import APPEND_ONLY

KEPT = Kept(1, 1, None, "0.1.0", "2026.11", "hash", '{"in": 1}', '{"out": 2}')


@pytest.fixture(scope="module", params=DATABASES)
def filled(request, tmp_path_factory):
    """A database with one of everything that is only added to."""
    with empty(request.param, tmp_path_factory.mktemp("filled")) as database:
        migrate(database)
        with database.writing() as session:
            own = locked(session, add_organisation(session, "own").id)
            key, _ = keys.add_key(session, own, "one", "editor", None)
            case, _ = cases.add_case(session, own, key.id, "demo", "{}")
            row, _ = measurements.add_measurement(session, case, key.id, "a", {"value": 1}, True)
            measurements.decide(session, own, row, key.id, "approved", None)
            told = Confirmation("help", "city", "confirmed")
            confirmations.add_confirmation(session, own, case, key.id, told)
            additions.replace_additions(session, own, key.id, {"a.yaml": "x"}, None)
            evaluations.add_evaluation(session, own, case, key.id, KEPT)
        yield database, case, own, key


def rows(database, table):
    with database.reading() as session:
        return session.execute(text(f"SELECT * FROM {table} ORDER BY number")).all()  # noqa: S608


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET number = number + 1000", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_what_has_happened(filled, table, statement):
    database = filled[0]
    before = rows(database, table)
    assert before
    with (
        pytest.raises(Exception, match="what has happened is only added to"),
        database.writing() as session,
    ):
        session.execute(text(statement.format(table)))
    assert rows(database, table) == before


def test_where_a_measurement_stands_is_what_was_decided_last(filled):
    database, case, own, key = filled
    steps = [None, "submitted", "approved", "rejected", "approved", "rejected"]
    with database.writing() as session:
        held = locked(session, own.id)
        row, standing = measurements.add_measurement(session, case, key.id, "b", {}, False)
        assert standing == "draft"
        for step in steps:
            if step is not None:
                measurements.decide(session, held, row, key.id, step, None)
            expected = step or "draft"
            assert measurements.find_measurement(session, case, row.id)[1] == expected
            rows = measurements.all_measurements(session, case)
            every = {one.name: at for one, at in rows}
            assert every == {"a": "approved", "b": expected}
            listed = measurements.measurements_of(session, case, None, 10, expected)
            assert row.id in [one.id for one, _ in listed]
            others = {"draft", "submitted", "approved", "rejected"} - {expected}
            for other in others:
                found = measurements.measurements_of(session, case, None, 10, other)
                assert row.id not in [one.id for one, _ in found]
        (told,) = measurements.decisions_about(session, [row.id]).values()
        assert [one.decision for one in told] == steps[1:]


def test_of_an_effect_and_an_actor_the_last_word_counts(filled):
    database, case, own, key = filled
    words = [
        ("help", "city", "open"),
        ("help", "state", "confirmed"),
        ("help", "city", "contested"),
    ]
    with database.writing() as session:
        held = locked(session, own.id)
        for word in words:
            confirmations.add_confirmation(session, held, case, key.id, Confirmation(*word))
        last = confirmations.last_confirmations(session, case)
        assert {(one.effect, one.actor): one.confirmation for one in last} == {
            ("help", "city"): "contested", ("help", "state"): "confirmed"}  # fmt: skip


def test_a_kept_result_is_found_whole_and_by_the_one_after_it(filled):
    database, case, own, key = filled
    with database.writing() as session:
        held = locked(session, own.id)
        (first,) = evaluations.evaluations_of(session, case, None, 10)
        assert evaluations.evaluation_before(session, first) is None
        second = evaluations.add_evaluation(session, held, case, key.id, KEPT)
        before = evaluations.evaluation_before(session, second)
        assert (before.id, before.input, before.result) == (first.id, KEPT.input, KEPT.result)
        found = evaluations.find_evaluation(session, case, second.id)
        assert (found.input_hash, found.engine) == ("hash", "0.1.0")
