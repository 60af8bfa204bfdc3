"""The words above and beside the cells that are filled in, by which a reader knows them again.

A workbook keeps a fingerprint of these words for each sheet. Where a row was put in or a column
taken out, they no longer stand where they stood, and what is read would be something else.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

from impactmonitor import messages
from impactmonitor.intake.workbook.assessing import ASSESSOR_ROW, ID_COLUMN, QUESTIONS_TOP, is_form
from impactmonitor.intake.workbook.layout import (
    ASSESSMENT,
    ASSESSOR,
    FORMS,
    TABLES,
    At,
    Layout,
    SheetId,
    Spot,
)


def heads(layout: Layout) -> dict[At, str]:
    """The label of every field of a form and the head of every column, by place."""
    found: dict[At, str] = {}
    for sheet, columns in FORMS.items():
        for column in columns:
            place = layout.field(sheet, column.key)
            found[At(sheet, place.row, 1)] = label(layout, Spot(sheet, column.key))
    for table in TABLES:
        for column in table.columns:
            first = layout.cell(table.id, column.key, 0)
            text = label(layout, Spot(table.id, column.key, 0))
            found[At(first.sheet, first.row - 1, first.column)] = text
    for form, asked in layout.forms.items():
        found[At(form, ASSESSOR_ROW, 2)] = label(layout, Spot(form, ASSESSOR.key))
        for column in ASSESSMENT:
            first = layout.answer_cell(form, column.key, 0)
            text = label(layout, Spot(form, column.key, 0))
            found[At(form, QUESTIONS_TOP, first.column)] = text
        for row, question in enumerate(asked.questions, start=QUESTIONS_TOP + 1):
            found[At(form, row, ID_COLUMN)] = question.id
    return found


def label(layout: Layout, spot: Spot) -> str:
    """What a field is called in a workbook."""
    if is_form(spot.where):
        return messages.text(f"workbook.assessment.fields.{spot.key}.label", layout.language)
    key = (
        f"forms.{spot.where}.{spot.key.replace('.', '_')}"
        if spot.index is None
        else f"tables.{spot.where}.columns.{spot.key}"
    )
    return messages.text(f"workbook.{key}.label", layout.language)


def fingerprint(layout: Layout, text_at: Callable[[At], str]) -> str:
    """One number for each sheet, made of the texts that stand at the places of its heads.

    Examples
    --------
    >>> layout = Layout("en")
    >>> fingerprint(layout, heads(layout).__getitem__).startswith("plan=")
    True
    """
    texts: dict[SheetId, list[str]] = {}
    for at in heads(layout):
        texts.setdefault(at.sheet, []).append(text_at(at))
    marks = {sheet: zlib.crc32("\n".join(found).encode()) for sheet, found in texts.items()}
    return ";".join(f"{sheet}={mark:08x}" for sheet, mark in marks.items())


def changed(written: str, found: str) -> list[str]:
    """The sheets on which the heads are not those that were written.

    Examples
    --------
    >>> changed("plan=1;costs=2", "plan=1;costs=3")
    ['costs']
    """
    before: Mapping[str, str] = dict(part.partition("=")[::2] for part in written.split(";"))
    now = (part.partition("=")[::2] for part in found.split(";"))
    return [sheet for sheet, mark in now if before.get(sheet) != mark]
