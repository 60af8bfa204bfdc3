"""LibreOffice calculates our workbooks again and finds what the engine finds.

Every value that a file brings along is made wrong first, so nothing that is compared can come
from us.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from tests.report.workbook.comparing import TOLERANCE, differences, places, size_of, wanted
from tests.spreadsheets import libreoffice
from tests.spreadsheets.changing import Changes, changed, type_over

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.workbook.filling import fill
from impactmonitor.intake.workbook.words import WORDS, word
from impactmonitor.messages import Language, text
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import Written, workbook
from impactmonitor.resources import folder

EXAMPLES = {file.parent.name: file for file in sorted(folder("examples").glob("*/case.yaml"))}
LANGUAGES: tuple[Language, ...] = ("nl", "en")
SPOILT = 999
RATE = "totals.internal_rate_of_return"
WHOLE = WORDS["wholeness"]

CHANGES: Mapping[str, Changes] = {
    "early-debt-help-measured": {
        "horizon": 5,
        "costs.visits.amount": {"triangular": [90_000.0, 120_000.0, 150_000.0]},
        "costs.debt-help.growth": 0.02,
        "effects.less-support.deadweight": 0.3,
        "effects.arrears-settled.unit_value": 220.0,
        "effects.out-of-debt.lasts": 1,
        "effects.out-of-debt.falls_to.municipality": 0.3,
        "effects.out-of-debt.falls_to.creditors": 0.7,
        "parameters.households-per-year": {"triangular": [90.0, 150.0, 200.0]},
        "transfers.state-grant.amount": 35_000.0,
    },
    "exercise-classes-measured": {
        "horizon": 4,
        "discount.timing": "end_of_year",
        "costs.classes.amount": {"triangular": [80_000.0, 95_000.0, 110_000.0]},
        "costs.coordination.years": 3,
        "effects.gp-consultations.quantity": {"triangular": [400.0, 500.0, 650.0]},
        "effects.gp-consultations.growth": 0.05,
        "effects.treated-falls.lasts": 2,
        "effects.treated-falls.drop_off": 0.5,
        "transfers.own-contribution.amount": 20_000.0,
    },
    "fall-prevention-65plus": {
        "horizon": 6,
        "price_year": 2023,
        "discount.scheme": None,
        "discount.rate": 0.045,
        "discount.timing": "mid_year",
        "costs.classes.amount": 101_000.0,
        "costs.classes.growth": 0.02,
        "costs.organisation.first_year": 2027,
        "costs.organisation.amount": {"triangular": [10_000.0, 21_000.0, 40_000.0]},
        "costs.referral.discount_class": "fixed_cost",
        "costs.referral.timing": "end_of_year",
        "costs.volunteers.in_kind": False,
        "costs.fall-risk-test.paid_by": "participants",
        "effects.treated-falls.falls_to.insurer": 0.5,
        "effects.treated-falls.falls_to.long-term-care": 0.3,
        "effects.treated-falls.falls_to.municipality": 0.2,
        "effects.treated-falls.confirmation.insurer": "confirmed",
        "effects.treated-falls.cashable.municipality": 0.9,
        "effects.treated-falls.displacement": 0.1,
        "effects.treated-falls.unit_value": 9_000.0,
        "effects.treated-falls.price_year": 2012,
        "effects.treated-falls.lasts": 3,
        "effects.treated-falls.lag": 1,
        "parameters.participants-per-year": 520.0,
        "parameters.treated-falls-per-person-year": {"pert": [0.04, 0.05, 0.15]},
        "parameters.reduction-by-exercise": {"normal": {"mean": 0.35, "sd": 0.12}},
        "transfers.own-contribution.amount": 12_000.0,
        "transfers.own-contribution.to": "insurer",
    },
    "greening-roofs-gardens": {
        "horizon": 25,
        "base_year": 2025,
        "discount.timing": "end_of_year",
        "costs.extensive-roofs.amount": 260_000.0,
        "costs.gardens.paid_by.municipality": 0.25,
        "costs.gardens.paid_by.residents": 0.75,
        "costs.gardening.price_year": 2021,
        "costs.trees.optimism_bias": 0.2,
        "costs.upkeep-trees.discount_class": "fixed_cost",
        "costs.project-team.years": 4,
        "effects.less-power.unit_value": 0.4,
        "effects.less-power.real_price_change": 0.01,
        "effects.less-power.deadweight": 0.3,
        "effects.less-power.discount_class": "health_effect",
        "effects.less-power.confirmation.residents": "confirmed",
        "effects.less-greenhouse-gas.first_year": 2029,
        "effects.less-greenhouse-gas.years": 20,
        "effects.less-greenhouse-gas.growth": {"triangular": [-0.06, 0.0, 0.04]},
        "transfers.water-board-contribution.first_year": 2028,
        "transfers.water-board-contribution.from": "owners",
    },
    "neighbourhood-prevention": {
        "horizon": 4,
        "price_year": 2025,
        "discount.timing": "mid_year",
        "costs.start.paid_by.municipality": 0.1,
        "costs.start.paid_by.care-group": 0.9,
        "costs.evaluation.amount.2028": 42_000.0,
        "costs.practice-nurses.timing": "start_of_year",
        "effects.gp-consultations.drop_off": 0.2,
        "effects.gp-consultations.cashable": 0.3,
        "effects.gp-consultations.confirmation.insurer": "confirmed",
        "effects.hospital-days.deadweight": 0.4,
        "effects.household-help.quantity": 250.0,
        "effects.household-help.unit_value": "support-at-home-hour",
        "effects.into-work.first_year": 2027,
        "effects.into-work.falls_to.residents": 0.5,
        "effects.into-work.falls_to.state": 0.5,
        "effects.less-social-assistance.taken_from.residents": 0.6,
        "effects.less-social-assistance.taken_from.state": 0.4,
        "overlaps.care-use.alpha": {"triangular": [0.1, 0.3, 0.9]},
    },
    "perry-age-27": {
        "horizon": 5,
        "inflation": 0.03,
        "discount.rate": 0.04,
        "costs.programme.amount": 9_000.0,
        "costs.programme.years": 2,
        "costs.programme.prices": "nominal",
        "effects.child-care.unit_value": -500.0,
        "effects.crime.quantity": 0.2,
        "effects.crime.years": 3,
        "effects.crime.growth": 0.1,
        "effects.crime.lag": 2,
        "effects.crime.domain": "social",
        "effects.earnings-public.falls_to": "participant",
        "effects.earnings-participant.first_year": 1994,
        "effects.higher-education-cost.optimism_bias": 0.3,
    },
    "walls-used-again": {
        "horizon": 5,
        "discount.timing": "end_of_year",
        "costs.development.amount": {"triangular": [100_000.0, 150_000.0, 300_000.0]},
        "costs.workshop.amount.2029": 205_000.0,
        "costs.workshop.optimism_bias": {"triangular": [0.0, 0.2, 0.4]},
        "costs.advice.years": 2,
        "effects.fewer-new-walls.quantity.2028": 2_500.0,
        "effects.fewer-new-walls.deadweight": 0.3,
        "effects.less-greenhouse-gas.real_price_change": 0.02,
        "effects.less-greenhouse-gas.optimism_bias": 0.05,
        "transfers.sales.amount.2031": 350_000.0,
        "transfers.start-grant.first_year": 2027,
    },
    "warm-homes": {
        "horizon": 15,
        "discount.timing": "mid_year",
        "costs.insulation.years": 2,
        "costs.project-lead.paid_by.municipality": 0.2,
        "costs.project-lead.paid_by.association": 0.8,
        "effects.less-tax.unit_value": 0.6,
        "effects.less-tax.lasts": 9,
        "effects.less-greenhouse-gas.quantity": 80.0,
        "effects.less-greenhouse-gas.drop_off": 0.05,
        "parameters.saved-by-insulation": {"triangular": [0.02, 0.1, 0.2]},
        "transfers.insulation-grant.amount": 40_000.0,
    },
}
"""Answers that are changed in a workbook of each example."""

MADE: list[tuple[str, Language, bool]] = [
    (name, LANGUAGES[(i + is_changed) % 2], is_changed)
    for i, name in enumerate(EXAMPLES)
    for is_changed in (False, True)
]
"""Each example as it is in one language and changed in the other, in turn.

