"""The words of a report: texts of the catalogue and titles of the case, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from impactmonitor import messages
from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import Language
from impactmonitor.model.case import EXCESS_BURDEN, SOCIETY
from impactmonitor.model.record import in_language
from impactmonitor.report.formatting import money, number, percent


@dataclass(frozen=True, slots=True)
class Words:
    """Texts and numbers of one result in one language.

    Parameters
    ----------
    evaluation : Evaluation or Appraised
        Gives the titles and the currency.
    language : {"nl", "en"}
        The reader's language.
    """

    evaluation: Evaluation | Appraised
    language: Language

    def text(self, key: str, **params: object) -> str:
        """A text of the subject ``screen``."""
        return messages.text(f"screen.{key}", self.language, **params)

    def money(self, value: float | None) -> str:
        """An amount in the currency of the case."""
        return money(value, self.evaluation.case.currency, self.language)

    def amount(self, value: float, unit: int = 1) -> str:
        """An amount in a table that names the currency once: whole, in ones or thousands."""
        scaled = value / unit
        return number(scaled if abs(scaled) >= 0.5 else 0.0, self.language, 0)

    def currency(self, unit: int) -> str:
        """The currency of a table, and in how many of it the table counts."""
        name = self.evaluation.case.currency
        return name if unit == 1 else f"{name} × {number(unit, self.language, 0)}"

    def number(self, value: float | None, digits: int | None = None) -> str:
        """A plain number."""
        return number(value, self.language, digits)

    def percent(self, value: float | None) -> str:
        """A share or rate."""
        return percent(value, self.language)

    def actor(self, name: str) -> str:
        """An actor's title."""
        return in_language(self.evaluation.case.actors[name].title, self.language, name)

    def line(self, name: str) -> str:
        """A line's title."""
        if name == EXCESS_BURDEN:
            return messages.text("metrics.line.excess-burden.title", self.language)
        return in_language(self.evaluation.case.lines()[name].title, self.language, name)

    def perspective(self, name: str) -> str:
        """A perspective's name; society has a word of its own."""
        return self.text("parties.society") if name == SOCIETY else name

    def domain(self, name: str) -> str:
        """A domain's name."""
        return messages.text(f"screen.domain_names.{name}", self.language)

    def metric(self, group: str, name: str, part: str = "title") -> str:
        """Title, definition or formula of a metric."""
        return messages.text(f"metrics.{group}.{name}.{part}", self.language)
