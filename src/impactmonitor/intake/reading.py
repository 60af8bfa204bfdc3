"""Read a case file, with everything that is wrong in it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from impactmonitor.intake.repair import without_broken_parts
from impactmonitor.model.case import Case
from impactmonitor.model.rules import broken_rules
from impactmonitor.model.validation import problems_of
from impactmonitor.plain import MAX_BYTES, Document, read_json, read_yaml
from impactmonitor.problems import InvalidInput, NotFound, Problem, errors

READERS: dict[str, Callable[[bytes], Document]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
}


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
        return [p for p in problems if not any(p.rests_on(path) for path in self.broken)]

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems with the lines at which they stand."""
        return [
            p if p.line is not None else replace(p, line=self.document.line_of(p.path))
            for p in problems
        ]


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
    document = READERS[ending](data)
    tree = document.tree
    if not isinstance(tree, dict):
        raise InvalidInput([*document.problems, Problem("not-a-mapping", params={"value": "…"})])
    at_fault = [p.path for p in document.problems]
    try:
        return Reading(Case.model_validate(tree), document.problems, tuple(at_fault), document)
    except ValidationError as error:
        found = problems_of(error, Case)
        case, broken = without_broken_parts(tree, [p.path for p in found])
        found = [p for p in found if p.path not in at_fault]
        return Reading(case, (*document.problems, *found), (*at_fault, *broken), document)


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
    if not path.is_file():
        raise NotFound(Problem("file-not-found", params={"file": path.name}))
    if ending not in READERS:
        known = ", ".join(READERS)
        raise InvalidInput([Problem("file-kind", params={"ending": ending, "known": known})])
    if path.stat().st_size > MAX_BYTES:
        raise InvalidInput([Problem("file-too-large", params={"megabytes": MAX_BYTES // 10**6})])
    return read_case(path.read_bytes(), ending)


def load_case(path: Path | str) -> Case:
    """Load a case from a YAML or JSON file.

    Parameters
    ----------
    path : Path or str
        A file that ends in .yaml, .yml or .json.

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
        With every error found, each with its path and line.

    Examples
    --------
    >>> from impactmonitor.resources import folder
    >>> load_case(folder("examples") / "perry-age-27" / "case.yaml").id
    'perry-age-27'
    """
    reading = read_file(path)
    further = [] if reading.case is None else reading.further(broken_rules(reading.case))
    problems = reading.placed([*reading.problems, *further])
    if any(errors(problems)) or reading.case is None:
        raise InvalidInput(problems)
    return reading.case
