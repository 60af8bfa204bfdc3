"""A checked batch as a workbook: all proposals, every question, every letter."""

from __future__ import annotations

import io
from collections.abc import Mapping

from impactmonitor.messages import Language
from impactmonitor.proposals.checked import CheckedBatch, Flag, Intake
from impactmonitor.proposals.plausibility import CHECKS
from impactmonitor.report.checking_sheet import HEAD_ROW, Cell, Formula, Sheet
from impactmonitor.report.checking_words import CheckingWords, shown_text
from impactmonitor.report.report_book import on_one_line
from impactmonitor.report.workbook.saving import FONT, STYLES
from impactmonitor.version import __version__

USED = ("title", "intro", "head", "number_head", "name", "whole", "percent", "ratio", "money",
        "strong", "status")  # fmt: skip


def checking_workbook(batch: CheckedBatch, letters: Mapping[str, str], language: Language) -> bytes:
    """The workbook of a checked batch.

    Parameters
    ----------
    batch : CheckedBatch
        All proposals.
    letters : Mapping[str, str]
        As ``letters_of`` gives them, by file name.
    language : {"nl", "en"}
        Of all words.

    Returns
    -------
    bytes
        An .xlsx file. Counts are formulas over the sheets they count; no text is ever a formula.

    Examples
    --------
    >>> from impactmonitor.proposals.checking import check_batch
    >>> from impactmonitor.resources import folder
    >>> checking_workbook(check_batch(folder("examples") / "warm-homes"), {}, "en")[:2]
    b'PK'
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "nan_inf_to_errors": True}  # fmt: skip
    target = xlsxwriter.Workbook(stream, options)
    target.set_properties({"comments": f"impactmonitor {__version__}"})
    formats = {name: target.add_format({**FONT, **STYLES[name]}) for name in USED}
    words = CheckingWords(language)
    names = ("overview", "flags", "mistakes", "unjudged", "letters", "checks")
    pages = {
        name: Sheet(target.add_worksheet(words.text(f"sheets.{name}")), formats) for name in names
    }
    _flags(pages["flags"], batch, words)
    _mistakes(pages["mistakes"], batch, words)
    _unjudged(pages["unjudged"], batch, words)
    _letters(pages["letters"], letters, words)
    _checks(pages["checks"], batch, words)
    _overview(pages["overview"], batch, words)
    target.close()
    return stream.getvalue()


def _heads(words: CheckingWords, *heads: tuple[str, float]) -> list[tuple[str, float]]:
    shown = ((words.text(f"table.{head}"), width) for head, width in heads)
    return [(on_one_line(head), width) for head, width in shown]


def _title(words: CheckingWords, name: str) -> str:
    return words.text(f"sheets.{name}")


# --- Sheets ---------------------------------------------------------------------------------------


def _overview(sheet: Sheet, batch: CheckedBatch, words: CheckingWords) -> None:
    title = words.text("title", folder=shown_text(batch.folder))
    heads = _heads(
        words, ("number", 6), ("name", 40), ("organisation", 26), ("author", 18), ("date", 12),
        ("version", 9), ("status", 12), ("mistakes", 12), ("flags", 10), ("missing", 10),
        ("assumed", 12), ("ratio", 12), ("net", 18), ("currency", 9), ("id", 22), ("file", 34),
    )  # fmt: skip
    sheet.start(title, words.headline(batch), heads)
    sheet.rows(_row(place, one, words) for place, one in enumerate(batch.intakes, 1))
    sheet.page.autofilter(HEAD_ROW, 0, HEAD_ROW + len(batch.intakes), len(heads) - 1)


def _row(place: int, intake: Intake, words: CheckingWords) -> list[tuple[Cell, str]]:
    about, evaluation = intake.about, intake.evaluation
    ratio = net = None
    currency, assumed = "", None
    if evaluation is not None:
        found = evaluation.totals["benefit_cost_ratio"]
        ratio = found if isinstance(found, float) else None
        net, currency = evaluation.amount("net_present_value"), evaluation.case.currency
        assumed = intake.numbers[1] / intake.numbers[0] if intake.numbers[0] else None
    counted = (_counted(words, "mistakes", place, len(intake.mistakes)),
               _counted(words, "flags", place, len(intake.flags)))  # fmt: skip
    return [
        (place, "status"),
        (words.title(intake), "name"),
        (words.sender(intake), "name"),
        (shown_text(about.author or ""), "name"),
        ("" if about.date is None else str(about.date), "name"),
        (shown_text(about.version or ""), "name"),
        (words.state(intake), "name"),
        *((cell, "whole") for cell in counted),
        (intake.missing if intake.is_readable else None, "whole"),
        (assumed, "percent"),
        (ratio, "ratio"),
        (net, "money"),
        (currency, "name"),
        (intake.id or "", "name"),
        (shown_text(intake.file), "name"),
    ]


def _counted(words: CheckingWords, sheet: str, place: int, value: int) -> Formula:
    """How many rows of another sheet are about this proposal."""
    return Formula(f"=COUNTIF('{_title(words, sheet)}'!$A:$A,{place})", value)


def _flags(sheet: Sheet, batch: CheckedBatch, words: CheckingWords) -> None:
    heads = _heads(
        words, ("number", 6), ("name", 30), ("check", 26), ("place", 34), ("given", 14),
        ("compared", 20), ("finding", 52), ("question", 52),
    )  # fmt: skip
    sheet.start(_title(words, "flags"), words.text("headline.nature"), heads)
    sheet.rows(
        _flag(place, intake, flag, words)
        for place, intake in enumerate(batch.intakes, 1)
        for flag in intake.flags
    )


def _flag(place: int, intake: Intake, flag: Flag, words: CheckingWords) -> list[tuple[Cell, str]]:
    return [
        (place, "status"),
        (words.title(intake), "name"),
        (words.check_title(flag.check), "name"),
        (words.place(flag), "name"),
        (words.given(flag), "name"),
        (words.compared(flag), "name"),
        (words.finding(intake, flag), "name"),
        (words.question(flag), "name"),
    ]


def _mistakes(sheet: Sheet, batch: CheckedBatch, words: CheckingWords) -> None:
    heads = _heads(words, ("number", 6), ("file", 34), ("place", 38), ("finding", 70),
                   ("question", 60))  # fmt: skip
    sheet.start(_title(words, "mistakes"), words.text("letter.mistakes_intro"), heads)
    language = words.language
    sheet.rows(
        [
            (place, "status"),
            (shown_text(intake.file), "name"),
            (words.place(problem), "name"),
            (problem.message(language), "name"),
            (problem.hint(language), "name"),
        ]
        for place, intake in enumerate(batch.intakes, 1)
        for problem in intake.mistakes
    )


def _unjudged(sheet: Sheet, batch: CheckedBatch, words: CheckingWords) -> None:
    heads = _heads(words, ("number", 6), ("name", 40), ("check", 34), ("reason", 70))
    sheet.start(_title(words, "unjudged"), words.text("section.unjudged"), heads)
    sheet.rows(
        [
            (place, "status"),
            (words.title(intake), "name"),
            (words.check_title(one.check), "name"),
            (words.unjudged(one), "name"),
        ]
        for place, intake in enumerate(batch.intakes, 1)
        for one in intake.unjudged
    )


def _letters(sheet: Sheet, letters: Mapping[str, str], words: CheckingWords) -> None:
    heads = _heads(words, ("file", 34), ("letter", 110))
    sheet.start(_title(words, "letters"), words.text("letter.nature"), heads)
    sheet.rows(
        [(name, "name"), (line, "name")]
        for name, text in letters.items()
        for line in text.splitlines()
    )


def _checks(sheet: Sheet, batch: CheckedBatch, words: CheckingWords) -> None:
    heads = _heads(words, ("check", 34), ("definition", 80), ("threshold", 52), ("value", 14))
    sheet.start(_title(words, "checks"), words.text("ours"), heads)
    rows: list[list[tuple[Cell, str]]] = []
    for check in CHECKS:
        title = words.check_title(check.id)
        definition = words.text(f"checks.{check.id}.definition")
        rows.append([(title, "strong"), (definition, "name")])
        for name in check.thresholds:
            threshold = words.text(f"thresholds.{name}")
            value = words.threshold(name, batch.thresholds)
            rows.append([("", "name"), ("", "name"), (threshold, "name"), (value, "name")])
    rows += [[(words.text("section.usual"), "strong"), (words.usual(one), "name")]
             for one in batch.spreads]  # fmt: skip
    sheet.rows(rows)
