"""The columns of a table of holdings, as they may be called in either language."""

from __future__ import annotations

from impactmonitor.model.validation import shown
from impactmonitor.problems import Problem, nearest

OWN = ("title", "case", "investee", "instrument", "currency", "exit", "note")
"""Columns of the holding as a whole."""

COMMITMENT = {
    "commitment_date": "date",
    "commitment_amount": "amount",
    "commitment_total_funding": "total_funding",
}
FIGURES = (
    "outstanding",
    "disbursed",
    "called",
    "exposure",
    "equity",
    "debt",
    "total_funding",
)
TAGS = ("themes", "missions", "transitions", "sdgs", "regions")
CORRECTION = ("restated_in", "reason")
COLUMNS = ("id", *OWN, *COMMITMENT, *TAGS, "period", *FIGURES, *CORRECTION)
DUTCH = {
    "titel": "title",
    "casus": "case",
    "deelneming": "investee",
    "valuta": "currency",
    "uitstap": "exit",
    "toelichting": "note",
    "toezegging_datum": "commitment_date",
    "toezegging_bedrag": "commitment_amount",
    "toezegging_totale_financiering": "commitment_total_funding",
    "themas": "themes",
    "missies": "missions",
    "transities": "transitions",
    "regios": "regions",
    "periode": "period",
    "uitstaand": "outstanding",
    "uitgekeerd": "disbursed",
    "ingeroepen": "called",
    "blootstelling": "exposure",
    "eigen_vermogen": "equity",
    "schuld": "debt",
    "totale_financiering": "total_funding",
    "gecorrigeerd_in": "restated_in",
    "reden": "reason",
}
"""How a column may also be called."""


def columns_of(header: list[str]) -> tuple[dict[int, str], list[Problem]]:
    """Which column stands at which place; unknown ones, and ones that stand there twice.

    Parameters
    ----------
    header : list of str
        The first row.
    """
    columns: dict[int, str] = {}
    problems = []
    for place, cell in enumerate(header):
        written = cell.strip().lower().replace(" ", "_").replace("-", "_")
        name = DUTCH.get(written, written)
        params: dict[str, object] = {"column": shown(cell.strip())}
        if not written:
            continue
        if name not in COLUMNS:
            near = nearest(written, (*COLUMNS, *DUTCH))
            problems.append(Problem("holdings-unknown-column", "", {**params, "nearest": near}))
        elif name in columns.values():
            problems.append(Problem("csv-column-twice", "", params))
        else:
            columns[place] = name
    if "id" not in columns.values():
        problems.append(Problem("holdings-column-missing", "", {"column": "id"}))
    return columns, problems
