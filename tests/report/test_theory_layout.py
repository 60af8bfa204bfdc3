"""Where steps and arrows stand: every arrow forward, nothing on top of anything else."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.catalogue.theory import KINDS, TheoryGraph, TheoryLink, TheoryStep
from impactmonitor.report.theory_layout import (
    BOX_WIDTH,
    PASSING,
    ROW_GAP,
    Layout,
    columns_of,
    layout_of,
)


def graph_with(names: dict[str, list[str]], pairs: list[tuple[str, str]]) -> TheoryGraph:
    steps = [TheoryStep(kind, name) for kind in KINDS for name in names.get(kind, ())]
    return TheoryGraph({s.key: s for s in steps}, tuple(TheoryLink(a, b) for a, b in pairs))


@st.composite
def graphs(draw) -> TheoryGraph:
    """Any theory: steps of all kinds, and links that run on in the order of the steps."""
    names = {kind: [f"n{i}" for i in range(draw(st.integers(0, 4)))] for kind in KINDS}
    keys = [f"{kind}.{name}" for kind in KINDS for name in names[kind]]
    if not keys:
        names, keys = {"effect": ["only"]}, ["effect.only"]
    possible = list(combinations(keys, 2))
    chosen = draw(st.lists(st.sampled_from(possible), unique=True, max_size=14)) if possible else []
    return graph_with(names, chosen)


def laid(graph: TheoryGraph) -> Layout:
    return layout_of(graph, {key: 40.0 + 7 * i for i, key in enumerate(graph.steps)})


@given(graphs())
def test_every_arrow_runs_forward_from_box_to_box(graph) -> None:
    layout = laid(graph)
    for link, points in zip(graph.links, layout.arrows, strict=True):
        start, end = layout.boxes[link.start], layout.boxes[link.end]
        assert points[0][0] == start.right
        assert start.y < points[0][1] < start.y + start.height
        assert points[-1][0] == end.x
        assert end.y < points[-1][1] < end.y + end.height
        assert all(a[0] < b[0] for a, b in pairwise(points))


@given(graphs())
def test_boxes_do_not_touch(graph) -> None:
    layout = laid(graph)
    for one, other in combinations(layout.boxes.values(), 2):
        is_beside = one.x + BOX_WIDTH <= other.x or other.x + BOX_WIDTH <= one.x
        apart = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
        assert is_beside or apart >= ROW_GAP - 1e-9


@given(graphs())
def test_no_arrow_runs_through_a_box_that_it_passes(graph) -> None:
    layout = laid(graph)
    for points in layout.arrows:
        for (left, y), (right, _) in zip(points[1:-1:2], points[2:-1:2], strict=True):
            assert right - left == BOX_WIDTH
            for box in layout.boxes.values():
                inside = box.y - PASSING / 2 < y < box.y + box.height + PASSING / 2
                assert box.x != left or not inside


@given(graphs())
def test_everything_is_within_the_drawing_and_under_its_heading(graph) -> None:
    layout = laid(graph)
    for key, box in layout.boxes.items():
        left, right = layout.bands[graph.steps[key].kind]
        assert left <= box.x
        assert box.right <= right <= layout.width
        assert box.y >= 0
        assert box.y + box.height <= layout.height + 1e-9
    bands = list(layout.bands.values())
    assert all(one[1] < other[0] for one, other in pairwise(bands))


@given(graphs())
def test_what_leads_on_stands_further_to_the_right(graph) -> None:
    columns = columns_of(graph)
    place = {key: i for i, column in enumerate(columns) for key in column}
    assert set(place) == set(graph.steps)
    assert all(place[link.start] < place[link.end] for link in graph.links)
    # as far to the left as that allows, within its kind
    for key, column in place.items():
        kind = graph.steps[key].kind
        before = [
            place[link.start]
            for link in graph.links
            if link.end == key and graph.steps[link.start].kind == kind
        ]
        first = min(place[k] for k in place if graph.steps[k].kind == kind)
        assert column == max(before, default=first - 1) + 1


@given(graphs())
def test_the_same_theory_gives_the_same_drawing(graph) -> None:
    assert laid(graph) == laid(graph)


def test_a_crossing_that_can_be_avoided_is_avoided() -> None:
    graph = graph_with(
        {"activity": ["a", "b"], "effect": ["c", "d"]},
        [("activity.a", "effect.d"), ("activity.b", "effect.c")],
    )
    boxes = laid(graph).boxes
    above = boxes["activity.a"].y < boxes["activity.b"].y
    assert above == (boxes["effect.d"].y < boxes["effect.c"].y)


def test_a_deep_chain_needs_no_recursion() -> None:
    names = [f"n{i}" for i in range(300)]
    graph = graph_with(
        {"effect": names}, [(f"effect.{a}", f"effect.{b}") for a, b in pairwise(names)]
    )
    assert len(columns_of(graph)) == 300
    assert laid(graph).width > 300 * BOX_WIDTH
