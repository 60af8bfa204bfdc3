"""What a result warns of."""

from __future__ import annotations

from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.shared import Answer


class Remark(Answer):
    """One thing to look at, and where."""

    code: str = told("Stable name of the kind of remark.", "unconfirmed-benefits")
    path: str = told("Keys joined by dots; empty for all of it.", "effects.fewer-falls")
    message: str = told("What it is, in the language of the answer.", "Nobody confirmed this.")
    hint: str = told("What can be done about it.", "Ask the bearer.")
    sheet: str | None = told("Sheet of a workbook.", "2 Effecten")
    cell: str | None = told("Cell of that sheet.", "D12")
    line: int | None = told("Line of a text, counted from 1.", 7)
