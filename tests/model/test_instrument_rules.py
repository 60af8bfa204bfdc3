"""The rules for instruments."""

from __future__ import annotations

from typing import Any

import pytest
from tests.small import cost
from tests.small_instruments import ALL, GRANT, GUARANTEE, LOAN, LOSING, REVOLVING, STAKE, case

from impactmonitor.messages import LANGUAGES
from impactmonitor.model.financing import Instrument
from impactmonitor.model.instrument_rules import INSTRUMENT_RULES, NEEDED, OPTIONAL
from impactmonitor.model.rules import RULES, broken_rules

OF_KIND = {"grant": GRANT, "loan": LOAN, "equity": STAKE, "guarantee": GUARANTEE,
           "revolving-fund": REVOLVING}  # fmt: skip
ANYTHING: dict[str, Any] = {
    "to": "city", "amount": 1, "first_year": 2025, "rate": 0.01, "years": 2,
    "repayment": "linear", "grace": 0, "loss_year": 2025, "loss_share": 0.1, "dividend": 0.1,
    "exit_year": 2027, "exit_multiple": 1, "of": "plan", "cover": "first-loss", "share": 0.5,
    "limit": 10, "fee": 0.01, "rounds": 2,
}  # fmt: skip


def found(instruments: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    problems = broken_rules(case(instruments, **more))
    for problem in problems:
        for language in LANGUAGES:
            assert "{" not in problem.message(language) + problem.hint(language)
    return [(p.code, p.path) for p in problems]


def changed(kind: str, **fields: Any) -> dict[str, Any]:
    """An instrument of a kind with other fields; None takes one away."""
    whole = {**OF_KIND[kind], **fields}
    return {key: value for key, value in whole.items() if value is not None}


def test_all_of_them_are_asked() -> None:
    assert set(INSTRUMENT_RULES) <= set(RULES)


def test_instruments_of_every_kind_keep_the_rules() -> None:
    assert found(ALL) == []


@pytest.mark.parametrize(("kind", "field"), [(k, f) for k, names in NEEDED.items() for f in names])
def test_what_a_kind_needs(kind: str, field: str) -> None:
    one = changed(kind, **{field: None})
    assert ("instrument-needs", f"instruments.it.{field}") in found({"plan": LOAN, "it": one})


@pytest.mark.parametrize("kind", NEEDED)
def test_what_a_kind_has_not(kind: str) -> None:
    known = {*NEEDED[kind], *OPTIONAL[kind]}
    for field in set(ANYTHING) - known:
        one = changed(kind, **{field: ANYTHING[field]})
        assert found({"plan": LOAN, "it": one}) == [
            ("instrument-has-no", f"instruments.it.{field}")
        ], field


def test_every_field_belongs_to_a_kind() -> None:
    general = {"kind", "title", "note", "source", "from_"}
    assert {*ANYTHING, *general} == set(Instrument.model_fields)


@pytest.mark.parametrize(
    ("instruments", "code", "path"),
    [
        ({"it": {**LOAN, "from": "fnd"}}, "unknown-actor", "it.from"),
        ({"it": {**LOAN, "to": "cty"}}, "unknown-actor", "it.to"),
        ({"it": {**LOAN, "to": "fund"}}, "pays-itself", "it.to"),
        ({"it": {**LOAN, "grace": 4}}, "grace-too-long", "it.grace"),
        ({"it": {**REVOLVING, "grace": 1}}, "grace-too-long", "it.grace"),
        ({"it": {**LOAN, "loss_year": 2026}}, "loss-incomplete", "it.loss_share"),
        ({"it": {**LOAN, "loss_share": 0.5}}, "loss-incomplete", "it.loss_year"),
        ({"it": {**LOSING, "loss_year": 2024}}, "loss-outside-loan", "it.loss_year"),
        ({"it": {**LOSING, "loss_year": 2028}}, "loss-outside-loan", "it.loss_year"),
        ({"it": {**LOSING, "loss_year": 2025, "years": 1}}, "loss-in-one-year", "it.loss_year"),
        ({"it": {**STAKE, "exit_year": 2025, "first_year": 2026}}, "exit-before-start",
         "it.exit_year"),
        ({"it": {**LOAN, "first_year": 2024}}, "instrument-too-early", "it.first_year"),
        ({"it": {**LOAN, "first_year": 3024}}, "instrument-too-long", "it"),
        ({"it": {**REVOLVING, "years": 100, "rounds": 11}}, "instrument-too-long", "it"),
        ({"plan": LOAN, "it": {**GUARANTEE, "of": "pln"}}, "guarantee-of-no-loan", "it.of"),
        ({"plan": GRANT, "it": GUARANTEE}, "guarantee-of-no-loan", "it.of"),
        ({"plan": LOAN, "it": {**GUARANTEE, "from": "fund"}}, "guarantor-in-loan", "it.from"),
        ({"plan": LOAN, "it": {**GUARANTEE, "from": "city"}}, "guarantor-in-loan", "it.from"),
        ({"plan": LOAN, "it": {**GUARANTEE, "cover": "pari-passu"}}, "instrument-needs",
         "it.share"),
    ],
)  # fmt: skip
def test_what_parts_have_to_be_for_each_other(
    instruments: dict[str, Any], code: str, path: str
) -> None:
    assert found(instruments) == [(code, f"instruments.{path}")]


@pytest.mark.parametrize(
    "instruments",
    [
        {"it": {**LOAN, "grace": 3}},
        {"it": {**LOSING, "loss_year": 2025}},
        {"it": {**LOSING, "loss_year": 2027}},
        {"it": {**STAKE, "exit_year": 2025}},
        {"it": {**REVOLVING, "years": 100, "rounds": 10}},
        {"plan": LOAN, "it": {**GUARANTEE, "share": 0.8}},
        {"it": {**LOAN, "rate": -0.5}},
    ],
)
def test_what_is_just_allowed(instruments: dict[str, Any]) -> None:
    assert found(instruments) == []


def test_inflation_is_asked_for_once() -> None:
    two = {"plan": LOAN, "gift": GRANT}
    assert found(two, inflation=None) == [("inflation-missing", "instruments.plan")]
    nominal = {"work": cost(800, prices="nominal")}
    assert found(two, inflation=None, costs=nominal) == [("inflation-missing", "costs.work.prices")]


@pytest.mark.parametrize("section", ["costs", "effects", "transfers"])
def test_the_ids_of_legs_are_free(section: str) -> None:
    line = {
        "costs": cost(1),
        "effects": {"quantity": 1, "unit_value": 1, "falls_to": "city", "domain": "social"},
        "transfers": {"amount": 1, "from": "fund", "to": "city"},
    }[section]
    assert found({"plan": LOAN}, **{section: {"plan-interest": line}}) == [
        ("duplicate-leg", "instruments.plan")
    ]
    assert found({"plan": GRANT}, **{section: {"plan-interest": line}}) == []


def test_the_ids_of_legs_are_not_too_long() -> None:
    for kind, most in (("loan", 50), ("guarantee", 55)):
        fits, beyond = "a" * most, "a" * (most + 1)
        plan = {} if kind == "loan" else {"plan": LOAN}
        assert found({**plan, fits: OF_KIND[kind]}) == []
        assert found({**plan, beyond: OF_KIND[kind]}) == [
            ("instrument-id-too-long", f"instruments.{beyond}")
        ]
