"""Every field with every kind of wrong value, one at a time and many at once: never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from tests.errors.everything import full, nodes, replaced
from tests.errors.provoking import assert_readable
from tests.soaking import times

from impactmonitor.catalogue import load_catalogue
from impactmonitor.evaluation import evaluate, find_problems
from impactmonitor.intake.reading import read_case
from impactmonitor.model.case import Case
from impactmonitor.model.numbers import Distribution
from impactmonitor.model.validation import field_key, members
from impactmonitor.problems import InvalidInput, Problem, errors

ODD: list[Any] = [None, True, 1, -1, "x", [], {}, [1], {"x": 1}, 1e15, "", {"2025": 1}]
PLACES = list(nodes(full()))


def found_in_tree(tree: Any) -> list[Problem]:
    """What a file with this tree gives, as the command finds it."""
    catalogue = load_catalogue()
    reading = read_case(json.dumps(tree).encode(), ".json")
    if reading.case is not None and not reading.problems:
        evaluate(reading.case, catalogue)
        return []
    further = [] if reading.case is None else find_problems(reading.case, catalogue)
    return [*reading.problems, *reading.further(further)]


def outcome(tree: Any) -> list[Problem]:
    """The errors of a tree, all of them readable; none where it gives a result."""
    try:
        found = list(errors(found_in_tree(tree)))
    except InvalidInput as invalid:
        found = list(errors(invalid.problems))
    assert_readable(found, json.dumps(tree, ensure_ascii=False))
    assert all(p.code != "invalid-value" for p in found), found
    assert len({(p.code, p.path, str(p.params)) for p in found}) == len(found)
    return found


def test_the_case_with_everything_gives_a_result() -> None:
    assert outcome(full()) == []


def test_the_case_with_everything_has_every_field() -> None:
    tree = full()
    written = {str(keys[-1]) for keys in nodes(tree)}
    missing = {
        (record.__name__, key)
        for record in records(Case)
        for key in (field_key(record, name) for name in record.model_fields)
        if key not in written
    }
    assert missing == {("Discount", "scheme")}


def records(model: type[BaseModel]) -> set[type[BaseModel]]:
    waiting: list[Any] = [model]
    found: set[type[BaseModel]] = set()
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in found:
                found.add(kind)
                waiting += [m for f in kind.model_fields.values() for m in members(f.annotation)]
        else:
            waiting += [m for a in get_args(kind) for m in members(a)]
    return found - {Distribution}


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_one_field_at_a_time(odd: Any) -> None:
    tree = full()
    step = times(3, 1)
    for keys in PLACES[ODD.index(odd) % step :: step]:
        outcome(replaced(tree, keys, odd))
    assert tree == full()


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("depth", [1, 2, 3, 9])
def test_all_fields_at_once(odd: Any, depth: int) -> None:
    tree = full()
    for keys in PLACES:
        if len(keys) == depth or (depth == 9 and (*keys,) in LEAVES):
            tree = replaced(tree, keys, odd)
    assert outcome(tree)


LEAVES = {keys for keys in PLACES if not any(k[: len(keys)] == keys and k != keys for k in PLACES)}

anything = st.recursive(
    st.sampled_from(ODD) | st.text(max_size=5) | st.floats() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["pert", "normal", "mean", "2025", "parameter", "city", "x", "central"])
        | st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(PLACES), anything), min_size=1, max_size=30))
def test_some_fields_with_anything(changes: list[tuple[tuple[str | int, ...], Any]]) -> None:
    tree = full()
    for keys, value in changes:
        tree = replaced(tree, keys, value)
    outcome(tree)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(anything)
def test_a_tree_of_anything(tree: Any) -> None:
    assert outcome(tree)


# --- Through the library: objects that no file can hold -------------------------------------------


class Strange:
    """An object of no known kind, whose own words are no help."""

    def __repr__(self) -> str:
        raise RuntimeError

    __str__ = __repr__


OBJECTS: list[Any] = [
    object(), Strange, Strange(), b"bytes", (), (1, 2), {1, 2}, range(3), 1 + 2j, lambda: None,
    float("nan"), float("inf"), 10**5000, {None: 1}, {1: 1}, {2025: 1, "2025": 2}, {(1, 2): 3},
    {1.5: 1}, {b"x": 1}, "\ud800", {"\ud800": 1}, [["\ud800"]], Path(), Case,
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(OBJECTS)))
def test_an_object_of_another_kind_is_refused_by_the_model(number: int) -> None:
    tree = full()
    for keys in PLACES:
        assert mistakes(replaced(tree, keys, OBJECTS[number])) >= 0
    assert tree == full()


def mistakes(tree: Any) -> int:
    """How many mistakes the model finds, without any other exception than its own."""
    try:
        Case.model_validate(tree)
    except ValidationError as error:
        return error.error_count()
    return 0
