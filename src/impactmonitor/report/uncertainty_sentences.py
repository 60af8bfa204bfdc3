"""The sentences about how sure a result is: its chance, what turns it, what to measure first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.model.case import NOTHING, SOCIETY, THE_CASE
from impactmonitor.model.record import in_language
from impactmonitor.report.input_names import InputNames
from impactmonitor.report.sentences import headline
from impactmonitor.report.words import Words
from impactmonitor.uncertainty.results import DecisionResult, InputResult, Measurement, Simulation

MOST_SENTENCES = 5
ROUNDING = 1e-12


@dataclass(frozen=True)
class Told:
    """A simulation with the words for it.

    Attributes
    ----------
    simulation : Simulation
    words : Words
        Of its point estimate.
    names : InputNames
        Of its uncertain numbers.
    """

    simulation: Simulation
    words: Words
    names: InputNames

    @classmethod
    def of(cls, simulation: Simulation, language: messages.Language) -> Told:
        """In one language."""
        words = Words(simulation.evaluation, language)
        return cls(simulation, words, InputNames(simulation.evaluation, words))

    def text(self, key: str, **params: object) -> str:
        """A text about uncertainty."""
        return messages.text(f"uncertainty.{key}", self.words.language, **params)

    def party(self, name: str) -> str:
        """An actor, a perspective or society."""
        is_actor = name in self.simulation.evaluation.case.actors
        return self.words.actor(name) if is_actor else self.words.perspective(name)

    def option(self, name: str) -> str:
        """What a decision can choose."""
        if name in (THE_CASE, NOTHING):
            return self.text(f"choice.{name}")
        title = self.simulation.evaluation.case.alternatives[name].title
        return in_language(title, self.words.language, name)

    def chance(self, share: float) -> str:
        """A share of the draws in a table."""
        return self.text(f"cell.{_degree(share)}", count=_of_hundred(share))

    def often(self, share: float) -> str:
        """A share of the draws in a sentence."""
        return how_often(share, self.words.language)

    def important(self) -> dict[str, InputResult]:
        """The uncertain numbers that change the result, the most important ones first."""
        found = self.simulation.inputs.items()
        moving = [
            (path, one) for path, one in found if one.total > 0 or one.tornado[0] != one.tornado[1]
        ]
        return dict(sorted(moving, key=lambda item: -max(item[1].total, item[1].first_order)))


def how_often(share: float, language: Language) -> str:
    """A share of the draws in a sentence: never and always only where that is so in truth.

    Examples
    --------
    >>> how_often(0.94, "en")
    'in 94 of 100 cases'
    """
    key = f"uncertainty.often.{_degree(share)}"
    return messages.text(key, language, count=_of_hundred(share))


def _of_hundred(share: float) -> int:
    return round(100 * share)


def _degree(share: float) -> str:
    """How often: never and always only where that is so in truth."""
    if share in (0, 1):
        return "all" if share else "none"
    return {0: "few", 100: "most"}.get(_of_hundred(share), "some")


def is_varying(simulation: Simulation) -> bool:
    """Whether any number of the case, or of a variant of it, is uncertain."""
    evaluation = simulation.evaluation
    others = (*evaluation.scenarios.values(), *evaluation.alternatives.values())
    return any(each.appraised.compiled.inputs for each in (evaluation, *others))


def sure_headline(told: Told) -> str:
    """The answer in some sentences, with its chance.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> from impactmonitor.uncertainty.simulation import simulate
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> sure_headline(Told.of(simulate(case, draws=8), "en")).partition(":")[0]
    'Society gains'
    """
    sentence = headline(told.simulation.evaluation, told.words.language)
    if not told.simulation.evaluation.appraised.compiled.inputs:
        return sentence
    return f"{sentence} {chance(told)}"


def chance(told: Told) -> str:
    """In how many of the calculated cases society gains."""
    simulation = told.simulation
    case, share = simulation.evaluation.case, simulation.net_present_value.probability_positive
    is_partly = any(not effect.monetised for effect in case.effects.values())
    key = f"chance.{_degree(share)}" + ("_partly" if is_partly else "")
    return told.text(
        key,
        count=_of_hundred(share),
        draws=told.words.number(simulation.draws, 0),
        currency=case.currency,
    )


def spread(told: Told) -> str:
    """Between which amounts the net result lies, or that nothing varies."""
    simulation, words = told.simulation, told.words
    net = simulation.net_present_value
    if not simulation.evaluation.appraised.compiled.inputs:
        return told.text("range.only_variants" if is_varying(simulation) else "range.nothing")
    if net.p05 == net.p95 and not net.sd > 0:
        return told.text("range.same", net=words.money(net.mean))
    low, high, mean = (words.money(x) for x in (net.p05, net.p95, net.mean))
    sentence = told.text("range.between", low=low, high=high, mean=mean)
    if simulation.uses_value_ranges:
        sentence += " " + told.text("range.values")
    return sentence


def break_even(told: Told) -> Iterator[str]:
    """Where single numbers would turn the result of society, and of who pays."""
    important = told.important()
    turning = [path for path, one in important.items() if one.switching_value is not None]
    for path in turning[:MOST_SENTENCES]:
        yield _of_society(told, path, important[path])
    if not turning and important:
        yield told.text("break_even.never")
    yield from _of_payers(told, important)
    yield from _of_rate_and_horizon(told)


def _numbers(told: Told, path: str, one: InputResult, value: float) -> dict[str, str]:
    numbers = {"value": value, "expected": one.expected, "low": one.low, "high": one.high}
    written = {name: told.names.value(path, number) for name, number in numbers.items()}
    return {"name": told.names.title(path), **written}


def _of_society(told: Told, path: str, one: InputResult) -> str:
    value = one.switching_value
    assert value is not None
    if told.simulation.evaluation.amount("net_present_value") >= 0:
        key = "gain"
    else:
        key = "loss_up" if value > one.expected else "loss_down"
    return told.text(f"break_even.{key}", **_numbers(told, path, one, value))


def _of_payers(told: Told, important: Mapping[str, InputResult]) -> Iterator[str]:
    """For everyone who pays, the most important number that turns their result."""
    payers = dict.fromkeys(name for one in important.values() for name in one.switching_of_payers)
    for payer in payers:
        for path, one in important.items():
            value = one.switching_of_payers.get(payer)
            if value is not None:
                numbers = _numbers(told, path, one, value)
                yield told.text("break_even.payer", actor=told.party(payer), **numbers)
                break


def _of_rate_and_horizon(told: Told) -> Iterator[str]:
    """What discount rate and horizon would turn the result of society."""
    turning = told.simulation.turning.get(SOCIETY)
    if turning is None:
        return
    if turning.rate and _lowest_rate(told) + turning.rate >= 0:
        where = told.text("break_even." + ("higher" if turning.rate > 0 else "lower"))
        points = told.words.number(abs(100 * turning.rate), 1)
        yield told.text("break_even.rate", points=points, where=where)
    horizon = told.simulation.evaluation.case.horizon
    if turning.horizon is not None and turning.horizon != horizon:
        key = "break_even.horizon_one" if turning.horizon == 1 else "break_even.horizon"
        yield told.text(key, years=turning.horizon, horizon=horizon)


def _lowest_rate(told: Told) -> float:
    """The lowest discount rate of the case: a shift that makes it negative says nothing."""
    appraised = told.simulation.evaluation.appraised
    slots = appraised.ledger.slots[appraised.ledger.program.step_slot, 0]
    return float(slots.min()) if slots.size else 0.0


def choices(told: Told) -> Iterator[str]:
    """For each decision the option that is expected to be best."""
    for name, found in told.simulation.decisions.items():
        by = told.party(found.by)
        title = by if name == found.by else f"{name} ({by})"
        best = equally_good(found)
        options = [told.option(option) for option in best]
        if len(best) == len(found.options):
            yield told.text("choice.all_equal", by=title)
        elif len(best) > 1:
            first = '", "'.join(options[:-1])
            both = told.text("choice.and", first=first, last=options[-1])
            yield told.text("choice.equal", by=title, options=both)
        else:
            often = told.often(found.probability_best[found.best])
            yield told.text("choice.sentence", by=title, option=options[0], often=often)


def equally_good(decision: DecisionResult) -> list[str]:
    """The options with the highest expected net value; rounding makes none better."""
    highest = decision.expected[decision.best]
    size = max(abs(value) for value in decision.expected.values())
    return [o for o in decision.options if highest - decision.expected[o] <= ROUNDING * size]


def measure_first(told: Told) -> list[str]:
    """What is worth measuring before deciding, the most valuable first, and what that leaves out.

    Empty where nothing is worth it.
    """
    found = told.simulation.measure_next[:MOST_SENTENCES]
    lines = [_measurement(told, place, one) for place, one in enumerate(found, start=1)]
    unknown = sum(one.measuring_cost is None for one in found)
    if unknown:
        key = "measure.no_cost" if unknown == len(found) else "measure.some_cost"
        lines.append(told.text(key))
    return lines


def what_to_measure(told: Told, one: Measurement) -> str:
    """An indicator, or a number that belongs to none."""
    if one.indicator is not None:
        return told.names.indicator(one.indicator)
    return told.names.title(one.path or "")


def _measurement(told: Told, place: int, one: Measurement) -> str:
    cost, name, money = one.measuring_cost, what_to_measure(told, one), told.words.money
    if cost is None:
        return told.text("measure.line", place=place, name=name, worth=money(one.value))
    amounts = {"worth": money(one.value + cost), "cost": money(cost), "value": money(one.value)}
    return told.text("measure.line_cost", place=place, name=name, **amounts)
