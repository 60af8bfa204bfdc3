"""Where everything stands in the drawing of a theory of change.

Steps stand in columns from left to right, so that no arrow ever goes back. An arrow that passes a
column gets a place of its own in it and never runs behind a box. Within a column, steps stand near
the steps that they are linked with (the barycentre method for layered drawings: Sugiyama, Tagawa
and Toda 1981, "Methods for visual understanding of hierarchical system structures").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from impactmonitor.catalogue.theory import KINDS, StepKind, TheoryGraph

BOX_WIDTH, COLUMN_GAP, ROW_GAP = 200.0, 72.0, 20.0
PASSING = 12.0
"""Height of the place of an arrow in a column that it passes."""
SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Box:
    """The place of a step, or of an arrow that passes a column, in pixels from the top left."""

    x: float
    y: float
    height: float

    @property
    def right(self) -> float:
        """Where arrows leave."""
        return self.x + BOX_WIDTH


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing without its words.

    Attributes
    ----------
    boxes : Mapping[str, Box]
        By key of the step.
    arrows : tuple of tuple of (x, y)
        By link: where it leaves a box, where it enters and leaves each passed column, and where
        it arrives.
    bands : Mapping[StepKind, tuple of float]
        Left and right end of the columns of each kind.
    width, height : float
        Of everything together.
    """

    boxes: Mapping[str, Box]
    arrows: tuple[tuple[tuple[float, float], ...], ...]
    bands: Mapping[StepKind, tuple[float, float]]
    width: float
    height: float


def layout_of(graph: TheoryGraph, heights: Mapping[str, float]) -> Layout:
    """Places for all steps and links of a theory.

    Parameters
    ----------
    graph : TheoryGraph
        Without circles.
    heights : Mapping[str, float]
        Of the box of each step, in pixels.

    Examples
    --------
    >>> from impactmonitor.catalogue.theory import TheoryGraph, TheoryLink, TheoryStep
    >>> steps = [TheoryStep("activity", "a"), TheoryStep("effect", "b")]
    >>> graph = TheoryGraph({s.key: s for s in steps}, (TheoryLink("activity.a", "effect.b"),))
    >>> found = layout_of(graph, {"activity.a": 40.0, "effect.b": 40.0})
    >>> found.boxes["effect.b"].x, found.arrows
    (272.0, (((200.0, 20.0), (272.0, 20.0)),))
    """
    columns = columns_of(graph)
    chains = _with_passing(columns, graph)
    _put_near(columns, chains)
    boxes = _stacked(columns, heights)
    bands: dict[StepKind, tuple[float, float]] = {}
    for column in columns:
        kind = next(graph.steps[key].kind for key in column if key in graph.steps)
        box = boxes[column[0]]
        bands[kind] = (bands.get(kind, (box.x, 0.0))[0], box.right)
    return Layout(
        {key: box for key, box in boxes.items() if key in graph.steps},
        _arrows(chains, boxes),
        bands,
        max((box.right for box in boxes.values()), default=0.0),
        max((box.y + box.height for box in boxes.values()), default=0.0),
    )


def columns_of(graph: TheoryGraph) -> list[list[str]]:
    """Keys of steps by column: kind after kind, and within a kind after what leads to them."""
    columns: list[list[str]] = []
    for kind in KINDS:
        own = [step.key for step in graph.of_kind(kind)]
        depth = _depths(own, graph)
        for level in range(max(depth.values(), default=-1) + 1):
            columns += [[key for key in own if depth[key] == level]]
    return columns


def _depths(keys: Sequence[str], graph: TheoryGraph) -> dict[str, int]:
    """How many steps of its own kind come before each one, along the longest way."""
    inside = {key: [n.end for n in graph.after(key) if n.end in set(keys)] for key in keys}
    waiting_for = dict.fromkeys(keys, 0)
    for ends in inside.values():
        for end in ends:
            waiting_for[end] += 1
    depth = dict.fromkeys(keys, 0)
    ready = [key for key in keys if not waiting_for[key]]
    while ready:
        key = ready.pop()
        for end in inside[key]:
            depth[end] = max(depth[end], depth[key] + 1)
            waiting_for[end] -= 1
            if not waiting_for[end]:
                ready.append(end)
    return depth


def _with_passing(columns: list[list[str]], graph: TheoryGraph) -> list[list[str]]:
    """The way of each link, with a place in every column that it passes."""
    column_of = {key: i for i, column in enumerate(columns) for key in column}
    chains = []
    for number, link in enumerate(graph.links):
        first, last = column_of[link.start], column_of[link.end]
        passing = [f"{number}:{i}" for i in range(first + 1, last)]
        for i, key in enumerate(passing, start=first + 1):
            columns[i].append(key)
        chains.append([link.start, *passing, link.end])
    return chains


def _put_near(columns: list[list[str]], chains: list[list[str]]) -> None:
    """Order each column by the mean place of the neighbours, there and back some times."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for chain in chains:
        for one, other in pairwise(chain):
            after.setdefault(one, []).append(other)
            before.setdefault(other, []).append(one)
    for sweep in range(SWEEPS):
        is_forward = sweep % 2 == 0
        neighbours = before if is_forward else after
        place = {key: i / len(column) for column in columns for i, key in enumerate(column)}
        for column in columns if is_forward else reversed(columns):
            mean = {
                key: sum(place[n] for n in neighbours[key]) / len(neighbours[key])
                if key in neighbours
                else place[key]
                for key in column
            }
            column.sort(key=mean.__getitem__)
            place |= {key: i / len(column) for i, key in enumerate(column)}


def _stacked(columns: list[list[str]], heights: Mapping[str, float]) -> dict[str, Box]:
    """Every column from top to bottom, with all columns around the same middle."""
    sizes = [[heights.get(key, PASSING) for key in column] for column in columns]
    totals = [sum(column) + ROW_GAP * (len(column) - 1) for column in sizes]
    boxes = {}
    for i, (column, own) in enumerate(zip(columns, sizes, strict=True)):
        y = (max(totals) - totals[i]) / 2
        for key, height in zip(column, own, strict=True):
            boxes[key] = Box(i * (BOX_WIDTH + COLUMN_GAP), y, height)
            y += height + ROW_GAP
    return boxes


def _arrows(
    chains: list[list[str]], boxes: Mapping[str, Box]
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Points along each way; the arrows of a box are spread over its side."""
    leaving: dict[str, list[int]] = {}
    arriving: dict[str, list[int]] = {}
    for i, chain in enumerate(chains):
        leaving.setdefault(chain[0], []).append(i)
        arriving.setdefault(chain[-1], []).append(i)
    for numbers in leaving.values():
        numbers.sort(key=lambda i: boxes[chains[i][1]].y)
    for numbers in arriving.values():
        numbers.sort(key=lambda i: boxes[chains[i][-2]].y)

    def height(key: str, number: int, side: Mapping[str, list[int]]) -> float:
        numbers, box = side[key], boxes[key]
        return box.y + box.height * (numbers.index(number) + 1) / (len(numbers) + 1)

    found = []
    for i, chain in enumerate(chains):
        points = [(boxes[chain[0]].right, height(chain[0], i, leaving))]
        for key in chain[1:-1]:
            middle = boxes[key].y + boxes[key].height / 2
            points += [(boxes[key].x, middle), (boxes[key].right, middle)]
        found.append((*points, (boxes[chain[-1]].x, height(chain[-1], i, arriving))))
    return tuple(found)
