"""The contract that is committed is the one that the service has."""

from __future__ import annotations

import json

import pytest
from tests.docs.running import CHECKOUT

from impactmonitor_api.contract.changes import breaking
from impactmonitor_api.contract.written import NAME, contract_text, write

FILE = CHECKOUT / "docs" / NAME


def test_the_committed_contract_is_that_of_today(request: pytest.FixtureRequest) -> None:
    today = contract_text()
    if request.config.getoption("--accept"):
        write(CHECKOUT / "docs")
    assert FILE.is_file(), f"{NAME} is missing: run `make docs`"
    committed = FILE.read_text(encoding="utf-8")
    if committed != today:
        broken = breaking(json.loads(committed), json.loads(today))
        told = "\n".join(["It would break clients:", *broken]) if broken else "It breaks no client."
        pytest.fail(f"{NAME} is no longer what the service gives. {told}\n"
                    "To accept it run `make docs`, and read the difference.")  # fmt: skip


def test_it_is_written_only_when_it_changed(tmp_path):
    assert write(tmp_path) == [NAME]
    assert write(tmp_path) == []
    (tmp_path / NAME).write_text("{}", encoding="utf-8")
    assert write(tmp_path) == [NAME]
    assert json.loads((tmp_path / NAME).read_text(encoding="utf-8"))["openapi"].startswith("3.1")
