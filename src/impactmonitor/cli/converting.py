"""Cases as files of another kind: text, or a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor import messages
from impactmonitor.catalogue import load_catalogue
from impactmonitor.cli.files import check_target, write_whole
from impactmonitor.cli.loading import check_framework
from impactmonitor.cli.outcome import WrongUse, console, remark
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.reading import WORKBOOK, checked, read_file
from impactmonitor.intake.writing import to_json, to_yaml
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.problems import Problem

if TYPE_CHECKING:
    from impactmonitor.report.workbook.scores_asked import Asked
    from impactmonitor.uncertainty.results import Simulation

FORMS: Mapping[str, Callable[[Case], str]] = {
    ".yaml": to_yaml,
    ".yml": to_yaml,
    ".json": to_json,
}
"""How a case becomes a text, by the ending of the file."""


def check_workbook(path: Path, is_forced: bool) -> None:
    """Refuse a workbook that cannot be made, before any work is done for it."""
    check_target(path, (WORKBOOK,), is_forced)


def check_form(path: Path, is_forced: bool) -> None:
    """Refuse a file of a case that cannot be made."""
    check_target(path, (*FORMS, WORKBOOK), is_forced)


def chosen_of(
    topic: str | None, group: str | None, catalogues: list[Path] | None
) -> tuple[str, str] | None:
    """What a workbook suggests effects for; None if nothing was asked for.

    Raises
    ------
    WrongUse
        ``template-needs-both`` if only one of the two is given.
    NotFound
        If the topic or the target group is not known.
    """
    if topic is None and group is None:
        return None
    if topic is None or group is None:
        raise WrongUse(Problem("template-needs-both"))
    from impactmonitor.catalogue.suggestions import load_suggestions

    load_suggestions(*(catalogues or ())).suggested(topic, group)
    return topic, group


def asked_in(
    names: Sequence[str], catalogues: list[Path] | None, language: Language
) -> tuple[Asked, ...]:
    """The frameworks that a workbook asks about, without any answer yet.

    Raises
    ------
    NotFound
        If there is no such framework.
    WrongUse
        If one has no questions.
    """
    if not names:
        return ()
    from impactmonitor.report.workbook.scores_asked import not_yet_answered

    catalogue = load_catalogue(*(catalogues or ()))
    for name in names:
        check_framework(name, catalogue.frameworks)
    return not_yet_answered(names, catalogue, language)


def save_text(old: Path, new: Path, language: Language, is_forced: bool) -> None:
    """Write a case as text, and say what its reader noticed."""
    reading = read_file(old)
    case = checked(reading)
    write_whole(new, FORMS[new.suffix.lower()](case).encode(), is_forced)
    remark(reading.placed(reading.problems), language)


def save_workbook(
    result: Evaluation,
    catalogues: list[Path] | None,
    path: Path,
    language: Language,
    is_forced: bool,
    years: int = 0,
    effects: int = 0,
    simulation: Simulation | None = None,
    chosen: tuple[str, str] | None = None,
    frameworks: Sequence[str] = (),
) -> None:
    """Write the workbook of a result, and of its simulation if there is one."""
    with console(is_error=True).status(messages.text("screen.making_workbook", language)):
        from impactmonitor.report.workbook.file import workbook_of

        catalogue = load_catalogue(*(catalogues or ()))
        further = asked_in([n for n in frameworks if n not in result.scores], catalogues, language)
        data = workbook_of(result, catalogue, language, years, effects, simulation, chosen, further)
    write_whole(path, data, is_forced)


def save_blank(
    catalogues: list[Path] | None,
    path: Path,
    language: Language,
    is_forced: bool,
    years: int | None,
    effects: int | None,
    chosen: tuple[str, str] | None = None,
    frameworks: Sequence[str] = (),
) -> None:
    """Write a workbook in which somebody still has to fill in a case."""
    with console(is_error=True).status(messages.text("screen.making_workbook", language)):
        from impactmonitor.report.workbook.file import blank_workbook_file
        from impactmonitor.report.workbook.writing import BLANK_YEARS

        catalogue = load_catalogue(*(catalogues or ()))
        asked = asked_in(frameworks, catalogues, language)
        data = blank_workbook_file(
            catalogue, language, years or BLANK_YEARS, effects or 0, chosen, asked
        )
    write_whole(path, data, is_forced)
