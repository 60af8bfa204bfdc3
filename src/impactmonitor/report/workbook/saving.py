"""From a book to the bytes of an xlsx file."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from impactmonitor import messages
from impactmonitor.intake.workbook.layout import SheetId, letters
from impactmonitor.report.workbook.book import Book, Chart, Choice, Page
from impactmonitor.report.workbook.profiles import PROFILES, draw_profile
from impactmonitor.report.workbook.sizing import WIDE, extent, heights, printed, reach
from impactmonitor.version import __version__

Values = Mapping[tuple[str, int, int], Any]

MONEY = '#,##0;[Red]-#,##0;"-"'
INK, BLUE, GREY, PALE, BAND = "#1A1A1A", "#0000FF", "#5F6368", "#FFFBE0", "#E8EEF4"
_INPUT = {"font_color": BLUE, "bg_color": PALE, "border": 1, "border_color": "#C9C19A",
          "locked": False, "text_wrap": True}  # fmt: skip
_LINK = {**_INPUT, "font_color": INK}
FORMATS: Mapping[str, str] = {
    "text": "General", "number": "#,##0.########", "percent": "0.0##%", "whole": "0",
    "date": "yyyy-mm-dd", "money": "#,##0",
}  # fmt: skip
STYLES: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 18, "font_color": "#1F3A5F"},
    "section": {"bold": True, "font_size": 13, "font_color": "#1F3A5F"},
    "intro": {"font_color": GREY, "text_wrap": True},
    "wide": {"text_wrap": True},
    "link": {"font_color": "#0B5394", "underline": 1},
    "paragraph": {"text_wrap": True},
    "label": {"text_wrap": True, "bold": True},
    "help": {"text_wrap": True, "font_color": GREY, "italic": True, "align": "left", "indent": 1},
    "origin": {"text_wrap": True, "align": "left", "indent": 1},
    "unit": {"font_color": GREY, "italic": True, "text_wrap": True, "valign": "bottom",
             "font_size": 9},
    "form_unit": {"font_color": GREY, "italic": True, "text_wrap": True, "align": "right",
                  "font_size": 9},
    "note": {"font_color": GREY},
    "head": {"bold": True, "bg_color": BAND, "text_wrap": True, "border": 1,
             "border_color": "#B5C4D4"},
    "expert_head": {"bold": True, "bg_color": "#EEEEEE", "italic": True, "text_wrap": True,
                    "border": 1, "border_color": "#C8C8C8"},
    "number_head": {"bold": True, "bg_color": BAND, "text_wrap": True, "align": "right",
                    "border": 1, "border_color": "#B5C4D4"},
    "year_head": {"bold": True, "bg_color": BAND, "num_format": "0", "align": "right"},
    "small_head": {"font_color": GREY, "font_size": 9, "rotation": 0},
    "list": {},
    "name": {"text_wrap": True},
    "number": {"num_format": "General"},
    "calculation": {"num_format": "General"},
    "result": {"num_format": "General"},
    "answer": {"bold": True, "font_size": 13, "text_wrap": True,
               "bg_color": BAND, "border": 1, "border_color": "#B5C4D4"},
    "money": {"num_format": MONEY, "align": "right"},
    "strong_money": {"num_format": MONEY, "align": "right", "bold": True, "top": 1},
    "heat": {"num_format": '▲ #,##0;▼ -#,##0;"-"', "align": "right", "border": 1,
             "border_color": "#DDDDDD"},
    "amount": {"num_format": "#,##0.##;[Red]-#,##0.##;0", "align": "right"},
    "ratio": {"num_format": "0.00", "align": "right"},
    "percent": {"num_format": "0.0%", "align": "right"},
    "share": {"num_format": '0.0%;-0.0%;"-"', "align": "right"},
    "rate": {"num_format": "0.00##%", "align": "right"},
    "whole": {"num_format": "0", "align": "right"},
    "strong": {"bold": True},
    "strong_wrapped": {"bold": True, "text_wrap": True},
    "status": {"bold": True, "align": "center"},
    "sample_input": {**_INPUT, "locked": True},
    "sample_link": {**_LINK, "locked": True},
    **{f"input_{k}": {**_INPUT, "num_format": f} for k, f in FORMATS.items()},
    **{f"link_{k}": {**_LINK, "num_format": f} for k, f in FORMATS.items()},
}  # fmt: skip
APART = {"font_color": "#6B3FA0", "italic": True}
TINT = {"type": "3_color_scale", "mid_type": "num", "mid_value": 0, "min_color": "#EBA97A",
        "mid_color": "#FFFFFF", "max_color": "#8DB9E2"}  # fmt: skip
ALARM = {"font_color": "#B3261E", "bg_color": "#FDE7E9", "bold": True}
FONT = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
_MAX_TITLE, _MAX_MESSAGE = 32, 255


def to_bytes(book: Book, values: Values, title: str) -> bytes:
    """The file, with the value of each formula beside it.

    No text becomes a formula, a link, a name or a code: only what this package itself writes as
    a formula is one.
    """
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    class OwnFormulas(Worksheet):  # type: ignore[misc]
        """A sheet that takes our formulas as they are, without looking for missing prefixes.

        None of them needs one, and the search takes four fifths of the time of writing.
        """

        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            del expand_future_functions
            return formula.removeprefix("=")

    stream = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "nan_inf_to_errors": True,
    }  # fmt: skip
    target = xlsxwriter.Workbook(stream, options)
    target.set_properties({"title": title, "comments": f"impactmonitor {__version__}"})
    target.set_calc_mode("auto")
    formats = {name: target.add_format({**FONT, **style}) for name, style in STYLES.items()}
    formats["alarm"] = target.add_format(ALARM)
    formats["apart"] = target.add_format(APART)
    formats["quiet"] = target.add_format({"num_format": ";;;"})
    for sheet in book.layout.sheets:
        name = book.layout.sheet_name(sheet)
        page = target.add_worksheet(name, OwnFormulas)
        _write_page(page, book.pages[sheet], formats, name, values)
        _set_up(page, book, sheet)
    for name, at in book.names.items():
        target.define_name(name, f"={book.ref(at)}")
    for sheet in book.layout.sheets:
        for chart in book.pages[sheet].charts:
            _draw(target, target.get_worksheet_by_name(book.layout.sheet_name(sheet)), chart)
    target.close()
    return _packed(stream)


def _packed(stream: io.BytesIO) -> bytes:
    """The same file as small as a zip can be: people send it by e-mail."""
    small = io.BytesIO()
    with (
        zipfile.ZipFile(stream) as old,
        zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for part in old.infolist():
            new.writestr(part, old.read(part), compresslevel=9)
    return small.getvalue()


def _write_page(
    page: Any, content: Page, formats: Mapping[str, Any], name: str, values: Values
) -> None:
    for (row, column), cell in sorted(content.cells.items()):
        style, at = formats[cell.style], (row - 1, column - 1)
        last = reach(content, row, column) if cell.style in WIDE else column
        if last > column:
            page.merge_range(*at, row - 1, last - 1, "", style)
        if cell.leads_to is not None:
            page.write_url(*at, f"internal:'{cell.value}'!A1", style, cell.value)
        elif cell.formula is not None:
            page.write_formula(
                *at, f"={cell.formula}", style, _cached(values.get((name, row, column)))
            )
        elif cell.value is None:
            page.write_blank(*at, None, style)
        elif isinstance(cell.value, bool):
            page.write_boolean(*at, cell.value, style)
        elif isinstance(cell.value, int | float):
            page.write_number(*at, cell.value, style)
        elif isinstance(cell.value, datetime.date):
            page.write_datetime(*at, cell.value, style)
        else:
            page.write_string(*at, cell.value, style)
    for column, width in content.widths.items():
        page.set_column(column - 1, column - 1, width)
    texts = {place: values.get((name, *place)) for place in content.cells}
    for row, height in heights(content, STYLES, texts).items():
        page.set_row(row - 1, height)
    for top, left, bottom, right in content.quiet:
        empty = {"type": "formula", "criteria": f'=$A{top}=""', "format": formats["quiet"]}
        page.conditional_format(top - 1, left - 1, bottom - 1, right - 1, empty)
    for (top, left, bottom, right), (column, words) in content.set_apart.items():
        says = f'=LEFT(${letters(column)}{top},{len(words)})="{words}"'
        given = {"type": "formula", "criteria": says, "format": formats["apart"]}
        page.conditional_format(top - 1, left - 1, bottom - 1, right - 1, given)
    for (row, column), text in content.alarms.items():
        options = {"type": "text", "criteria": "containing", "value": text,
                   "format": formats["alarm"]}  # fmt: skip
        page.conditional_format(row - 1, column - 1, row - 1, column - 1, options)
    for (top, left, bottom, right), holds in content.marked.items():
        found = {"type": "formula", "criteria": f"={holds}", "format": formats["alarm"]}
        page.conditional_format(top - 1, left - 1, bottom - 1, right - 1, found)
    for top, left, bottom, right in content.tinted:
        page.conditional_format(top - 1, left - 1, bottom - 1, right - 1, TINT)
    for place, choice in content.choices.items():
        _validate(page, place, choice)


def _cached(value: Any) -> Any:
    """A value as it is stored beside a formula."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float | str):
        return value
    return str(getattr(value, "code", value))


