"""What became of many cases, on screen: how many, what is to be mended, and where the files are."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from impactmonitor import messages
from impactmonitor.bulk.columns import ACTORS, CASES
from impactmonitor.bulk.folder import MANIFEST
from impactmonitor.bulk.running import BulkResult
from impactmonitor.messages import Language
from impactmonitor.report.bulk_document import rate
from impactmonitor.report.formatting import number
from impactmonitor.report.tables import new_table, numeric

MOST_PROBLEMS = 8
_MINUTES = 120


def bulk_screen(found: BulkResult, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor bulk`` shows when it is done.

    Parameters
    ----------
    found : BulkResult
        From ``run_bulk``.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    told = _Told(found, language)
    yield Text(told.headline(), style="bold")
    yield Text(" ".join(told.sentences()))
    yield Text(told.speed())
    yield from told.problems()
    yield Text(f"\n{told.text('files.title')}", style="bold")
    for key, name in (("cases", CASES), ("actors", ACTORS), ("manifest", MANIFEST)):
        line = told.text(f"files.{key}", folder=(found.folder / name).as_posix())
        yield Padding(Text(line), (0, 0, 0, 2))


class _Told:
    """A run with the words for it."""

    def __init__(self, found: BulkResult, language: Language) -> None:
        self.found, self.language = found, language

    def text(self, key: str, **params: object) -> str:
        """A text about many cases."""
        return messages.text(f"bulk.{key}", self.language, **params)

    def whole(self, value: float) -> str:
        """A number without decimals."""
        return number(value, self.language, 0)

    def headline(self) -> str:
        """How many cases have a result."""
        cases, refused = self.found.cases, self.found.refused
        if refused == cases:
            return self.text("headline.none", cases=self.whole(cases))
        if refused:
            done = self.whole(cases - refused)
            params = {"done": done, "cases": self.whole(cases), "refused": self.whole(refused)}
            return self.text("headline.some", **params)
        return self.text("headline.one" if cases == 1 else "headline.all", cases=self.whole(cases))

    def sentences(self) -> Iterator[str]:
        """What was asked, what is amiss, and what came before."""
        found = self.found
        if found.asked["draws"] is None:
            yield self.text("point")
        else:
            draws = self.whole(found.asked["draws"])
            yield self.text("drawn", draws=draws, seed=found.asked["seed"])
        if found.not_simulated:
            yield self.text("not_simulated", count=self.whole(found.not_simulated))
        if found.cases_before:
            yield self.text("taken_up", before=self.whole(found.cases_before))
        if found.left_aside:
            yield self.text("left_aside", count=self.whole(found.left_aside))

    def speed(self) -> str:
        """How long it took."""
        per_second = rate(self.found)
        if per_second is None:
            return self.text("nothing")
        digits = 1 if per_second < 10 else 0
        shown = number(per_second, self.language, digits)
        return self.text("rate", time=self._time(), rate=shown)

    def _time(self) -> str:
        seconds = self.found.seconds
        if seconds >= _MINUTES:
            return self.text("time.minutes", minutes=number(seconds / 60, self.language, 1))
        return self.text("time.seconds", seconds=number(seconds, self.language, 1))

    def problems(self) -> Iterator[RenderableType]:
        """The problems that most cases have."""
        counted = self.found.problems
        if not counted:
            return
        table = new_table(self.text("problems.title"))
        numeric(table, self.text("problems.count"))
        table.add_column(self.text("problems.code"))
        table.add_column(self.text("problems.first"))
        for name, count in counted.most_common(MOST_PROBLEMS):
            table.add_row(self.whole(count), name, Text(self.found.first[name]))
        yield Text()
        yield table
        more = len(counted) - MOST_PROBLEMS
        if more > 0:
            yield Text(self.text("problems.more", count=more), style="dim")
