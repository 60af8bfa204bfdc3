"""What checking a batch gives: intakes with their problems, gaps and flags, and what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.gaps import Gaps
from impactmonitor.model.case import About
from impactmonitor.model.record import Text
from impactmonitor.problems import Problem, errors
from impactmonitor.proposals.thresholds import Thresholds

AmountKind = Literal["number", "share", "money", "years", "ratio"]
SkipReason = Literal["lock-file", "hidden", "link", "other-kind", "too-deep", "excluded"]
AlikeKind = Literal["same-id", "same-content", "same-figures"]
UnjudgedReason = Literal["no-result", "no-population", "no-reach", "no-ratio", "too-few", "no-card"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that is compared, and what it counts.

    Attributes
    ----------
    value : float
        Shares are decimals.
    kind : {"number", "share", "money", "years", "ratio"}
        How it is written.
    unit : str
        Of the catalogue, or a currency; empty where it has none.
    """

    value: float
    kind: AmountKind = "number"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that an appraiser asks about; it may be right.

    Attributes
    ----------
    check : str
        Which check raised it; its words stand in the message catalogue under ``checking.checks``.
    path : str
        Where, in the applicant's own file.
    given : Amount or None
        The figure of the applicant; None where something is not stated at all.
    compared : tuple of Amount
        With what: nothing, one figure, or a lowest and a highest one.
    line_id, other_id : str or None
        The line that it is about, and another one that it has to do with.
    names : Mapping[str, str]
        What else the sentence names: a card, a value of the catalogue, a person who pays along.
    sheet, cell : str or None
        Place in a workbook.
    line : int or None
        Line of a text file, counted from 1.
    """

    check: str
    path: str
    given: Amount | None = None
    compared: tuple[Amount, ...] = ()
    line_id: str | None = None
    other_id: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A check that says nothing about a case, and why.

    Attributes
    ----------
    check : str
        Which one; empty for all of them.
    reason : str
        ``no-result`` (the file has mistakes), ``no-population``, ``no-reach`` (no effect says how
        many people), ``no-ratio`` (no benefits or no costs), ``too-few`` (cases of one kind),
        ``no-card`` (nothing to compare the size of the effects with).
    count, needed : int
        Cases there are and cases that are needed, for ``too-few``.
    """

    check: str
    reason: UnjudgedReason
    count: int = 0
    needed: int = 0


@dataclass(frozen=True)
class Intake:
    """One file of a batch.

    Attributes
    ----------
    file : str
        Its name within the folder, with ``/``.
    id : str or None
        Of the case; None where it could not be read.
    title : Text or None
        Of the case.
    about : About
        Who sent it and of what state it is, as far as that could be read.
    problems : tuple of Problem
        Errors and warnings, each with its line or its sheet and cell.
    evaluation : Evaluation or None
        None where the file has mistakes.
    gaps : Gaps or None
        What is missing; None without a result.
    numbers : tuple of int
        How many figures the case gives, and how many of them are assumed.
    flags : tuple of Flag
        What to ask, in the order of the checks.
    unjudged : tuple of Unjudged
        What could not be judged.
    """

    file: str
    id: str | None
    title: Text | None
    about: About
    problems: tuple[Problem, ...]
    evaluation: Evaluation | None = None
    gaps: Gaps | None = None
    numbers: tuple[int, int] = (0, 0)
    flags: tuple[Flag, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether there is a result."""
        return self.evaluation is not None

    @cached_property
    def mistakes(self) -> tuple[Problem, ...]:
        """The problems that prevent a result."""
        return tuple(errors(self.problems))

    @property
    def missing(self) -> int:
        """How many effects and answers miss something."""
        return 0 if self.gaps is None else len(self.gaps.effects) + len(self.gaps.answers)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why."""

    file: str
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Alike:
    """Files that are the same, or claim to be.

    Attributes
    ----------
    kind : {"same-id", "same-content", "same-figures"}
        ``same-content``: byte by byte. ``same-figures``: the same case under another id or title,
        or in another form.
    files : tuple of str
        Two or more.
    """

    kind: AlikeKind
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """What is usual among cases of one kind.

    Attributes
    ----------
    check : str
        For which check.
    unit, counts, currency : str
        Of people, which of them (``reached``, or an indicator), and in which money; empty for a
        ratio.
    indicator : str
        Of the effect that weighs most in these cases; empty for cases of every sort.
    count : int
        Cases, each different one once.
    median : float
        Of the cases.
    low, high : float or None
        Outside of which a case is far from the others; None where there are too few of them.
    """

    check: str
    unit: str
    counts: str
    currency: str
    indicator: str
    count: int
    median: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class CheckedBatch:
    """A folder with proposals, checked.

    Attributes
    ----------
    folder : str
        Its name.
    intakes : tuple of Intake
        Every file, by name.
    skipped : tuple of Skipped
        What was not read.
    alike : tuple of Alike
        Files that are the same.
    spreads : tuple of Spread
        What is usual in this batch.
    thresholds : Thresholds
        With which it was checked.
    catalogue_edition : str
        In which everything was looked up.
    """

    folder: str
    intakes: tuple[Intake, ...]
    skipped: tuple[Skipped, ...]
    alike: tuple[Alike, ...]
    spreads: tuple[Spread, ...]
    thresholds: Thresholds
    catalogue_edition: str
