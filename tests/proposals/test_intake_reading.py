"""One file of a batch: whatever is the matter with it, there is an entry."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import yaml
from tests import small
from tests.proposals.judging import catalogue

from impactmonitor.problems import InvalidInput
from impactmonitor.proposals import intake_reading
from impactmonitor.proposals.intake_reading import read_intake


def read(tmp_path, content, name="case.json"):
    path = tmp_path / name
    data = json.dumps(content).encode() if isinstance(content, dict) else content
    path.write_bytes(data)
    return read_intake(path, catalogue())


def codes(found):
    return [problem.code for problem in found.problems if problem.severity == "error"]


def test_a_case_with_its_result(tmp_path):
    found = read(tmp_path, small.tree(costs={"work": small.cost()}))
    assert found.evaluation is not None
    assert found.evaluation.totals["costs"] == 100
    assert len(found.digest) == 64


NET = {"basis": "net", "deadweight": 0.2}


def test_a_net_effect_with_deadweight_is_evaluated_without_it(tmp_path):
    lines = {"walks": small.gain(**NET), "talks": small.gain()}
    found = read(tmp_path, small.tree(effects=lines))
    assert found.evaluation is not None
    assert found.evaluation.totals["benefits"] == 200
    assert found.twice == ("walks",)
    assert found.case is not None
    assert found.case.effects["walks"].deadweight == 0.2
    assert codes(found) == []


def test_beside_another_mistake_it_is_a_mistake_as_well(tmp_path):
    lines = {"walks": small.gain(**NET), "talks": small.gain(falls_to="nobody")}
    found = read(tmp_path, small.tree(effects=lines))
    assert found.evaluation is None
    assert set(codes(found)) == {"net-with-deadweight", "unknown-actor"}


def test_what_is_read_of_a_file_with_mistakes(tmp_path):
    tree = small.tree(about={"organisation": "Us"}, horizon=-1)
    found = read(tmp_path, yaml.safe_dump(tree).encode(), "case.yaml")
    assert found.evaluation is None
    assert found.case is not None
    assert found.case.about.organisation == "Us"
    assert found.is_read("id")
    assert not found.is_read("horizon")
    assert found.problems[0].line is not None


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "a.yaml", "file-empty"),
        (b"\xff\xfe\x00", "a.yaml", None),
        (b"a: &x [1]\nb: *x\n", "a.yaml", None),
        (b"[" * 100_000, "a.json", None),
        (b"{" * 100_000, "a.yaml", None),
        (b"no zip", "a.xlsx", None),
    ],
    ids=("empty", "no text", "anchors", "deep json", "deep yaml", "no workbook"),
)
def test_what_is_no_case_is_an_entry_with_problems(tmp_path, content, name, expected):
    found = read(tmp_path, content, name)
    assert found.evaluation is None
    assert codes(found)
    assert expected is None or codes(found) == [expected]
    assert "intake-failed" not in codes(found)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 150_000_000)
    found = read(tmp_path, stream.getvalue(), "bomb.xlsx")
    assert found.evaluation is None
    assert codes(found)


def test_a_text_of_ten_million_characters(tmp_path):
    tree = small.tree(costs={"work": small.cost(note="x" * 10_000_000)})
    found = read(tmp_path, tree)
    assert found.evaluation is not None or codes(found)
    assert "intake-failed" not in codes(found)


def test_a_file_that_is_gone_or_may_not_be_read(tmp_path):
    assert codes(read_intake(tmp_path / "gone.yaml", catalogue())) == ["file-unreadable"]
    (tmp_path / "folder.yaml").mkdir()
    assert codes(read_intake(tmp_path / "folder.yaml", catalogue())) == ["file-unreadable"]


class Broken:
    """A catalogue that fails in a way nobody foresaw."""

    def __getattr__(self, name):
        raise ZeroDivisionError(name)


def test_a_failure_of_the_program_is_one_entry_too(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(small.tree(costs={"work": small.cost()})))
    found = read_intake(path, Broken())  # type: ignore[arg-type]
    (problem,) = found.problems
    assert (problem.code, problem.params["kind"]) == ("intake-failed", "ZeroDivisionError")


def test_the_code_of_the_rule_is_still_called_that():
    with pytest.raises(InvalidInput) as refused:
        small.result(catalogue(), effects={"walks": small.gain(**NET)})
    assert [p.code for p in refused.value.problems] == [intake_reading.NET_WITH_DEADWEIGHT]
