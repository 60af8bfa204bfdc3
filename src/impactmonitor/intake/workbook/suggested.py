"""Where a workbook suggests what to look at: two cells to choose in, and what they lead to.

What is chosen is no part of a case. What it fills in elsewhere are formulas, which anybody may
type over, and their values are answers like all others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from impactmonitor.intake.workbook.cells import Content
from impactmonitor.intake.workbook.layout import FORM_COLUMN, FORM_TOP, FORMS, At, SheetId

SHEET: SheetId = "people"
SUGGESTED = 8
"""Effects and indicators that are suggested at once, at most."""

TOP = FORM_TOP + len(FORMS[SHEET]) + 1
"""Row of the title, below the questions and an empty row."""

CHOSEN: Mapping[str, At] = {
    name: At(SHEET, TOP + 2 + i, FORM_COLUMN) for i, name in enumerate(("topic", "group"))
}
"""The cells for the topic and its target group."""

STATUS = At(SHEET, TOP + 4, 1)
"""What to do next: a text that is never empty."""

HEADS = TOP + 6
SHOWN = ("title", "mark", "unit", "why", "domain", "known", "evidence", "indicator")
"""What is said of each suggestion, from left to right."""

AREA = (TOP, 1, HEADS + SUGGESTED, len(SHOWN))
"""First and last row and column, in which nothing but the choice is filled in."""


def shown(place: int, key: str) -> At:
    """The cell with what is said of a suggestion, places from 0.

    Examples
    --------
    >>> shown(0, "title") == At("people", HEADS + 1, 1)
    True
    """
    return At(SHEET, HEADS + 1 + place, 1 + SHOWN.index(key))


def is_waiting(cell: Content, lists: str) -> bool:
    """Whether a cell waits for a suggestion, without any value.

    So does one in which nothing is suggested, in the file as it is written, and every one in a
    file that another program saved without calculating it.

    Parameters
    ----------
    cell : Content
        What was read.
    lists : str
        The title of the sheet of lists.

    Examples
    --------
    >>> is_waiting(Content(None, "T(INDEX('Lists'!$A$8:$A$9,'Lists'!$C$8))"), "Lists")
    True
    >>> is_waiting(Content("", "T(INDEX(Lists!$A$8:$A$9,Lists!$C$8))"), "Lists")
    False
    """
    if cell.value is not None or cell.error is not None or cell.formula is None:
        return False
    title = re.escape(lists)
    return bool(re.search(rf"\bT\(INDEX\((?:'{title}'|{title})!", cell.formula))
