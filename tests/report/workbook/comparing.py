"""What the formulas of a workbook come to, beside what the engine finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from impactmonitor import messages
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.workbook.layout import At
from impactmonitor.messages import Language
from impactmonitor.model.case import SOCIETY
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.parties import PARTY_COLUMNS
from impactmonitor.report.workbook.writing import Written, workbook
from impactmonitor.report.workbook.yearly import YEARS_LEFT

TOLERANCE = 1e-9
NO_AMOUNTS = {
    "benefit_cost_ratio", "sroi", "sroi_net", "break_even", "quantity", "discounted_quantity",
}  # fmt: skip
YEARLY = {"costs": 0, "benefits": 0, "by_party": 1, "cash_by_party": 1}
"""Series by year; a section has its series below its own row, one for each actor."""
LEAST = 1e-3
"""Numbers below this size are compared as if they had it."""


def years_of(evaluation: Evaluation) -> int:
    """Up to the last flow."""
    return evaluation.appraised.compiled.program.years


def written_of(evaluation: Evaluation, catalogue: Catalogue, language: Language) -> Written:
    """The workbook of a case as it is written with its result."""
    computed = computed_of(evaluation)
    return workbook(evaluation.case, catalogue, language, years_of(evaluation), computed)


def live(written: Written) -> dict[str, Any]:
    """The results in the cells, by their places."""
    layout = written.book.layout
    return {
        name: written.values.get((layout.sheet_name(at.sheet), at.row, at.column))
        for name, at in places(written).items()
    }


def places(written: Written) -> dict[str, At]:
    """The cells of all results: those that have a path, and the sheet by year."""
    layout, page = written.book.layout, written.book.pages["yearly"]
    row_of = {
        cell.value: row for (row, column), cell in page.cells.items() if column == 1 and cell.value
    }
    found = dict(written.outcome.places.cells)
    for key, count in YEARLY.items():
        first = row_of[messages.text(f"workbook.yearly.{key}", layout.language)]
        for i in range(layout.rows["actors"] if count else 1):
            for year in range(layout.years):
                at = At("yearly", first + count + i, YEARS_LEFT + year)
                found[f"yearly.{key}.{i}.{year}"] = at
    return found


def wanted(written: Written, evaluation: Evaluation) -> dict[str, Any]:
    """The same results of the engine; a text where it finds no number."""
    found: dict[str, Any] = {}
    for name, value in evaluation.totals.items():
        if isinstance(value, InternalRate):
            found[f"totals.{name}"] = "" if value.value is None else value.value
        elif name != "most_likely_net_present_value":
            found[f"totals.{name}"] = "" if value is None else value
    parties = dict(enumerate(evaluation.by_actor.values()))
    room = written.book.layout.rows["actors"]
    perspectives = [p for p in evaluation.by_perspective if p != SOCIETY]
    parties |= {room + i: evaluation.by_perspective[p] for i, p in enumerate(perspectives)}
    for i, party in parties.items():
        for name in (*PARTY_COLUMNS, "transfers"):
            value = getattr(party, name)
            found[f"parties.{i}.{name}"] = "" if value is None else value
    for name, domain in evaluation.domain_results().items():
        for key in ("costs", "benefits", "net"):
            found[f"domains.{name}.{key}"] = getattr(domain, key)
    return found | _lines(written, evaluation) | _years(evaluation)


def _years(evaluation: Evaluation) -> dict[str, float]:
    """Costs and benefits of each year, and what each actor gains, in value and in money."""
    found: dict[str, float] = {}
    for k, year in enumerate(evaluation.year_results()):
        found |= {f"yearly.costs.0.{k}": year.costs, f"yearly.benefits.0.{k}": year.benefits}
        for i, (net, cash) in enumerate(year.actors.values()):
            found |= {f"yearly.by_party.{i}.{k}": net, f"yearly.cash_by_party.{i}.{k}": cash}
    return found


def _lines(written: Written, evaluation: Evaluation) -> dict[str, float]:
    """Present values of the lines in money, by the row that bears their code."""
    page, layout, found = written.book.pages, written.book.layout, dict[str, float]()
    present = {line.id: line.present_value for line in evaluation.line_results()}
    for table in ("costs", "effects", "transfers"):
        for i in range(layout.rows[table]):
            at = layout.cell(table, "code", i)
            cell = page[at.sheet].cells.get((at.row, at.column))
            value = None if cell is None else present.get(str(cell.value))
            if value is not None:
                found[f"{table}.{i}.present_value"] = value
    return found


def size_of(evaluation: Evaluation) -> float:
    """The size of the amounts of a case: what a difference is compared with."""
    parties = evaluation.by_actor.values()
    return max(
        1.0, abs(evaluation.amount("costs")), abs(evaluation.amount("benefits")),
        *(abs(p.benefits) + p.costs + p.transfers_paid + p.transfers_received for p in parties),
    )  # fmt: skip


def differences(
    cells: Mapping[str, Any], expected: Mapping[str, Any], size: float
) -> dict[str, tuple[Any, Any, float]]:
    """Where cells are not as expected: the two values, and how far they are apart."""
    found = {}
    for name, value in expected.items():
        cell = cells.get(name)
        if isinstance(value, str):
            distance = 0.0 if isinstance(cell, str) else float("inf")
        elif not isinstance(cell, int | float):
            distance = float("inf")
        else:
            is_amount = not NO_AMOUNTS.intersection(name.split("."))
            distance = abs(cell - value) / max(size if is_amount else 0.0, abs(value), LEAST)
        if distance > 0:
            found[name] = (cell, value, distance)
    return found


def assert_equal(written: Written, evaluation: Evaluation) -> None:
    """All results in the cells are those of the engine, and no check finds anything."""
    cells = live(written)
    found = differences(cells, wanted(written, evaluation), size_of(evaluation))
    assert {name: f for name, f in found.items() if f[2] > TOLERANCE} == {}
    assert {k: v for k, v in cells.items() if k.startswith("checks.") and v} == {}
