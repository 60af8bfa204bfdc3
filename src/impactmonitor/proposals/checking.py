"""A folder with proposals, checked: who sent what, what is missing, and what to ask about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.evaluation.gaps import gaps_of
from impactmonitor.evaluation.sureness import counted_numbers
from impactmonitor.model.case import About
from impactmonitor.problems import InvalidInput, Problem, errors
from impactmonitor.proposals.alike import alike_files, repeated
from impactmonitor.proposals.batch_files import batch_files
from impactmonitor.proposals.checked import CheckedBatch, Flag, Intake, Unjudged
from impactmonitor.proposals.intake_reading import ReadIntake, read_intake
from impactmonitor.proposals.judged import Judged
from impactmonitor.proposals.plausibility import REACH_CHECKS, flags_of, unjudged_of
from impactmonitor.proposals.point_values import PointValues
from impactmonitor.proposals.spreads import (
    Compared,
    compared_figures,
    far_from_the_batch,
    spreads_of,
)
from impactmonitor.proposals.thresholds import THRESHOLDS, Thresholds

Progress = Callable[[int, int], None]
"""Called with the number of files that were read, and of all files."""


def check_batch(
    folder: Path | str,
    catalogue: Catalogue | None = None,
    thresholds: Thresholds = THRESHOLDS,
    progress: Progress | None = None,
    excluded: Collection[Path] = (),
) -> CheckedBatch:
    """Check every proposal in a folder, each by itself and beside the others.

    Parameters
    ----------
    folder : Path or str
        With case files as .yaml, .json or .xlsx, also in folders in it.
    catalogue : Catalogue, optional
        By default the one that comes with the package.
    thresholds : Thresholds
        From where on something is asked about: all of it ours.
    progress : callable, optional
        Told how many of the files were read.
    excluded : collection of Path
        Files that are no proposals.

    Returns
    -------
    CheckedBatch
        With an entry for every file; one that cannot be read holds its problems.

    Raises
    ------
    NotFound
        ``folder-not-found``.
    InvalidInput
        ``no-case-files``.

    Examples
    --------
    >>> from impactmonitor.resources import folder
    >>> batch = check_batch(folder("examples") / "warm-homes")
    >>> [(one.id, [flag.check for flag in one.flags]) for one in batch.intakes]
    [('warm-homes', ['double-count'])]
    """
    folder = Path(folder)
    catalogue = catalogue if catalogue is not None else load_catalogue()
    files, skipped = batch_files(folder, excluded)
    if not files:
        raise InvalidInput([Problem("no-case-files", params={"folder": folder.resolve().name})])
    names = [file.relative_to(folder).as_posix() for file in files]
    read: list[ReadIntake] = []
    for file in files:
        read.append(read_intake(file, catalogue))
        if progress is not None:
            progress(len(read), len(files))
    judged = [_judged(one, catalogue, thresholds) for one in read]
    flags = [[] if one is None else flags_of(one) for one in judged]
    figures = [[] if one is None else list(compared_figures(one)) for one in judged]
    again = repeated(read)
    kept = [_usual(figures[i], flags[i]) for i in range(len(read)) if i not in again]
    usual = [one for found in kept for one in found]
    spreads = spreads_of(usual, thresholds)
    intakes = tuple(
        _intake(
            names[i],
            read[i],
            judged[i],
            flags[i],
            list(far_from_the_batch(figures[i], usual, thresholds)),
        )
        for i in range(len(read))
    )
    found = tuple(spreads[key] for key in sorted(spreads))
    return CheckedBatch(
        folder.resolve().name,
        intakes,
        skipped,
        alike_files(read, names),
        found,
        thresholds,
        catalogue.edition,
    )


def _judged(one: ReadIntake, catalogue: Catalogue, thresholds: Thresholds) -> Judged | None:
    """What the checks look at; None for a file without a result."""
    if one.evaluation is None or one.case is None:
        return None
    points = PointValues(one.evaluation)
    twice = tuple(
        (name, points.of(f"effects.{name}.deadweight", one.case.effects[name].deadweight))
        for name in one.twice
    )
    return Judged(one.evaluation, catalogue, gaps_of(one.evaluation), thresholds, twice)


def _usual(figures: Sequence[Compared], flags: Sequence[Flag]) -> list[Compared]:
    """The figures of a case that help to say what is usual.

    Costs per person do not where the number of people is asked about.
    """
    is_doubtful = any(flag.check in REACH_CHECKS for flag in flags)
    return [one for one in figures if one.reach is None or not is_doubtful]


def _intake(
    name: str,
    one: ReadIntake,
    judged: Judged | None,
    own: Sequence[Flag],
    beside: Sequence[Flag | Unjudged],
) -> Intake:
    """One entry of the batch."""
    case = one.case
    has_id = case is not None and one.is_read("id")
    sender = Intake(
        file=name,
        id=case.id if case is not None and has_id else None,
        title=case.title if case is not None and one.is_read("title") else None,
        about=(case.about if case is not None else None) or About(),
        problems=_known(one),
    )
    if judged is None:
        return replace(sender, unjudged=(Unjudged("", "no-result"),))
    flags = [*own, *(each for each in beside if isinstance(each, Flag))]
    unjudged = [*unjudged_of(judged), *(each for each in beside if isinstance(each, Unjudged))]
    return replace(
        sender,
        evaluation=judged.evaluation,
        gaps=judged.gaps,
        numbers=counted_numbers(judged.evaluation),
        flags=tuple(_placed(flag, one) for flag in flags),
        unjudged=tuple(unjudged),
    )


def _known(one: ReadIntake) -> tuple[Problem, ...]:
    """Errors first: what has to be mended before anything else."""
    found = list(one.problems)
    return (*errors(found), *(each for each in found if each.severity != "error"))


def _placed(flag: Flag, one: ReadIntake) -> Flag:
    """A flag with its line, or its sheet and cell."""
    if one.reading is None:
        return flag
    (found,) = one.reading.placed([Problem("no-lines", flag.path)])  # only for its place
    return replace(flag, sheet=found.sheet, cell=found.cell, line=found.line)
