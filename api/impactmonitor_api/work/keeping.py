"""Results that are kept: what went in, what came out, and whether it comes out again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose
from typing import Any

from pydantic import ValidationError

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.changes import plain
from impactmonitor.model.validation import problems_of
from impactmonitor.problems import InvalidInput
from impactmonitor.report.document import document

TOLERANCE = 1e-9
MOST_MOVED = 200
_WORDS = frozenset({"warnings"})
"""Parts of a result that hold no numbers of their own."""


@dataclass(frozen=True, slots=True)
class Input:
    """What goes into an evaluation.

    Attributes
    ----------
    case : Mapping
        As plain values.
    options : Mapping
        How it is evaluated: ``scenario``.
    language : {"nl", "en"}
        Of the titles and messages in the result; no number depends on it.
    """

    case: dict[str, Any]
    options: dict[str, Any]
    language: Language

    @property
    def text(self) -> str:
        """As it is kept: in the order of the case, which is the order of the result."""
        whole = {"case": self.case, "options": self.options, "language": self.language}
        return json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    @property
    def hash(self) -> str:
        """SHA-256 of the case and the options as JSON with sorted keys and without spaces.

        Examples
        --------
        >>> one = Input({"a": 1.0, "b": 2.0}, {}, "nl")
        >>> other = Input({"b": 2.0, "a": 1.0}, {}, "en")
        >>> one.hash == other.hash, one.hash[:12]
        (True, 'ffa435ca238d')
        """
        whole = {"case": self.case, "options": self.options}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that came out otherwise; None where it does not exist."""

    path: str
    then: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What came out of a kept input, beside what came out then.

    Attributes
    ----------
    compared : int
        How many numbers the kept result has.
    moved : tuple of Moved
        Those that differ by more than 1e-9 of themselves (and more than 1e-9).
    engine, catalogue : str
        With which it was worked out now.
    """

    compared: int
    moved: tuple[Moved, ...]
    engine: str
    catalogue: str


def input_of(case: Case, scenario: str | None, language: Language) -> Input:
    """What goes into the evaluation of a case."""
    return Input(plain(case), {"scenario": scenario}, language)


def input_from(text: str) -> Input:
    """The input as it was kept."""
    tree = json.loads(text)
    return Input(tree["case"], tree["options"], tree["language"])


def case_in(given: Input) -> Case:
    """The case of an input.

    Raises
    ------
    InvalidInput
        If this engine no longer reads it.
    """
    try:
        return Case.model_validate(given.case)
    except ValidationError as error:
        raise InvalidInput(problems_of(error, Case)) from None


def evaluated_input(given: Input, catalogue: Catalogue) -> Evaluation:
    """The result of an input.

    Raises
    ------
    InvalidInput, NotFound
        As ``case_in`` and ``evaluate`` raise them.
    """
    return evaluate(case_in(given), catalogue, scenario=given.options["scenario"])


def result_of(evaluation: Evaluation, language: Language) -> str:
    """A result as it is kept."""
    found = document(evaluation, language)
    return json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def recomputed(given: Input, result: str, catalogue: Catalogue) -> Recomputed:
    """Work a kept input out again, and hold it against the kept result.

    Parameters
    ----------
    given : Input
        As it was kept.
    result : str
        As it was kept. Numbers that only the result of now has are not compared: a later engine
        may tell more.
    catalogue : Catalogue
        With the additions of then.

    Raises
    ------
    InvalidInput, NotFound
        As ``evaluated_input`` raises them.
    """
    now = evaluated_input(given, catalogue)
    then = dict(numbers_in(json.loads(result)))
    found = dict(numbers_in(json.loads(result_of(now, given.language))))
    moved = tuple(
        Moved(path, value, found.get(path))
        for path, value in then.items()
        if not _is_same(value, found.get(path))
    )
    return Recomputed(len(then), moved, now.engine, now.catalogue_edition)


def _is_same(then: float | None, now: float | None) -> bool:
    if then is None or now is None:
        return then is now
    return isclose(then, now, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def numbers_in(node: Any, path: str = "") -> Iterator[tuple[str, float | None]]:
    """Every number of a result by its path, and every place where one does not exist.

    Examples
    --------
    >>> dict(numbers_in({"totals": {"costs": 3.0, "sroi": None}, "years": [{"year": 2025}]}))
    {'totals.costs': 3.0, 'totals.sroi': None, 'years.0.year': 2025}
    """
    if isinstance(node, dict | list):
        items = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in items:
            if path or key not in _WORDS:
                yield from numbers_in(value, f"{path}.{key}" if path else str(key))
    elif node is None or (isinstance(node, int | float) and not isinstance(node, bool)):
        yield path, node
