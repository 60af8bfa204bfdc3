"""A case, its workbook, and the case that is read from that workbook are the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.errors.everything import full
from tests.small import cost, gain, tree
from tests.soaking import crossed, times
from tests.strategies import cases

from impactmonitor import load_case, load_catalogue
from impactmonitor.intake.reading import Reading, checked, read_file
from impactmonitor.intake.workbook.filling import fill
from impactmonitor.intake.workbook.unfilling import tree_of
from impactmonitor.intake.writing import to_json, to_yaml
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.plain import read_json, read_yaml
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import workbook
from impactmonitor.resources import folder

CATALOGUE = load_catalogue()
LANGUAGES: tuple[Language, ...] = ("nl", "en")
FILES = [*sorted(folder("examples").glob("*/case.yaml")), folder("templates") / "case.yaml"]
YEARS = 15


def through_a_workbook(case: Case, language: Language, to: Path) -> Reading:
    written = workbook(case, CATALOGUE, language, YEARS)
    file = to / f"{language}.xlsx"
    file.write_bytes(to_bytes(written.book, written.values, case.id))
    return read_file(file)


def assert_same(case: Case, language: Language, to: Path) -> None:
    reading = through_a_workbook(case, language, to)
    assert [p for p in reading.problems if p.severity == "error"] == []
    for form, read in ((to_yaml, read_yaml), (to_json, read_json)):
        there, here = (read(form(each).encode()).tree for each in (checked(reading), case))
        assert differences(there, here) == []


def differences(found: Any, wanted: Any, path: str = "") -> list[tuple[str, Any, Any]]:
    """Where two trees differ: a workbook keeps 16 digits of a number, and there may be 17."""
    if isinstance(found, dict) and isinstance(wanted, dict) and found.keys() == wanted.keys():
        pairs = [(f"{path}.{key}", found[key], wanted[key]) for key in wanted]
    elif isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        pairs = [(f"{path}.{i}", *both) for i, both in enumerate(zip(found, wanted, strict=True))]
    else:
        is_number = isinstance(found, int | float) and isinstance(wanted, float)
        same = abs(found - wanted) <= 1e-15 * abs(wanted) if is_number else found == wanted
        return [] if same else [(path, found, wanted)]
    return [each for place, one, other in pairs for each in differences(one, other, place)]


def through_rows(case: Case, language: Language) -> Case:
    """As it is filled in, without a file."""
    found = tree_of(fill(case, language), language)
    assert found.findings == []
    return Case.model_validate(json.loads(json.dumps(found.tree, default=str)))


@pytest.mark.parametrize(("file", "language"), crossed(FILES, LANGUAGES))
def test_an_example(file: Path, language: Language, tmp_path: Path) -> None:
    assert_same(load_case(file), language, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field(language: Language, tmp_path: Path) -> None:
    assert_same(Case.model_validate(full()), language, tmp_path)


def test_from_one_language_to_the_other_and_back(tmp_path: Path) -> None:
    case = Case.model_validate(full())
    dutch = through_a_workbook(case, "nl", tmp_path).case
    assert dutch is not None
    assert through_a_workbook(dutch, "en", tmp_path).case == case


@pytest.mark.parametrize("language", LANGUAGES)
def test_random_cases_by_their_rows(language: Language) -> None:
    @settings(max_examples=times(25, 200), suppress_health_check=list(HealthCheck), database=None)
    @given(cases())
    def agree(tree: dict[str, Any]) -> None:
        case = Case.model_validate(tree)
        assert through_rows(case, language) == case

    agree()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("coverage", [{}, {"coverage": 0.9}, {"coverage": 0.8}])
def test_a_range_with_and_without_its_coverage(
    coverage: dict[str, float], language: Language
) -> None:
    quantity = {"interval": {"low": 1, "high": 3, **coverage}, "central": 2}
    case = Case.model_validate(tree(costs={"work": cost()}, effects={"help": gain(quantity)}))
    assert through_rows(case, language) == case


@pytest.mark.parametrize(("language", "part"), [("nl", 3), ("en", 4)])
def test_random_cases_through_a_file(language: Language, part: int, tmp_path: Path) -> None:
    """Few, as each takes two seconds; what can differ between rows and a file is tried below."""

    @seed(part)
    @settings(
        max_examples=times(2, 20),
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        database=None,
        deadline=None,
    )
    @given(cases())
    def agree(tree: dict[str, Any]) -> None:
        assert_same(Case.model_validate(tree), language, tmp_path)

    agree()


ODD_TEXTS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "'quoted", '"double"', "a\tb", "a\nb", "a\r\nb", "\ufeffmark",
    " leading", "trailing ", " ", "\u00a0", "_x000D_", "_x005F_", "&lt;b&gt;", "<b>", "]]>",
    "weet ik niet", "I do not know", "ja", "TRUE", "2026", "1.234,56", "20%", "#REF!", "éü€",
    "👍🏽", "http://example.org", "javascript:alert(1)", "mailto:a@b.nl", "{=1}", "*", "?", "~",
    "\x85", "a" * 20_000, "{json: [1]}", "null", "nee · ja", "\u2028", "\ue000", "\t", "\n",
)  # fmt: skip


def with_texts(texts: list[str]) -> Case:
    tree = full()
    tree["title"] = texts[0] or "x"
    tree["summary"] = {"nl": texts[1], "en": texts[2]}
    tree["about"] |= {"author": texts[3], "left_out": texts[4]}
    tree["actors"]["city"]["title"] = texts[5]
    tree["sources"]["report"]["publisher"] = texts[6]
    tree["costs"]["lessons"]["note"] = texts[7]
    return Case.model_validate(tree)


def test_odd_texts(tmp_path: Path) -> None:
    tree = full()
    tree["sources"] |= {
        f"odd-{i}": {"title": {"nl": text}, "publisher": text} for i, text in enumerate(ODD_TEXTS)
    }
    assert_same(Case.model_validate(tree), "nl", tmp_path)


def test_any_texts(tmp_path: Path) -> None:
    allowed = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])
    texts = st.lists(st.text(allowed, max_size=20), min_size=8, max_size=8)

    @settings(
        max_examples=3,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
        database=None,
        deadline=None,
    )
    @given(texts)
    def agree(found: list[str]) -> None:
        assert_same(with_texts(found), "en", tmp_path)

    agree()


NUMBERS = (
    0.1, 1 / 3, 1e-12, 1e14, 123456789012345.0, 0.1 + 0.2, 5e-5, 2**53 + 0.0, 12.3456789012345,
)  # fmt: skip


def test_numbers_of_fifteen_digits_exactly(tmp_path: Path) -> None:
    tree = full()
    lines = {f"c{i}": {"amount": x, "paid_by": "city"} for i, x in enumerate(NUMBERS)}
    tree["costs"] |= lines
    case = through_a_workbook(Case.model_validate(tree), "nl", tmp_path).case
    assert case is not None
    for i, number in enumerate(NUMBERS):
        found = case.costs[f"c{i}"].amount
        assert found == pytest.approx(number, rel=1e-15, abs=0)
        if float(f"{number:.15g}") == number:
            assert found == number
