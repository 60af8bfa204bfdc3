"""The one shape of an error or a warning: a code, a place, and what the sentence about it needs.

A problem holds no sentence. Its words stand in the message catalogue under its code, in Dutch
and in English, and are looked up when somebody reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import islice
from typing import Literal

from impactmonitor import messages
from impactmonitor.messages import Language

Severity = Literal["error", "warning"]
MAX_PROBLEMS = 200
_MAX_COMPARED = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or doubtful, and where.

    Parameters
    ----------
    code : str
        Stable name of the kind of problem, for example ``unknown-actor``. It is part of the
        public interface and the key of the sentences in the message catalogue.
    path : str
        Keys joined by dots, for example ``effects.fewer-falls.quantity``; empty for a whole file.
    params : Mapping[str, object]
        What the sentence names: the value found, the values allowed, the nearest name.
    severity : {"error", "warning"}
        An error means that there is no result.
    premises : tuple of str
        Paths on which this finding rests besides its own. When one of them is itself in error,
        this problem is only a consequence and is not reported (one problem per mistake).
    sheet, cell : str or None
        Place in a workbook.
    line : int or None
        Line in a text file, counted from 1.
    """

    code: str
    path: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"
    premises: tuple[str, ...] = ()
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None

    @property
    def place(self) -> str:
        """Where it is: a cell of a workbook, or the path; empty for a whole file."""
        if self.sheet is None:
            return self.path
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def message(self, language: Language) -> str:
        """What is wrong, in one sentence."""
        return messages.text(f"problems.{self.code}.message", language, **self.params)

    def hint(self, language: Language) -> str:
        """What the reader can do about it; empty when there is nothing to do."""
        key = f"problems.{self.code}.hint"
        if self.params.get("nearest") == "" and messages.has(f"{key}_without_nearest"):
            key += "_without_nearest"
        return messages.text(key, language, **self.params)

    def rests_on(self, path: str) -> bool:
        """Whether the finding is about ``path``, something inside it, or a premise inside it."""
        return any(is_inside(place, path) for place in (self.path, *self.premises))

    def is_inside_any(self, paths: Iterable[str]) -> bool:
        """Whether the place of the finding lies in one of these."""
        return any(is_inside(self.path, path) for path in paths)

    def moved_to(self, prefix: str) -> Problem:
        """The same problem in a document that stands under ``prefix`` of another one."""
        return replace(self, path=f"{prefix}.{self.path}" if self.path else prefix)


def is_inside(path: str, ancestor: str) -> bool:
    """Whether ``path`` is ``ancestor`` or lies below it."""
    return path == ancestor or path.startswith(f"{ancestor}.")


class InvalidInput(Exception):
    """Input that gives no result, with every error found in it.

    Attributes
    ----------
    problems : tuple of Problem
        All errors, and the warnings found on the way, in the order of the document.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = (f"{p.path or '-'}: {p.message('en')}" for p in errors(self.problems))
        return "\n".join(lines)


class NotFound(Exception):
    """A file or an id that somebody asked for by name does not exist."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message("en"))


def errors(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems that prevent a result."""
    return (p for p in problems if p.severity == "error")


def warnings(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems that do not prevent a result."""
    return (p for p in problems if p.severity == "warning")


def listed(problems: Iterable[Problem]) -> list[Problem]:
    """The first 200 problems and, where there are more, one that says so; the rest is not made.

    Examples
    --------
    >>> [p.code for p in listed([Problem("no-lines")])]
    ['no-lines']
    >>> listed(Problem("no-lines", str(i)) for i in range(300))[-1].code
    'too-many-problems'
    """
    found = list(islice(problems, MAX_PROBLEMS + 1))
    if len(found) <= MAX_PROBLEMS:
        return found
    more = Problem("too-many-problems", params={"count": MAX_PROBLEMS})
    return [*(p for p in found[:MAX_PROBLEMS] if p.code != more.code), more]


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name``, or an empty text when none is near."""
    compared = list(islice(known, _MAX_COMPARED))
    return next(iter(get_close_matches(name[:_MAX_COMPARED], compared, n=1, cutoff=0.6)), "")
