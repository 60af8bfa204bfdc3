"""A batch as a whole: thirty intakes, twenty exaggerations, and folders that somebody made nasty.

What is counted: an exaggeration is caught when the check that `planted.md` names raises a flag at
the place that it names. A false alarm is a clean intake with any flag at all.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests import small
from tests.proposals import exaggerations, intakes
from tests.proposals.judging import catalogue

from impactmonitor import evaluate, load_case
from impactmonitor.problems import InvalidInput, NotFound, is_inside
from impactmonitor.proposals.checked import CheckedBatch
from impactmonitor.proposals.checking import check_batch
from impactmonitor.proposals.thresholds import Thresholds
from impactmonitor.report.workbook.file import workbook_of
from impactmonitor.resources import folder

SEEDS = (1, 2, 3, 16)
LEAST_CAUGHT, MOST_FALSE = 18, 2


@cache
def checked(kind: str, seed: int) -> CheckedBatch:
    made = exaggerations.planted(seed) if kind == "planted" else intakes.clean(seed)
    with TemporaryDirectory() as place:
        return check_batch(intakes.write(made, Path(place) / "batch"), catalogue())


def missed(batch: CheckedBatch) -> list[str]:
    """The exaggerations that no flag of the right kind sees at the right place."""
    flags = {intake.id: intake.flags for intake in batch.intakes}
    return [
        one.intake
        for one in exaggerations.PLANTED
        if not any(
            flag.check == one.check and is_inside(flag.path, one.path) for flag in flags[one.intake]
        )
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_at_least_eighteen_of_twenty_exaggerations_are_caught(seed):
    assert len(exaggerations.PLANTED) - len(missed(checked("planted", seed))) >= LEAST_CAUGHT


@pytest.mark.parametrize("seed", SEEDS)
def test_at_most_two_false_alarms_on_thirty_clean_ones(seed):
    batch = checked("clean", seed)
    assert len(batch.intakes) == 30
    assert all(intake.is_readable for intake in batch.intakes)
    assert sum(bool(intake.flags) for intake in batch.intakes) <= MOST_FALSE


def test_what_was_planted_stands_in_the_page_beside_it():
    page = (Path(__file__).parent / "planted.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z]+-\d) \|.*\| `([a-z-]+)` at ", page, re.MULTILINE)
    assert rows == [(one.intake, one.check) for one in exaggerations.PLANTED]
    assert len({one.intake for one in exaggerations.PLANTED}) == 20


def test_an_intake_without_an_exaggeration_is_the_same_in_both():
    clean, planted = intakes.clean(1), exaggerations.planted(1)
    changed = {name for name in clean if clean[name] != planted[name]}
    assert changed == {one.intake for one in exaggerations.PLANTED}


def test_another_seed_makes_other_intakes():
    assert intakes.clean(1) != intakes.clean(2)
    assert intakes.clean(1) == intakes.clean(1)


def test_every_figure_says_with_what_it_was_compared():
    for intake in checked("planted", 1).intakes:
        for flag in intake.flags:
            assert flag.line is not None
            assert flag.path


# --- Folders --------------------------------------------------------------------------------------


def put(folder: Path, name: str, **fields) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(small.tree(costs={"work": small.cost()}, **fields)))
    return path


def test_who_sent_what(tmp_path):
    about = {"author": "Ada", "organisation": "Us", "date": "2026-10-01", "version": "2",
             "status": "draft"}  # fmt: skip
    put(tmp_path, "sub/a.json", about=about)
    (intake,) = check_batch(tmp_path, catalogue()).intakes
    assert (intake.file, intake.id, intake.title) == ("sub/a.json", "small", "Small")
    assert (intake.about.author, intake.about.organisation) == ("Ada", "Us")
    assert (str(intake.about.date), intake.about.status) == ("2026-10-01", "draft")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path):
    put(tmp_path, "a.json")
    (tmp_path / "b.yaml").write_text("id: [")
    put(tmp_path, "c.json", id="third", about={"author": "Ada"}, horizon=-1)
    first, second, third = check_batch(tmp_path, catalogue()).intakes
    assert first.is_readable
    assert (second.id, second.mistakes[0].severity) == (None, "error")
    assert (third.id, third.about.author, third.is_readable) == ("third", "Ada", False)
    assert third.unjudged[0].reason == "no-result"


def test_stand_ins_are_nobodys_id(tmp_path):
    put(tmp_path, "a.json", id="No id")
    (intake,) = check_batch(tmp_path, catalogue()).intakes
    assert intake.id is None


def test_a_net_effect_with_deadweight_is_a_question(tmp_path):
    put(tmp_path, "a.json", effects={"w": small.gain(basis="net", deadweight=0.2)})
    (intake,) = check_batch(tmp_path, catalogue()).intakes
    (flag,) = [flag for flag in intake.flags if flag.check == "net-with-deadweight"]
    assert flag.given.value == 0.2
    assert intake.is_readable


def test_no_folder_and_no_files(tmp_path):
    with pytest.raises(NotFound):
        check_batch(tmp_path / "gone")
    with pytest.raises(InvalidInput) as empty:
        check_batch(tmp_path)
    assert [problem.code for problem in empty.value.problems] == ["no-case-files"]


def test_progress_is_told_file_by_file(tmp_path):
    put(tmp_path, "a.json")
    put(tmp_path, "b.json")
    told = []
    check_batch(tmp_path, catalogue(), progress=lambda *counts: told.append(counts))
    assert told == [(1, 2), (2, 2)]


def test_a_file_that_was_sent_in_twice_counts_once(tmp_path):
    batch = tmp_path / "batch"
    made = intakes.clean(1)
    intakes.write({name: made[name] for name in ("falls-1", "falls-2", "falls-3")}, batch)
    text = (batch / "falls-1.yaml").read_text()
    for copy in range(4):
        (batch / f"copy-{copy}.yaml").write_text(text)
    found = check_batch(batch, catalogue())
    assert {spread.count for spread in found.spreads} == {3}
    assert [one.kind for one in found.alike] == ["same-content"]


def test_thresholds_are_the_callers(tmp_path):
    put(tmp_path, "a.json", effects={"w": small.gain(counterfactual="none", lasts=4)})
    strict = Thresholds(longest_without_drop_off=3)
    assert "no-drop-off" in [
        flag.check for flag in check_batch(tmp_path, catalogue(), strict).intakes[0].flags
    ]


def test_a_workbook_names_sheet_and_cell(tmp_path):
    case = load_case(folder("examples") / "warm-homes" / "case.yaml")
    costs = {"visits": case.costs["visits"]}
    lines = {name: case.effects[name] for name in ("gas-insulated", "gas-visited")}
    small_case = case.model_copy(
        update={"costs": costs, "effects": lines, "theory": None, "scores": {}, "scenarios": {},
                "alternatives": {}}
    )  # fmt: skip
    data = workbook_of(evaluate(small_case, catalogue()), catalogue(), "nl")
    (tmp_path / "homes.xlsx").write_bytes(data)
    (intake,) = check_batch(tmp_path, catalogue()).intakes
    found = {flag.check: flag for flag in intake.flags}
    assert {"double-count"} <= set(found)
    for flag in found.values():
        assert flag.sheet is not None
        assert flag.cell is None or re.fullmatch("[A-Z]+[0-9]+", flag.cell)
