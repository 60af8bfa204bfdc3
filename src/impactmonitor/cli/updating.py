"""Report once a year: make the form, and add what comes back to the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor import messages
from impactmonitor.cli.converting import FORMS, check_form, check_workbook, save_workbook
from impactmonitor.cli.files import write_whole
from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.cli.outcome import WrongUse, console, remark
from impactmonitor.intake.appending import Appended, append, with_lessons
from impactmonitor.intake.form_reading import Placed, Reported, read_form
from impactmonitor.intake.measurements_csv import ENDING as CSV
from impactmonitor.intake.measurements_csv import read_measurements
from impactmonitor.intake.reading import WORKBOOK
from impactmonitor.messages import Language
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.periods import Period, period_of
from impactmonitor.problems import InvalidInput, Problem, errors, listed, nearest

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


def read_reports(path: Path) -> Reported:
    """Read a form or a CSV file with measurements, as far as it can be read.

    Raises
    ------
    NotFound, InvalidInput
        As ``read_form`` and ``read_measurements`` raise them.
    """
    ending = path.suffix.lower()
    if ending == WORKBOOK:
        return read_form(path)
    if ending != CSV:
        params: dict[str, object] = {"ending": path.suffix, "known": f"{WORKBOOK}, {CSV}"}
        raise InvalidInput([Problem("reports-file-kind", params=params)])
    found = read_measurements(path)
    pairs = zip(found.measurements, found.lines, strict=True)
    return Reported(tuple(Placed(record, line=line) for record, line in pairs), found.problems)


def added_to(
    case: Case, reported: Reported, catalogue: Catalogue, is_approved: bool, language: Language
) -> Appended:
    """A case with what was reported, once nothing in the file itself is left to mend.

    Raises
    ------
    InvalidInput
        ``form-of-another-case``, ``nothing-to-add``, and every mistake in the file; with those
        that what could be read makes against the rules for single records.
    """
    if reported.case not in (None, case.id):
        params = {"found": reported.case, "id": case.id}
        raise InvalidInput([Problem("form-of-another-case", params=params)])
    appended = append(case, reported.records, is_approved)
    wrong = [*errors(reported.problems), *appended.problems]
    if wrong:
        raise InvalidInput(listed([*wrong, *_of_single_records(appended, catalogue)]))
    if not reported.records:
        raise InvalidInput([Problem("nothing-to-add")])
    spoken = reported.language or language
    whole = with_lessons(appended.case, reported.lessons, "nl" if spoken == "nl" else "en")
    return replace(appended, case=whole)


def _of_single_records(appended: Appended, catalogue: Catalogue) -> Iterable[Problem]:
    """What is wrong with what was added, other than in how records fit together.

    A total whose part could not be read would seem to lack that part.
    """
    from impactmonitor.catalogue.monitored import monitored
    from impactmonitor.model.rules import broken_rules

    found = [*broken_rules(appended.case), *monitored(appended.case, catalogue)[1]]
    for problem in errors(found):
        located = appended.located(problem)
        if located is not problem:
            yield located


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
