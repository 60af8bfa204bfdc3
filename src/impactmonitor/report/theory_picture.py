"""A theory of change as a drawing (SVG) that prints well and is read aloud whole.

Kinds differ in place, heading and border, never in colour alone. Nothing is fetched from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from impactmonitor.catalogue.theory import TheoryGraph, TheoryLink, TheoryStep
from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.svg import element, escaped, lines_of_text, wrapped
from impactmonitor.report.theory_layout import BOX_WIDTH, Box, Layout, layout_of
from impactmonitor.report.theory_words import TheoryWords, graph_of

MARGIN, PADDING = 24.0, 10.0
FONT, SMALL, LEADING = 13.0, 12.0, 17.0
HEADING = 44.0
NARROWEST = 560.0
MOST_LETTERS = 200
INK, SOFT, LINE = "#111111", "#333333", "#444444"
BORDERS: dict[str, dict[str, object]] = {
    "activity": {"fill": "#eef3f8", "stroke_width": 1.5},
    "output": {"fill": "#f6f2e4", "stroke_width": 1.5, "rx": 14.0},
    "effect": {"fill": "#eaf4ea", "stroke_width": 3.5},
    "indicator": {"fill": "#ffffff", "stroke_width": 1.5, "stroke_dasharray": "6 3"},
    "end-state": {"fill": "#f7edf4", "stroke_width": 1.5},
}
FONTS = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"


def theory_picture(evaluation: Evaluation, language: Language) -> str:
    """The drawing of a theory of change.

    Parameters
    ----------
    evaluation : Evaluation
        The result of a case with a theory of change.
    language : {"nl", "en"}
        Of all words in it.

    Returns
    -------
    str
        One SVG document. A reading program reads its title and, in its description, all links.

    Raises
    ------
    NotFound
        ``no-theory`` if the case has none.
    """
    return _Drawing(graph_of(evaluation), TheoryWords(evaluation, language)).document()


class _Drawing:
    """One theory with its words, laid out."""

    def __init__(self, graph: TheoryGraph, words: TheoryWords) -> None:
        self.graph, self.words, self.language = graph, words, words.language
        room = BOX_WIDTH - 2 * PADDING
        self.titles = {k: wrapped(words.title(s), room, FONT * 1.15) for k, s in self._steps()}
        self.details = {
            key: [line for part in words.details(step) for line in wrapped(part, room, SMALL)]
            for key, step in self._steps()
        }
        heights = {
            key: LEADING * (len(self.titles[key]) + len(self.details[key])) + 2 * PADDING
            for key in graph.steps
        }
        self.layout: Layout = layout_of(graph, heights)
        self.width = max(self.layout.width, NARROWEST)
        self.numbers = self._numbered()

    def _steps(self) -> Iterator[tuple[str, TheoryStep]]:
        yield from self.graph.steps.items()

    def _numbered(self) -> dict[int, int]:
        """The number of each link with an assumption, by the place of the link."""
        places = [i for i, link in enumerate(self.graph.links) if link.assumption is not None]
        return {place: number for number, place in enumerate(places, start=1)}

    def document(self) -> str:
        """All of it."""
        title = self.words.text("title", title=self._case_title())
        heads = wrapped(title, self.width, 20.0, most=3)
        top = MARGIN + 26.0 * len(heads) + HEADING
        foot = self._foot(top + self.layout.height + 2 * MARGIN)
        height = foot[1] + MARGIN
        width = self.width + 2 * MARGIN
        parts = [
            element("title", escaped(title), id="theory-title"),
            element("desc", escaped(self._description()), id="theory-desc"),
            element("rect", width=width, height=height, fill="#ffffff"),
            lines_of_text(heads, MARGIN, MARGIN + 16.0, 26.0, font_size=18.0, font_weight="bold"),
            element("g", "".join(self._all(top)), transform=f"translate({MARGIN:g} {top:g})"),
            *foot[0],
        ]
        return element(
            "svg",
            "\n" + "\n".join(parts) + "\n",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width:g} {height:g}",
            width=width,
            height=height,
            lang=self.language,
            role="img",
            aria_labelledby="theory-title theory-desc",
            font_family=FONTS,
            font_size=FONT,
            fill=INK,
        ) + "\n"  # fmt: skip

    def _case_title(self) -> str:
        return in_language(self.words.evaluation.case.title, self.language)

    def _description(self) -> str:
        """What the drawing shows, for those who do not see it."""
        leads = [
            self.words.text("picture.leads", start=self._title(one.start), end=self._title(one.end))
            for one in self.graph.links
        ]
        said = "; ".join(leads) or self.words.text("picture.nothing")
        return self.words.text("picture.description", steps=len(self.graph.steps), links=said)

    def _title(self, key: str) -> str:
        """A title among others, cut off where it is longer than any title should be."""
        title = self.words.title(self.graph.steps[key])
        return title if len(title) <= MOST_LETTERS else f"{title[: MOST_LETTERS - 1]}…"

    def _all(self, top: float) -> Iterator[str]:
        """Headings, arrows, boxes and, on top of the arrows, the numbers of assumptions."""
        yield "\n"
        for kind, (left, _) in self.layout.bands.items():
            heading, about = self.words.text(f"kinds.{kind}"), self.words.text(f"about.{kind}")
            yield element("text", escaped(heading), x=left, y=-24.0, font_weight="bold") + "\n"
            yield element("text", escaped(about), x=left, y=-9.0, font_size=SMALL, fill=SOFT) + "\n"
        for points in self.layout.arrows:
            yield _arrow(points) + "\n"
        for key, step in self._steps():
            yield self._box(step, self.layout.boxes[key]) + "\n"
        for place, number in self.numbers.items():
            yield _mark(number, self.layout.arrows[place]) + "\n"

    def _box(self, step: TheoryStep, box: Box) -> str:
        border = BORDERS[step.kind]
        shape: dict[str, object] = {
            "x": box.x, "y": box.y, "width": BOX_WIDTH, "height": box.height, "stroke": INK,
        }  # fmt: skip
        shapes = element("rect", **{**shape, **border})
        if step.kind == "end-state":  # a second line inside the first
            inner = {"x": box.x + 4, "y": box.y + 4, "width": BOX_WIDTH - 8,
                     "height": box.height - 8}  # fmt: skip
            shapes += element("rect", **{**shape, **inner}, fill="none", stroke_width=0.8)
        x, y = box.x + PADDING, box.y + PADDING + 12.0
        titles, details = self.titles[step.key], self.details[step.key]
        texts = lines_of_text(titles, x, y, LEADING, font_weight="bold")
        if details:
            y += LEADING * len(titles)
            texts += lines_of_text(details, x, y, LEADING, font_size=SMALL, fill=SOFT)
        whole = " · ".join([self.words.title(step), *self.words.details(step)])
        return element("g", element("title", escaped(whole)) + shapes + texts)

    def _foot(self, y: float) -> tuple[list[str], float]:
        """The assumptions by number, what the numbers are, and where that ends."""
        parts = []
        if self.numbers:
            heading = escaped(self.words.text("picture.assumptions"))
            parts.append(element("text", heading, x=MARGIN, y=y, font_weight="bold"))
            y += LEADING + 4.0
        for place, number in self.numbers.items():
            lines = wrapped(self._assumption(number, self.graph.links[place]), self.width, FONT)
            parts.append(lines_of_text(lines, MARGIN, y, LEADING))
            y += LEADING * len(lines)
        case = self.words.evaluation.case
        basis = self.words.text("picture.basis", horizon=case.horizon, price_year=case.price_year)
        lines = wrapped(basis, self.width, SMALL)
        parts.append(lines_of_text(lines, MARGIN, y + 12.0, LEADING, font_size=SMALL, fill=SOFT))
        return parts, y + 12.0 + LEADING * (len(lines) - 1)

    def _assumption(self, number: int, link: TheoryLink) -> str:
        said = in_language(link.assumption, self.language)
        return f"{number}. {self._title(link.start)} → {self._title(link.end)}: {said}"


def _arrow(points: Sequence[tuple[float, float]]) -> str:
    """A line that leaves and arrives horizontally, with a head where it arrives."""
    way = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for i in range(0, len(points), 2):
        (x, y), (to, down) = points[i], points[i + 1]
        to -= 8.0 if i + 2 == len(points) else 0.0
        bend = (to - x) / 2
        way += f" C{x + bend:.1f} {y:.1f} {to - bend:.1f} {down:.1f} {to:.1f} {down:.1f}"
        if i + 2 < len(points):
            way += f" L{points[i + 2][0]:.1f} {points[i + 2][1]:.1f}"
    x, y = points[-1]
    head = f"{x - 10:.1f},{y - 5:.1f} {x:.1f},{y:.1f} {x - 10:.1f},{y + 5:.1f}"
    line = element("path", d=way, fill="none", stroke=LINE, stroke_width=1.5)
    return line + element("polygon", points=head, fill=LINE)


def _mark(number: int, points: Sequence[tuple[float, float]]) -> str:
    """The number of an assumption, on its arrow, near where that leaves."""
    (x, y), (to, down) = points[0], points[1]
    part = 0.3  # of the way: a curve with horizontal ends runs as 3t² - 2t³ in height
    across = x + (to - x) * (1.5 * part * (1 - part) + part**3)
    along = y + (down - y) * (3 * part**2 - 2 * part**3)
    circle = element("circle", cx=across, cy=along, r=9.0, fill="#ffffff", stroke=INK)
    label = element("text", str(number), x=across, y=along + 4.0, font_size=11.0,
                    text_anchor="middle", font_weight="bold")  # fmt: skip
    return circle + label
