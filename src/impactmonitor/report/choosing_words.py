"""The words of a choice under a budget, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.portfolio.chosen import Block, Selection
from impactmonitor.report.formatting import money, number, percent

ROUNDING = 1e-9


class ChoiceWords:
    """Texts, names and numbers of one choice.

    Parameters
    ----------
    selection : Selection
        Gives the titles and the currency.
    language : {"nl", "en"}
        The reader's language.
    """

    def __init__(self, selection: Selection, language: Language) -> None:
        self.selection, self.language = selection, language
        given = {name: one.title for name, one in selection.candidates.items()}
        given |= {name: one.title for name, one in selection.left_out.items()}
        titles = {name: in_language(title, language, name) for name, title in given.items()}
        count = Counter(titles.values())
        self.names = {n: t if count[t] == 1 else f"{t} ({n})" for n, t in titles.items()}

    def text(self, key: str, **params: object) -> str:
        """A text about choices."""
        return messages.text(f"choosing.{key}", self.language, **params)

    def money(self, value: float | None) -> str:
        """An amount in the currency of the fund."""
        return money(value, self.selection.portfolio.currency, self.language)

    def points(self, value: float | None) -> str:
        """A number of score points."""
        return number(value, self.language, 0)

    def score(self, value: float | None) -> str:
        """A score from 0 to 100."""
        return number(value, self.language, 1)

    def percent(self, value: float | None) -> str:
        """A rate."""
        return percent(value, self.language)

    def goal(self, value: float | None, goal: str | None = None) -> str:
        """What is reached of a goal, by default of the one that is maximised."""
        is_money = (goal or self.selection.terms.maximise) == "npv"
        return self.money(value) if is_money else self.points(value)

    def share(self, share: float) -> str:
        """A share of draws: none and all only where that is so in truth."""
        count = round(100 * share)
        degree = {0: "few", 100: "most"}.get(count, "some")
        if share <= ROUNDING or share >= 1 - ROUNDING:
            degree = "all" if count else "none"
        return self.text(f"share.{degree}", count=count)

    def listed(self, names: Iterable[str]) -> str:
        """The titles of candidates."""
        return ", ".join(self.names.get(name, name) for name in names)

    def theme(self, name: str) -> str:
        """The title of a theme."""
        theme = self.selection.portfolio.themes.get(name)
        return in_language(theme.title if theme else None, self.language, name)

    def block(self, one: Block) -> str:
        """What keeps a candidate from being chosen beside the others."""
        if one.kind == "theme":
            return self.text("why.theme", theme=self.theme(one.names[0]),
                             short=self.money(one.short))  # fmt: skip
        if one.kind in ("needs", "excludes"):
            return self.text(f"why.{one.kind}", names=self.listed(one.names))
        if one.kind == "floor":
            goal = self.selection.terms.maximise
            other = "score" if goal == "npv" else "npv"
            return self.text(f"why.floor_{goal}", short=self.goal(one.short, other))
        if one.kind == "return":
            return self.text("why.return", short=self.percent(one.short))
        return self.text("why.budget", short=self.money(one.short))
