"""One case as rows of the results: what it comes to, or what is to be mended in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import NamedTuple

from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.bulk.columns import SPREAD, SUMMARY, Row
from impactmonitor.bulk.parts import Item, writable
from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.case import SOCIETY
from impactmonitor.model.record import Text, in_language
from impactmonitor.problems import Problem, errors, warnings
from impactmonitor.uncertainty.results import Spread

DONE, REFUSED, NOT_SIMULATED = "done", "refused", "not-simulated"
"""What became of a case; one that could not be simulated still has its point results."""


class Rows(NamedTuple):
    """What the results hold of one case.

    Attributes
    ----------
    case : dict
        Its row.
    actors : list of dict
        A row for each actor, in the order of the case; none where it was refused.
    """

    case: Row
    actors: list[Row]


def without_case(item: Item, name: str | None, problems: Iterable[Problem]) -> Rows:
    """The row of a case that gives no result.

    Parameters
    ----------
    item : Item
        Where it stands.
    name : str or None
        Its id, as far as it can be read.
    problems : iterable of Problem
        What is to be mended.
    """
    return Rows(_place(item, name, REFUSED, problems), [])


def without_result(row: Row, problem: Problem) -> Row:
    """The row of a case that turns out not to be wanted, with why.

    Parameters
    ----------
    row : dict
        As it was.
    problem : Problem
        Comes after the problems that it already has.
    """
    kept = {key: row[key] for key in ("case", "file", "line")}
    found = [*(row["problems"] or []), *_written([problem], row["line"])]
    return {**kept, "status": REFUSED, "problems": found, "warnings": []}


def result(
    item: Item,
    evaluation: Evaluation,
    spreads: Mapping[str, Spread] | None = None,
    problems: Iterable[Problem] = (),
) -> Rows:
    """The rows of a case with a result.

    Parameters
    ----------
    item : Item
        Where it stands.
    evaluation : Evaluation
        Its point results.
    spreads : mapping from str to Spread, optional
        Distributions by party, where it was simulated.
    problems : iterable of Problem
        Why it could not be simulated.
    """
    case, found = evaluation.case, list(problems)
    row = _place(item, case.id, NOT_SIMULATED if found else DONE, [*found, *evaluation.warnings])
    row |= {
        **_titles(case.title, case.id),
        "currency": case.currency,
        "price_year": case.price_year,
        "base_year": case.base_year,
        "horizon": case.horizon,
        "discount_scheme": evaluation.appraised.resolved.scheme_id,
        **_totals(evaluation),
        **_spread(spreads, SOCIETY),
    }
    actors = [
        {
            "case": case.id,
            "actor": name,
            "kind": case.actors[name].kind,
            **_titles(case.actors[name].title, name),
            "currency": case.currency,
            **asdict(party),
            **_spread(spreads, name),
        }
        for name, party in evaluation.by_actor.items()
    ]
    return Rows(row, actors)


def _place(item: Item, name: str | None, status: str, problems: Iterable[Problem]) -> Row:
    found = list(problems)
    return {
        "case": name,
        "file": item.file,
        "line": item.line,
        "status": status,
        "problems": _written(errors(found), item.line),
        "warnings": [{"code": p.code, "path": writable(p.path)} for p in warnings(found)],
    }


def _written(problems: Iterable[Problem], line: int | None) -> list[Row]:
    """Problems as plain values."""
    found = problems if line is None else [_on_line(problem, line) for problem in problems]
    return [
        {
            "code": p.code,
            "path": writable(p.path),
            "line": p.line,
            "sheet": p.sheet,
            "cell": p.cell,
            **{f"message_{language}": writable(p.message(language)) for language in LANGUAGES},
        }
        for p in found
    ]


def _on_line(problem: Problem, line: int) -> Problem:
    """The problem of a case that is one line of a file: all of it is on that line."""
    params = {**problem.params, "line": line} if "line" in problem.params else problem.params
    return replace(problem, line=line, params=params)


def _titles(title: Text | None, name: str) -> Row:
    return {
        f"title_{language}": writable(in_language(title, language, name)) for language in LANGUAGES
    }


def _totals(evaluation: Evaluation) -> Row:
    found: Row = {}
    for name, value in evaluation.totals.items():
        if isinstance(value, InternalRate):
            found |= {name: value.value, f"{name}_reason": value.reason}
        else:
            found[name] = value
    return found


def _spread(spreads: Mapping[str, Spread] | None, party: str) -> Row:
    if spreads is None:
        return {}
    spread = spreads[party]
    return {
        f"{amount}_{name}": getattr(getattr(spread, amount), name)
        for amount in SPREAD
        for name in SUMMARY
    }
