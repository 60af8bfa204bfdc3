"""What holds for every test: none is skipped unseen, and golden answers change on purpose."""

import gc
import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

GOLDEN = Path(__file__).parent / "golden"
ON_CI = os.environ.get("CI") == "true"

# A red run on CI must come from the change, not from the draw or from a slow machine.
settings.register_profile("here", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("ci" if ON_CI else "here")
if ON_CI:
    # Draws also take constants from the source of whatever modules are loaded by then, so they
    # would differ with the order of the tests and with any line of the program.
    assert callable(providers.is_local_module_file)
    providers.is_local_module_file = lambda _path: False

# Books of a hundred thousand cells live as long as their tests; to look through them for cycles
# after every few hundred new objects takes a sixth of the time of a whole run.
gc.set_threshold(100_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden answers that differ")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden answer of that name, or accept it as the new one."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--accept"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"no golden answer {name} yet: see CONTRIBUTING.md"
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    expected_failure = hasattr(report, "wasxfail")
    if ON_CI and report.skipped and not expected_failure and not _lacks_standards(item, report):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if ON_CI and report.skipped:
        _fail(report)
    return report


def _lacks_standards(item: pytest.Item, report: pytest.TestReport) -> bool:
    """Whether the test needs published files that are absent here, and says so."""
    return item.get_closest_marker("needs_standards") is not None and "standards" in _reason(report)


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    report.longrepr = f"Nothing is skipped on CI, but this was: {_reason(report)}"
    report.outcome = "failed"


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
