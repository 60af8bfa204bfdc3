"""Dots with levels for each framework, a radar only beside them, and both follow the answers."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.report.workbook.comparing import written_of
from tests.report.workbook.scored import FILLED, written

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.model.case import Case
from impactmonitor.model.changes import plain
from impactmonitor.report.workbook.book import Chart
from impactmonitor.report.workbook.profiles import DOTS, RADAR
from impactmonitor.report.workbook.writing import Written
from impactmonitor.resources import folder

NOT_SHOWN = -100


@cache
def example() -> Written:
    file = folder("examples") / "neighbourhood-prevention" / "case.yaml"
    return written_of(evaluate(load_case(file), load_catalogue()), load_catalogue(), "nl")


@cache
def answering(framework: str, *names: str) -> Written:
    """The example with these questions of one framework at level 2, and no other answers."""
    file = folder("examples") / "neighbourhood-prevention" / "case.yaml"
    tree = plain(load_case(file))
    tree["scores"] = {framework: dict.fromkeys(names, 2)}
    found = evaluate(Case.model_validate(tree), load_catalogue())
    return written_of(found, load_catalogue(), "en")


def charts(one: Written) -> list[Chart]:
    return one.book.pages["scores"].charts


def cells(one: Written, area: str) -> list[Any]:
    """The values of a column of the sheet."""
    name, _, part = area.rpartition("!")
    first, last = part.replace("$", "").split(":")
    letters = first.rstrip("0123456789")
    column = sum((ord(c) - 64) * 26**i for i, c in enumerate(reversed(letters)))
    rows = range(int(first[len(letters) :]), int(last[len(letters) :]) + 1)
    title = name.strip("'")
    return [one.values[title, row, column] for row in rows]


def test_every_framework_has_dots_and_a_radar_only_beside_them() -> None:
    one = example()
    kinds = [chart.kind for chart in charts(one)]
    groups = [len(block.asked.themes) for block in one.outcome.scores.blocks.values()]
    assert kinds == [kind for count in groups for kind in (DOTS, RADAR)[: 2 if count > 2 else 1]]
    assert RADAR in kinds
    for dots, radar in zip(charts(one), charts(one)[1:], strict=False):
        if radar.kind == RADAR:
            assert radar.at[0] == dots.at[0]
            assert radar.at[1] > dots.at[1]
            assert radar.title != dots.title
            assert radar.description != dots.description


def test_two_groups_have_no_radar() -> None:
    """``test`` has two groups with questions; ``ready`` one group with three questions."""
    found = [(chart.kind, chart.title) for chart in charts(written(FILLED, {"first": 1}))]
    assert [kind for kind, _ in found] == [DOTS, DOTS, RADAR]


def test_the_dots_are_the_scores_of_the_groups_and_what_is_still_possible() -> None:
    one = example()
    block = one.outcome.scores.blocks["prevention-core-set"]
    title = one.book.layout.sheet_name("scores")
    dots = next(c for c in charts(one) if block.asked.title in c.title)
    path = "scores.prevention-core-set.groups"
    for series, key in zip(dots.series, ("score", "low", "high"), strict=True):
        wanted = []
        for theme in block.asked.themes:
            at = one.outcome.places.cells[f"{path}.{theme.id}.{key}"]
            wanted.append(one.values[title, at.row, at.column])
        assert cells(one, series.values) == wanted
        assert cells(one, series.categories) == [theme.title for theme in block.asked.themes]


def test_no_score_is_not_0() -> None:
    one = answering("prevention-core-set", "say")
    dots, radar = charts(one)
    score, low, high = (cells(one, series.values) for series in dots.series)
    assert score.count(NOT_SHOWN) == len(score) - 1
    assert all(number == 0 for number, dot in zip(low, score, strict=True) if dot == NOT_SHOWN)
    assert all(number == 100 for number, dot in zip(high, score, strict=True) if dot == NOT_SHOWN)
    (spokes,) = radar.series
    assert cells(one, spokes.values) == [max(0, dot) for dot in score]
    assert "no score yet" in radar.description


def test_of_one_group_the_questions_are_the_dots() -> None:
    one = written(FILLED, {"first": 1, "second": 4})
    ready = charts(one)[1]
    names = cells(one, ready.series[0].categories)
    assert names == ["Asked", "Asked", "Asked"]
    score, low, high = (cells(one, series.values) for series in ready.series)
    assert score == [0, 100, NOT_SHOWN]
    assert low == [0, 100, 0]
    assert high == [0, 100, 100]


def test_pictures_stand_below_their_table_and_above_the_questions() -> None:
    one = example()
    for block in one.outcome.scores.blocks.values():
        (dots, *_) = (c for c in charts(one) if c.title.startswith(block.asked.title))
        path = f"scores.{block.asked.framework.id}.score"
        assert one.outcome.places.cells[path].row < dots.at[0]
        assert dots.at[0] + dots.size[1] / 20 < block.whole[0]
