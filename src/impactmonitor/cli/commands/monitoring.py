"""Commands on what really happened: plan against result, forecasts, and how good they were."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import CaseFile, Catalogues, Force, Json, LangOption
from impactmonitor.cli.outcome import reporting


@app.command(
    epilog="Examples: impactmonitor track my-case.yaml --as-of 2027 · "
    "impactmonitor track my-case.yaml --as-of 2027Q4 --reforecast --excel report.xlsx"
)
@reporting
def track(
    case: CaseFile,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="PERIOD",
            help="Up to when: a year, quarter, month or own period; by default the last "
            "year that was measured.",
        ),
    ] = None,
    reforecast: Annotated[
        bool, typer.Option("--reforecast", help="Forecast the rest again from what was measured.")
    ] = False,
    first_reported: Annotated[
        bool, typer.Option("--first-reported", help="Use what was reported first, not corrections.")
    ] = False,
    json: Json = False,
    excel: Annotated[
        Path | None, typer.Option("--excel", metavar="OUT", help="Also write a report workbook.")
    ] = None,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Show what was realised against plan, why it differs, and how far the indicators are."""
    from impactmonitor.cli import tracking_cases as tracking

    tracking.check_excel(excel, force)
    asked = tracking.Asked(as_of, reforecast, first_reported)
    shown = tracking.load_and_track(case, catalogue, asked)
    if excel is not None:
        tracking.save_track(shown, excel, language_of(lang), force)
    tracking.show_track(shown, language_of(lang), json)


@app.command(
    epilog="Examples: impactmonitor forecast my-case.yaml · "
    "impactmonitor forecast my-case.yaml --write my-case-2026.yaml"
)
@reporting
def forecast(
    case: CaseFile,
    draws: Annotated[
        int, typer.Option("--draws", help="Cases to calculate for the ranges.")
    ] = 4096,
    seed: Annotated[
        int, typer.Option("--seed", help="The same number gives the same answer again.")
    ] = 1,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="OUT", help="Write the case with the forecasts in it."),
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Forecast what will be measured in the years ahead, to compare with later."""
    from impactmonitor.cli import forecasting

    forecasting.check_forecasting((draws, seed), write, force)
    found = forecasting.load_and_forecast(case, catalogue, (draws, seed))
    language = language_of(lang)
    if write is not None:
        forecasting.save_forecasts(found, catalogue, write, language, force)
    forecasting.show_forecasts(found, language, json, write)


@app.command(
    epilog="Examples: impactmonitor calibration my-cases/ · "
    "impactmonitor calibration my-cases/ --json"
)
@reporting
def calibration(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="With cases that keep their forecasts.")
    ],
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """Show how often forecasts held, and how far they were off, by kind of evidence."""
    from impactmonitor.cli import calibrating

    shown = calibrating.load_and_calibrate(folder, catalogue)
    calibrating.show_calibration(shown, language_of(lang), json)
