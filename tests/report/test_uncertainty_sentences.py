"""What the sentences about uncertainty say, and when they say it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.report.simulated import DRAWS, UNSURE, certain, unsure
from tests.small import cost, gain

from impactmonitor.report.sentences import headline
from impactmonitor.report.uncertainty_sentences import (
    Told,
    break_even,
    chance,
    choices,
    equally_good,
    is_varying,
    measure_first,
    spread,
    sure_headline,
)
from impactmonitor.uncertainty.results import Measurement, Simulation, Turning


def with_chance(share: float, **fields: Any) -> Simulation:
    simulation = unsure(**fields)
    net = replace(simulation.society.net, probability_positive=share)
    return replace(simulation, society=replace(simulation.society, net=net))


@pytest.mark.parametrize(
    ("share", "english", "dutch"),
    [
        (0.58, "In 58 of 100 calculated cases", "In 58 van de 100 doorgerekende gevallen"),
        (0.0, f"In none of the {DRAWS} calculated", f"In geen van de {DRAWS} doorgerekende"),
        (0.001, "In fewer than 1 of 100", "In minder dan 1 van de 100"),
        (0.006, "In 1 of 100", "In 1 van de 100"),
        (0.994, "In 99 of 100", "In 99 van de 100"),
        (0.999, "In more than 99 of 100", "In meer dan 99 van de 100"),
        (1.0, f"In all of the {DRAWS} calculated", f"In alle {DRAWS} doorgerekende"),
    ],
)
def test_the_chance_says_never_and_always_only_where_that_is_so(share, english, dutch):
    simulation = with_chance(share)
    for language, start, end in (
        ("en", english, "the benefits exceed the costs."),
        ("nl", dutch, "zijn de baten hoger dan de kosten."),
    ):
        said = chance(Told.of(simulation, language))
        assert said.startswith(start)
        assert share == 0.0 or said.endswith(end)


def test_the_chance_is_about_money_where_not_all_is_in_money():
    trees = {"quantity": 3, "monetised": False, "domain": "ecological", "unit": "tree"}
    simulation = with_chance(0.58, effects={**UNSURE["effects"], "trees": trees})
    assert "the benefits in EUR exceed" in chance(Told.of(simulation, "en"))
    assert "de baten in EUR hoger" in chance(Told.of(simulation, "nl"))


def test_the_headline_gains_its_chance():
    simulation = unsure()
    for language in ("nl", "en"):
        told = Told.of(simulation, language)
        said = sure_headline(told)
        assert said == f"{headline(simulation.evaluation, language)} {chance(told)}"


def test_the_spread_in_plain_words():
    said = spread(Told.of(unsure(), "en"))
    assert said.startswith("The net result: 9 of 10 cases lie between -€8")
    assert "9 van de 10 gevallen liggen tussen" in spread(Told.of(unsure(), "nl"))


def test_where_nothing_varies_that_is_said_and_no_chance():
    simulation = certain()
    told = Told.of(simulation, "nl")
    assert not is_varying(simulation)
    assert sure_headline(told) == headline(simulation.evaluation, "nl")
    assert spread(told).startswith("Geen enkel getal in deze casus heeft een bandbreedte.")
    assert spread(Told.of(simulation, "en")).startswith("No number in this case has a range")
    assert list(break_even(told)) == []


def test_where_only_a_variant_varies_there_is_something_to_show():
    change = {"costs.work.amount": {"uniform": [0, 1]}}
    assert is_varying(certain(alternatives={"other": {"changes": change}}))


def test_numbers_that_change_nothing_for_society():
    effect = gain(3, 50, cashable={"uniform": [0, 1]})
    told = Told.of(unsure(effects={"help": effect}), "en")
    assert told.important() == {}
    assert "it is €50.00 in every case" in spread(told)
    assert not any("turns the net result" in line for line in break_even(told))


def test_break_even_of_a_gain_and_of_a_loss():
    said = list(break_even(Told.of(unsure(), "en")))
    assert said[0] == (
        "Help: quantity: even at 10 fall the benefits still cover the costs; "
        "we expect 15 fall (1.5 fall to 28.5 fall)."
    )
    loss = list(break_even(Told.of(unsure(costs={"work": cost(200)}), "nl")))
    assert loss[0].startswith("Hulp: aantal: pas vanaf 20 val dekken de baten de kosten;")
    dear = {"work": cost({"uniform": [0, 1000]}), "more": cost(0)}
    down = list(break_even(Told.of(unsure(costs=dear), "en")))
    assert "work: amount: only at €150 or less do the benefits cover the costs" in down[0]


def test_break_even_of_who_pays():
    costs = {"work": cost(100, paid_by="insurer")}
    said = list(break_even(Told.of(unsure(costs=costs), "en")))
    assert 'For Insurer it breaks even if "Help: quantity" is 10 fall' in said[1]
    dutch = list(break_even(Told.of(unsure(costs=costs), "nl")))
    assert 'Voor Insurer is het quitte als "Hulp: aantal" 10 val is' in dutch[1]


def test_no_number_turns_the_result():
    said = list(break_even(Told.of(unsure(costs={"work": cost(1000)}), "en")))
    assert said[0].startswith("No uncertain number turns the net result of society")


def test_rate_and_horizon_that_turn_the_result():
    simulation = unsure(discount={"rate": 0.03})
    for shift, horizon, words in (
        (0.012, 3, ["1.2 percentage points higher", "over 3 years in place of 5"]),
        (-0.01, 1, ["1.0 percentage points lower", "over 1 year in place of 5"]),
        (-0.5, 5, []),  # a rate of -47 % says nothing, and the horizon is what it is
        (None, None, []),
    ):
        changed = replace(simulation, turning={"society": Turning(shift, horizon)})
        said = [x for x in break_even(Told.of(changed, "en")) if "Help" not in x]
        assert len(said) == len(words)
        assert all(word in line for word, line in zip(words, said, strict=True))


def test_the_best_choice():
    simulation = unsure()
    count = round(100 * simulation.net_present_value.probability_positive)
    said = list(choices(Told.of(simulation, "en")))
    best = f'Society: "This case" is expected to be best, and is best in {count} of 100 cases.'
    assert said[0] == best
    assert 'City: "Doing nothing" is expected to be best, and is best in all cases.' in said
    dutch = list(choices(Told.of(unsure(), "nl")))
    assert dutch[0].startswith('Samenleving: naar verwachting is "Deze casus" het beste')


def test_choices_that_are_equally_good():
    same = {"title": "The same", "changes": {"title": "Another title"}}
    simulation = unsure(alternatives={"same": same})
    assert equally_good(simulation.decisions["society"]) == ["case", "same"]
    said = list(choices(Told.of(simulation, "en")))
    assert '"This case" and "The same" are expected to be equally good' in said[0]
    nothing = simulation.decisions["society"]
    nothing = replace(nothing, expected=dict.fromkeys(nothing.options, 0.0))
    told = Told.of(replace(simulation, decisions={"society": nothing}), "nl")
    assert list(choices(told)) == ["Samenleving: alle keuzes zijn naar verwachting even goed."]


def test_a_decision_with_a_name_of_its_own():
    simulation = unsure(decisions={"go": {"options": ["case", "nothing"], "by": "insurer"}})
    assert any(line.startswith("go (Insurer): ") for line in choices(Told.of(simulation, "en")))


def test_what_to_measure_first():
    found = (
        Measurement(None, "effects.help.quantity", "society", 900.0, 100.0),
        Measurement("falls", None, "society", 500.0, None),
    )
    simulation = replace(unsure(), measure_next=found)
    assert measure_first(Told.of(simulation, "en")) == [
        "1. Help: quantity: €1,000. Measuring costs €100, which leaves €900.",
        "2. falls: €500.",
        "Where no cost of measuring is named, it still has to be taken off.",
    ]
    unknown = replace(simulation, measure_next=found[1:])
    assert measure_first(Told.of(unknown, "nl"))[-1].startswith("Wat meten kost, staat niet")
    known = replace(simulation, measure_next=found[:1])
    assert len(measure_first(Told.of(known, "nl"))) == 1
    assert measure_first(Told.of(replace(simulation, measure_next=()), "en")) == []
