"""A choice as a workbook in which somebody chooses: 1 or 0, and all else calculates along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.portfolio.chosen import Considered, Selection
from impactmonitor.report.choosing_sheet import FIRST, SHEET, ChoosingSheet
from impactmonitor.report.choosing_words import ChoiceWords
from impactmonitor.report.report_book import NOTHING, TABLE_ROW
from impactmonitor.report.workbook.saving import to_bytes

TOLERANCE = 1e-9
"""Of what a sum in a workbook may be off by rounding, relative to the limit."""
_WIDTHS = {"candidate": 44, "amount": 14, "value": 16, "present": 18, "points": 16}
_LIMIT_STYLES = {"rate": "input_percent", "money": "input_money", "whole": "whole"}


class Row(NamedTuple):
    """A limit in the workbook, the formula of what is used of it, and what that gives.

    ``{limit}`` in a formula stands for the cell of the limit.
    """

    name: str
    formula: str
    used: float
    limit: float
    is_floor: bool = False
    style: str = "money"


def choosing_workbook(selection: Selection, language: Language) -> bytes:
    """The workbook of a choice.

    Parameters
    ----------
    selection : Selection
        From ``select``.
    language : {"nl", "en"}
        Of all words.

    Returns
    -------
    bytes
        An .xlsx file with one sheet. The marks of the candidates and the limits can be changed;
        value, score points, sums and checks are formulas, with what they give today.
    """
    sheet = choosing_sheet(selection, language)
    return to_bytes(sheet.book, sheet.values, selection.portfolio.id)


def choosing_sheet(selection: Selection, language: Language) -> ChoosingSheet:
    """The sheet with its formulas, and what each formula gives."""
    words = ChoiceWords(selection, language)
    sheet, fund = ChoosingSheet.of(words), selection.portfolio
    title = words.text("title", fund=in_language(fund.title, language))
    about = sheet.text("about", currency=fund.currency, year=fund.price_year)
    sheet.start(SHEET, title, about, [_WIDTHS.get(column, 13) for column in sheet.columns])
    sheet.heads(SHEET, TABLE_ROW, list(_heads(sheet)))
    for row, one in enumerate(sheet.candidates, FIRST):
        _candidate(sheet, row, one)
    if sheet.candidates:
        _total(sheet, sheet.last + 1)
        _limits(sheet, sheet.last + 3)
    sheet.page(SHEET).frozen = (TABLE_ROW, 1)
    return sheet


def _heads(sheet: ChoosingSheet) -> Iterator[str]:
    for column in sheet.columns:
        kind, _, theme = column.partition(":")
        yield sheet.text(kind, theme=sheet.words.theme(theme))


def _candidate(sheet: ChoosingSheet, row: int, one: Considered) -> None:
    """A row: what is known of a candidate, and what follows from it."""
    mark = int(one.id in (sheet.words.selection.chosen or ()))
    sheet.put(sheet.at(row, "choice"), mark, "input_whole")
    sheet.ask(row)
    sheet.say(sheet.at(row, "candidate"), sheet.words.names[one.id])
    sheet.put(sheet.at(row, "amount"), one.amount, "money")
    sheet.put(sheet.at(row, "share"), one.share, "percent")
    sheet.put(sheet.at(row, "present"), one.net_present_value, "money")
    value = f"ROUND({sheet.ref(row, 'present')}*{sheet.ref(row, 'share')},2)"
    sheet.work_out(sheet.at(row, "value"), value, one.value, "money")
    sheet.put(sheet.at(row, "loss"), one.probability_of_loss, "percent")
    if "score" in sheet.columns:
        sheet.put(sheet.at(row, "score"), one.score, "ratio")
        points = sheet.at(row, "points")
        if one.score is None:
            sheet.put(points, None, "money")
        else:
            formula = f"{sheet.ref(row, 'amount')}*{sheet.ref(row, 'score')}"
            sheet.work_out(points, formula, one.amount * one.score, "money")
    if "return" in sheet.columns:
        sheet.put(sheet.at(row, "return"), one.financial_return, "rate")
    for column in sheet.columns:
        if column.startswith("theme:"):
            share = one.themes.get(column.removeprefix("theme:"), 0.0)
            sheet.put(sheet.at(row, column), share, "share")


def _together(sheet: ChoosingSheet, *columns: str) -> str:
    """The formula of a sum over the chosen."""
    return f"SUMPRODUCT({','.join(sheet.rows(column) for column in ('choice', *columns))})"


def _chosen(sheet: ChoosingSheet) -> list[Considered]:
    selection = sheet.words.selection
    return [selection.candidates[name] for name in selection.chosen or ()]


def _total(sheet: ChoosingSheet, row: int) -> None:
    """What the chosen come to together."""
    chosen, totals = _chosen(sheet), sheet.words.selection.totals
    sheet.work_out(sheet.at(row, "choice"), f"SUM({sheet.rows('choice')})", len(chosen), "whole")
    sheet.say(sheet.at(row, "candidate"), sheet.text("total"), "strong")
    spent, value = (0.0, 0.0) if totals is None else (totals.spent, totals.value)
    for column, found in (("amount", spent), ("value", value)):
        at = sheet.at(row, column)
        sheet.work_out(at, _together(sheet, column), found, "strong_money")
    if "points" in sheet.columns:
        # a score that nobody gave is not zero: then there is no sum
        unknown = f"SUMPRODUCT({sheet.rows('choice')}*(1-ISNUMBER({sheet.rows('score')})))"
        formula = f'IF({unknown}>0,"{NOTHING}",{_together(sheet, "points")})'
        score = 0.0 if totals is None else totals.score
        shown = NOTHING if score is None else score
        sheet.work_out(sheet.at(row, "points"), formula, shown, "strong_money")


def _limits(sheet: ChoosingSheet, row: int) -> None:
    """Every limit with what is used of it, and whether it is kept to."""
    sheet.say(sheet.at(row, 1), sheet.text("limits"), "section")
    keys = ("limit", "used", "most", "least", "check")
    sheet.heads(SHEET, row + 1, [sheet.text(key) for key in keys])
    for place, one in enumerate(_rows(sheet), row + 2):
        sheet.say(sheet.at(place, 1), one.name)
        limit = sheet.at(place, 4 if one.is_floor else 3)
        bound = sheet.ref(place, limit.column)
        formula = one.formula.replace("{limit}", bound)
        sheet.work_out(sheet.at(place, 2), formula, one.used, one.style)
        sheet.put(limit, one.limit, _LIMIT_STYLES[one.style])
        used = sheet.ref(place, 2)
        room = f"{TOLERANCE}*MAX(1,ABS({bound}))"
        holds = f"{used}>={bound}-{room}" if one.is_floor else f"{used}<={bound}+{room}"
        kept, passed = sheet.text("kept"), sheet.text("passed")
        is_kept = one.used >= one.limit if one.is_floor else one.used <= one.limit
        is_kept = is_kept or abs(one.used - one.limit) <= TOLERANCE * max(1.0, abs(one.limit))
        formula = f'IF({holds},"{kept}","{passed}")'
        sheet.work_out(sheet.at(place, 5), formula, kept if is_kept else passed, "status")
        sheet.page(SHEET).alarms[place, 5] = "!"


def _rows(sheet: ChoosingSheet) -> Iterator[Row]:
    terms, chosen = sheet.words.selection.terms, _chosen(sheet)
    totals, total = sheet.words.selection.totals, sheet.last + 1
    spent = 0.0 if totals is None else totals.spent
    yield Row(sheet.text("budget"), sheet.ref(total, "amount"), spent, terms.budget)
    if terms.floor is not None:
        column = "points" if terms.maximise == "npv" else "value"
        used = 0.0
        if totals is not None:
            used = totals.score or 0.0 if column == "points" else totals.value
        name = sheet.text(f"floor_{terms.maximise}")
        yield Row(name, sheet.ref(total, column), used, terms.floor, True)
    for theme, most in terms.themes.items():
        used = sum(one.amount * one.themes.get(theme, 0.0) for one in chosen)
        formula = _together(sheet, "amount", f"theme:{theme}")
        yield Row(sheet.text("theme", theme=sheet.words.theme(theme)), formula, used, most)
    if terms.financial_return is not None:
        amounts = sheet.ref(total, "amount")
        mean = f"IF({amounts}>0,{_together(sheet, 'amount', 'return')}/{amounts},{{limit}})"
        used = sum(one.amount * (one.financial_return or 0.0) for one in chosen)
        found = used / spent if spent else terms.financial_return
        name = sheet.text("mean_return")
        yield Row(name, mean, found, terms.financial_return, True, "rate")
    if terms.probability_of_loss is not None:
        formula = f"SUMPRODUCT(MAX({sheet.rows('choice')}*{sheet.rows('loss')}))"
        used = max((one.probability_of_loss for one in chosen), default=0.0)
        name = sheet.text("highest_loss")
        yield Row(name, formula, used, terms.probability_of_loss, style="rate")
    yield from _links(sheet)


def _links(sheet: ChoosingSheet) -> Iterator[Row]:
    """Who needs or excludes whom, as a difference or a sum that has a limit."""
    selection = sheet.words.selection
    apart = set[frozenset[str]]()
    for name in selection.candidates:
        given = selection.portfolio.candidates[name]
        for other in given.needs:
            if other in selection.candidates:
                yield _link(sheet, "needs", name, other)
        for other in given.excludes:
            if other in selection.candidates and frozenset((name, other)) not in apart:
                apart.add(frozenset((name, other)))
                yield _link(sheet, "excludes", name, other)


def _link(sheet: ChoosingSheet, kind: Literal["needs", "excludes"], name: str, other: str) -> Row:
    names, chosen = sheet.words.names, sheet.words.selection.chosen or ()
    first, second = (sheet.ref(sheet.row_of(one), "choice") for one in (name, other))
    said = sheet.text(kind, name=names[name], other=names[other])
    if kind == "needs":
        used = (name in chosen) - (other in chosen)
        return Row(said, f"{first}-{second}", used, 0, style="whole")
    used = (name in chosen) + (other in chosen)
    return Row(said, f"{first}+{second}", used, 1, style="whole")