def _validate(page: Any, place: tuple[int, int, int, int], choice: Choice) -> None:
    options: dict[str, Any] = {
        "input_title": choice.title[:_MAX_TITLE],
        "input_message": choice.message[:_MAX_MESSAGE],
    }
    if choice.kind == "any":
        options["validate"] = "any"
    elif choice.kind == "custom":
        options |= {"validate": "custom", "value": f"={choice.source}",
                    "error_title": choice.title[:_MAX_TITLE],
                    "error_message": choice.message[:_MAX_MESSAGE]}  # fmt: skip
    else:
        options |= {"validate": "list", "source": f"={choice.source}",
                    "error_type": "warning" if choice.kind == "open_list" else "stop",
                    "error_title": choice.title[:_MAX_TITLE],
                    "error_message": choice.message[:_MAX_MESSAGE]}  # fmt: skip
    top, left, bottom, right = (n - 1 for n in place)
    page.data_validation(top, left, bottom, right, options)


def _set_up(page: Any, book: Book, sheet: SheetId) -> None:
    """How a sheet is shown and printed; formulas are locked, without a password."""
    content = book.pages[sheet]
    page.hide_gridlines(2)
    if content.frozen != (0, 0):
        page.freeze_panes(*content.frozen)
    page.set_paper(9)
    if not content.is_portrait:
        page.set_landscape()
    breaks, scale = printed(content)
    page.fit_to_pages(1, 0)
    if breaks:
        page.set_print_scale(scale)
        page.set_v_pagebreaks(breaks)
        page.repeat_columns(0, max(0, content.frozen[1] - 1))
    page.set_margins(0.5, 0.5, 0.6, 0.6)
    words = messages.text("workbook.words.page.page", book.layout.language)
    page.set_footer(f"&L&A&R{words} &P / &N")
    if content.repeated is not None:
        page.repeat_rows(content.repeated[0] - 1, content.repeated[1] - 1)
    if content.breaks:
        page.set_h_pagebreaks(content.breaks)
    # without an end, LibreOffice divides a million rows into pages, and again for repeated titles
    last = content.last_printed or extent(content)
    page.print_area(0, 0, last[0] - 1, last[1] - 1)
    page.protect("", {"format_columns": True, "format_rows": True, "format_cells": True,
                      "select_locked_cells": True, "select_unlocked_cells": True})  # fmt: skip


