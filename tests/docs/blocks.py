"""The code blocks of a page: what they hold, where they stand, and how they are marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block.

    ``language`` is the first word after the fence; the rest are marks: ``name`` or ``name=value``.
    ``start`` and ``end`` are the places of its body in the page.
    """

    language: str
    marks: dict[str, str]
    body: str
    line: int
    start: int
    end: int

    def codes(self, mark: str) -> set[str]:
        return {name for name in self.marks.get(mark, "").split(",") if name}


@dataclass(frozen=True)
class Step:
    """A command of a console block and the output that the page shows."""

    command: str
    shown: list[str] = field(default_factory=list)


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        language, *marks = found["info"].split() or [""]
        pairs = (mark.partition("=") for mark in marks)
        yield Block(
            language,
            {name: value for name, _, value in pairs},
            found["body"],
            text.count("\n", 0, found.start()) + 1,
            found.start("body"),
            found.end("body"),
        )


def prose_of(page: Path) -> str:
    """The page without its code."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return re.sub(r"`[^`\n]*`", "", text)


def steps_of(block: Block) -> list[Step]:
    """The commands of a console block, each with what is shown below it."""
    steps: list[Step] = []
    for line in block.body.splitlines():
        if line.startswith("$ "):
            steps.append(Step(line[2:]))
        elif steps:
            steps[-1].shown.append(line)
    return steps


_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<(?:img|source)[^>]*? src(?:set)?=\"([^\"]+)\"")


def relative_links(text: str) -> Iterator[str]:
    """The targets of all links and images that are no web addresses."""
    for found in _LINK.finditer(text):
        target = found[1] or found[2]
        if not re.match(r"[a-z]+:", target):
            yield target


CUT = "…"


def differs(shown: list[str], actual: list[str]) -> str:
    """Where the shown lines part from the actual ones; a line with only … stands for any lines."""
    at, may_skip = 0, False
    for chunk in _chunks(shown):
        if chunk is None:
            may_skip = True
            continue
        places = range(at, len(actual) - len(chunk) + 1) if may_skip else [at]
        found = next((i for i in places if actual[i : i + len(chunk)] == chunk), None)
        if found is None:
            return "\n".join(chunk)
        at, may_skip = found + len(chunk), False
    return "" if may_skip or at >= len(actual) else "(more output than shown)"


def refreshed(shown: list[str], actual: list[str]) -> list[str]:
    """The shown lines with the words and numbers of today, cut at the same places.

    Raises
    ------
    LookupError
        If the output no longer has lines that look like the shown ones.
    """
    fresh: list[str] = []
    at = 0
    for chunk in _chunks(shown):
        if chunk is None:
            fresh.append(CUT)
            continue
        wanted = [skeleton(line) for line in chunk]
        places = range(at, len(actual) - len(chunk) + 1)
        size = len(chunk)
        found = next(
            (i for i in places if [skeleton(a) for a in actual[i : i + size]] == wanted), None
        )
        if found is None:
            raise LookupError("\n".join(chunk))
        fresh += actual[found : found + size]
        at = found + size
    return fresh


def skeleton(line: str) -> str:
    """A line without its numbers, bars and spaces."""
    return re.sub(r"[\d.,+\-█|─\s]+", " ", line).strip()


def _chunks(lines: list[str]) -> Iterator[list[str] | None]:
    """Runs of lines, with None for every cut between them."""
    chunk: list[str] = []
    for line in lines:
        if line.strip() == CUT:
            if chunk:
                yield chunk
            yield None
            chunk = []
        else:
            chunk.append(line)
    if chunk:
        yield chunk
