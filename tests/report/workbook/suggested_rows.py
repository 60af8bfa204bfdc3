"""What a blank workbook shows when somebody chooses a topic and types in some cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from impactmonitor import load_catalogue
from impactmonitor.intake.workbook.calculate import Calculator
from impactmonitor.intake.workbook.layout import At
from impactmonitor.intake.workbook.suggested import CHOSEN
from impactmonitor.messages import Language
from impactmonitor.report.workbook.offers import Offer, Offers, offers_of
from impactmonitor.report.workbook.writing import Written, blank_workbook

YEARS = 2
SHEETS = ("people", "effects", "unpriced", "lists")
"""Where everything about suggestions stands."""


@cache
def blank(language: Language) -> Written:
    return blank_workbook(load_catalogue(), language, years=YEARS)


@cache
def offers(language: Language) -> Offers:
    return offers_of(load_catalogue(), language)


def offered(language: Language, topic: str, group: str) -> tuple[list[Offer], list[Offer]]:
    """Effects, and indicators beside money."""
    found = offers(language)
    pair = found.pairs[topic, group]
    return [found.offers[i] for i in pair.effects], [found.offers[i] for i in pair.indicators]


def choosing(language: Language, topic: str, group: str) -> dict[At, Any]:
    """What is typed to choose them."""
    pair = offers(language).pairs[topic, group]
    return {CHOSEN["topic"]: pair.topic, CHOSEN["group"]: pair.group}


class Shown:
    """The cells of a workbook with some of them typed over; None empties a cell.

    Parameters
    ----------
    written : Written
        The workbook.
    typed : Mapping of At to value
        What is typed.
    is_whole : bool
        Whether the results are asked for as well; without them it is quicker.
    """

    def __init__(
        self, written: Written, typed: Mapping[At, Any], *, is_whole: bool = False
    ) -> None:
        self.layout, book = written.book.layout, written.book
        changed = {self._key(at): value for at, value in typed.items()}
        constants = {**book.constants(), **changed}
        self.constants = {key: value for key, value in constants.items() if value is not None}
        sheets = self.layout.sheets if is_whole else SHEETS
        names = {self.layout.sheet_name(sheet) for sheet in sheets}
        formulas = {
            key: each
            for key, each in book.formulas().items()
            if key not in changed and key[0] in names
        }
        named = {name: self._key(at) for name, at in book.names.items()}
        self.calculator = Calculator(self.constants, formulas, named)

    def _key(self, at: At) -> tuple[str, int, int]:
        return self.layout.sheet_name(at.sheet), at.row, at.column

    def at(self, at: At) -> Any:
        return self.calculator.value(self._key(at))

    def row(self, table: str, index: int, *keys: str) -> list[Any]:
        return [self.at(self.layout.cell(table, key, index)) for key in keys]
