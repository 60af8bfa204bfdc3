"""The JSON object of a comparison: the numbers of the result, and nothing that is no JSON."""

from __future__ import annotations

import json

import pytest
from tests.report.comparisons import examples, small

from impactmonitor.report.comparing_document import comparing_document
from impactmonitor.report.document import document


def test_the_numbers_are_those_of_the_comparison():
    compared = small()
    found = comparing_document(compared)
    assert list(found["cases"]) == list(compared.cases)
    for name, one in compared.cases.items():
        shown = found["cases"][name]
        for side in ("claimed", "levelled"):
            standing = getattr(one, side)
            assert {k: shown[side][k] for k in standing.figures} == dict(standing.figures)
            assert shown[side]["domains"] == dict(standing.domains)
        assert shown["handed_in"]["totals"] == document(one.handed_in)["totals"]
        assert shown["ranks"]["net_present_value"] == compared.ranks["net_present_value"][name]
        assert sum(shown["rank_shares"]) == pytest.approx(1)
        assert shown["chances"]["worst_payer"] == one.chances.worst_payer
        assert len(shown["changes"]) == len(one.levelling.changes) > 0
        assert shown["scores"]["readiness"]["is_shared"]


def test_bridges_add_up_in_the_object_too():
    for case in comparing_document(examples())["cases"].values():
        bridge = case["bridge"]
        for total, start in bridge["start"].items():
            moved = [rule["totals"][total] for rule in bridge["rules"].values()]
            size = 1 + abs(start) + sum(map(abs, moved))
            assert start + sum(moved) == pytest.approx(bridge["end"][total], abs=1e-9 * size)


def test_only_titles_and_sentences_have_a_language():
    english, dutch = (comparing_document(examples(), language) for language in ("en", "nl"))
    assert english["policy"]["title"] != dutch["policy"]["title"]
    for name, case in english["cases"].items():
        other = dutch["cases"][name]
        assert (case["levelled"], case["bridge"]) == (other["levelled"], other["bridge"])


def test_it_is_json_and_without_policy_or_draws_says_so():
    found = comparing_document(small(0, is_levelled=False))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert (found["policy"], found["draws"], found["rules"]) == (None, 0, ["scheme"])
    case = found["cases"]["bold"]
    assert (case["chances"], case["rank_shares"], case["changes"]) == (None, None, [])
    assert case["claimed"] == case["levelled"]
