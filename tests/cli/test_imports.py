"""Commands start quickly because they do not import what they do not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from impactmonitor.resources import folder

PROGRAM = """
import sys
from impactmonitor.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
sys.stderr.write(" ".join({name.partition(".")[0] for name in sys.modules}))
"""
CASE = str(folder("examples") / "neighbourhood-prevention" / "case.yaml")


def imported(*words: str) -> set[str]:
    """The packages that a command has imported when it is done."""
    command = [sys.executable, "-c", PROGRAM, *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout
    packages = set(done.stderr.split())
    assert "impactmonitor" in packages
    return packages


@pytest.mark.parametrize(
    "words",
    [["version"], ["--help"], ["evaluate", "--help"], ["schema"], ["values", "gp-consult"],
     ["values", "huisarts", "--json"], ["indicators"], ["cards", "EC-IPS"]],
    ids=" ".join,
)  # fmt: skip
def test_what_computes_nothing_imports_nothing_to_compute_with(words):
    assert not imported(*words) & {"numpy", "scipy", "pandas"}


@pytest.mark.parametrize("words", [["version"], ["--help"]], ids=" ".join)
def test_what_reads_nothing_does_not_import_the_reader(words):
    assert "yaml" not in imported(*words)


@pytest.mark.parametrize(
    "words",
    [["evaluate", CASE], ["evaluate", CASE, "--json"], ["evaluate", CASE, "--quiet"],
     ["explain", CASE, "totals.net_present_value"], ["diff", CASE, CASE]],
    ids=lambda words: f"{words[0]} {words[-1]}".replace(CASE, "case"),
)  # fmt: skip
def test_a_point_estimate_needs_numpy_only(words):
    packages = imported(*words)
    assert "numpy" in packages
    assert not packages & {"scipy", "pandas", "matplotlib"}


def test_the_package_itself_imports_next_to_nothing():
    program = "import sys, impactmonitor; sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                          check=True)  # fmt: skip
    assert not set(done.stderr.split()) & {"numpy", "pydantic", "yaml", "typer", "rich"}
