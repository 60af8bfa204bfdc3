"""The one maker of the JSON object: every number of a result, under its public name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from impactmonitor.appraisal.metrics import Value
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.result import LineResult
from impactmonitor.evaluation.sureness import counted_numbers, numbers_of_cards
from impactmonitor.financing.result import Financing, financing_of
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.problems import Problem
from impactmonitor.report.financing_document import financing_document
from impactmonitor.report.scores_document import scores_document

if TYPE_CHECKING:
    from impactmonitor.uncertainty.results import Simulation

MOST_FINANCING_DRAWS = 65_536
"""Contracts are worked out year by year: more draws would take much memory and tell no more."""


def document(
    evaluation: Evaluation,
    language: Language = "en",
    simulation: Simulation | None = None,
    financing: Financing | None = None,
) -> dict[str, Any]:
    """A result as one object of plain values.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    language : {"nl", "en"}
        Of the titles and messages; numbers and names are the same in both.
    simulation : Simulation, optional
        The simulation of that result: adds ``uncertainty``, and what the draws warn of.
    financing : Financing, optional
        With an arrangement, if one was worked out; by default what follows from the result itself.

    Returns
    -------
    dict
        As ``impactmonitor evaluate CASE --json`` prints it; numbers are not rounded.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> result = evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml"))
    >>> document(result)["totals"]["benefits"]
    108002.0
    """
    case = evaluation.case
    return {
        "case": case.id,
        "title": in_language(case.title, language),
        "currency": case.currency,
        "price_year": case.price_year,
        "base_year": case.base_year,
        "horizon": case.horizon,
        "discount_scheme": evaluation.appraised.resolved.scheme_id,
        "scenario": evaluation.scenario,
        "engine": evaluation.engine,
        "catalogue": evaluation.catalogue_edition,
        **_results(evaluation),
        "domains": {
            name: {"costs": d.costs, "benefits": d.benefits, "net": d.net}
            for name, d in evaluation.domain_results().items()
        },
        "perspectives": {n: asdict(p) for n, p in evaluation.by_perspective.items()},
        "lines": {line.id: _line(line) for line in evaluation.line_results()},
        "years": [
            {
                "year": year.year,
                "costs": year.costs,
                "benefits": year.benefits,
                "actors": {
                    name: {"net": net, "cash_net": cash}
                    for name, (net, cash) in year.actors.items()
                },
            }
            for year in evaluation.year_results()
        ],
        "scenarios": {name: _results(e) for name, e in evaluation.scenarios.items()},
        "alternatives": {name: _results(e) for name, e in evaluation.alternatives.items()},
        "evidence": evaluation.evidence_results(),
        "sureness": _sureness(evaluation),
        "scores": scores_document(evaluation.scores),
        "unmonetised": _unmonetised(evaluation, language),
        "checks": [{"id": check.id, "passed": check.passed} for check in evaluation.checks],
        "financing": financing_document(financing or _financing(evaluation, simulation), language),
        **_doubts(evaluation, simulation, language),
    }


def _sureness(evaluation: Evaluation) -> dict[str, Any]:
    """What the result rests on, in numbers of figures."""
    numbers, assumed = counted_numbers(evaluation)
    return {
        "numbers": numbers,
        "assumed": assumed,
        "with_range": len(evaluation.appraised.compiled.inputs),
        "from_cards": numbers_of_cards(evaluation),
    }


def _financing(evaluation: Evaluation, simulation: Simulation | None) -> Financing:
    """What follows from the result itself, with the draws of its simulation where there is one."""
    if simulation is None:
        return financing_of(evaluation)
    draws = min(simulation.draws, MOST_FINANCING_DRAWS)
    return financing_of(evaluation, draws, simulation.seed, simulation.method)


def _doubts(
    evaluation: Evaluation, simulation: Simulation | None, language: Language
) -> dict[str, Any]:
    """What to look at, and how sure the result is where that was simulated."""
    if simulation is None:
        return {"warnings": problem_list(evaluation.warnings, language)}
    from impactmonitor.report.uncertainty_document import uncertainty_document

    return {
        "warnings": problem_list(simulation.warnings, language),
        "uncertainty": uncertainty_document(simulation, language),
    }


def problem_list(problems: Iterable[Problem], language: Language) -> list[dict[str, Any]]:
    """Problems as plain values, with their words in one language."""
    return [
        {
            "code": p.code,
            "path": p.path,
            "message": p.message(language),
            "hint": p.hint(language),
            "sheet": p.sheet,
            "cell": p.cell,
            "line": p.line,
        }
        for p in problems
    ]


def error_document(problems: Iterable[Problem], language: Language) -> dict[str, Any]:
    """What stands on standard output when there is no result."""
    found = list(problems)
    return {
        "errors": problem_list([p for p in found if p.severity == "error"], language),
        "warnings": problem_list([p for p in found if p.severity == "warning"], language),
    }


def _results(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "totals": {name: plain_value(value) for name, value in evaluation.totals.items()},
        "actors": {name: asdict(party) for name, party in evaluation.by_actor.items()},
    }


def plain_value(value: Value) -> Any:
    """A metric as plain values: a number, null, or an internal rate with its reason and roots."""
    if isinstance(value, InternalRate):
        return {"value": value.value, "reason": value.reason, "roots": list(value.roots)}
    return value


def _years(quantity: Mapping[int, float] | None) -> dict[str, float] | None:
    return None if quantity is None else {str(year): q for year, q in quantity.items()}


def _line(line: LineResult) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "domain": line.domain,
        "present_value": line.present_value,
        "quantity": _years(line.quantity),
        "discounted_quantity": line.discounted_quantity,
    }


def _unmonetised(evaluation: Evaluation, language: Language) -> list[dict[str, Any]]:
    case = evaluation.case
    return [
        {
            "id": line.id,
            "title": in_language(case.effects[line.id].title, language, line.id),
            "domain": line.domain,
            "unit": evaluation.appraised.resolved.effects[line.id].unit,
            "quantity": _years(line.quantity),
            "note": in_language(case.effects[line.id].note, language),
        }
        for line in evaluation.line_results()
        if line.id in case.effects and not case.effects[line.id].monetised
    ]
