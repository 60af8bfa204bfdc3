"""How a command ends: exit codes, and problems in words or as JSON."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, NotFound, Problem, errors, listed, warnings

if TYPE_CHECKING:
    from rich.console import Console

P = ParamSpec("P")
DEBUG = "IMPACTMONITOR_DEBUG"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    UNEXPECTED = 1
    WRONG_USE = 2
    INVALID_INPUT = 3
    CHECK_FAILED = 4
    NOT_FOUND = 5


class WrongUse(Exception):
    """A command that cannot be done as it was given, for one reason or several."""

    def __init__(self, problem: Problem, *others: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.problems = (problem, *others)


def default_language() -> Language:
    """The reader's language: IMPACTMONITOR_LANG, else Dutch where the machine speaks Dutch."""
    chosen = os.environ.get("IMPACTMONITOR_LANG", "")
    if chosen in messages.LANGUAGES:
        return "nl" if chosen == "nl" else "en"
    machine = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "nl" if (machine or "").startswith("nl") else "en"


def console(is_error: bool = False) -> Console:
    """Where a command writes; as wide as the terminal, or 100 columns into a file."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "100"))
    return Console(stderr=is_error, width=width, highlight=False, markup=False, emoji=False)


def print_json(value: Any) -> None:
    """One object on standard output; text that no terminal can show is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def reporting(command: Callable[P, None]) -> Callable[P, None]:
    """Turn what goes wrong in a command into its exit code and words in the reader's language.

    The command's own ``json`` and ``lang`` options say how.
    """

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        language = _language(kwargs.get("lang"))
        as_json = bool(kwargs.get("json"))
        try:
            command(*args, **kwargs)
        except InvalidInput as invalid:
            from impactmonitor.appraisal.checks import CheckFailed

            failed = isinstance(invalid, CheckFailed)
            report(invalid.problems, language, as_json, failed)
            sys.exit(Exit.CHECK_FAILED if failed else Exit.INVALID_INPUT)
        except WrongUse as wrong:
            report(wrong.problems, language, as_json)
            sys.exit(Exit.WRONG_USE)
        except NotFound as missing:
            report([missing.problem], language, as_json)
            sys.exit(Exit.NOT_FOUND)
        except Exception as error:
            if _is_meant(error) or os.environ.get(DEBUG):
                raise
            _apologise(error, language, as_json)
            sys.exit(Exit.UNEXPECTED)

    return wrapped


def _is_meant(error: Exception) -> bool:
    """Whether an exception is how a command ends, or how its reader stops reading."""
    import typer

    return isinstance(error, typer.Exit | typer.Abort | BrokenPipeError)


def _apologise(error: Exception, language: Language, as_json: bool) -> None:
    """Say in a sentence that the program failed, in place of a traceback."""
    problem = Problem("unexpected", params={"kind": type(error).__name__, "variable": DEBUG})
    if as_json:
        report([problem], language, as_json)
        return
    out = console(is_error=True)
    out.print(problem.message(language), style="bold")
    out.print(f"  {problem.hint(language)}")


def _language(chosen: object) -> Language:
    value = getattr(chosen, "value", chosen)
    return "nl" if value == "nl" else "en" if value == "en" else default_language()


def report(
    problems: Iterable[Problem], language: Language, as_json: bool, failed: bool = False
) -> None:
    """Say what is wrong: as one object on standard output, or in words on standard error."""
    found = list(problems)
    wrong = listed(errors(found))
    if as_json:
        from impactmonitor.report.document import error_document

        print_json(error_document([*wrong, *warnings(found)], language))
        return
    out = console(is_error=True)
    key = "failed" if failed else "error_one" if len(wrong) == 1 else "errors"
    out.print(messages.text(f"screen.problems.{key}", language, count=len(wrong)), style="bold")
    for problem in wrong:
        out.print(harmless(f"  {in_words(problem, language)}"))


def remark(problems: Iterable[Problem], language: Language) -> None:
    """Say on standard error what somebody should look at, although the command was done."""
    for problem in warnings(problems):
        console(is_error=True).print(harmless(f"! {in_words(problem, language)}"))


def in_words(problem: Problem, language: Language) -> str:
    """A problem in one line: where it is, what it is, and what can be done about it."""
    place = [problem.place] if problem.place else []
    if problem.line is not None:
        place.append(messages.text("screen.problems.line", language, line=problem.line))
    lead = f"{' · '.join(place)}: " if place else ""
    return f"{lead}{problem.message(language)} {problem.hint(language)}".rstrip()


def harmless(text: str) -> str:
    """A text without characters by which a file could steer the terminal of its reader."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
