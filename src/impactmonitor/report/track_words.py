"""The words of plan against result: numbers that may be hidden, lights, names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from impactmonitor import messages
from impactmonitor.measuring.progress import Light
from impactmonitor.messages import Language
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.record import in_language
from impactmonitor.report.difference_screen import signed
from impactmonitor.report.followed import Followed, Shown
from impactmonitor.report.track_shown import ShownTrack
from impactmonitor.report.words import Words

MARKS: Final[dict[Light, str]] = {
    "met": "✔",
    "on_track": "●",
    "near": "◐",
    "behind": "○",
    "not_met": "✘",
    "none": "–",
}
"""Each light has a form of its own, so that nobody needs its colour."""


@dataclass(frozen=True, slots=True)
class TrackWords:
    """Texts and numbers of plan against result in one language.

    Parameters
    ----------
    shown : ShownTrack
        What may be shown.
    language : {"nl", "en"}
        The reader's language.
    """

    shown: ShownTrack
    language: Language

    @property
    def words(self) -> Words:
        """Titles and amounts of the case."""
        return Words(self.shown.tracked.plan, self.language)

    def text(self, key: str, **params: object) -> str:
        """A text of the subject ``track``."""
        return messages.text(f"track.{key}", self.language, **params)

    def money(self, value: float | None) -> str:
        """An amount in the currency of the case, or that it is hidden."""
        return self.text("hidden") if value is None else self.words.money(value)

    def signed(self, value: float | None) -> str:
        """An amount with its sign, also where it is positive."""
        return self.text("hidden") if value is None else signed(value, self.words)

    def amount(self, value: float | None, unit: int) -> str:
        """The same in a table that names the currency once."""
        return self.text("hidden") if value is None else self.words.amount(value, unit)

    def number(self, value: float | None) -> str:
        """A plain number; a dash where there is none."""
        return self.words.number(value)

    def percent(self, value: float | None) -> str:
        """A percentage with at most one decimal."""
        return self.words.percent(None if value is None else round(value, 3))

    def share(self, part: float | None, whole: float | None) -> str:
        """A part as a whole percentage; a dash where there is nothing to compare with."""
        if part is None or not whole:
            return "–"
        return self.words.percent(round(part / whole, 2))

    def line(self, path: str, name: str) -> str:
        """A line, and which of its numbers where that is not the usual one."""
        title = self.words.line(path.partition(".")[2])
        if name in ("quantity", "amount"):
            return title
        return f"{title}: {self.text(f'fields.{name}')}"

    def indicator(self, one: Followed) -> str:
        """Title and unit of an indicator."""
        title = in_language(one.indicator.title, self.language, one.indicator.id)
        return f"{title} ({one.indicator.unit})" if one.indicator.unit else title

    def category(self, name: str) -> str:
        """A combination of categories by their titles."""
        dimensions = monitoring_of(self.shown.tracked.plan.case).dimensions
        found = []
        for pair in name.split(", "):
            dimension, _, category = pair.partition("=")
            known = dimensions.get(dimension)
            entry = known.categories.get(category) if known is not None else None
            title = None if entry is None else entry.title
            found.append(in_language(title, self.language, category))
        return ", ".join(found)

    def figure(self, one: Shown, is_ratio: bool) -> str:
        """What was measured, of a ratio with its numerator and denominator."""
        if one.is_suppressed and one.figure is None:
            return self.text("hidden")
        if one.figure is None or one.figure.value is None:
            return "–"
        found = one.figure
        said = self.percent(found.value) if is_ratio else self.number(found.value)
        if is_ratio and found.numerator is not None:
            numerator, denominator = self.number(found.numerator), self.number(found.denominator)
            parts = self.text("indicators.out_of", numerator=numerator, denominator=denominator)
            said = f"{said} ({parts})"
        return said if one.is_complete else self.text("indicators.so_far", value=said)

    def aim(self, value: float | None, is_ratio: bool) -> str:
        """A target or a baseline."""
        return self.percent(value) if is_ratio else self.number(value)

    def progress(self, one: Shown) -> str:
        """How much of the way was made."""
        if one.is_suppressed:
            return self.text("hidden")
        share = one.progress.share
        return "–" if share is None else self.words.percent(round(share, 2))

    def light(self, one: Shown) -> str:
        """A mark and a word, or why there is no light."""
        if one.is_suppressed:
            return f"{MARKS['none']} {self.text('hidden')}"
        light = one.progress.light
        if light != "none":
            return f"{MARKS[light]} {self.text(f'lights.{light}')}"
        lack = one.progress.lack or "incomplete"
        return f"{MARKS['none']} {self.text(f'lacks.{lack}')}"
