"""The models of the contract are those of the real answers: every field, and no other one."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from tests.financing.contracted import EFFECT, UNSURE, contracted
from tests.small_instruments import ALL, result

from impactmonitor import evaluate, load_case, load_catalogue, track
from impactmonitor.appraisal.bridge import bridge
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.arranging import Asked, arranged_financing
from impactmonitor.financing.contracts import contracts_of
from impactmonitor.financing.instruments import instruments_of
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.card_screen import card_document
from impactmonitor.report.contracts_document import contracts_document
from impactmonitor.report.difference import difference_document
from impactmonitor.report.document import document
from impactmonitor.report.entries import entry_document
from impactmonitor.report.framework_document import framework_document, framework_summary
from impactmonitor.report.instruments_document import instruments_document
from impactmonitor.report.track_document import track_document
from impactmonitor.resources import folder
from impactmonitor.uncertainty.simulation import simulate
from impactmonitor_api.contract import arrangements, results, simulations
from impactmonitor_api.contract.catalogue import IndicatorOut, SchemeOut, ValueOut
from impactmonitor_api.contract.contracts import ContractOut
from impactmonitor_api.contract.differences import Difference
from impactmonitor_api.contract.effect_cards import EffectCardOut
from impactmonitor_api.contract.frameworks import FrameworkOut, FrameworkSummary
from impactmonitor_api.contract.instruments import InstrumentsOut
from impactmonitor_api.contract.tracks import Track

NAMES = sorted(file.parent.name for file in folder("examples").glob("*/case.yaml"))


@cache
def evaluated(name: str) -> Evaluation:
    return evaluate(load_case(folder("examples") / name / "case.yaml"))


def agrees(model: Any, content: Any) -> None:
    """Every field is there and of its kind, none is unknown, and nothing is lost or changed."""
    text = json.dumps(content, allow_nan=False)
    found = model.model_validate_json(text).model_dump(mode="json", by_alias=True)
    written = json.loads(text)
    assert found == written, model.__name__


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_results(name, language):
    agrees(results.Evaluation, document(evaluated(name), language))


@pytest.mark.parametrize("name", NAMES)
def test_arrangements(name):
    result_ = evaluated(name)
    for draws in (0, 64):
        financing = arranged_financing(result_, Asked(draws=draws))
        agrees(arrangements.Arrangement, document(result_, "nl", financing=financing))


@pytest.mark.parametrize("name", NAMES)
def test_simulations(name):
    found = simulate(evaluated(name).case, draws=64)
    content = document(found.evaluation, "en", found)
    simulations.Simulation.model_validate_json(json.dumps(content, allow_nan=False))
    for one in content["uncertainty"]["measure_next"]:
        assert ("indicator" in one) != ("path" in one)


@pytest.mark.parametrize("name", NAMES)
def test_differences(name):
    shorter = evaluate(evaluated(name).case.model_copy(update={"horizon": 4}))
    moved = bridge(evaluated(name), shorter)
    agrees(Difference, difference_document(moved, "nl", every_line=True))


def test_instruments_and_contracts():
    agrees(InstrumentsOut, instruments_document(instruments_of(result(ALL)), "nl"))
    case = contracted(UNSURE, EFFECT, guarantee=50)
    agrees(ContractOut, contracts_document(contracts_of(evaluate(case), draws=64))["sib"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue(language):
    known = load_catalogue()
    for model, section in ((IndicatorOut, known.indicators), (ValueOut, known.values),
                           (SchemeOut, known.schemes)):  # fmt: skip
        for entry in section.values():
            agrees(model, entry_document(known, entry, language))
    for framework in known.frameworks.frameworks.values():
        agrees(FrameworkSummary, framework_summary(framework, language))
        agrees(FrameworkOut, framework_document(known.frameworks, known, framework, language))
    for card in known.effect_cards.cards.values():
        agrees(EffectCardOut, card_document(card, language))


def test_a_field_that_nobody_described_is_found():
    content = {**document(evaluated(NAMES[0])), "further": 1}
    with pytest.raises(ValueError, match="further"):
        agrees(results.Evaluation, content)


@pytest.mark.parametrize("reforecast", [False, True])
@pytest.mark.parametrize("as_of", [None, "2024"])
@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("-measured")])
def test_tracks(name, as_of, reforecast):
    case = evaluated(name).case
    tracked = track(case, as_of=as_of, reforecast=reforecast)
    _agrees_with_track(track_document(tracked, load_catalogue(), language="nl"))


def test_a_track_with_hidden_numbers():
    case = evaluated("exercise-classes-measured").case
    hiding = case.monitoring.model_copy(update={"suppress_under": 100})
    strict = case.model_copy(update={"monitoring": hiding})
    content = track_document(track(strict), load_catalogue())
    assert content["suppressed"]
    _agrees_with_track(content)


def _agrees_with_track(content: Any) -> None:
    """As ``agrees``, where marks of what is hidden stand only where something is."""
    text = json.dumps(content, allow_nan=False)
    found = Track.model_validate_json(text).model_dump(mode="json", exclude_unset=True)
    assert found == json.loads(text)
