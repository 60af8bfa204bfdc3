"""What the formulas of a workbook come to, beside what the engine finds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from impactmonitor import messages
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.arrangement import measures_of
from impactmonitor.financing.compensation import Conditions, Payments, side_payments
from impactmonitor.financing.pockets import pockets_of
from impactmonitor.intake.workbook.layout import At
from impactmonitor.intake.workbook.words import codes_by_word
from impactmonitor.messages import Language
from impactmonitor.model.case import SOCIETY
from impactmonitor.model.financing import Wholeness
from impactmonitor.model.record import in_language
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.parties import PARTY_COLUMNS
from impactmonitor.report.workbook.writing import Written, workbook
from impactmonitor.report.workbook.yearly import YEARS_LEFT

TOLERANCE = 1e-9
NO_AMOUNTS = {
    "benefit_cost_ratio", "sroi", "sroi_net", "break_even", "quantity", "discounted_quantity",
    "advance_year",
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
    return (
        found
        | _lines(written, evaluation)
        | _years(evaluation)
        | financing(evaluation, whole_of(written), payments_of(written))
    )


def whole_of(written: Written) -> Wholeness | None:
    """In what nobody may lose, as the sheet on financing says; None for the default."""
    at, language = written.outcome.financing.choice, written.book.layout.language
    said = str(written.book.pages[at.sheet].cells[at.row, at.column].value)
    found = codes_by_word("wholeness", language)[said.lower()]
    return None if found == "default" else found  # type: ignore[return-value]


def payments_of(written: Written) -> list[tuple[str, str, float]]:
    """The payments that stand on the sheet on financing: who, whom, how much."""
    cells = written.book.pages["financing"].cells
    rows = [[cells[at[1:]].value for at in one] for one in written.outcome.financing.payments]
    whole = [row for row in rows if None not in row and row[0] != row[1]]
    return [(str(row[0]), str(row[1]), float(row[2])) for row in whole]  # type: ignore[arg-type]


def proposal_of(evaluation: Evaluation, whole: Wholeness | None) -> tuple[Conditions, Payments]:
    """The smallest payments where nothing is forbidden or settled beforehand."""
    pockets = pockets_of(evaluation).actors
    found = [measures_of(pocket, whole) for pocket in pockets.values()]
    may_pay = [evaluation.appraised.resolved.may_pay[name] for name in pockets]
    need, spared = (np.array([one[i] for one in found]) for i in (0, 1))
    conditions = Conditions.plain(need, np.where(may_pay, spared, 0.0))
    return conditions, side_payments(conditions)


def financing(
    evaluation: Evaluation, whole: Wholeness | None, paid: Sequence[tuple[str, str, float]]
) -> dict[str, Any]:
    """What each actor lacks, can spare, would pay, and holds after these payments."""
    conditions, smallest = proposal_of(evaluation, whole)
    found: dict[str, Any] = {}
    for i, (name, pocket) in enumerate(pockets_of(evaluation).actors.items()):
        one: dict[str, Any] = {
            key: getattr(pocket, key)
            for key in ("net", "cash_net", "lacks_value", "spares_value", "lacks_cash",
                        "spares_cash")
        }  # fmt: skip
        one |= {"advance": pocket.deepest_need} | _deepest_year(evaluation, i)
        one |= {"need": conditions.need[i], "capacity": conditions.capacity[i],
                "pays": smallest.paid[i], "receives": smallest.received[i],
                "subsidy": smallest.subsidies[i]}  # fmt: skip
        # until somebody gives it a code, an actor goes by its title
        names = {name, in_language(evaluation.case.actors[name].title, "nl", name)}
        given = math.fsum(amount for giver, _, amount in paid if giver in names)
        got = math.fsum(amount for _, receiver, amount in paid if receiver in names)
        after = replace(
            pocket,
            is_payer=pocket.is_payer or given > 0,
            lacks_value=max(0.0, pocket.lacks_value - pocket.spares_value + given - got),
            lacks_cash=max(0.0, pocket.lacks_cash - pocket.spares_cash + given - got),
        )
        one |= {"paid": given, "received": got, "net_after": pocket.net + got - given,
                "cash_net_after": pocket.cash_net + got - given,
                "missing": measures_of(after, whole)[0]}  # fmt: skip
        found |= {f"financing.{i}.{key}": value for key, value in one.items()}
    return found


def _deepest_year(evaluation: Evaluation, actor: int) -> dict[str, Any]:
    """The year in which most is to be advanced, where there is one such year."""
    years = evaluation.appraised.years
    cumulative = np.cumsum(evaluation.appraised.ledger.yearly.cash[actor, : len(years)])
    near = np.flatnonzero(cumulative <= cumulative.min() + TOLERANCE * size_of(evaluation))
    is_clear = len(near) == 1 and cumulative.min() < -TOLERANCE * size_of(evaluation)
    return {"advance_year": years[int(near[0])]} if is_clear else {}


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
