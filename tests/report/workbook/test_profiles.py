"""Dots and a radar in the file: marks that differ in shape, a fixed scale, words for the blind."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element

import pytest
import xlsxwriter
from defusedxml.ElementTree import fromstring

from impactmonitor.report.workbook.book import Chart, Series
from impactmonitor.report.workbook.profiles import DOTS, RADAR, draw_profile

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def drawn(kind: str, count: int = 3) -> tuple[Element, str]:
    """The chart in the file, and the drawing around it."""
    series = [Series(f"s{i}", "S!$A$1:$A$4", f"S!$B${i}:$B$9", "#2F6DA8") for i in range(1, 4)]
    stream = io.BytesIO()
    target = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = target.add_worksheet("S")
    chart = Chart(kind, "", "A title", "Said aloud", series[:count], (3, 2), (640, 300))
    draw_profile(target, page, chart)
    target.close()
    with zipfile.ZipFile(stream) as parts:
        found = fromstring(parts.read("xl/charts/chart1.xml"))
        return found, parts.read("xl/drawings/drawing1.xml").decode()


@pytest.mark.parametrize("kind", [DOTS, RADAR])
def test_the_scale_is_the_same_for_every_framework(kind: str) -> None:
    chart, _ = drawn(kind)
    scaling = chart.find(f".//{C}valAx/{C}scaling")
    assert scaling is not None
    ends = [scaling.find(f"{C}{name}") for name in ("min", "max")]
    assert [None if end is None else end.get("val") for end in ends] == ["0", "100"]


@pytest.mark.parametrize("kind", [DOTS, RADAR])
def test_it_has_a_title_and_a_description_and_follows_cells(kind: str) -> None:
    chart, drawing = drawn(kind)
    title = chart.find(f".//{C}title")
    assert title is not None
    assert "".join(title.itertext()) == "A title"
    assert 'descr="Said aloud"' in drawing
    assert next(f.text for f in chart.findall(f".//{C}val//{C}f")) == "S!$B$1:$B$9"
    assert {f.text for f in chart.findall(f".//{C}cat//{C}f")} == {"S!$A$1:$A$4"}


def test_dots_are_not_joined_and_differ_from_dashes_in_shape() -> None:
    chart, _ = drawn(DOTS)
    marks = [mark.get("val") for mark in chart.findall(f".//{C}marker/{C}symbol")]
    assert marks == ["circle", "dash", "dash"]
    for series in chart.findall(f".//{C}ser"):
        line = series.find(f"{C}spPr/{A}ln")
        assert line is not None
        assert line.find(f"{A}noFill") is not None


def test_a_radar_has_a_line_with_marks_and_needs_no_legend() -> None:
    chart, _ = drawn(RADAR, count=1)
    style = chart.find(f".//{C}radarStyle")
    assert style is not None
    assert style.get("val") == "marker"
    assert chart.find(f".//{C}legend") is None
    assert drawn(DOTS)[0].find(f".//{C}legend") is not None
