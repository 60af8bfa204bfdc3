"""Who lacks what large runs need, is told what to install."""

from __future__ import annotations

import sys

import pytest

from impactmonitor.bulk.installed import check_installed
from impactmonitor.problems import InvalidInput


def test_what_is_missing_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # as Python marks what cannot be imported
    with pytest.raises(InvalidInput) as error:
        check_installed("json", "pyarrow")
    (problem,) = error.value.problems
    assert problem.code == "scale-not-installed"
    assert "pyarrow" in problem.message("nl")
    assert "impactmonitor[scale]" in problem.hint("en")


def test_what_is_there_is_enough():
    check_installed("pyarrow", "distributed")
