"""The pictures of the results."""

from __future__ import annotations

import math

from impactmonitor.intake.workbook.layout import At
from impactmonitor.intake.workbook.words import WORDS
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.apart import apart_top
from impactmonitor.report.workbook.book import Area, Chart, Series
from impactmonitor.report.workbook.calculation import SHEET
from impactmonitor.report.workbook.parties import PARTY_TOP
from impactmonitor.report.workbook.totals import EXPLAINED_TOP, TOTALS_TOP
from impactmonitor.report.workbook.yearly import Yearly

BLUE, ORANGE, GREEN = "#2F6DA8", "#C8641B", "#3F7D46"
STRIPED, DASHED, DOTTED = "wide_upward_diagonal", "dash", "round_dot"
RIGHT, WIDTH, ROW_HEIGHT = 6, 540, 20
"""Column beside the list of what is not in money; pixels of a picture, and of a row."""

SHOWN_YEARS = 20
"""Years in the picture of a blank workbook."""


def write_charts(answer: Answer, yearly: Yearly) -> None:
    """From benefits to net value, by party, and over the years."""
    text = answer.text
    _waterfall(answer)
    top = apart_top(answer)
    page = answer.book.pages["results"]
    page.breaks += [EXPLAINED_TOP - 1, top - 2]
    count = shown_parties(answer, At("results", top, RIGHT))
    last = PARTY_TOP + count - 1
    height = 160 + 36 * count
    names, net, cash = (
        answer.book.area(Area("results", PARTY_TOP, column, last, column)) for column in (1, 6, 7)
    )
    page.charts.append(Chart(
        "bar", "", text("charts.parties"), text("charts.parties_about"),
        [Series(text("parties.net"), names, net, BLUE),
         Series(text("parties.cash_net"), names, cash, ORANGE, STRIPED)],
        (top, RIGHT), (WIDTH, height),
    ))  # fmt: skip
    top += math.ceil(height / ROW_HEIGHT) + 1
    count = min(answer.layout.years, _horizon(answer))
    years = yearly.area("year", count)
    page.charts.append(Chart(
        "line", "", text("charts.cumulative"), text("charts.cumulative_about"),
        [Series(text(f"yearly.{key}"), years, yearly.area(key, count), colour, pattern)
         for key, colour, pattern in (("cumulative", BLUE, None),
                                      ("cumulative_discounted", ORANGE, DASHED),
                                      ("cumulative_money", GREEN, DOTTED))],
        (top, RIGHT), (WIDTH, 340),
    ))  # fmt: skip


def _horizon(answer: Answer) -> int:
    """As many years as the case counts."""
    at = answer.layout.field("plan", "horizon")
    value = answer.book.pages[at.sheet].cells[at.row, at.column].value
    return value if isinstance(value, int) else SHOWN_YEARS


def shown_parties(answer: Answer, note: At) -> int:
    """As many parties as are filled in, and a note for when there are more; or else all."""
    rows = range(answer.sharing.parties.actors)
    places = [answer.layout.cell("actors", "code", i) for i in rows]
    cells = answer.book.pages["partners"].cells
    filled = sum(cells[at.row, at.column].value is not None for at in places)
    count = filled or len(places)
    if count < len(places):
        following = answer.ref(places[count])
        formula = f'IF({following}="","",{answer.quoted("charts.more_parties")})'
        answer.book.work_out(note, formula, "strong")
    return count


def _waterfall(answer: Answer) -> None:
    """Bars from where the one before ended, the part below zero apart."""
    sheet, book = answer.sheet, answer.book
    names = [*WORDS["domains"], "costs", "net"]
    columns = ("step", "start", "end", "base", "up", "below", "down")
    block = sheet.block("waterfall", len(names), "waterfall", columns)

    def at(column: str, i: int) -> str:
        return book.ref(At(SHEET, block.row(i), block.scalars[column]), within=SHEET)

    for i, name in enumerate(names):
        label, step = _step(answer, name, i)
        book.work_out(At(SHEET, block.row(i), 2), label, "list")
        before = at("end", i - 1) if 0 < i < len(names) - 1 else "0"
        cell = {column: at(column, i) for column in columns}
        low, high = f"MIN({cell['start']},{cell['end']})", f"MAX({cell['start']},{cell['end']})"
        formulas = {
            "step": step, "start": before, "end": f"{cell['start']}+{cell['step']}",
            "base": f"MAX(0,{low})", "up": f"MAX(0,{high})-{cell['base']}",
            "below": f"MIN(0,{high})", "down": f"MIN(0,{low})-{cell['below']}",
        }  # fmt: skip
        for column, formula in formulas.items():
            sheet.write("waterfall", column, i, formula)

    def area(column: int) -> str:
        return book.area(Area(SHEET, block.top, column, block.top + len(names) - 1, column))

    labels, areas = area(2), {column: area(block.scalars[column]) for column in columns}
    text = answer.text
    series = [
        Series("-", labels, areas["base"], ""), Series("-", labels, areas["below"], ""),
        Series(text("charts.above"), labels, areas["up"], BLUE),
        Series(text("charts.below"), labels, areas["down"], ORANGE, STRIPED),
    ]  # fmt: skip
    book.pages["results"].charts.append(Chart(
        "column", "stacked", text("charts.waterfall"), text("charts.waterfall_about"),
        series, (TOTALS_TOP - 1, 4), (620, 320),
    ))  # fmt: skip


def _step(answer: Answer, name: str, i: int) -> tuple[str, str]:
    """The label and the height of a bar."""
    if name in WORDS["domains"]:
        word = answer.ref(answer.sheet.lists.cell("domains", "word", i))
        return f"T({word})", answer.result(f"domains.{name}.benefits")
    if name == "costs":
        return answer.quoted("parties.costs"), f"0-{answer.total('costs')}"
    return answer.quoted("parties.net"), answer.total("net_present_value")
