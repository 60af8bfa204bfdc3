"""List what was measured: on screen, as CSV, or as one JSON object."""

from __future__ import annotations

from pathlib import Path

from impactmonitor import messages
from impactmonitor.cli.files import check_target, write_whole
from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.cli.outcome import console, print_json
from impactmonitor.intake.measurements_csv import ENDING as CSV
from impactmonitor.messages import Language


def list_measurements(
    file: Path,
    catalogues: list[Path] | None,
    output: Path | None,
    language: Language,
    as_json: bool,
    is_forced: bool,
) -> None:
    """Print the records of a case, or write them as CSV.

    Parameters
    ----------
    file : Path
        Of the case.
    catalogues : list of Path or None
        Folders that add to the catalogue.
    output : Path or None
        Of the CSV file.
    language : {"nl", "en"}
        Of what is shown.
    as_json : bool
        Whether a program reads it.
    is_forced : bool
        Whether a file that is already there may be replaced.

    Raises
    ------
    WrongUse
        As ``check_target`` does.
    InvalidInput, NotFound
        As ``load_and_evaluate`` raises them.
    """
    from impactmonitor.catalogue import load_catalogue
    from impactmonitor.catalogue.monitored import monitored
    from impactmonitor.measuring.people_records import hidden_records
    from impactmonitor.model.measurement_rules import monitoring_of
    from impactmonitor.report.measurements_csv import measurements_csv
    from impactmonitor.report.measurements_document import measurements_document
    from impactmonitor.report.measurements_screen import measurements_screen

    if output is not None:
        check_target(output, (CSV,), is_forced)
    case = load_and_evaluate(file, catalogues).case
    indicators, _ = monitored(case, load_catalogue(*(catalogues or ())))
    hidden = hidden_records(case, indicators)
    if output is not None:  # with the mark by which spreadsheets see that it is UTF-8
        write_whole(output, measurements_csv(case, hidden).encode("utf-8-sig"), is_forced)
    if as_json:
        print_json(measurements_document(case, hidden, language))
        return
    if output is None:
        for part in measurements_screen(case, indicators, hidden, language):
            console().print(part)
        return
    params = {"count": len(case.measurements) - len(hidden), "file": output.name}
    lines = [messages.text("update.table.saved", language, **params)]
    if hidden:
        under = monitoring_of(case).suppress_under
        lines.append(messages.text("update.table.hidden", language, under=under, count=len(hidden)))
    for line in lines:
        console().print(line, soft_wrap=True, markup=False)
