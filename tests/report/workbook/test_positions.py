"""Proposals and tried-out payments in the cells are those of the engine."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pytest
from tests.report.workbook.comparing import TOLERANCE, differences, financing, size_of
from tests.report.workbook.trying_out import (
    EXAMPLES,
    LANGUAGES,
    OWN,
    after,
    result_of,
    shown,
    written_as,
)
from tests.soaking import crossed

from impactmonitor import evaluate, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.arrangement import arrange
from impactmonitor.intake.workbook.layout import At
from impactmonitor.intake.workbook.words import WORDS, word
from impactmonitor.messages import Language

EVERY = crossed((*EXAMPLES, OWN), LANGUAGES)


@cache
def without_agreements(name: str) -> Evaluation:
    """The result of an example in which nothing is forbidden or settled."""
    case = result_of(name).case.model_copy(update={"arrangement": None})
    return evaluate(case, load_catalogue())


def chosen(language: Language, name: str, whole: str) -> dict[At, Any]:
    choice = written_as(name, language).outcome.financing.choice
    return {choice: word("wholeness", whole, language)}


@pytest.mark.parametrize("whole", WORDS["wholeness"])
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_proposal_is_what_the_engine_arranges(
    name: str, language: Language, whole: str
) -> None:
    written, evaluation = written_as(name, language), without_agreements(name)
    cells = shown(written, after(written, chosen(language, name, whole)))
    asked: Any = None if whole == "default" else whole
    found = arrange(evaluation, asked)
    wanted = {
        f"{i}.{key}": value
        for i, position in enumerate(found.positions.values())
        for key, value in {
            "need": position.lacks, "capacity": position.spares, "pays": position.paid,
            "receives": position.received, "subsidy": position.subsidy,
        }.items()
    }  # fmt: skip
    assert wanted.keys() <= cells.keys()
    assert {key: pair for key, pair in differences(cells, wanted, 0).items()
            if pair[2] > TOLERANCE} == {}  # fmt: skip


def test_the_choices_differ() -> None:
    """Or the test above proves little."""
    choices: tuple[Any, ...] = (None, "value", "cash", "both")
    paid = [[p.paid for p in arrange(result_of(OWN), c).positions.values()] for c in choices]
    assert [round(sum(amounts), 6) for amounts in paid] == [1100, 400, 1200, 1300]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("name", "language"), [("neighbourhood-prevention", "nl"),
                                                ("fall-prevention-65plus", "en")])  # fmt: skip
def test_after_any_payments_everybody_holds_what_it_should(
    name: str, language: Language, seed: int
) -> None:
    written, evaluation, random = written_as(name, language), result_of(name), Random(seed)  # noqa: S311
    actors = list(evaluation.case.actors)
    whole = random.choice(WORDS["wholeness"])
    typed, paid = dict(chosen(language, name, whole)), []
    for cells in written.outcome.financing.payments:
        one = (random.choice(actors), random.choice(actors), random.choice([0, 5_000.0, 12e4, -3]))
        if random.random() < 0.4:
            one = random.choice([(None, *one[1:]), ("nobody", *one[1:]), (*one[:2], "much")])
        typed |= dict(zip(cells, one, strict=True))
        if one[0] in actors and one[0] != one[1] and not isinstance(one[2], str) and one[2] > 0:
            paid.append(one)
    assert paid
    found = shown(written, after(written, typed))
    asked: Any = None if whole == "default" else whole
    wanted = {
        key.removeprefix("financing."): value
        for key, value in financing(evaluation, asked, paid).items()
    }
    size = size_of(evaluation) + sum(amount for _, _, amount in paid)
    assert {k: f for k, f in differences(found, wanted, size).items() if f[2] > TOLERANCE} == {}
    assert (
        found["checks.zero"]
        == found["checks.same"]
        == {"nl": "in orde", "en": "in order"}[language]
    )


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_same_amount_every_year_is_that_of_the_engine(name: str, language: Language) -> None:
    written = written_as(name, language)
    cells = shown(written, written.values)
    for i, payment in enumerate(arrange(result_of(name)).payments):
        for amount in payment.by_year.values():
            assert cells[f"payments.{i}.yearly"] == pytest.approx(amount, rel=1e-9)


def test_rounding_of_large_amounts_is_nothing() -> None:
    """Somebody who gets back all that was lacked but for a hair is whole."""
    written = written_as("fall-prevention-65plus", "en")
    first = written.outcome.financing.payments[0]
    lacks = shown(written, written.values)["0.need"]
    for short, is_whole in ((lacks * 1e-10, True), (1.0, False)):
        typed: dict[At, Any] = {
            at: None for one in written.outcome.financing.payments for at in one
        }
        typed |= {first.giver: "insurer", first.receiver: "municipality",
                  first.amount: lacks - short}  # fmt: skip
        found = shown(written, after(written, typed))
        assert (found["0.whole"] == "whole") is is_whole
        assert (found["0.missing"] == 0) is is_whole
