"""Compare proposals: what the command does between its files and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from impactmonitor.catalogue import load_catalogue
from impactmonitor.cli.files import check_target, write_whole
from impactmonitor.cli.loading import load_and_evaluate_all
from impactmonitor.cli.outcome import WrongUse, console, print_json, remark
from impactmonitor.intake.documents import READERS
from impactmonitor.intake.files import is_folder
from impactmonitor.intake.policy_reading import load_policy
from impactmonitor.intake.reading import WORKBOOK
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.proposals.comparing import compare_cases
from impactmonitor.proposals.drawn_cases import MOST_DRAWS

WORKBOOKS = (WORKBOOK,)


def compare_proposals(
    paths: Sequence[Path],
    policy: Path | None,
    drawing: tuple[int, int],
    excel: Path | None,
    catalogues: Sequence[Path] | None,
    language: Language,
    as_json: bool,
    is_forced: bool,
) -> None:
    """Read cases, compare them, and print the answer or the JSON object.

    Parameters
    ----------
    paths : sequence of Path
        Of cases, or of folders with cases.
    policy : Path or None
        Of the policy by which they are levelled.
    drawing : tuple of int
        Draws and seed.
    excel : Path or None
        Where the workbook goes.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.
    language : {"nl", "en"}
        Of the texts.
    as_json : bool
        Whether a program reads it.
    is_forced : bool
        Whether a workbook that is there may be replaced.

    Raises
    ------
    WrongUse
        ``compare-needs-two-cases``, ``compare-draws-out-of-range``, ``seed-below-0``, and as
        `check_target`.
    NotFound
        ``file-not-found``.
    InvalidInput
        With everything that is to be mended in the files, each with the file it is in.
    """
    files = [file for file in _cases_in(paths) if file != excel]
    _check(files, drawing)
    if excel is not None:
        check_target(excel, WORKBOOKS, is_forced)
    catalogue = load_catalogue(*(catalogues or ()))
    terms = None if policy is None else load_policy(policy, catalogue)
    evaluations = load_and_evaluate_all(files, catalogue)
    names = [str(file) for file in files]
    compared = compare_cases(evaluations, terms, catalogue, *drawing, names)
    if excel is not None:
        from impactmonitor.report.comparing_workbook import comparing_workbook

        write_whole(excel, comparing_workbook(compared, language), is_forced)
    if as_json:
        from impactmonitor.report.comparing_document import comparing_document

        print_json(comparing_document(compared, language))
        return
    from impactmonitor.report.comparing_screen import comparing_screen

    remark(compared.warnings, language)
    out = console()
    for part in comparing_screen(compared, language):
        out.print(part)


def _cases_in(paths: Sequence[Path]) -> list[Path]:
    """Files as they are named; of a folder its cases, and those one folder further, by name.

    Only files that call themselves a case are taken from a folder: policies and portfolios may
    lie beside them.
    """
    found: list[Path] = []
    for path in paths:
        if not is_folder(path):
            found.append(path)
            continue
        inside = sorted([*path.glob("*"), *path.glob("*/*")])
        found += [file for file in inside if _is_case(file)]
    return list(dict.fromkeys(found))


def _is_case(file: Path) -> bool:
    """Whether a file in a folder is meant as a case."""
    ending = file.suffix.lower()
    if not file.is_file() or file.name.startswith((".", "~")):
        return False
    if ending == WORKBOOK:
        return True
    if ending not in READERS:
        return False
    try:
        tree = READERS[ending](file.read_bytes()).tree
    except (InvalidInput, OSError):
        return True  # what cannot be read is said, not passed over
    return isinstance(tree, dict) and "impactmonitor" in tree


def _check(files: Sequence[Path], drawing: tuple[int, int]) -> None:
    draws, seed = drawing
    if len(files) < 2:
        raise WrongUse(Problem("compare-needs-two-cases"))
    if not 0 <= draws <= MOST_DRAWS:
        params: dict[str, object] = {"draws": draws, "most": MOST_DRAWS}
        raise WrongUse(Problem("compare-draws-out-of-range", params=params))
    if seed < 0:
        raise WrongUse(Problem("seed-below-0", params={"seed": seed}))
