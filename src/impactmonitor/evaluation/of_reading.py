"""Work something out from a case that was read, with every mistake found at once and placed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation.steps import find_problems
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


def all_warnings(reading: Reading, found: Iterable[Problem]) -> tuple[Problem, ...]:
    """What the reader noticed and what the result warns of, each with its line or cell."""
    return tuple(reading.placed([*reading.problems, *found]))