def _draw(target: Any, page: Any, chart: Chart) -> None:
    if chart.kind in PROFILES:
        draw_profile(target, page, chart)
        return
    options = {"type": chart.kind}
    if chart.subtype:
        options["subtype"] = chart.subtype
    drawing = target.add_chart(options)
    for series in chart.series:
        given: dict[str, Any] = {
            "name": series.name, "categories": f"={series.categories}",
            "values": f"={series.values}", "gap": 60,
        }  # fmt: skip
        if not series.colour:
            given |= {"fill": {"none": True}, "border": {"none": True}}
        elif chart.kind == "line":
            line = {"color": series.colour, "width": 2.25, "dash_type": series.pattern or "solid"}
            given |= {"line": line}
        elif series.pattern is not None:
            given["pattern"] = {"pattern": series.pattern, "fg_color": series.colour,
                                "bg_color": "#FFFFFF"}  # fmt: skip
            given["border"] = {"color": series.colour}
        else:
            given["fill"] = {"color": series.colour}
        drawing.add_series(given)
    drawing.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
    drawing.set_size({"width": chart.size[0], "height": chart.size[1]})
    hidden = [i for i, series in enumerate(chart.series) if not series.colour]
    drawing.set_legend({"position": "bottom", "delete_series": hidden})
    axis = {
        "num_format": "#,##0",
        "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}},
    }
    labels = {"label_position": "low", "num_font": {"size": 9}}
    if chart.kind == "bar":  # the first category on top, the numbers below
        drawing.set_y_axis({**labels, "reverse": True, "major_gridlines": {"visible": False}})
        drawing.set_x_axis({**axis, "label_position": "high", "num_font": {"size": 9}})
    else:
        drawing.set_x_axis(labels)
        drawing.set_y_axis(axis)
    row, column = chart.at
    page.insert_chart(row - 1, column - 1, drawing, {"description": chart.description})
