"""Scores as pictures that follow the cells: dots on a scale, and a radar."""

from __future__ import annotations

from typing import Any

from impactmonitor.report.workbook.book import Chart

DOTS, RADAR = "dots", "radar"
PROFILES = frozenset({DOTS, RADAR})
"""Kinds of pictures that are drawn here."""

LOWEST, HIGHEST, STEP = 0, 100, 20
MARKS = ("circle", "long_dash", "long_dash")
"""Shape of the marks of each series: told apart without colour."""

SIZES = (11, 9, 9)
_GREY = "#C9CFD6"
_NAMES = {"size": 9}
_SCALE = {
    "min": LOWEST, "max": HIGHEST, "major_unit": STEP, "num_format": "0", "num_font": _NAMES,
    "major_gridlines": {"visible": True, "line": {"color": _GREY}},
}  # fmt: skip


def draw_profile(target: Any, page: Any, chart: Chart) -> None:
    """Put dots or a radar on a page.

    Parameters
    ----------
    target, page : xlsxwriter workbook and worksheet
        Where it goes.
    chart : Chart
        Of the kind ``dots`` or ``radar``. What lies outside the scale of 0 to 100 is not shown:
        that is where a cell puts what has no score.
    """
    is_radar = chart.kind == RADAR
    options = {"type": "radar", "subtype": "with_markers"} if is_radar else {"type": "line"}
    drawing = target.add_chart(options)
    for series, mark, size in zip(chart.series, MARKS, SIZES, strict=False):
        line = {"color": series.colour, "width": 1.75} if is_radar else {"none": True}
        drawing.add_series({
            "name": series.name,
            "categories": f"={series.categories}",
            "values": f"={series.values}",
            "line": line,
            "marker": {
                "type": mark, "size": size, "fill": {"color": series.colour},
                "border": {"color": series.colour},
            },
        })  # fmt: skip
    drawing.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
    drawing.set_size({"width": chart.size[0], "height": chart.size[1]})
    drawing.set_legend({"none": True} if is_radar else {"position": "bottom"})
    drawing.set_y_axis(_SCALE)
    drawing.set_x_axis({"label_position": "low", "num_font": _NAMES})
    row, column = chart.at
    page.insert_chart(row - 1, column - 1, drawing, {"description": chart.description})
