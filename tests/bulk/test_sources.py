"""A source is cut into parts that together are all of it, however they are cut."""

from __future__ import annotations

import pytest
from tests.bulk.many import written

from impactmonitor.bulk.sources import items, kind_of, survey
from impactmonitor.problems import InvalidInput, NotFound


def code_of(error: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_whatever_changes_the_cases_changes_the_fingerprint(tmp_path):
    (tmp_path / "a.json").write_text("1", encoding="utf-8")
    first = survey(tmp_path, 5).fingerprint
    (tmp_path / "a.json").write_text("2", encoding="utf-8")
    second = survey(tmp_path, 5).fingerprint
    (tmp_path / "a.json").rename(tmp_path / "b.json")
    third = survey(tmp_path, 5).fingerprint
    assert len({first, second, third}) == 3


@pytest.mark.parametrize("change", ["contents", "gone", "shorter"])
def test_a_source_that_changed_meanwhile_is_noticed(tmp_path, change):
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "a.json").write_text("{}", encoding="utf-8")
    file = written(tmp_path / "cases.jsonl", ["{}", "{}"])
    parts = [(source, survey(source, 5).parts[0]) for source in (folder, file)]
    for path in (folder / "a.json", file):
        if change == "contents":
            path.write_text("[]\n{}\n", encoding="utf-8")
        elif change == "shorter":
            path.write_text("", encoding="utf-8")
        else:
            path.unlink()
    for source, part in parts:
        with pytest.raises(InvalidInput) as error:
            list(items(source, part))
        assert code_of(error) == ["bulk-source-changed"]


def test_what_is_no_source_is_refused(tmp_path):
    with pytest.raises(NotFound) as missing:
        kind_of(tmp_path / "nothing.jsonl")
    assert missing.value.problem.code == "bulk-source-not-found"
    for name, code in (("one.yaml", "bulk-source-kind"), ("none.jsonl", "bulk-source-empty")):
        (tmp_path / name).write_text("\n \n", encoding="utf-8")
        with pytest.raises(InvalidInput) as error:
            survey(tmp_path / name, 5)
        assert code_of(error) == [code]
    assert kind_of(tmp_path) == "folder"
