"""Forecast what will be measured, and keep that: what the command does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impactmonitor import messages
from impactmonitor.cli.converting import FORMS, check_form, save_workbook
from impactmonitor.cli.files import write_whole
from impactmonitor.cli.loading import load_and
from impactmonitor.cli.outcome import WrongUse, console, print_json
from impactmonitor.evaluation import evaluate
from impactmonitor.evaluation.of_reading import all_warnings
from impactmonitor.messages import Language
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.monitoring import Forecast
from impactmonitor.model.periods import period_of
from impactmonitor.problems import Problem
from impactmonitor.tracking.forecasting import forecasts_of

if TYPE_CHECKING:
    from impactmonitor.catalogue.collection import Catalogue
    from impactmonitor.evaluation import Evaluation
    from impactmonitor.model.case import Case

MOST_DRAWS = 1 << 20


@dataclass(frozen=True, slots=True)
class Forecasted:
    """A case with what it expects to be measured.

    Attributes
    ----------
    case : Case
        As it was read.
    plan : Evaluation
        With everything filled in.
    forecasts : tuple of Forecast
        Of years that are not over.
    past : int
        How many were left out: of what is over there is nothing to forecast.
    drawing : tuple of int
        Draws and seed.
    """

    case: Case
    plan: Evaluation
    forecasts: tuple[Forecast, ...]
    past: int
    drawing: tuple[int, int]


def check_forecasting(drawing: tuple[int, int], output: Path | None, is_forced: bool) -> None:
    """Refuse what cannot be forecast or written, before any work is done.

    Raises
    ------
    WrongUse
        ``draws-out-of-range``, ``seed-below-0``, and what ``check_form`` raises.
    """
    draws, seed = drawing
    if not 1 <= draws <= MOST_DRAWS:
        params: dict[str, object] = {"draws": draws, "least": 1, "most": MOST_DRAWS}
        raise WrongUse(Problem("draws-out-of-range", params=params))
    if seed < 0:
        raise WrongUse(Problem("seed-below-0", params={"seed": seed}))
    if output is not None:
        check_form(output, is_forced)


def load_and_forecast(
    file: Path, catalogues: Sequence[Path] | None, drawing: tuple[int, int]
) -> Forecasted:
    """Read a case and forecast what will be measured of it.

    Parameters
    ----------
    file : Path
        Of the case.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.
    drawing : tuple of int
        Draws and seed.

    Raises
    ------
    InvalidInput, NotFound
        As ``load_case`` and ``evaluate`` raise them.
    """

    def work_out(case: Case, catalogue: Catalogue) -> Forecasted:
        plan = evaluate(case, catalogue)
        found = forecasts_of(case, catalogue, None, *drawing)
        ahead = tuple(one for one in found if _is_ahead(one))
        return Forecasted(case, plan, ahead, len(found) - len(ahead), drawing)

    found, reading = load_and(file, list(catalogues or ()), work_out)
    plan = replace(found.plan, warnings=all_warnings(reading, found.plan.warnings))
    return replace(found, plan=plan)


def _is_ahead(forecast: Forecast) -> bool:
    period = period_of(forecast.period)
    return period is not None and period.last >= date.today()


def with_forecasts(case: Case, forecasts: Sequence[Forecast]) -> Case:
    """A case with forecasts added to those that it keeps.

    Parameters
    ----------
    case : Case
    forecasts : sequence of Forecast
        One that was made before on the same day, of the same figure, gives way.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> one = forecasts_of(case, made=date(1991, 12, 1), draws=64)[0]
    >>> twice = with_forecasts(with_forecasts(case, [one]), [one])
    >>> len(twice.monitoring.forecasts)
    1
    """
    monitoring = monitoring_of(case)
    new = {_figure(one) for one in forecasts}
    kept = [one for one in monitoring.forecasts if _figure(one) not in new]
    changed = monitoring.model_copy(update={"forecasts": (*kept, *forecasts)})
    return case.model_copy(update={"monitoring": changed})


def _figure(one: Forecast) -> tuple[str, str | None, str, date]:
    return one.of, one.field, one.period, one.made


def save_forecasts(
    found: Forecasted,
    catalogues: list[Path] | None,
    output: Path,
    language: Language,
    is_forced: bool,
) -> None:
    """Write the case with its forecasts: as text, or as a workbook."""
    case = with_forecasts(found.case, found.forecasts)
    if output.suffix.lower() in FORMS:
        write_whole(output, FORMS[output.suffix.lower()](case).encode(), is_forced)
        return
    from impactmonitor.catalogue import load_catalogue

    result = evaluate(case, load_catalogue(*(catalogues or ())))
    save_workbook(result, catalogues, output, language, is_forced)


def show_forecasts(
    found: Forecasted, language: Language, as_json: bool, output: Path | None
) -> None:
    """Print the forecasts, or the JSON object."""
    if as_json:
        print_json(_document(found, language))
        return
    from impactmonitor.report.calibration_screen import forecast_screen
    from impactmonitor.report.screen import warning_list
    from impactmonitor.report.words import Words

    out = console()
    words = Words(found.plan, language)
    for part in (
        *forecast_screen(found.forecasts, found.past, words),
        *warning_list(found.plan.warnings, words),
    ):
        out.print(part)
    if output is not None:
        out.print(messages.text("track.forecasts.saved", language, file=output.name))
    elif found.forecasts:
        out.print(messages.text("track.forecasts.not_kept", language))


def _document(found: Forecasted, language: Language) -> dict[str, Any]:
    from impactmonitor.report.document import problem_list

    draws, seed = found.drawing
    return {
        "case": found.case.id,
        "engine": found.plan.engine,
        "catalogue": found.plan.catalogue_edition,
        "draws": draws,
        "seed": seed,
        "forecasts": [one.model_dump(mode="json", exclude_none=True) for one in found.forecasts],
        "past": found.past,
        "warnings": problem_list(found.plan.warnings, language),
    }
