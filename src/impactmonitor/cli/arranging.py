"""Arrange a financing: what the command does between its options and its answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from impactmonitor import messages
from impactmonitor.cli.converting import FORMS, check_form, save_workbook
from impactmonitor.cli.files import write_whole
from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.cli.outcome import WrongUse, console, print_json
from impactmonitor.cli.simulating import DRAWING
from impactmonitor.cli.waiting import shown_progress
from impactmonitor.evaluation import evaluate
from impactmonitor.financing.arranged_case import with_payments
from impactmonitor.financing.arranging import Asked, arranged_financing
from impactmonitor.financing.result import Financing
from impactmonitor.messages import Language
from impactmonitor.model.financing import Wholeness
from impactmonitor.problems import Problem, nearest

if TYPE_CHECKING:
    from impactmonitor.evaluation import Evaluation

WHOLE = get_args(Wholeness)
MOST_DRAWS = 1 << 20


def check_arranging(whole: str | None, draws: int, output: Path | None, is_forced: bool) -> None:
    """Refuse what cannot be arranged, before any work is done.

    Raises
    ------
    WrongUse
        ``unknown-wholeness``, ``draws-out-of-range``, and what ``check_form`` raises.
    """
    if whole is not None and whole not in WHOLE:
        params: dict[str, object] = {"id": whole, "nearest": nearest(whole, WHOLE)}
        raise WrongUse(Problem("unknown-wholeness", params=params))
    if not 0 <= draws <= MOST_DRAWS:
        params = {"draws": draws, "least": 0, "most": MOST_DRAWS}
        raise WrongUse(Problem("draws-out-of-range", params=params))
    if output is not None:
        check_form(output, is_forced)


def load_and_arrange(
    file: Path,
    catalogues: list[Path] | None,
    scenario: str | None,
    asked: tuple[str | None, bool | None],
    drawing: tuple[int, int],
    language: Language,
) -> tuple[Evaluation, Financing]:
    """Read a case, find the payments with which everybody is whole, and how sure that is.

    Parameters
    ----------
    file : Path
        Of the case.
    catalogues : list of Path or None
        Folders that add to the catalogue.
    scenario : str or None
        Under which the case is evaluated.
    asked : tuple
        In what nobody may lose, and whether payments are spread over the years; None for what
        the case says.
    drawing : tuple of int
        Draws (0 for none) and seed.
    language : {"nl", "en"}
        Of the words beside the bar.

    Raises
    ------
    InvalidInput, NotFound
        As ``load_case``, ``evaluate`` and ``arrange`` raise them.
    """
    result = load_and_evaluate(file, catalogues, scenario)
    whole, by_year = asked
    wanted = Asked(next((w for w in WHOLE if w == whole), None), by_year, *drawing)
    with shown_progress(DRAWING, language) as progress:
        return result, arranged_financing(result, wanted, progress)


def save_arranged(
    financing: Financing,
    catalogues: list[Path] | None,
    output: Path,
    language: Language,
    is_forced: bool,
) -> None:
    """Write the case with its payments as transfers: as text, or as a workbook."""
    if financing.arranged is None:
        raise ValueError("there is no arrangement to write")
    case = with_payments(financing.arranged)
    if output.suffix.lower() in FORMS:
        write_whole(output, FORMS[output.suffix.lower()](case).encode(), is_forced)
        return
    from impactmonitor.catalogue import load_catalogue

    result = evaluate(case, load_catalogue(*(catalogues or ())))
    save_workbook(result, catalogues, output, language, is_forced)


def show_arrangement(
    result: Evaluation,
    financing: Financing,
    language: Language,
    as_json: bool,
    output: Path | None,
) -> None:
    """Print the whole answer, or the JSON object."""
    if as_json:
        from impactmonitor.report.document import document

        print_json(document(result, language, financing=financing))
        return
    from impactmonitor.report.arrangement_screen import arrangement_screen

    out = console()
    for part in arrangement_screen(result, financing, language):
        out.print(part)
    if output is not None:
        said = messages.text("financing.arrange.saved", language, file=output.name)
        out.print(said, soft_wrap=True)
