"""The sentences of a report: the answer, how sure it is, and what it was computed with."""

from __future__ import annotations

from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.sureness import counted_numbers, numbers_of_cards
from impactmonitor.messages import Language
from impactmonitor.model.case import SOCIETY
from impactmonitor.report.words import Words

EVEN = 0.05
"""A net result within this share of the larger of costs and benefits is called about even: ours."""


def headline(evaluation: Evaluation, language: Language) -> str:
    """The answer in one or two sentences.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> result = evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml"))
    >>> headline(result, "en").split(":")[0]
    'Society gains'
    """
    words = Words(evaluation, language)
    costs, benefits = evaluation.amount("costs"), evaluation.amount("benefits")
    net = evaluation.amount("net_present_value")
    if costs == benefits == 0:
        kind = "nothing"
    elif abs(net) <= EVEN * max(abs(costs), abs(benefits)):
        kind = "even"
    else:
        kind = "gain" if net > 0 else "loss"
    apart = sum(not effect.monetised for effect in evaluation.case.effects.values())
    if apart and kind != "nothing":
        kind += "_partly"
    sentence = words.text(
        f"headline.{kind}",
        costs=words.money(costs),
        benefits=words.money(benefits),
        net=words.money(abs(net)),
        currency=evaluation.case.currency,
    )
    if apart:
        key = "headline.unmonetised_one" if apart == 1 else "headline.unmonetised"
        sentence += " " + words.text(key, count=apart, currency=evaluation.case.currency)
    return sentence


def sureness(evaluation: Evaluation, words: Words) -> str:
    """What the result rests on, in one or two sentences."""
    society = evaluation.by_perspective[SOCIETY]
    numbers, assumed = counted_numbers(evaluation)
    inputs = len(evaluation.appraised.compiled.inputs)
    sentence = words.text(
        "sureness.sentence",
        numbers=numbers,
        assumed=assumed,
        inputs=inputs,
        confirmed=words.money(society.benefits_confirmed),
        benefits=words.money(society.benefits),
    )
    of_cards = numbers_of_cards(evaluation)
    if of_cards:
        grades = ", ".join(
            words.text("sureness.grade", count=count, grade=_grade(grade, words))
            for grade, count in of_cards.items()
        )
        count = sum(of_cards.values())
        sentence += " " + words.text("sureness.cards", count=count, grades=grades)
    if inputs:
        likely = evaluation.amount("most_likely_net_present_value")
        sentence += " " + words.text("sureness.likely", net=words.money(likely))
    return sentence


def _grade(grade: str, words: Words) -> str:
    """A kind of evidence; what is proposed with a card is ours, and no assumption of the case."""
    key = "sureness.proposed" if grade == "assumption" else f"evidence.{grade}"
    return words.text(key)


def basis(evaluation: Evaluation, words: Words) -> str:
    """Price level, rate, horizon, status and versions, in one paragraph."""
    case, resolved = evaluation.case, evaluation.appraised.resolved
    ledger, steps = evaluation.appraised.ledger, resolved.schedules["standard"]
    slots = ledger.program.step_slot[: len(steps)]
    rates = []
    for i, (slot, step) in enumerate(zip(slots, steps, strict=True)):
        rate = words.percent(float(ledger.slots[slot, 0]))
        if len(steps) == 1:
            rates.append(rate)
        elif i == len(steps) - 1:
            rates.append(words.text("basis.after", rate=rate))
        else:
            rates.append(words.text("basis.step", rate=rate, until=f"{step.until:g}"))
    key = "basis.own_rate" if resolved.scheme_id is None else "basis.scheme"
    status = case.about.status if case.about and case.about.status else "none"
    return words.text(
        "basis.text",
        price_year=case.price_year,
        base_year=case.base_year,
        horizon=case.horizon,
        rate=words.text(key, scheme=resolved.scheme_id, rates=", ".join(rates)),
        status=words.text(f"status.{status}"),
        engine=evaluation.engine,
        catalogue=evaluation.catalogue_edition,
        checks=len(evaluation.checks),
    )
