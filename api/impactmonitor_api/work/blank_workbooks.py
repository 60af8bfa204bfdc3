"""Workbooks in which somebody still has to fill in a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, NotFound, Problem
from impactmonitor.report.workbook.file import blank_workbook_file
from impactmonitor.report.workbook.scores_asked import not_yet_answered
from impactmonitor.report.workbook.writing import BLANK_YEARS

REMEMBERED = 16
"""Making one takes seconds, and most people ask for the same one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a blank workbook has to have.

    Attributes
    ----------
    years, effects : int or None
        Columns for years and rows for effects, at least; None for the usual number.
    topic, group : str or None
        For what it suggests effects; both or neither.
    frameworks : tuple of str
        Whose questions it asks.
    """

    years: int | None = None
    effects: int | None = None
    topic: str | None = None
    group: str | None = None
    frameworks: tuple[str, ...] = ()


@lru_cache(REMEMBERED)
def blank_workbook(catalogue: Catalogue, language: Language, wanted: Wanted) -> bytes:
    """The bytes of a workbook, as ``impactmonitor template OUT.xlsx`` writes it.

    Raises
    ------
    InvalidInput
        ``topic-and-group``, ``unknown-topic``, ``unknown-target-group``, ``unknown-framework``,
        ``framework-asks-nothing``, each under its parameter; ``workbook-too-big``.
    """
    problems = [*_unsuggested(catalogue, wanted), *_unasked(catalogue, wanted.frameworks)]
    if problems:
        raise InvalidInput(problems)
    asked = not_yet_answered(wanted.frameworks, catalogue, language)
    has_both = wanted.topic is not None and wanted.group is not None
    chosen = (str(wanted.topic), str(wanted.group)) if has_both else None
    years, effects = wanted.years or BLANK_YEARS, wanted.effects or 0
    return blank_workbook_file(catalogue, language, years, effects, chosen, asked)


def _unsuggested(catalogue: Catalogue, wanted: Wanted) -> list[Problem]:
    """Why nothing can be suggested for a topic and a group."""
    if wanted.topic is None and wanted.group is None:
        return []
    if wanted.topic is None or wanted.group is None:
        return [Problem("topic-and-group", "group" if wanted.group is None else "topic")]
    try:
        catalogue.suggestions.suggested(wanted.topic, wanted.group)
    except NotFound as absent:
        is_topic = absent.problem.code == "unknown-topic"
        return [replace(absent.problem, path="topic" if is_topic else "group")]
    return []


def _unasked(catalogue: Catalogue, names: tuple[str, ...]) -> list[Problem]:
    """Why the questions of some frameworks cannot be asked."""
    problems = []
    for name in names:
        try:
            found = catalogue.frameworks.named(name)
        except NotFound as absent:
            problems.append(replace(absent.problem, path="frameworks"))
        else:
            if found.purpose == "tags":
                problems.append(Problem("framework-asks-nothing", "frameworks", {"id": name}))
    return problems
