"""Problems: a code, a place and parameters; the words come when somebody reads them."""

from __future__ import annotations

import dataclasses
import pickle
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.problems import (
    MAX_PROBLEMS,
    InvalidInput,
    NotFound,
    Problem,
    errors,
    is_inside,
    listed,
    nearest,
    warnings,
)

ERROR = Problem("unknown-actor", "costs.work.paid_by", {"id": "ctiy", "nearest": "city"})
WARNING = Problem("no-costs", "totals.sroi", severity="warning")


def test_words_in_both_languages_with_their_parameters():
    assert '"ctiy"' in ERROR.message("en")
    assert '"ctiy"' in ERROR.message("nl")
    assert ERROR.message("en") != ERROR.message("nl")
    assert '"city"' in ERROR.hint("en")


def test_a_hint_does_not_propose_a_name_that_is_not_there():
    without = dataclasses.replace(ERROR, params={"id": "xyz", "nearest": ""})
    for language in ("nl", "en"):
        assert '""' not in without.hint(language)
        assert without.hint(language) != ERROR.hint(language)


def test_a_code_without_words_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        Problem("no-such-code").message("en")


def test_a_problem_is_by_default_an_error_of_the_whole_file():
    problem = Problem("file-empty")
    assert (problem.severity, problem.path, problem.premises) == ("error", "", ())
    assert (problem.sheet, problem.cell, problem.line) == (None, None, None)


def test_a_problem_cannot_be_changed_and_travels_between_processes():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ERROR.path = "elsewhere"
    assert pickle.loads(pickle.dumps(ERROR)) == ERROR  # noqa: S301


@pytest.mark.parametrize(
    ("path", "ancestor", "expected"),
    [
        ("costs.work", "costs.work", True),
        ("costs.work.amount", "costs.work", True),
        ("costs.work-two", "costs.work", False),
        ("costs", "costs.work", False),
        ("", "", True),
        ("costs", "", False),
    ],
)
def test_what_lies_inside(path, ancestor, expected):
    assert is_inside(path, ancestor) is expected


def test_a_finding_rests_on_its_place_and_on_its_premises():
    problem = Problem("x", "effects.gain.domain", premises=("effects.gain.indicator",))
    assert problem.rests_on("effects.gain.domain")
    assert problem.rests_on("effects.gain")
    assert problem.rests_on("effects.gain.indicator")
    assert not problem.rests_on("effects.gain.unit")
    assert not problem.rests_on("effects.gain.domain.more")


def test_the_place_of_a_finding_in_one_of_several():
    assert ERROR.is_inside_any(["effects", "costs.work"])
    assert not ERROR.is_inside_any(["effects", "costs.work.paid_by.city"])
    assert not ERROR.is_inside_any([])


def test_the_same_problem_in_a_larger_document():
    moved = ERROR.moved_to("scenarios.bad.changes")
    assert moved.path == "scenarios.bad.changes.costs.work.paid_by"
    assert (moved.code, moved.params) == (ERROR.code, ERROR.params)
    assert Problem("no-lines").moved_to("scenarios.bad").path == "scenarios.bad"


def test_errors_and_warnings_are_told_apart():
    both = [WARNING, ERROR, WARNING]
    assert list(errors(both)) == [ERROR]
    assert list(warnings(both)) == [WARNING, WARNING]
    assert list(errors([])) == []


@pytest.mark.parametrize("size", [0, 1, MAX_PROBLEMS - 1, MAX_PROBLEMS])
def test_up_to_200_problems_are_all_listed(size):
    problems = [Problem("no-lines", str(i)) for i in range(size)]
    assert listed(iter(problems)) == problems


def test_of_more_problems_the_first_200_and_that_there_are_more():
    endless = (Problem("no-lines", str(i)) for i in count())
    found = listed(endless)
    assert [p.path for p in found[:-1]] == [str(i) for i in range(MAX_PROBLEMS)]
    assert found[-1] == Problem("too-many-problems", params={"count": MAX_PROBLEMS})
    # said once, however often a list is cut
    again = listed([*found, *found])
    assert [p.code for p in again].count("too-many-problems") == 1


def test_invalid_input_holds_every_problem_and_says_the_errors():
    found = InvalidInput(iter([ERROR, WARNING, Problem("file-empty")]))
    assert [p.code for p in found.problems] == ["unknown-actor", "no-costs", "file-empty"]
    first, second = str(found).splitlines()
    assert first == f"costs.work.paid_by: {ERROR.message('en')}"
    assert second.startswith("-: ")


def test_what_is_not_found_says_what():
    assert str(NotFound(ERROR)) == ERROR.message("en")
    assert NotFound(ERROR).problem is ERROR


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ctiy", "city"), ("city", "city"), ("insuer", "insurer"), ("zzz", ""), ("", "")],
)
def test_the_nearest_name(name, expected):
    assert nearest(name, ["insurer", "city", "state"]) == expected


def test_without_names_there_is_no_nearest():
    assert nearest("city", []) == ""
    assert nearest("city", iter({"city": 1})) == "city"


@given(st.text(max_size=8), st.lists(st.text(min_size=1, max_size=8), max_size=5))
def test_the_nearest_is_always_a_known_name_or_none(name, known):
    found = nearest(name, known)
    assert found == "" or found in known
    if name in known:
        assert found == name
