"""Report once a year: make the form, and add what comes back to the case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor import messages
from impactmonitor.cli.converting import FORMS, check_form, check_workbook, save_workbook
from impactmonitor.cli.files import write_whole
from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.cli.outcome import WrongUse, console, remark
from impactmonitor.intake.appending import Appended
from impactmonitor.intake.form_reading import Reported
from impactmonitor.intake.reports import added_to, read_reports
from impactmonitor.messages import Language
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.periods import Period, period_of
from impactmonitor.problems import InvalidInput, Problem, nearest

if TYPE_CHECKING:
    from impactmonitor.catalogue.collection import Catalogue
    from impactmonitor.evaluation import Evaluation
    from impactmonitor.model.case import Case


def make_form(
    file: Path,
    period: str,
    output: Path,
    catalogues: list[Path] | None,
    language: Language,
    reporter: str | None,
    is_forced: bool,
) -> None:
    """Write the form for one period of a case.

    Raises
    ------
    WrongUse
        ``unknown-period``, and what ``check_workbook`` raises.
    InvalidInput
        As ``load_and_evaluate`` and ``update_form`` raise them.
    """
    from impactmonitor.catalogue import load_catalogue

    check_workbook(output, is_forced)
    result = load_and_evaluate(file, catalogues)
    asked = _period(result.case, period)
    with console(is_error=True).status(messages.text("screen.making_workbook", language)):
        from impactmonitor.report.update_form import update_form

        catalogue = load_catalogue(*(catalogues or ()))
        data, count = update_form(result, catalogue, asked, language, reporter)
    write_whole(output, data, is_forced)
    key = "update.made.one" if count == 1 else "update.made.many"
    said = messages.text(key, language, file=output.name, count=count, period=asked.name)
    console().print(said, soft_wrap=True, markup=False)


def _period(case: Case, name: str) -> Period:
    own = monitoring_of(case).periods
    found = period_of(name, own)
    if found is None:
        params = {"id": name, "nearest": nearest(name, own)}
        raise WrongUse(Problem("unknown-period", "--period", params))
    return found


def add_measurements(
    file: Path,
    reports: Path,
    output: Path,
    catalogues: list[Path] | None,
    language: Language,
    is_approved: bool,
    is_forced: bool,
) -> None:
    """Add what was reported to a case, and write the case anew.

    Parameters
    ----------
    file, reports, output : Path
        Of the case; of a form that was filled in or a CSV file; and of the case with it.
    catalogues : list of Path or None
        Folders that add to the catalogue.
    language : {"nl", "en"}
        Of what is said.
    is_approved : bool
        Whether what is added counts as approved.
    is_forced : bool
        Whether a file that is already there may be replaced.

    Raises
    ------
    WrongUse
        As ``check_form`` does.
    InvalidInput
        With everything that is to be mended: in the case; or in what was reported, each with its
        sheet and cell or its line.
    """
    from impactmonitor.catalogue import load_catalogue

    check_form(output, is_forced)
    before = load_and_evaluate(file, catalogues)
    catalogue = load_catalogue(*(catalogues or ()))
    reported = read_reports(reports)
    appended = added_to(before.case, reported, catalogue, is_approved, language)
    result = _checked(appended, catalogue)
    if output.suffix.lower() in FORMS:
        write_whole(output, FORMS[output.suffix.lower()](result.case).encode(), is_forced)
    else:
        save_workbook(result, catalogues, output, language, is_forced)
    known = {(p.code, p.path) for p in before.warnings}
    new = [p for p in result.warnings if (p.code, p.path) not in known]
    remark([*reported.problems, *map(appended.located, new)], language)
    for line in said(before.case, reported, appended, language):
        console().print(line, soft_wrap=True, markup=False)


def _checked(appended: Appended, catalogue: Catalogue) -> Evaluation:
    """The result of the whole case, with mistakes in what was added at their place there."""
    from impactmonitor.evaluation import evaluate

    try:
        return evaluate(appended.case, catalogue)
    except InvalidInput as invalid:
        raise type(invalid)([appended.located(p) for p in invalid.problems]) from None


def said(before: Case, reported: Reported, appended: Appended, language: Language) -> list[str]:
    """What was done, in sentences."""

    def text(key: str, **params: object) -> str:
        return messages.text(f"update.added.{key}", language, **params)

    count = len(appended.added)
    lines = [text("one" if count == 1 else "many", count=count)]
    if appended.restated:
        lines.append(text("restated", ids=", ".join(appended.restated)))
    if appended.left_out:
        lines.append(text("left_out", count=appended.left_out))
    if reported.unanswered:
        lines.append(text("unanswered", count=reported.unanswered))
    if monitoring_of(before).lessons != monitoring_of(appended.case).lessons:
        lines.append(text("lessons", periods=", ".join(reported.lessons)))
    waiting = sum(one.record.status != "approved" for one in appended.added.values())
    if waiting:
        lines.append(text("waiting", count=waiting))
    return lines
