"""Work something out from a case that was read, with every mistake found at once and placed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation.result import Evaluation
from impactmonitor.evaluation.steps import evaluate, find_problems
from impactmonitor.intake.reading import Reading
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput, Problem, errors

Result = TypeVar("Result")


def worked_out(
    reading: Reading, catalogue: Catalogue, work_out: Callable[[Case, Catalogue], Result]
) -> Result:
    """What is worked out from a case that was read.

    Parameters
    ----------
    reading : Reading
        Perhaps with mistakes of form; then what is wrong with its contents is found as well.
    catalogue : Catalogue
        In which the case's references are looked up.
    work_out : callable
        Given the case and the catalogue.

    Raises
    ------
    InvalidInput
        With every mistake of form and content, each with its line or its sheet and cell.
    NotFound
        As ``work_out`` raises it.

    Examples
    --------
    >>> from impactmonitor.catalogue import load_catalogue
    >>> from impactmonitor.evaluation import evaluate
    >>> from impactmonitor.intake.reading import read_file
    >>> from impactmonitor.resources import folder
    >>> reading = read_file(folder("examples") / "perry-age-27" / "case.yaml")
    >>> worked_out(reading, load_catalogue(), evaluate).totals["benefits"]
    108002.0
    """
    if any(errors(reading.problems)) or reading.case is None:
        further = find_problems(reading.case, catalogue) if reading.case is not None else []
        raise InvalidInput(reading.placed([*reading.problems, *reading.further(further)]))
    try:
        return work_out(reading.case, catalogue)
    except InvalidInput as invalid:
        raise type(invalid)(reading.placed(invalid.problems)) from None


def evaluate_reading(
    reading: Reading, catalogue: Catalogue, scenario: str | None = None
) -> Evaluation:
    """The result of a case that was read, with what its reader noticed among the warnings.

    Parameters
    ----------
    reading, catalogue
        As for `worked_out`.
    scenario : str or None
        Under which it is evaluated.

    Raises
    ------
    InvalidInput, NotFound
        As `worked_out` and `evaluate` raise them.

    Examples
    --------
    >>> from impactmonitor.catalogue.loading import load_catalogue
    >>> from impactmonitor.intake.reading import read_file
    >>> from impactmonitor.resources import folder
    >>> reading = read_file(folder("examples") / "perry-age-27" / "case.yaml")
    >>> evaluate_reading(reading, load_catalogue()).totals["benefits"]
    108002.0
    """

    def work_out(case: Case, known: Catalogue) -> Evaluation:
        return evaluate(case, known, scenario=scenario)

    found = worked_out(reading, catalogue, work_out)
    return replace(found, warnings=all_warnings(reading, found.warnings))


def all_warnings(reading: Reading, found: Iterable[Problem]) -> tuple[Problem, ...]:
    """What the reader noticed and what the result warns of, each with its line or cell."""
    return tuple(reading.placed([*reading.problems, *found]))
