"""Frameworks, and what to look at for a topic and a target group."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.catalogue.suggestions import load_suggestions
from impactmonitor.cli.outcome import WrongUse, console, print_json, remark
from impactmonitor.messages import Language
from impactmonitor.problems import NotFound, Problem, nearest
from impactmonitor.report.framework_document import framework_document, framework_summary
from impactmonitor.report.framework_screen import framework_list, framework_screen
from impactmonitor.report.searching import find_frameworks
from impactmonitor.report.suggestions import (
    Suggesting,
    suggested_document,
    suggested_screen,
    topics_document,
    topics_screen,
)

SUGGEST = "suggest"


def look_up_frameworks(
    words: str, language: Language, as_json: bool, catalogues: Sequence[Path] | None
) -> None:
    """Print the frameworks that have some words in them, or the one with an id as a whole.

    Raises
    ------
    NotFound
        If nothing is found.
    """
    frameworks = load_frameworks(*(catalogues or ()))
    found = find_frameworks(frameworks.frameworks.values(), words)
    if not found:
        params = {"words": words, "nearest": nearest(words, frameworks.frameworks)}
        raise NotFound(Problem("nothing-found", "", params))
    remark(frameworks.overrides, language)
    out = console()
    if found[0].id == words or (len(found) == 1 and words):
        asked = (frameworks, load_catalogue(*(catalogues or ())), found[0], language)
        if as_json:
            print_json([framework_document(*asked)])
            return
        for part in framework_screen(*asked):
            out.print(part)
    elif as_json:
        print_json([framework_summary(framework, language) for framework in found])
    else:
        for part in framework_list(found, language):
            out.print(part)


def suggest(
    words: Sequence[str],
    asked: tuple[str | None, str | None],
    language: Language,
    as_json: bool,
    catalogues: Sequence[Path] | None,
) -> None:
    """Print what is suggested for a topic and a target group; without both, what there is.

    Parameters
    ----------
    words : sequence of str
        Nothing, or only ``suggest``.
    asked : tuple of str or None
        Topic and target group.
    language : {"nl", "en"}
        Of the texts.
    as_json : bool
        Whether a program reads it.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.

    Raises
    ------
    WrongUse
        ``suggestions-need-both`` if only one of the two is given, ``suggestions-and-words`` if
        there are words to search for as well.
    NotFound
        If the topic or the target group is not known.
    """
    if list(words) not in ([], [SUGGEST]):
        raise WrongUse(Problem("suggestions-and-words", params={"words": " ".join(words)}))
    folders = catalogues or ()
    suggestions = load_suggestions(*folders)
    remark(suggestions.overrides, language)
    out = console()
    topic, group = asked
    if topic is None and group is None:
        if as_json:
            print_json(topics_document(suggestions, language))
            return
        for part in topics_screen(suggestions, language):
            out.print(part)
        return
    if topic is None or group is None:
        raise WrongUse(Problem("suggestions-need-both"))
    found = Suggesting(suggestions, load_catalogue(*folders), load_frameworks(*folders))
    if as_json:
        print_json(suggested_document(found, topic, group, language))
        return
    for part in suggested_screen(found, topic, group, language):
        out.print(part)
