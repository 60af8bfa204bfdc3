"""A checked batch on screen: all proposals in a table, then the questions for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.messages import Language
from impactmonitor.proposals.checked import CheckedBatch, Intake
from impactmonitor.report.checking_words import CheckingWords, shown_text
from impactmonitor.report.formatting import number
from impactmonitor.report.headings import parts_under
from impactmonitor.report.tables import new_table, numeric

MOST_MISTAKES = 3


def checking_screen(batch: CheckedBatch, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor check`` shows.

    Parameters
    ----------
    batch : CheckedBatch
        All proposals.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    told = _Told(batch, CheckingWords(language))
    words = told.words
    yield Text(words.text("title", folder=shown_text(batch.folder)), style="bold")
    yield Padding(Text(words.headline(batch)), (0, 0, 1, 0))
    yield told.table()
    yield Text(words.text("columns"), style="dim")
    yield from told.section("mistakes", told.mistakes())
    yield from told.section("flags", told.questions())
    yield from told.section("alike", (Text(words.alike(one)) for one in batch.alike))
    yield from told.section("unjudged", told.unjudged())
    yield from told.section("usual", told.usual())
    yield from told.section("skipped", (Text(words.skipped(one)) for one in batch.skipped))
    yield from told.section("thresholds", told.thresholds())


class _Told:
    """A batch with the words for it."""

    def __init__(self, batch: CheckedBatch, words: CheckingWords) -> None:
        self.batch, self.words = batch, words

    def table(self) -> Table:
        """A row for each file."""
        words = self.words
        table = new_table()
        numeric(table, words.text("table.number"))
        table.add_column(words.text("table.proposal"), overflow="fold", min_width=16)
        table.add_column(words.text("table.organisation"), overflow="fold", min_width=10)
        heads = ("mistakes", "flags", "missing", "ratio")
        numeric(table, *(words.text(f"table.{head}") for head in heads))
        for place, intake in enumerate(self.batch.intakes, 1):
            table.add_row(
                str(place),
                self._name(intake),
                words.sender(intake),
                str(len(intake.mistakes) or "–"),
                str(len(intake.flags) or "–") if intake.is_readable else "",
                str(intake.missing or "–") if intake.is_readable else "",
                self._ratio(intake),
            )
        return table

    def _name(self, intake: Intake) -> str:
        return f"{self.words.title(intake)}\n{shown_text(intake.file)}"

    def _ratio(self, intake: Intake) -> str:
        if intake.evaluation is None:
            return ""
        ratio = intake.evaluation.totals["benefit_cost_ratio"]
        return number(ratio, self.words.language, 2) if isinstance(ratio, float) else "–"

    def section(self, key: str, parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
        """Parts under a heading; nothing where there are none."""
        return parts_under(self.words.text(f"section.{key}"), parts)

    def mistakes(self) -> Iterator[RenderableType]:
        """Files without a result, with the first of their mistakes."""
        language = self.words.language
        for intake in self.batch.intakes:
            if not intake.mistakes:
                continue
            yield Text(shown_text(intake.file), style="bold")
            for problem in intake.mistakes[:MOST_MISTAKES]:
                place, words = self.words.place(problem), problem.message(language)
                yield Padding(Text(f"{place}: {shown_text(words)}"), (0, 0, 0, 2))
            rest = len(intake.mistakes) - MOST_MISTAKES
            if rest > 0:
                yield Padding(Text(self.words.text("more", count=rest)), (0, 0, 0, 2))

    def questions(self) -> Iterator[RenderableType]:
        """The questions for each applicant, with the place in the file."""
        for place, intake in enumerate(self.batch.intakes, 1):
            if not intake.flags:
                continue
            sender = f"{self.words.title(intake)} ({self.words.sender(intake)})"
            yield Text(f"{place}. {sender}", style="bold")
            for flag in intake.flags:
                title = self.words.check_title(flag.check)
                yield Padding(Text(f"? {title} ({self.words.place(flag)})"), (0, 0, 0, 2))
                yield Padding(Text(self.words.finding(intake, flag)), (0, 0, 0, 4))
                yield Padding(Text(self.words.question(flag), style="dim"), (0, 0, 0, 4))

    def unjudged(self) -> Iterator[RenderableType]:
        """What could not be judged, with the proposals it is about."""
        about: dict[str, list[str]] = {}
        for intake in self.batch.intakes:
            for one in intake.unjudged:
                name = intake.id or shown_text(intake.file)
                about.setdefault(self.words.unjudged(one), []).append(name)
        for sentence, names in about.items():
            yield Text(sentence)
            yield Padding(Text(", ".join(names), style="dim"), (0, 0, 0, 2))

    def usual(self) -> Iterator[RenderableType]:
        """What is usual, where there are enough proposals to say so."""
        known = (one for one in self.batch.spreads if one.high is not None)
        return (Text(self.words.usual(one)) for one in known)

    def thresholds(self) -> Iterator[RenderableType]:
        """From where on something is asked about, and whose choice that is."""
        yield Text(self.words.text("ours"), style="dim")
        for title, value in self.words.thresholds(self.batch.thresholds):
            yield Text(f"{title}: {value}", style="dim")