What our own calculation finds is compared for every example in both languages, in
``report/workbook/test_writing.py``.
"""


class Made(NamedTuple):
    """A workbook with wrong values, the same one calculated again, and what it should say."""

    spoilt: bytes
    again: Path
    written: Written
    evaluation: Evaluation


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Language, bool], Made]:
    """All workbooks, through one process."""
    libreoffice.require()
    folder_of, catalogue = tmp_path_factory.mktemp("workbooks"), load_catalogue()
    found: dict[tuple[str, Language, bool], tuple[bytes, Written, Evaluation]] = {}
    for name, file in EXAMPLES.items():
        case = load_case(file)
        before = evaluate(case, catalogue)
        after = evaluate(changed(case, CHANGES[name]), catalogue)
        for language, is_changed in (key[1:] for key in MADE if key[0] == name):
            evaluation = after if is_changed else before
            years = max(e.appraised.compiled.program.years for e in (before, after))
            written = workbook(before.case, catalogue, language, years, computed_of(before))
            if is_changed:
                type_over(written.book, fill(before.case, language), CHANGES[name])
                _choose(written, WHOLE[list(EXAMPLES).index(name) % len(WHOLE)])
            data = to_bytes(written.book, dict.fromkeys(written.values, SPOILT), name)
            found[name, language, is_changed] = (data, written, evaluation)
    files = []
    for (name, language, is_changed), (data, _, _) in found.items():
        files.append(folder_of / f"{name}-{language}-{is_changed}.xlsx")
        files[-1].write_bytes(data)
    again = libreoffice.recalculated(files, folder_of / "again")
    pairs = zip(found.items(), again, strict=True)
    return {key: Made(one[0], file, one[1], one[2]) for (key, one), file in pairs}


def _choose(written: Written, whole: str) -> None:
    """Choose in what nobody may lose."""
    at = written.outcome.financing.choice
    words = word("wholeness", whole, written.book.layout.language)
    written.book.pages[at.sheet].cells[at[1:]].value = words


def shown(file: Any, written: Written) -> dict[str, Any]:
    """The results as they stand in a file, an empty text where a cell is empty."""
    book = openpyxl.load_workbook(file, data_only=True)
    names = written.book.layout.sheet_names
    cells = {
        path: book[names[at.sheet]].cell(at.row, at.column).value
        for path, at in places(written).items()
    }
    return {path: "" if value is None else value for path, value in cells.items()}


@pytest.mark.parametrize(("name", "language", "is_changed"), MADE)
def test_libreoffice_finds_what_the_engine_finds(
    made: Any, name: str, language: Language, is_changed: bool
) -> None:
    one = made[name, language, is_changed]
    cells = shown(one.again, one.written)
    expected = wanted(one.written, one.evaluation)
    if is_changed and cells[RATE] == text("workbook.answer.several", language):
        del expected[RATE]  # after a change only the engine can tell which rate it is
    assert expected.keys() <= cells.keys()
    found = differences(cells, expected, size_of(one.evaluation))
    assert {path: f for path, f in found.items() if f[2] > TOLERANCE} == {}
    assert {path: v for path, v in cells.items() if path.startswith("checks.") and v} == {}


def test_what_is_compared_was_wrong_before(made: Any) -> None:
    one = next(one for key, one in made.items() if key[0] == "perry-age-27")
    before = shown(io.BytesIO(one.spoilt), one.written)
    assert set(before.values()) == {SPOILT}


def test_the_changes_change_something(made: Any) -> None:
    for name in EXAMPLES:
        found = {
            one.evaluation.amount("net_present_value")
            for key, one in made.items()
            if key[0] == name
        }
        assert len(found) == 2
