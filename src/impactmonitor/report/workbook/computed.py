"""The sheet with what the engine worked out: it does not follow the cells, and says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.catalogue.frameworks import Frameworks
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.scores import FrameworkScore
from impactmonitor.financing.arrangement import Payment, arrange
from impactmonitor.intake.workbook.layout import At
from impactmonitor.intake.workbook.words import word
from impactmonitor.model.financing import Wholeness
from impactmonitor.model.record import Text, in_language
from impactmonitor.problems import InvalidInput
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.ranges import write_ranges
from impactmonitor.report.workbook.returns import Returns
from impactmonitor.report.workbook.rows import Rows
from impactmonitor.report.workbook.simulated import COLUMNS, write_simulated
from impactmonitor.uncertainty.results import Simulation

STATUS = At("computed", 4, 2)
COMPARED = ("costs", "benefits", "net_present_value")
"""Totals of which the formulas must still come to what is stored."""

MOST_LIKELY = "most_likely_net_present_value"


@dataclass(frozen=True, slots=True)
class ComputedVariant:
    """The totals of a case under the changes of an alternative or a scenario.

    Attributes
    ----------
    kind : {"alternative", "scenario"}
        What it is.
    title : str or Translated
        What people call it; its id where it has no title.
    amounts : Mapping[str, float]
        Costs, benefits and net present value.
    """

    kind: str
    title: Text
    amounts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Computed:
    """What the engine found for a case, to be kept in its workbook.

    Attributes
    ----------
    engine, catalogue : str
        The version of this package and the edition of the catalogue.
    amounts : Mapping[str, float]
        Costs, benefits, net present value and the most likely one.
    internal_rate : InternalRate
        All rates of return of society's flows.
    variants : tuple of ComputedVariant
        The alternatives and scenarios of the case.
    simulation : Simulation or None
        How sure the result is, where that was worked out.
    whole : {"value", "cash", "both"} or None
        In what nobody may lose, as the case says; None for the default.
    payments : tuple of Payment
        The smallest payments after which nobody loses, as far as they go, under the conditions
        of the case; none where nothing keeps to those.
    scores : Mapping[str, FrameworkScore]
        What the answers of the case to frameworks come to, by framework.
    frameworks : Frameworks or None
        Where those frameworks stand; None for a case without answers.
    """

    engine: str
    catalogue: str
    amounts: Mapping[str, float]
    internal_rate: InternalRate
    variants: tuple[ComputedVariant, ...] = ()
    simulation: Simulation | None = None
    whole: Wholeness | None = None
    payments: tuple[Payment, ...] = ()
    scores: Mapping[str, FrameworkScore] = field(default_factory=dict)
    frameworks: Frameworks | None = None


def computed_of(evaluation: Evaluation, simulation: Simulation | None = None) -> Computed:
    """What a workbook keeps of a result, and of its simulation."""
    variants = tuple(
        ComputedVariant(kind, found.applied[-1].title or name, _amounts(found))
        for kind, results in (
            ("alternative", evaluation.alternatives),
            ("scenario", evaluation.scenarios),
        )
        for name, found in results.items()
    )
    amounts = _amounts(evaluation) | {MOST_LIKELY: evaluation.amount(MOST_LIKELY)}
    rate = evaluation.totals["internal_rate_of_return"]
    if not isinstance(rate, InternalRate):
        raise TypeError(f"no internal rate of return: {rate!r}")
    edition = evaluation.catalogue_edition
    asked = evaluation.case.arrangement
    return Computed(
        evaluation.engine,
        edition,
        amounts,
        rate,
        variants,
        simulation,
        None if asked is None else asked.whole,
        _payments(evaluation),
        evaluation.scores,
        evaluation.appraised.resolved.frameworks,
    )


def _payments(evaluation: Evaluation) -> tuple[Payment, ...]:
    try:
        return arrange(evaluation).payments
    except InvalidInput:  # what the case has settled cannot be kept to: the sheet starts empty
        return ()


def _amounts(evaluation: Evaluation) -> dict[str, float]:
    return {name: evaluation.amount(name) for name in COMPARED}


def write_computed(answer: Answer, returns: Returns, computed: Computed | None) -> None:
    """The sheet; without results it says that there are none."""
    answer.heading("computed")
    page = answer.book.pages["computed"]
    is_simulated = computed is not None and computed.simulation is not None
    columns = range(2, COLUMNS + 1) if is_simulated else range(2, 6)
    page.widths |= {1: 46.0} | dict.fromkeys(columns, 18.0 if is_simulated else 22.0)
    page.is_portrait = True
    if computed is None:
        answer.book.put(At("computed", STATUS.row, 1), answer.text("computed.nothing"), "wide")
        return
    if computed.internal_rate.value is not None:
        returns.keep(computed.internal_rate.value)
    rows = Rows(answer, STATUS.row)
    rows.label("status")
    rows.add(("engine", computed.engine), ("catalogue", computed.catalogue))
    same = _write_totals(rows, computed)
    _write_rates(rows, returns, computed.internal_rate.roots)
    if computed.variants:
        _write_variants(rows, computed.variants)
    if computed.simulation is not None:
        write_simulated(rows, computed.simulation)
        same.append(write_ranges(rows))
    _write_status(answer, same)


def _write_totals(rows: Rows, computed: Computed) -> list[str]:
    """What was stored beside what the formulas come to now; returns whether that is the same."""
    answer = rows.answer
    rows.row += 1
    rows.heads("computed.what", "computed.stored", "computed.live")
    same = []
    tolerance = answer.constant("tolerance")
    size = f"({answer.total('costs')}+ABS({answer.total('benefits')})+1)*{tolerance}"
    for name in COMPARED:
        rows.row += 1
        rows.put(1, answer.text(f"totals.{name}"), "label")
        stored = rows.put(2, computed.amounts[name])
        live = rows.work_out(3, answer.total(name))
        same.append(f"ABS({answer.ref(live)}-{answer.ref(stored)})<={size}")
    rows.row += 1
    rows.label("most_likely")
    rows.put(2, computed.amounts[MOST_LIKELY])
    return same


def _write_status(answer: Answer, same: list[str]) -> None:
    """Whether everything is still as it was when the sheet was made."""
    current, outdated = (answer.quoted(f"computed.{key}") for key in ("current", "outdated"))
    answer.book.work_out(STATUS, f"IF(AND({','.join(same)}),{current},{outdated})", "strong")
    answer.book.pages["computed"].alarms[STATUS.row, STATUS.column] = answer.text(
        "computed.outdated"
    )
    answer.places.cells["computed.status"] = STATUS


def _write_rates(rows: Rows, returns: Returns, roots: tuple[float, ...]) -> None:
    """Each rate of return, with what the formulas make of all flows at that rate."""
    answer = rows.answer
    rows.section("rates")
    if not roots:
        rows.row += 1
        rows.put(1, answer.text("computed.no_rates"), "paragraph")
        return
    rows.heads("computed.rate", "computed.worth")
    for i, root in enumerate(roots):
        rows.row += 1
        rate = rows.put(1, root, "rate")
        worth = rows.work_out(2, returns.zero_at(answer.ref(rate)))
        answer.places.cells[f"computed.worth.{i}"] = worth


def _write_variants(rows: Rows, variants: tuple[ComputedVariant, ...]) -> None:
    answer = rows.answer
    rows.section("variants")
    rows.heads("computed.variant", "computed.kind", *(f"totals.{name}" for name in COMPARED))
    for variant in variants:
        rows.row += 1
        rows.put(1, in_language(variant.title, answer.language), "name")
        rows.put(2, word("variant_kinds", variant.kind, answer.language), "plain")
        for column, name in enumerate(COMPARED, start=3):
            rows.put(column, variant.amounts[name])
