"""The generated pages are those that the code gives today."""

import re

import pytest
from tests.docs.generated import NAMES, today
from tests.docs.running import CHECKOUT

from impactmonitor import evaluate, load_case, load_catalogue, messages
from impactmonitor.appraisal.metrics import METRICS
from impactmonitor.cli.app import app
from impactmonitor.cli.outcome import Exit
from impactmonitor.model.case import Case
from impactmonitor.model.lines import Effect
from impactmonitor.report.reference.commands import EXIT_CODES
from impactmonitor.report.reference.picture import text_of
from impactmonitor.report.reference.problems import warnings_in_source
from impactmonitor.resources import folder

DOCS = CHECKOUT / "docs"
AGAIN = "it is no longer what the code gives: run `make docs` and read the difference"


def test_all_generated_pages_are_compared() -> None:
    assert tuple(today()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_generated_page_is_that_of_today(name: str, request: pytest.FixtureRequest) -> None:
    file = DOCS / name
    if request.config.getoption("--accept"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(today()[name], encoding="utf-8", newline="\n")
    assert file.is_file(), f"{name} is missing: run `make docs`"
    committed = file.read_text(encoding="utf-8")
    if name.endswith(".svg"):  # the words and numbers count, not how rich draws them
        assert text_of(committed) == text_of(today()[name]), f"{name}: {AGAIN}"
    else:
        assert committed == today()[name], f"{name}: {AGAIN}"


@pytest.mark.parametrize("name", ["reference/case.md", "nl/naslag-casus.md"])
def test_the_page_of_the_case_has_every_field(name: str) -> None:
    for model in (Case, Effect):
        for field, info in model.model_fields.items():
            assert f"`{info.alias or field}`" in today()[name]


def test_the_page_of_the_numbers_has_every_metric() -> None:
    for metric in METRICS:
        assert f"| `{metric}` |" in today()["reference/metrics.md"]


def test_the_page_of_the_errors_has_every_error_once_and_knows_the_warnings() -> None:
    page = today()["reference/errors.md"]
    codes = re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.MULTILINE)
    assert sorted(codes) == sorted(messages.section("problems"))
    assert warnings_in_source() <= set(codes)
    for file in folder("examples").glob("*/case.yaml"):
        given = {problem.code for problem in evaluate(load_case(file)).warnings}
        assert given <= warnings_in_source()


def test_the_page_of_the_catalogue_has_every_entry() -> None:
    catalogue, page = load_catalogue(), today()["reference/catalogue.md"]
    for section in ("actors", "schemes", "values", "indicators", "units", "sources"):
        for name in getattr(catalogue, section):
            assert f"| `{name}` |" in page, f"{section}.{name}"


def test_the_page_of_the_commands_has_every_command_and_exit_code() -> None:
    page = today()["reference/cli.md"]
    for command in app.registered_commands:
        name = command.name or getattr(command.callback, "__name__", "")
        assert f"\n## {name}\n" in page
    for group in app.registered_groups:
        for command in group.typer_instance.registered_commands:
            name = command.name or getattr(command.callback, "__name__", "")
            assert f"\n### {group.name} {name}\n" in page
    assert set(EXIT_CODES) == {int(code) for code in Exit}


def test_the_pictures_fetch_nothing() -> None:
    for name in ("images/answer.svg", "images/antwoord.svg"):
        addresses = set(re.findall(r"https?://[^\"' )]+", today()[name]))
        assert addresses <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}
