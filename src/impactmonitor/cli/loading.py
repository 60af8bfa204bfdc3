"""Read a file and do something with its case, with every mistake found at once and placed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from impactmonitor.catalogue.collection import Catalogue
    from impactmonitor.catalogue.frameworks import Frameworks
    from impactmonitor.evaluation import Evaluation
    from impactmonitor.intake.reading import Reading
    from impactmonitor.model.case import Case

Result = TypeVar("Result")


def load_and_evaluate(
    case: Path, catalogues: list[Path] | None, scenario: str | None = None
) -> Evaluation:
    """Read and evaluate a file, with every mistake of form and content found at once.

    Raises
    ------
    InvalidInput, NotFound
        As ``load_case`` and ``evaluate`` raise them.
    """
    from impactmonitor.catalogue import load_catalogue
    from impactmonitor.evaluation.of_reading import evaluate_reading
    from impactmonitor.intake.reading import read_file

    reading = read_file(case)
    return evaluate_reading(reading, load_catalogue(*(catalogues or ())), scenario)


def load_and_evaluate_all(files: Sequence[Path], catalogue: Catalogue) -> list[Evaluation]:
    """Read and evaluate several files; what is to be mended in any of them is found at once.

    Parameters
    ----------
    files : sequence of Path
        Of the cases.
    catalogue : Catalogue
        Of all of them.

    Raises
    ------
    InvalidInput
        With every mistake, each with the file it is in before its path; of the kind that all
        files have if that is one kind.
    NotFound
        As ``load_case`` raises it, for the first file.
    """
    from impactmonitor.evaluation.of_reading import evaluate_reading
    from impactmonitor.intake.reading import read_file
    from impactmonitor.problems import InvalidInput, Problem

    found: list[Evaluation] = []
    problems: list[Problem] = []
    kinds: set[type[InvalidInput]] = set()
    for file in files:
        try:
            found.append(evaluate_reading(read_file(file), catalogue))
        except InvalidInput as invalid:
            kinds.add(type(invalid))
            problems += [problem.moved_to(str(file)) for problem in invalid.problems]
    if problems:
        kind = kinds.pop() if len(kinds) == 1 else InvalidInput
        raise kind(problems)
    return found


def load_and(
    file: Path, catalogues: list[Path] | None, work_out: Callable[[Case, Catalogue], Result]
) -> tuple[Result, Reading]:
    """What is worked out from a file, and how it was read.

    Parameters
    ----------
    file : Path
        Of the case.
    catalogues : list of Path or None
        Folders that add to the catalogue.
    work_out : callable
        Given the case and the catalogue.

    Raises
    ------
    InvalidInput, NotFound
        As ``load_case`` and ``work_out`` raise them.
    """
    from impactmonitor.catalogue import load_catalogue
    from impactmonitor.evaluation.of_reading import worked_out
    from impactmonitor.intake.reading import read_file

    reading = read_file(file)
    return worked_out(reading, load_catalogue(*(catalogues or ())), work_out), reading


def check_framework(name: str, frameworks: Frameworks) -> None:
    """Refuse a framework that there is not, or that asks no questions.

    Raises
    ------
    NotFound
        ``unknown-framework``.
    WrongUse
        ``framework-asks-nothing``.
    """
    from impactmonitor.cli.outcome import WrongUse
    from impactmonitor.problems import Problem

    if frameworks.named(name).purpose == "tags":
        raise WrongUse(Problem("framework-asks-nothing", params={"id": name}))
