"""The words of a report on a portfolio: texts, titles of labels and actors, amounts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from babel.dates import format_date

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.model.record import Text, in_language
from impactmonitor.portfolio.rollup import NOT_ASSIGNED, Dimension
from impactmonitor.report.formatting import LOCALES, money, number, percent
from impactmonitor.report.portfolio_reported import PortfolioReport


def label_order(name: str) -> tuple[bool, list[int], str]:
    """How labels are ordered: goals by number, others by name, what is not assigned last.

    Examples
    --------
    >>> sorted(["not-assigned", "10", "3.4", "3", "health"], key=label_order)
    ['health', '3', '3.4', '10', 'not-assigned']
    """
    parts = name.split(".")
    numbers = [int(part) for part in parts] if all(part.isdecimal() for part in parts) else []
    return name == NOT_ASSIGNED, numbers, name


def _goal(number: str) -> str:
    """The name of a goal or a target in the framework of goals: ``g3``, ``t3-4``."""
    return f"t{number.replace('.', '-')}" if "." in number else f"g{number}"


@dataclass(frozen=True)
class PortfolioWords:
    """A report with the words for it.

    Attributes
    ----------
    report : PortfolioReport
    language : {"nl", "en"}
        The reader's language.
    """

    report: PortfolioReport
    language: Language

    def text(self, key: str, **params: object) -> str:
        """A text about portfolios."""
        return messages.text(f"portfolio_report.{key}", self.language, **params)

    def read(self, text: Text | None) -> str:
        """A text of the file; empty where there is none."""
        return in_language(text, self.language)

    @property
    def currency(self) -> str:
        """Of the fund."""
        return self.report.result.portfolio.currency

    def money(self, value: float | None) -> str:
        """An amount in the currency of the fund."""
        return money(value, self.currency, self.language)

    def amount(self, value: float | None) -> str:
        """An amount in a table that names the currency once: whole."""
        if value is None:
            return "–"
        return number(value if abs(value) >= 0.5 else 0.0, self.language, 0)

    def date(self, day: datetime.date) -> str:
        """A day, with the month in words."""
        return format_date(day, "d MMMM y", locale=LOCALES[self.language])

    def number(self, value: float | None) -> str:
        """A plain number."""
        return number(value, self.language)

    def percent(self, value: float | None) -> str:
        """A share, in whole per cents where it is not small."""
        if value is None:
            return "–"
        return percent(round(value, 2) if abs(value) >= 0.1 else round(value, 3), self.language)

    def holding(self, name: str) -> str:
        """The title of a holding; its id too where several have the same title."""
        titles = {key: self.read(one.title) for key, one in self.report.result.holdings.items()}
        title = titles.get(name, name)
        return f"{title} ({name})" if list(titles.values()).count(title) > 1 else title

    def line(self, holding: str, line: str) -> str:
        """The title of a line of the case of a holding."""
        one = self.report.result.holdings.get(holding)
        case = one.case.evaluation.case if one is not None and one.case is not None else None
        if case is None:
            return line
        found = {**case.costs, **case.effects, **case.transfers}.get(line)
        return self.read(found.title) or line if found is not None else line

    def label(self, dimension: Dimension, name: str) -> str:
        """The title of a label, of a theme, of a tag of a framework, of a domain or an actor."""
        if name == NOT_ASSIGNED:
            return self.text("not_assigned")
        return self.read(self._title(dimension, name)) or name

    def _title(self, dimension: Dimension, name: str) -> Text | None:
        report = self.report
        if dimension == "theme":
            theme = report.result.portfolio.themes.get(name)
            return theme.title if theme is not None else None
        if dimension == "actor":
            actor = report.catalogue.actors.get(name)
            return actor.title if actor is not None else None
        if dimension == "domain":
            domain = report.catalogue.domains.get(name)
            return domain.title if domain is not None else None
        return self._of_framework(f"sdg.{_goal(name)}" if dimension == "sdg" else name)

    def _of_framework(self, name: str) -> Text | None:
        """What ``framework.name`` is called; a label that is no such path is shown as it is."""
        first, _, inner = name.partition(".")
        framework = self.report.frameworks.frameworks.get(first)
        if framework is None:
            return None
        for entries in (framework.tags, framework.groups, framework.end_states):
            if inner in entries:
                return entries[inner].title
        return None

    def indicator(self, name: str) -> str:
        """The title of an indicator."""
        found = self.report.result.indicators.get(name)
        return self.read(found.title) or name if found is not None else name

    def unit(self, name: str | None) -> str:
        """A unit in the reader's language, where the catalogue has a word for it."""
        found = self.report.catalogue.units.get(name or "")
        return self.read(found.title) if found is not None and found.title else name or ""

    def place(self, name: str) -> str:
        """A place as the portfolio or a case writes it; places are compared without capitals."""
        for one in self.report.result.holdings.values():
            about = one.case.evaluation.case.about if one.case is not None else None
            area = about.area if about is not None else None
            if name in {in_language(area, each).strip().casefold() for each in messages.LANGUAGES}:
                return self.read(area)
            for region in one.labels["region"]:
                if region.strip().casefold() == name:
                    return region
        return name

    def evidence(self, grade: str) -> str:
        """A strength of evidence."""
        return messages.text(f"screen.evidence.{grade}", self.language)

    def instrument(self, kind: str) -> str:
        """An instrument."""
        return self.text(f"instruments.{kind}")

    def reason(self, name: str) -> str:
        """Why a holding is in no total."""
        return self.text(f"reasons.{name}")
