"""One file of a batch, read and evaluated as far as that goes; nothing that it holds stops it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.of_reading import evaluate_reading
from impactmonitor.intake.reading import Reading, read_file
from impactmonitor.model.case import Case
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, NotFound, Problem, errors

NET_WITH_DEADWEIGHT = "net-with-deadweight"


@dataclass(frozen=True, slots=True)
class ReadIntake:
    """A file as far as it could be read.

    Attributes
    ----------
    path : Path
        The file.
    digest : str
        Of its bytes; empty where they could not be read.
    reading : Reading or None
        None where it is no document at all.
    evaluation : Evaluation or None
        None where the file has mistakes. A deadweight on an effect that is net already is taken
        as 0: it is asked about, not refused.
    problems : tuple of Problem
        Errors and warnings, each with its place.
    twice : tuple of str
        Effects that are net and have a deadweight.
    """

    path: Path
    digest: str
    reading: Reading | None
    evaluation: Evaluation | None
    problems: tuple[Problem, ...]
    twice: tuple[str, ...] = ()

    @property
    def case(self) -> Case | None:
        """The case as it was written; with stand-ins where the file has mistakes."""
        return None if self.reading is None else self.reading.case

    def is_read(self, path: str) -> bool:
        """Whether what stands at a path of the case is really the file's own."""
        return self.reading is not None and path not in self.reading.broken


def read_intake(path: Path, catalogue: Catalogue) -> ReadIntake:
    """Read and evaluate one file; whatever is the matter with it becomes a problem.

    Parameters
    ----------
    path : Path
        A file of any size, by anybody.
    catalogue : Catalogue
        In which its references are looked up.

    Examples
    --------
    >>> from impactmonitor.catalogue.loading import load_catalogue
    >>> from impactmonitor.resources import folder
    >>> found = read_intake(folder("examples") / "perry-age-27" / "case.yaml", load_catalogue())
    >>> found.case.id, found.evaluation.totals["benefits"]
    ('perry-age-27', 108002.0)
    """
    digest, reading = "", None
    try:
        digest = _digest(path)
        reading = read_file(path)
        evaluation, twice = _evaluated(reading, catalogue)
    except InvalidInput as invalid:
        return ReadIntake(path, digest, reading, None, invalid.problems)
    except NotFound as missing:
        return ReadIntake(path, digest, reading, None, (missing.problem,))
    except OSError as error:
        params = {"file": path.name, "detail": error.strerror or type(error).__name__}
        return ReadIntake(path, digest, reading, None, (Problem("file-unreadable", params=params),))
    except Exception as error:  # noqa: BLE001  one applicant's file never stops the others
        params = {"kind": type(error).__name__, "file": path.name}
        return ReadIntake(path, digest, reading, None, (Problem("intake-failed", params=params),))
    return ReadIntake(path, digest, reading, evaluation, evaluation.warnings, twice)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _evaluated(reading: Reading, catalogue: Catalogue) -> tuple[Evaluation, tuple[str, ...]]:
    """The result, and the effects of which a deadweight was left out to get it."""
    try:
        return evaluate_reading(reading, catalogue), ()
    except InvalidInput as invalid:
        wrong = list(errors(invalid.problems))
        if reading.case is None or any(p.code != NET_WITH_DEADWEIGHT for p in wrong):
            raise
        twice = tuple(p.path.split(".")[1] for p in wrong)
        mended = _without_deadweight(reading.case, twice)
        found = Reading(mended, reading.problems, reading.broken, reading.document)
        return evaluate_reading(found, catalogue), twice


def _without_deadweight(case: Case, names: Iterable[str]) -> Case:
    update = {name: case.effects[name].model_copy(update={"deadweight": 0.0}) for name in names}
    return case.model_copy(update={"effects": FrozenDict({**case.effects, **update})})
