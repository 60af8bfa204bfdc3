"""Every printed number of every example unfolds to a source or to an assumption of the case."""

from __future__ import annotations

import math

import pytest

from impactmonitor import evaluate, load_case
from impactmonitor.problems import NotFound
from impactmonitor.report.document import document
from impactmonitor.report.explanation import explain, printed_paths
from impactmonitor.resources import folder

EXAMPLES = sorted(folder("examples").rglob("case.yaml"))
NETS = {"totals.net_present_value", "totals.costs", "totals.benefits"}


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda p: p.parent.name)
def evaluation(request):
    return evaluate(load_case(request.param))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_all_printed_numbers_reach_a_source_or_an_assumption(evaluation, language):
    paths = printed_paths(document(evaluation))
    assert len(paths) > 50
    for path in paths:
        found = explain(evaluation, path, language)
        if not found.parts:
            # a number without parts is an input itself, or a sum to which no line contributes
            assert found.origin or found.value in (0, None), path
        for part in found.parts:
            assert part["inputs"], (path, part["id"])
            for row in part["inputs"]:
                assert row["origin"].strip(), (path, row["path"])


def test_contributions_of_the_lines_add_up_to_the_number(evaluation):
    for path in printed_paths(document(evaluation)):
        found = explain(evaluation, path)
        is_sum = found.kind == "money" and found.parts and "equivalent" not in path
        if is_sum and not path.startswith("evidence"):
            total = math.fsum(part["contribution"] or 0.0 for part in found.parts)
            size = math.fsum(abs(part["contribution"] or 0.0) for part in found.parts)
            assert total == pytest.approx(found.value, rel=1e-9, abs=1e-9 * size), path


def test_value_is_the_one_in_the_document(evaluation):
    tree = document(evaluation)
    assert explain(evaluation, "totals.costs").value == tree["totals"]["costs"]
    actor = next(iter(tree["actors"]))
    assert explain(evaluation, f"actors.{actor}.net").value == tree["actors"][actor]["net"]


def test_unknown_number_is_not_found_with_the_nearest_name(evaluation):
    with pytest.raises(NotFound) as caught:
        explain(evaluation, "totals.net_present_valeu")
    assert caught.value.problem.params["nearest"] == "totals.net_present_value"
