"""Results that are kept: the hash of what went in, and which numbers moved."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor import load_case, load_catalogue
from impactmonitor.problems import InvalidInput
from impactmonitor.resources import folder
from impactmonitor_api.work.keeping import (
    Input,
    Moved,
    case_in,
    evaluated_input,
    input_from,
    input_of,
    numbers_in,
    recomputed,
    result_of,
)

EXAMPLES = sorted(folder("examples").glob("*/case.yaml"))
CATALOGUE = load_catalogue()
PLAIN = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text("aé0"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_comes_out_again_from_what_is_kept(path):
    asked = input_of(load_case(path), None, "nl")
    kept = result_of(evaluated_input(asked, CATALOGUE), "nl")
    again = input_from(asked.text)
    assert (again, again.hash) == (asked, asked.hash)
    found = recomputed(again, kept, CATALOGUE)
    assert (found.moved, found.engine) == ((), json.loads(kept)["engine"])
    assert found.compared == len(list(numbers_in(json.loads(kept)))) > 50


@given(PLAIN, PLAIN)
def test_the_hash_tells_what_differs_and_not_in_which_order_it_stands(one, other):
    first, second = Input({"x": one}, {}, "nl"), Input({"x": other}, {}, "nl")
    said = [json.dumps(part, sort_keys=True) for part in (one, other)]
    assert (first.hash == second.hash) == (said[0] == said[1])
    turned = Input(json.loads(json.dumps({"b": one, "a": other})), {}, "nl")
    assert turned.hash == Input({"a": other, "b": one}, {}, "en").hash
    assert Input({"x": one}, {"scenario": "bad"}, "nl").hash != first.hash
    assert input_from(first.text) == first


@pytest.mark.parametrize(
    ("then", "is_moved"),
    [(108002.0, False), (108002.0 * (1 + 5e-10), False), (108002.0 * (1 + 2e-9), True),
     (None, True), (0.0, True)],
)  # fmt: skip
def test_a_number_moved_when_it_differs_by_more_than_rounding(then, is_moved):
    asked = input_of(load_case(folder("examples") / "perry-age-27" / "case.yaml"), None, "en")
    kept = json.loads(result_of(evaluated_input(asked, CATALOGUE), "en"))
    kept["totals"]["benefits"] = then
    kept["title"] = "Another title"
    kept["warnings"] = [{"line": 3}]
    found = recomputed(asked, json.dumps(kept), CATALOGUE)
    moved = (Moved("totals.benefits", then, 108002.0),) if is_moved else ()
    assert found.moved == moved


def test_what_is_no_longer_there_moved_and_what_is_new_did_not():
    asked = input_of(load_case(folder("examples") / "perry-age-27" / "case.yaml"), None, "en")
    kept = json.loads(result_of(evaluated_input(asked, CATALOGUE), "en"))
    del kept["totals"]["costs"]
    kept["totals"]["cost_of_then"] = 4.0
    found = recomputed(asked, json.dumps(kept), CATALOGUE)
    assert found.moved == (Moved("totals.cost_of_then", 4.0, None),)


def test_an_input_that_this_engine_does_not_read_says_why():
    asked = input_of(load_case(EXAMPLES[0]), None, "en")
    odd = replace(asked, case={**asked.case, "field_of_then": 1})
    with pytest.raises(InvalidInput) as caught:
        case_in(odd)
    assert [problem.code for problem in caught.value.problems] == ["unknown-key"]
