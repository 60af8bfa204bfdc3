"""Cases ranked by score: who hides is not first, and nothing depends on the order of the cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proposals.answered import (
    FEW,
    FRAMEWORK,
    HIDING,
    LASTING,
    LONG,
    NOT_HERE,
    QUICK,
    evaluated,
    proposal,
    ranked,
)
from tests.small import cost, gain, result

from impactmonitor import load_catalogue
from impactmonitor.evaluation import evaluate
from impactmonitor.problems import InvalidInput
from impactmonitor.proposals.ranking import rank_cases
from impactmonitor.scoring.robust_ranking import Draws


def codes(evaluations, framework=FRAMEWORK, names=None):
    with pytest.raises(InvalidInput) as caught:
        rank_cases(evaluations, framework, FEW, names)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_who_hides_its_long_term_is_flagged_and_not_first():
    honest = {**HIDING, **LONG}
    open_, closed = ranked(lasting=LASTING, other=honest), ranked(lasting=LASTING, other=HIDING)
    assert [one.rank for one in open_.cases.values()] == [1, 2]
    assert list(open_.cases) == ["lasting", "other"]
    hiding, lasting = closed.cases["other"], closed.cases["lasting"]
    # hiding pays, in its own score and in what can be compared ...
    assert hiding.score > open_.cases["other"].score
    assert hiding.score > lasting.score
    assert hiding.common_score > lasting.common_score
    # ... and does not help
    assert (hiding.is_below_coverage, hiding.rank) == (True, 2)
    assert hiding.rank_acceptability == (0, 1)
    assert set(hiding.missing) == set(LONG)
    assert hiding.low < open_.cases["other"].score < hiding.high
    assert (lasting.is_below_coverage, lasting.rank) == (False, 1)


def test_the_numbers_of_a_case_alone_are_those_of_its_evaluation():
    found = ranked(quick={**QUICK, "say": NOT_HERE}, lasting=LASTING)
    for one in evaluated(quick={**QUICK, "say": NOT_HERE}, lasting=LASTING):
        case, alone = found.cases[one.case.id], one.scores[FRAMEWORK].total
        assert (case.score, case.low, case.high, case.coverage) == (
            alone.score, alone.low, alone.high, alone.coverage,
        )  # fmt: skip


def by_hand(evaluation, keys):
    """100 · Σ w·g·s ÷ Σ w·g in a plain loop."""
    own = evaluation.scores[FRAMEWORK].indicators
    gained = sum(own[key].weight * own[key].multiplier * own[key].score for key in keys)
    return 100 * gained / sum(own[key].weight * own[key].multiplier for key in keys)


def test_common_scores_by_hand():
    answers = {"quick": {**QUICK, "say": NOT_HERE}, "lasting": LASTING, "hiding": HIDING}
    evaluations = evaluated(**answers)
    found = rank_cases(evaluations, FRAMEWORK, FEW)
    keys = [key for key in QUICK if key not in ("say", *LONG)]
    assert set(found.common) == set(keys)
    assert found.left_out == {"say": ("quick",)}
    for one in evaluations:
        expected = by_hand(one, keys)
        assert found.cases[one.case.id].common_score == pytest.approx(expected)


def test_what_does_not_apply_to_one_changes_the_coverage_that_counts():
    """Of a weight of 25, 6 are long and 1 is "say": 6 of 24 are not known instead of 6 of 25."""
    found = ranked(quick={**QUICK, "say": NOT_HERE}, hiding=HIDING)
    case = found.cases["hiding"]
    whole = case.coverage / (1 - case.coverage)  # what is known, for each weight that is not
    assert case.compared_coverage == pytest.approx((whole - 1 / 6) / (whole - 1 / 6 + 1))
    assert case.compared_coverage < case.coverage


def test_the_same_seed_gives_the_same_numbers_and_another_one_others():
    cases = {"quick": QUICK, "lasting": LASTING}
    assert ranked(**cases) == ranked(**cases)
    other = ranked(Draws(500, seed=4), **cases)
    shares = [f.cases["quick"].rank_acceptability for f in (ranked(**cases), other)]
    assert shares[0] != shares[1]
    assert shares[0] == pytest.approx(shares[1], abs=0.15)
    assert 0 < shares[0][0] < 1


@settings(max_examples=10)
@given(st.permutations(["quick", "lasting", "hiding", "same"]))
def test_the_order_of_the_cases_does_not_matter(order):
    answers = {"quick": QUICK, "lasting": LASTING, "hiding": HIDING, "same": QUICK}
    expected, found = ranked(**answers), ranked(**{name: answers[name] for name in order})
    assert found == expected
    assert list(found.cases) == list(expected.cases)


def test_shares_add_up_by_case_and_by_rank_and_equal_cases_share_theirs():
    found = ranked(quick=QUICK, lasting=LASTING, hiding=HIDING, same=QUICK)
    shares = np.array([one.rank_acceptability for one in found.cases.values()])
    assert shares.sum(axis=0) == pytest.approx(np.ones(4))
    assert shares.sum(axis=1) == pytest.approx(np.ones(4))
    quick, same = found.cases["quick"], found.cases["same"]
    assert quick.rank_acceptability == pytest.approx(same.rank_acceptability)
    assert quick.rank == same.rank == 1


def test_a_switch_is_where_both_have_the_same_score():
    found = ranked(quick=QUICK, lasting=LASTING)
    (at,) = found.switching_multipliers("quick")["lasting"]
    assert found.switching_multipliers("lasting") == {"quick": (at,)}
    assert (found.switches[0].before, found.switches[0].after) == ("quick", "lasting")
    grow = {"short": 1, "medium": (1 + at) / 2, "long": at}
    totals = []
    for one in evaluated(quick=QUICK, lasting=LASTING):
        indicators = one.scores[FRAMEWORK].indicators
        terms = {key: found.framework.horizon_of(key) for key in indicators}
        totals.append(sum(i.weight * grow[terms[k]] * i.score for k, i in indicators.items()))
    assert totals[0] == pytest.approx(totals[1])
    assert ranked(Draws(10, 1, 1.0), quick=QUICK, lasting=LASTING).switches == ()


def test_only_what_is_common_makes_cases_change_places():
    found = ranked(lasting=LASTING, hiding=HIDING)
    assert found.switching_multipliers("hiding") == {"lasting": ()}


def test_without_ranks_there_is_a_reason():
    nothing = ranked(one={"say": 3}, other={"access": 3})
    assert nothing.reason == "nothing_in_common"
    known = ranked(one={"say": 3}, other={"say": 2})
    assert known.reason == "all_below_coverage"
    assert list(known.cases) == ["one", "other"]
    for case in (*nothing.cases.values(), *known.cases.values()):
        assert (case.rank, case.rank_acceptability) == (None, None)
    assert nothing.cases["one"].common_score is None
    assert known.cases["one"].common_score == pytest.approx(known.cases["one"].score)


def test_money_has_no_part_in_it():
    def rich(amount):
        more = {"effects": {"gain": gain(1, amount)}, "costs": {"work": cost(1)}}
        return [evaluate(proposal(name, answers, **(more if name == "quick" else {})))
                for name, answers in {"quick": QUICK, "lasting": LASTING}.items()]  # fmt: skip

    assert rank_cases(rich(1), FRAMEWORK, FEW) == rank_cases(rich(10**9), FRAMEWORK, FEW)


def test_every_mistake_at_once_and_where_it_is():
    one, other = evaluated(one=QUICK, other={})
    bare = result(costs={"work": cost()}, id="bare")
    files = ["a.yaml", "b.yaml", "c.yaml", "d.yaml"]
    assert codes([one, other, bare, one], names=files) == [
        ("case-without-answers", f"b.yaml.scores.{FRAMEWORK}"),
        ("case-without-answers", f"c.yaml.scores.{FRAMEWORK}"),
        ("ranked-twice", "d.yaml.id"),
    ]
    with pytest.raises(InvalidInput) as caught:
        rank_cases([one, one], FRAMEWORK, FEW, ["a.yaml", "b.yaml"])
    text = caught.value.problems[0].message("nl")
    assert "a.yaml" in text
    assert "b.yaml" in text
    assert codes([one]) == [("rank-needs-two-cases", "")]


def test_an_answer_that_nobody_knows_is_an_answer():
    found = ranked(one={"say": "unknown"}, other=QUICK)
    assert found.cases["one"].score is None
    assert found.reason == "nothing_in_common"


def test_frameworks_that_differ_are_refused(tmp_path):
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "own.yaml").write_text(OWN, encoding="utf-8")
    own = load_catalogue(tmp_path)
    one = evaluate(proposal("one", {"a": 3}, "readiness"), own)
    other = evaluate(proposal("other", {"trl": 3}, "readiness"))
    with pytest.raises(ValueError, match="different"):
        rank_cases([one, other], "readiness", FEW)


OWN = """
kind: frameworks
frameworks:
  readiness:
    title: Own
    source: rws-uitleg-trl
    origin: impactmonitor
    note: x
    groups: {g: {title: G}}
    indicators:
      a: {title: A, group: g, kind: qualitative, question: Q, horizon: short, scale: trl,
          domain: social}
"""
