"""Show or draw the theory of change of a case."""

from __future__ import annotations

from pathlib import Path

from impactmonitor import messages
from impactmonitor.cli.files import check_target, write_whole
from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.cli.outcome import console, print_json
from impactmonitor.messages import Language

ENDINGS = (".svg",)


def draw_theory(
    case: Path,
    output: Path | None,
    catalogues: list[Path] | None,
    language: Language,
    as_json: bool,
    is_forced: bool,
) -> None:
    """Print the theory of change of a case, or draw it.

    Parameters
    ----------
    case : Path
        The file of the case.
    output : Path or None
        Where the drawing goes; then only JSON is printed, if anything.
    catalogues : list of Path or None
        Folders that add to the catalogue.
    language : {"nl", "en"}
        Of all words.
    as_json : bool
        Whether a program reads it.
    is_forced : bool
        Whether a drawing that is already there may be replaced.

    Raises
    ------
    WrongUse
        As ``check_target`` and ``write_whole`` raise it.
    NotFound
        ``no-theory`` if the case has no theory of change, and as ``load_case`` raises it.
    InvalidInput
        As ``load_case`` and ``evaluate`` raise it.
    """
    if output is not None:
        check_target(output, ENDINGS, is_forced)
    result = load_and_evaluate(case, catalogues)
    if output is not None:
        from impactmonitor.report.theory_picture import theory_picture

        write_whole(output, theory_picture(result, language).encode(), is_forced)
    if as_json:
        from impactmonitor.report.theory_document import theory_document

        print_json(theory_document(result, language))
    elif output is not None:
        said = messages.text("theory.saved", language, file=output.name)
        console().print(said, soft_wrap=True)
    else:
        from impactmonitor.report.theory_screen import theory_screen

        for part in theory_screen(result, language):
            console().print(part)
