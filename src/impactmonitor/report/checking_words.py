"""The words of a checked batch: amounts without false precision, places, questions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import fields

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.problems import Problem
from impactmonitor.proposals.checked import (
    Alike,
    Amount,
    CheckedBatch,
    Flag,
    Intake,
    Skipped,
    Spread,
    Unjudged,
)
from impactmonitor.proposals.thresholds import Thresholds
from impactmonitor.report.formatting import money, number, percent

PRECISE, ROUGH = 3, 2
"""Figures of amounts and numbers, and of shares and ratios: no more than they deserve."""

LONGEST = 200
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
SHARES = frozenset({"least_deadweight", "other_deadweight", "large_effect", "value_margin",
                    "card_margin", "most_cashable", "rate_margin"})  # fmt: skip


def shown_text(text: str, longest: int = LONGEST) -> str:
    r"""A text of an applicant in one line of bearable length, without unseen characters.

    Examples
    --------
    >>> shown_text("Walking\ntogether")
    'Walking together'
    """
    found = " ".join(_CONTROL.sub(" ", text[: 5 * longest]).split())
    return found if len(found) <= longest else f"{found[: longest - 1]}…"


def rounded(value: float, figures: int = PRECISE) -> float:
    """A number to a few significant figures.

    Examples
    --------
    >>> rounded(1234.5), rounded(0.012345, 2), rounded(0.0)
    (1230.0, 0.012, 0.0)
    """
    return float(f"{value:.{figures}g}") if math.isfinite(value) else value


class CheckingWords:
    """Texts and figures of a checked batch in one language.

    Parameters
    ----------
    language : {"nl", "en"}
        The reader's language.
    """

    def __init__(self, language: Language) -> None:
        self.language = language

    def text(self, key: str, /, **params: object) -> str:
        """A text about checking."""
        return messages.text(f"checking.{key}", self.language, **params)

    # Who and what ------------------------------------------------------------------------------

    def title(self, intake: Intake) -> str:
        """The title of a proposal, else its id, else what is known of it."""
        if intake.title is not None:
            found = shown_text(in_language(intake.title, self.language))
            if found:
                return found
        return intake.id or self.text("no_case")

    def sender(self, intake: Intake) -> str:
        """The organisation that sent it, else the author, else that nobody says so."""
        about = intake.about
        found = shown_text(about.organisation or about.author or "")
        return found or self.text("nobody")

    def line(self, intake: Intake, name: str | None) -> str:
        """The title of a line; of no line the whole calculation."""
        if name is None or intake.evaluation is None:
            return name or self.text("whole_case")
        lines = intake.evaluation.case.lines()
        return shown_text(in_language(lines[name].title, self.language, name))

    def state(self, intake: Intake) -> str:
        """In words of what state it is; empty where it does not say."""
        status = intake.about.status
        return "" if status is None else self.text(f"status.{status}")

    # Amounts -------------------------------------------------------------------------------------

    def amount(self, amount: Amount) -> str:
        """A figure with its unit, to no more figures than it deserves."""
        if amount.kind == "share":
            return percent(rounded(amount.value, ROUGH), self.language)
        if amount.kind == "ratio":
            return number(rounded(amount.value, ROUGH), self.language)
        value = rounded(amount.value)
        if amount.kind == "money":
            return money(value, amount.unit, self.language)
        shown = number(value, self.language)
        if amount.kind == "years":
            return self.text("amount.years", value=shown)
        if amount.unit:
            return self.text("amount.unit", value=shown, unit=self.people(amount.unit))
        return shown

    def compared(self, flag: Flag) -> str:
        """With what a figure is compared; empty for nothing."""
        shown = [self.amount(amount) for amount in flag.compared]
        if len(shown) == 2:
            return self.text("amount.range", low=shown[0], high=shown[1])
        return shown[0] if shown else ""

    def given(self, flag: Flag) -> str:
        """The figure of the applicant; empty where there is none."""
        return "" if flag.given is None else self.amount(flag.given)

    def people(self, name: str) -> str:
        """Many of a unit that counts people; another unit by its name in the catalogue."""
        key = f"checking.units.{name.replace(' ', '-')}"
        return messages.text(key, self.language) if messages.has(key) else shown_text(name)

    # Questions -----------------------------------------------------------------------------------

    def check_title(self, check: str) -> str:
        """What a check is called."""
        return self.text(f"checks.{check}.title" if check else "unjudged.everything")

    def finding(self, intake: Intake, flag: Flag) -> str:
        """What there is to see, with the figures."""
        key = f"checks.{flag.check}.finding"
        if flag.compared and messages.has(f"checking.{key}_beside"):
            key += "_beside"
        names = {name: self._name(intake, name, value) for name, value in flag.names.items()}
        params = {
            **names,
            "line": self.line(intake, flag.line_id),
            "other": self.line(intake, flag.other_id),
            "given": self.given(flag),
            "compared": self.compared(flag),
        }
        return self.text(key, **params)

    def _name(self, intake: Intake, name: str, value: str) -> str:
        if name == "unit":
            return self._unit(intake, value)
        if name == "people":
            return number(rounded(float(value)), self.language)
        if name == "actors" and intake.evaluation is not None:
            actors = intake.evaluation.case.actors
            titles = [in_language(actors[one].title, self.language, one)
                      for one in value.split(",")]  # fmt: skip
            return shown_text(", ".join(titles))
        return shown_text(value)

    def _unit(self, intake: Intake, name: str) -> str:
        """A unit in the reader's language: many people, or one of what the catalogue knows."""
        shown = self.people(name)
        if shown != name or intake.evaluation is None:
            return shown
        known = intake.evaluation.appraised.resolved.units.get(name)
        return shown if known is None else in_language(known.title, self.language, name)

    def question(self, flag: Flag) -> str:
        """What to ask the applicant."""
        return self.text(f"checks.{flag.check}.question")

    def place(self, found: Flag | Problem) -> str:
        """Where it stands in the applicant's own file."""
        if found.sheet is not None:
            key = "place.cell" if found.cell else "place.sheet"
            return self.text(key, sheet=found.sheet, cell=found.cell)
        path = shown_text(found.path)
        if not path:
            return self.text("place.file")
        return path if found.line is None else self.text("place.line", path=path, line=found.line)

    # The batch -----------------------------------------------------------------------------------

    def headline(self, batch: CheckedBatch) -> str:
        """How many could be read, and how much there is to ask."""
        counts = {
            "files": len(batch.intakes),
            "readable": sum(one.is_readable for one in batch.intakes),
            "flags": sum(len(one.flags) for one in batch.intakes),
            "asked": sum(bool(one.flags) for one in batch.intakes),
        }
        return f"{self.text('headline.read', **counts)} {self.text('headline.nature')}"

    def unjudged(self, one: Unjudged) -> str:
        """Why something could not be judged."""
        reason = self.text(f"unjudged.{one.reason}", count=one.count, needed=one.needed)
        return self.text("unjudged.sentence", title=self.check_title(one.check), reason=reason)

    def skipped(self, one: Skipped) -> str:
        """Why a file was not read."""
        reason = self.text(f"skipped.{one.reason}")
        return self.text("skipped.sentence", file=shown_text(one.file), reason=reason)

    def alike(self, one: Alike) -> str:
        """Which files are the same."""
        files = ", ".join(shown_text(file) for file in one.files)
        return self.text(f"alike.{one.kind}", files=files)

    def usual(self, spread: Spread) -> str:
        """What is usual in the batch, and from where on something is far from it."""
        is_money = bool(spread.currency)
        median, low, high = (
            "" if value is None else
            self.amount(Amount(value, "money" if is_money else "ratio", spread.currency))
            for value in (spread.median, spread.low, spread.high)
        )  # fmt: skip
        counts = self.text("usual.reached") if spread.counts == "reached" else spread.counts
        kind = self.text("usual.kind", indicator=spread.indicator) if spread.indicator else ""
        one = self.text(f"unit_one.{spread.unit}") if spread.unit else ""
        params = {"unit": one, "counts": counts, "kind": kind,
                  "count": spread.count, "median": median}  # fmt: skip
        sentence = self.text("usual.cost" if is_money else "usual.ratio", **params)
        far = "too_few" if not high else "far" if is_money else "far_above"
        return f"{sentence} {self.text(f'usual.{far}', low=low, high=high)}"

    def threshold(self, name: str, thresholds: Thresholds) -> str:
        """The value of a threshold."""
        value = float(getattr(thresholds, name))
        return percent(value, self.language) if name in SHARES else number(value, self.language)

    def thresholds(self, thresholds: Thresholds) -> Iterator[tuple[str, str]]:
        """All thresholds with their values."""
        for field in fields(thresholds):
            name = field.name
            yield self.text(f"thresholds.{name}"), self.threshold(name, thresholds)
