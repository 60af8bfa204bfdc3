"""Every example of the documentation runs and shows what the program shows today.

``make accept`` puts today's output in the place of an old one; see ``blocks`` for the marks.
"""

import re
import subprocess
from pathlib import Path

import pytest
from tests.docs.blocks import blocks_of, differs, prose_of, refreshed, relative_links
from tests.docs.generated import NAMES
from tests.docs.running import CHECKOUT, PageRunner

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.report.reference.markdown import anchor

DOCS = CHECKOUT / "docs"
WRITTEN_ELSEWHERE = {"benchmarks.md"}
AGAINST_A_SERVICE = {"use-the-service.md"}
"""Run by test_service_examples."""

GENERATED = {DOCS / name for name in NAMES}
ALL = [
    *(CHECKOUT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    CHECKOUT / "examples" / "README.md",
    *sorted(DOCS.rglob("*.md")),
]
NOT_HERE = WRITTEN_ELSEWHERE | AGAINST_A_SERVICE
RUN = [page for page in ALL if page not in GENERATED and page.name not in NOT_HERE]


def name_of(page: Path) -> str:
    return page.relative_to(CHECKOUT).as_posix()


def every(pages: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=name_of)


@every(RUN)
def test_every_block_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    language = "nl" if page.parent.name == "nl" else "en"
    accept = bool(request.config.getoption("--accept"))
    runner = PageRunner(tmp_path, language, accept)
    text = page.read_text(encoding="utf-8")
    fresh, at, failures = "", 0, []
    for block in blocks_of(page):
        try:
            body = runner.run(block)
        except Exception as error:  # noqa: BLE001
            failures.append(f"{name_of(page)}, line {block.line}: {type(error).__name__}: {error}")
            body = block.body
        fresh, at = fresh + text[at : block.start] + body, block.end
    assert not failures, "\n\n".join(failures)
    if accept:
        page.write_text(fresh + text[at:], encoding="utf-8", newline="\n")


@every([page for page in ALL if page not in GENERATED])
def test_a_block_starts_at_the_margin_and_names_its_language(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"^[ \t]+```", text, re.MULTILINE)
    assert all(block.language for block in blocks_of(page))
    assert text.count("\n```") % 2 == 0


@every(ALL)
def test_every_link_and_image_leads_somewhere(page: Path) -> None:
    for link in relative_links(prose_of(page)):
        target, _, section = link.partition("#")
        file = page.parent / target if target else page
        assert file.exists(), f"{link} does not exist"
        if section:
            assert section in anchors(file), f"{link}: no such heading"


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {anchor(heading) for heading in headings}


@every([page for page in ALL if page.name not in WRITTEN_ELSEWHERE])
def test_a_page_says_nothing_of_anybodys_machine_and_is_in_british_english(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"/(home|Users|work|root|tmp)/", text)
    american = (
        r"\b(color|behavior|favor|labor|center|organiz\w+|analyz\w+|monetiz\w+|summariz\w+)\b"
    )
    assert not re.search(american, prose_of(page))


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [CHECKOUT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = (link.partition("#")[0] for link in relative_links(prose_of(page)))
        waiting += [(page.parent / link).resolve() for link in links if link]
    assert {name_of(p) for p in DOCS.rglob("*.md")} - {name_of(p) for p in reached} == set()


def test_the_make_targets_of_the_readme_exist() -> None:
    named = set(
        re.findall(r"^\$ make ([a-z]+)$", (CHECKOUT / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    assert {"demo", "test"} <= named
    for target in named:
        done = subprocess.run(
            ["make", "--dry-run", target], cwd=CHECKOUT, capture_output=True, check=False
        )
        assert done.returncode == 0, target


def test_the_readme_counts_the_catalogue_right() -> None:
    catalogue = load_catalogue()
    text = " ".join((CHECKOUT / "README.md").read_text(encoding="utf-8").split())
    counts = [len(c) for c in (catalogue.values, catalogue.indicators, catalogue.schemes)]
    assert "{} prices, {} indicators and {} discount schemes".format(*counts) in text


def test_the_words_under_the_picture_are_those_of_its_numbers() -> None:
    case = load_case(CHECKOUT / "examples" / "fall-prevention-65plus" / "case.yaml")
    result = evaluate(case)
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert f"about €{round(-result.amount('net_present_value'), -3):,.0f}" in text
    share = result.by_actor["municipality"].benefits / result.amount("benefits")
    assert f"{100 * share:.0f} per cent of the saving" in text


# --- The comparison itself ----------------------------------------------------------------------


def test_a_cut_stands_for_any_lines_and_the_rest_has_to_be_there() -> None:
    actual = ["a 1", "b 2", "c 3", "d 4"]
    assert not differs(["a 1", "…", "c 3", "…"], actual)
    assert not differs(["…", "d 4"], actual)
    assert differs(["a 1", "b 3", "…"], actual) == "a 1\nb 3"
    assert differs(["a 1", "…", "c 3"], actual)
    assert differs(["…", "c 3", "b 2"], actual)


def test_accepting_keeps_the_cuts_and_takes_the_numbers_of_today() -> None:
    actual = ["Costs    1,234", "Benefits 5", "Net -7"]
    assert refreshed(["…", "Benefits 4", "…"], actual) == ["…", "Benefits 5", "…"]
    with pytest.raises(LookupError):
        refreshed(["…", "Ratio 4"], actual)
