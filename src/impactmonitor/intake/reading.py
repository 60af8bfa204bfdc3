"""Read a case file, with everything that is wrong in it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from impactmonitor.intake.documents import READERS, mapping_in
from impactmonitor.intake.files import bytes_of, is_file
from impactmonitor.intake.repair import without_broken_parts
from impactmonitor.model.case import Case
from impactmonitor.model.rules import broken_rules
from impactmonitor.model.validation import problems_of
from impactmonitor.plain import Document
from impactmonitor.problems import (
    InvalidInput,
    NotFound,
    Problem,
    errors,
    is_inside,
    listed,
)

_KEEPS_THE_VALUE = frozenset({"yaml-anchor", "yaml-tag", "yaml-several-documents"})

MAX_WORK = 60_000
"""Lines in all scenarios and alternatives together; each variant counts as 50 lines more."""

_WORK_OF_A_VARIANT = 50

WORKBOOK = ".xlsx"


@dataclass(frozen=True)
class Reading:
    """A case file as far as it could be read.

    Attributes
    ----------
    case : Case or None
        The case; of a file with mistakes the rest of it, with harmless stand-ins, only good for
        finding further mistakes; None where nothing is left.
    problems : tuple of Problem
        What is wrong with the form of the document.
    broken : tuple of str
        Paths that stand-ins replace: what follows from them is no mistake of its own.
    document : Document
        Tree and lines.
    """

    case: Case | None
    problems: tuple[Problem, ...]
    broken: tuple[str, ...]
    document: Document

    def further(self, problems: Iterable[Problem]) -> list[Problem]:
        """Findings about the case that do not rest on a broken part of it."""
        return [p for p in problems if not any(_rests_on(p, path) for path in self.broken)]

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems with the lines or the cells at which they stand."""
        return [self.document.located(p) for p in problems]


def _rests_on(problem: Problem, broken: str) -> bool:
    """Whether a finding may be no more than a consequence of a broken part.

    It is about the broken part or something inside it, or one of its premises has to do with it.
    """
    return problem.rests_on(broken) or any(is_inside(broken, p) for p in problem.premises)


def read_case(data: bytes, ending: str) -> Reading:
    """Read the bytes of a case file.

    Parameters
    ----------
    data : bytes
        The whole file.
    ending : str
        ``.yaml``, ``.yml`` or ``.json``.

    Raises
    ------
    InvalidInput
        If the bytes are no such document at all.
    """
    return _read(READERS[ending](data))


def _read(document: Document) -> Reading:
    tree, refused = mapping_in(document), document.problems
    _insist_on_a_case(tree)
    mistakes = list(errors(refused))
    changed = tuple(p.path for p in mistakes if p.code not in _KEEPS_THE_VALUE)
    merging = {p.path.rpartition(".")[0] for p in refused if p.code == "yaml-merge-key"}
    try:
        case = Case.model_validate(tree)
    except ValidationError as error:
        found = problems_of(error, Case)
    else:
        return _bounded(Reading(case, refused, (*changed, *merging), document))
    places = {p.path for p in mistakes if p.code != "yaml-anchor"}
    own = [p for p in found if p.path not in places and not _is_merged(p, merging)]
    problems = tuple(listed([*refused, *own]))
    if any(p.code == "too-many-problems" for p in problems) or "" in merging:
        return Reading(None, problems, (), document)
    mended, broken = without_broken_parts(tree, [p.path for p in found])
    return _bounded(Reading(mended, problems, (*changed, *merging, *broken), document))


def _insist_on_a_case(tree: dict[str, Any]) -> None:
    """Refuse another kind of file of ours as a whole: its fields are no mistakes of a case."""
    if "impactmonitor" not in tree and "impactmonitor_portfolio" in tree:
        raise InvalidInput([Problem("portfolio-not-a-case")])
    if "impactmonitor" not in tree and "impactmonitor_policy" in tree:
        raise InvalidInput([Problem("policy-not-a-case")])


def _bounded(reading: Reading) -> Reading:
    """The reading, without its case where that has more variants than can be checked in time."""
    case = reading.case
    if case is None:
        return reading
    lines, variants = len(case.lines()), len(case.scenarios) + len(case.alternatives)
    if variants * (lines + _WORK_OF_A_VARIANT) <= MAX_WORK:
        return reading
    more = Problem("too-many-variants", params={"lines": lines, "variants": variants})
    return replace(reading, case=None, problems=(*reading.problems, more))


def _is_merged(problem: Problem, merging: set[str]) -> bool:
    """Whether a field is missing where the file meant to take over fields from elsewhere."""
    return problem.code == "missing-field" and problem.path.rpartition(".")[0] in merging


def read_file(path: Path | str) -> Reading:
    """Read a case file from disk.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is too large, no text, or of an unknown kind.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if not is_file(path):
        raise NotFound(Problem("file-not-found", params={"file": path.name}))
    if ending == WORKBOOK:
        from impactmonitor.intake.workbook.read import read_workbook

        return _read(read_workbook(path))
    if ending not in READERS:
        known = ", ".join([*READERS, WORKBOOK])
        raise InvalidInput([Problem("file-kind", params={"ending": ending, "known": known})])
    return read_case(bytes_of(path), ending)


def load_case(path: Path | str) -> Case:
    """Load a case from a YAML or JSON file, or from a case workbook.

    Parameters
    ----------
    path : Path or str
        A file that ends in .yaml, .yml, .json or .xlsx.

    Returns
    -------
    Case
        Of the right form and keeping its own rules. What it takes from the catalogue is looked
        up when it is evaluated.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        With every error found, each with its path and its line, or its sheet and cell.

    Examples
    --------
    >>> from impactmonitor.resources import folder
    >>> load_case(folder("examples") / "perry-age-27" / "case.yaml").id
    'perry-age-27'
    """
    return checked(read_file(path))


def checked(reading: Reading) -> Case:
    """The case of a reading in which nothing is wrong.

    Raises
    ------
    InvalidInput
        With every error of form, and every rule that the case breaks.
    """
    further = [] if reading.case is None else reading.further(broken_rules(reading.case))
    problems = reading.placed([*reading.problems, *further])
    if any(errors(problems)) or reading.case is None:
        raise InvalidInput(problems)
    return reading.case
