"""The records of a case on screen: one line for each, in their order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from rich.console import RenderableType
from rich.text import Text

from impactmonitor import messages
from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.intake.workbook.words import word
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.record import in_language
from impactmonitor.report.formatting import number
from impactmonitor.report.tables import new_table, numeric

_USUAL = frozenset({"quantity", "amount"})
_TEXTS = ("of", "period", "category")
_OTHERS = ("status", "reporter", "project", "restates")


def measurements_screen(
    case: Case,
    indicators: Mapping[str, MonitoredIndicator],
    hidden: Collection[int],
    language: Language,
) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor measurements`` shows.

    Parameters
    ----------
    case : Case
        With its measurements.
    indicators : Mapping[str, MonitoredIndicator]
        As ``catalogue.monitored.monitored`` gives them, for their titles.
    hidden : collection of int
        Places of the records that are not shown.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """

    def text(key: str, **params: object) -> str:
        return messages.text(f"update.table.{key}", language, **params)

    title = in_language(case.title, language)
    if not case.measurements:
        yield Text(title, style="bold")
        yield Text(text("none"))
        return
    others = [name for name in _OTHERS if name == "status" or _is_used(case, name)]
    table = new_table(title)
    for name in _TEXTS:
        table.add_column(text(f"columns.{name}"))
    numeric(table, text("columns.value"), text("columns.target"))
    for name in others:
        table.add_column(text(f"columns.{name}"))
    for i, record in enumerate(case.measurements):
        if i in hidden:
            continue
        shown = {
            "status": word("measured_statuses", record.status, language),
            "reporter": record.reporter or "",
            "project": record.project or "",
            "restates": record.restates or "",
        }
        figure = figure_in_words(record, language)
        target = "" if record.target is None else number(record.target, language)
        cells = [name_of(case, indicators, record, language), record.period,
                 category_in_words(case, record, language), figure, target]  # fmt: skip
        table.add_row(*(Text(cell) for cell in [*cells, *(shown[name] for name in others)]))
    yield table
    if hidden:
        under = monitoring_of(case).suppress_under
        yield Text(text("hidden", under=under, count=len(hidden)))


def _is_used(case: Case, name: str) -> bool:
    return any(getattr(record, name) is not None for record in case.measurements)


def name_of(
    case: Case,
    indicators: Mapping[str, MonitoredIndicator],
    record: Measurement,
    language: Language,
) -> str:
    """What a record is about, by the title of its indicator or line."""
    if record.line is None:
        indicator = indicators.get(record.of)
        return in_language(indicator.title if indicator else None, language, record.of)
    section, _, name = record.line.partition(".")
    title = in_language(getattr(case, section)[name].title, language, name)
    field = str(record.measured_field)
    return title if field in _USUAL else f"{title}: {word('measured_fields', field, language)}"


def category_in_words(case: Case, record: Measurement, language: Language) -> str:
    """The categories of a record by their titles; empty for everybody together."""
    dimensions = monitoring_of(case).dimensions
    known = [dimensions[d].categories[c].title for d, c in record.cell]
    pairs = zip(known, record.cell, strict=True)
    return ", ".join(in_language(title, language, name) for title, (_, name) in pairs)


def figure_in_words(record: Measurement, language: Language) -> str:
    """What a record reports: a number, so many of so many, or nothing.

    Examples
    --------
    >>> one = Measurement(indicator="satisfied", period="2025", numerator=30, denominator=40)
    >>> figure_in_words(one, "nl")
    '30 van 40'
    """
    if record.numerator is not None and record.denominator is not None:
        parts = {"numerator": number(record.numerator, language),
                 "denominator": number(record.denominator, language)}  # fmt: skip
        return messages.text("update.table.of", language, **parts)
    return "" if record.value is None else number(record.value, language)
