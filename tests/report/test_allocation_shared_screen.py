"""The shared costs of a case on screen: what each would bear, and who then pays whom."""

from __future__ import annotations

import pytest
from tests.report.test_allocation_screen import flat, row, text
from tests.small import ACTORS, cost, gain, result

from impactmonitor import evaluate, load_case
from impactmonitor.financing.shared_costs import share_costs
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.allocation_shared_screen import shared_screen
from impactmonitor.resources import folder

LINES = {
    "title": {"nl": "Klein", "en": "Small"},
    "costs": {"work": cost(4000, title="The work")},
    "effects": {"gain": gain(1, 9000, falls_to={"insurer": 0.75, "people": 0.25})},
}


def shared(keys=None, lines=None, **fields):
    return share_costs(result(**{**LINES, **fields}), lines, keys)


def test_all_keys_side_by_side():
    found = text(shared_screen(shared(), "en"))
    assert found.splitlines()[0].strip() == "Small"
    assert "A joint cost of €4,000 (present value), to be shared by City, Insurer." in found
    assert "Shared cost lines: The work." in found
    assert row(found, "City") == ["4,000", "0", "2,000", "0"]
    assert row(found, "Insurer") == ["0", "6,750", "2,000", "4,000"]
    assert row(found, "People") == ["0", "2,250", "0", "0"]
    assert row(found, "Together") == ["4,000", "9,000", "4,000", "4,000"]
    assert "Too few costs are known to test" in " ".join(found.split())
    assert "Nobody pays more" not in found
    assert "From" not in found


def test_tests_that_can_be_done_are_shown():
    actors = {name: {**actor, "stand_alone": 1500} for name, actor in ACTORS.items()}
    found = text(shared_screen(shared(actors=actors), "en"), width=100)
    assert row(found, "Nobody pays more than alone")[:3] == ["no", "no", "no"]
    assert "Too few costs" not in found


def test_one_key_says_who_pays_whom():
    found = flat(shared_screen(shared(["equal"], discount={"rate": 0.05}), "en"))
    assert "Who then pays whom: equal shares" in found
    assert "From Insurer to City: €2,000, as €440 in each of 5 years." in found
    assert "Society's total stays the same" in found
    once = flat(shared_screen(shared(["equal"], horizon=1), "nl"))
    assert "Van Insurer naar City: € 2.000, in 2025." in once


def test_nobody_pays_where_each_bears_its_share():
    both = {"a": cost(100, paid_by="city"), "b": cost(100, paid_by="insurer")}
    found = flat(shared_screen(shared(["equal"], costs=both), "en"))
    assert "each already bears its share" in found


def test_what_is_missing_and_where_it_can_be_given():
    found = flat(shared_screen(shared(), "en"))
    assert "actors.city.stand_alone, actors.insurer.stand_alone." in found
    assert "impactmonitor allocate takes that from a file of its own" in found
    assert "allocate takes" not in flat(shared_screen(shared(["equal"]), "en"))
    assert "From" not in flat(shared_screen(shared(["shapley"]), "en"))


def test_warnings_and_the_scenario_are_said():
    fields = {**LINES, "costs": {"work": cost(4000), "help": cost(100, paid_by="people")}}
    fields["scenarios"] = {"dear": {"title": "Dear", "changes": {"costs.work.amount": 6000}}}
    from tests.small import case

    evaluation = evaluate(case(**fields), scenario="dear")
    found = flat(shared_screen(share_costs(evaluation), "en", evaluation.warnings))
    assert "Dear" in found
    assert "€6,100" in found
    assert '! actors.people: "people" may not be asked to pay' in found


def test_the_file_is_named():
    found = flat(shared_screen(shared(["equal"]), "en", written="out.yaml"))
    assert 'The case with these payments is in "out.yaml".' in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_of_an_example_is_not_cut(language):
    case = load_case(folder("examples") / "neighbourhood-prevention" / "case.yaml")
    for keys in (None, ["proportional_to_benefits"]):
        found = text(shared_screen(share_costs(evaluate(case), keys=keys), language))
        assert "…" not in found
        assert "{" not in found


def test_large_amounts_are_counted_in_thousands():
    actors = {n: {**a, "stand_alone": 5e11} for n, a in ACTORS.items()}
    found = text(shared_screen(shared(actors=actors, costs={"work": cost(4e11)}), "en"))
    assert "…" not in found
    assert row(found, "Together")[0] == "400,000"
