"""Broken and hostile workbooks end in exit 3 too, soon, in little memory, without a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import call
from tests.errors.measuring import evaluated
from tests.intake.workbook.hostile import KINDS

from impactmonitor.problems import MAX_PROBLEMS

SECONDS, MEGABYTES = 10, 300

# The worst of each kind, each in a process of its own.
ALONE = {kind: list(attacks)[-1] for kind, attacks in KINDS.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_ends_in_exit_3(kind: str, tmp_path: Path) -> None:
    for name, attack in KINDS[kind].items():
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(attack.make())
        found = call("evaluate", str(file), "--json", code=3)
        errors = json.loads(found.stdout)["errors"]
        assert 0 < len(errors) <= MAX_PROBLEMS + 1, name
        assert all(error["message"] for error in errors), name
        assert found.stderr == "", name


@pytest.mark.parametrize(("kind", "name"), ALONE.items())
def test_a_file_on_its_own(kind: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / "hostile.xlsx"
    file.write_bytes(KINDS[kind][name].make())
    done = evaluated(file)
    assert done.code == 3, done.err
    assert done.err == ""
    assert done.seconds < SECONDS
    assert done.megabytes < MEGABYTES


def test_an_old_or_protected_workbook_says_what_to_do(tmp_path: Path) -> None:
    for name, code in (("password", "workbook-password"), ("old-xls", "workbook-old-format")):
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(KINDS["no-zip"][name].make())
        found = json.loads(call("evaluate", str(file), "--json", code=3).stdout)["errors"]
        assert [error["code"] for error in found] == [code]
        assert found[0]["hint"]
