"""What is worked out from a file keeps the places of what was found in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tests.small import cost, gain, tree

from impactmonitor.catalogue import load_catalogue
from impactmonitor.cli.loading import load_and, load_and_evaluate, load_and_evaluate_all
from impactmonitor.evaluation.of_reading import all_warnings
from impactmonitor.problems import InvalidInput, NotFound, Problem


def written(folder: Path, **fields: object) -> Path:
    file = folder / "case.yaml"
    file.write_text(yaml.safe_dump(tree(**fields)), encoding="utf-8")
    return file


def test_warnings_name_their_line(tmp_path: Path) -> None:
    harm = gain({"normal": {"mean": 1, "sd": 1}}, drop_off={"normal": {"mean": 0.5, "sd": 1}},
                lasts=2)  # fmt: skip
    found = load_and_evaluate(
        written(tmp_path, costs={"work": cost()}, effects={"help": harm}), None
    )
    lines = {p.code: p.line for p in found.warnings}
    assert lines["truncated"] is not None


def test_whatever_is_worked_out_comes_with_how_it_was_read(tmp_path: Path) -> None:
    file = written(tmp_path, costs={"work": cost()})
    title, reading = load_and(file, None, lambda case, catalogue: (case.title, catalogue.edition))
    assert title[0] == "Small"
    problem = Problem("no-costs", "costs.work", severity="warning")
    assert [p.line is not None for p in all_warnings(reading, [problem])] == [True]


def test_mistakes_of_form_and_of_working_out_are_placed(tmp_path: Path) -> None:
    file = written(tmp_path, costs={"work": cost()})

    def refuse(*_: object) -> None:
        raise InvalidInput([Problem("unknown-actor", "costs.work.paid_by", {"id": "x"})])

    with pytest.raises(InvalidInput) as caught:
        load_and(file, None, refuse)
    assert caught.value.problems[0].line is not None
    with pytest.raises(InvalidInput):
        load_and(written(tmp_path, horizon=0), None, refuse)


def test_the_mistakes_of_all_files_are_told_at_once_each_with_its_file(tmp_path: Path) -> None:
    files = []
    for name, fields in {
        "form": {"horizon": 0},
        "fine": {},
        "content": {"costs": {"work": cost(paid_by="nobody")}},
    }.items():
        (tmp_path / name).mkdir()
        files.append(written(tmp_path / name, **{"costs": {"work": cost()}, **fields}))
    with pytest.raises(InvalidInput) as caught:
        load_and_evaluate_all(files, load_catalogue())
    found = [(p.path, p.line is not None) for p in caught.value.problems]
    assert found == [(f"{files[0]}.horizon", True), (f"{files[2]}.costs.work.paid_by", True)]


def test_several_files_keep_their_order(tmp_path: Path) -> None:
    names = ("zebra", "ant")
    for name in names:
        (tmp_path / name).mkdir()
    files = [written(tmp_path / name, id=name, costs={"work": cost()}) for name in names]
    found = load_and_evaluate_all(files, load_catalogue())
    assert [one.case.id for one in found] == list(names)
    with pytest.raises(NotFound):
        load_and_evaluate_all([*files, tmp_path / "none.yaml"], load_catalogue())
