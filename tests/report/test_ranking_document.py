"""A ranking as plain values."""

import json

import pytest
from tests.proposals.answered import FRAMEWORK, HIDING, LASTING, NOT_HERE, QUICK, ranked

from impactmonitor.problems import Problem
from impactmonitor.report.ranking_document import ranking_document


def test_names_and_plain_values() -> None:
    ranking = ranked(quick={**QUICK, "say": NOT_HERE}, lasting=LASTING)
    found = ranking_document(ranking)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert set(found) == {
        "framework", "title", "engine", "draws", "seed", "max_multiplier", "common",
        "common_coverage", "left_out", "reason", "cases", "warnings",
    }  # fmt: skip
    assert (found["framework"], found["draws"], found["seed"]) == (FRAMEWORK, 500, 3)
    assert (found["max_multiplier"], found["common_coverage"]) == (5, 1)
    assert (found["left_out"], found["reason"], found["warnings"]) == (["say"], None, [])
    assert list(found["cases"]) == ["lasting", "quick"]
    quick = found["cases"]["quick"]
    assert set(quick) == {
        "title", "score", "low", "high", "coverage", "common_score", "compared_coverage",
        "is_below_coverage", "rank", "rank_acceptability", "switching_multipliers", "missing",
    }  # fmt: skip
    case = ranking.cases["quick"]
    assert (quick["score"], quick["common_score"]) == (case.score, case.common_score)
    assert quick["rank"] == 2
    assert sum(quick["rank_acceptability"]) == pytest.approx(1)
    (at,) = quick["switching_multipliers"]["lasting"]
    assert found["cases"]["lasting"]["switching_multipliers"] == {"quick": [at]}
    assert 1 < at < 5


def test_without_ranks_there_are_nulls_and_a_reason() -> None:
    found = ranking_document(ranked(one={"say": 3}, other={"access": 3}))
    assert found["reason"] == "nothing_in_common"
    one = found["cases"]["one"]
    assert (one["rank"], one["rank_acceptability"], one["common_score"]) == (None, None, None)
    assert one["score"] is not None
    assert found["common"] == []


def test_who_hides_is_flagged() -> None:
    cases = ranking_document(ranked(lasting=LASTING, hiding=HIDING))["cases"]
    assert [one["is_below_coverage"] for one in cases.values()] == [False, True]
    assert cases["hiding"]["rank_acceptability"] == [0, 1]
    assert set(cases["hiding"]["missing"]) == {"behaviour-kept", "permanence"}


def test_languages_differ_in_words_only() -> None:
    ranking = ranked(quick=QUICK, lasting=LASTING)
    warning = Problem("seed-below-0", params={"seed": 1}, severity="warning")
    english, dutch = (ranking_document(ranking, lang, [warning]) for lang in ("en", "nl"))
    assert english["cases"] == dutch["cases"]
    assert english["title"] != dutch["title"]
    assert english["warnings"][0]["message"] != dutch["warnings"][0]["message"]
