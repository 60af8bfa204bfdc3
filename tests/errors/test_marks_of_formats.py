"""What YAML and JSON allow and a case does not, each at its path and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.errors.provoking import BASE, changed, found_in, places

from impactmonitor.problems import MAX_PROBLEMS

LINE = BASE.count("\n") + 1
"""The line of what is added to the base."""

YAML: list[tuple[str, str, str, int]] = [
    ("duplicate-key", "horizon", BASE + "horizon: 3\n", LINE),
    ("duplicate-key", "costs.lessons.amount", BASE.replace("amount: 1000", "amount: 1, amount: 2"),
     0),
    ("duplicate-key", "costs.lessons.amount.2025",
     BASE.replace("amount: 1000", 'amount: {2025: 1, "2025": 2}'), 0),
    ("duplicate-key", "perspectives.p", BASE + "perspectives: {p: [city], p: [city], p: []}\n",
     LINE),
    ("yaml-anchor", "summary", BASE + "summary: &text Words\n", LINE),
    ("yaml-anchor", "perspectives", BASE + "perspectives: &groups\n  p: [city]\n", LINE),
    ("yaml-alias", "summary", BASE + "summary: *text\n", LINE),
    ("yaml-alias", "perspectives.p.0", BASE + "perspectives: {p: [*city]}\n", LINE),
    ("yaml-alias", "costs",
     BASE.replace("costs:\n", "costs:\n  *a : {amount: 1, paid_by: city}\n"), 0),
    ("yaml-merge-key", "costs.more.<<", BASE.replace(
        "costs:\n", "costs:\n  more: {<<: {amount: 5}, paid_by: city}\n"), 0),
    ("yaml-merge-key", "costs.more.<<", BASE.replace("costs:\n", "costs:\n  more: {<<: *b}\n"), 0),
    ("yaml-merge-key", "<<", BASE + "<<: {summary: Words}\n", LINE),
    ("yaml-tag", "summary", BASE + "summary: !!str Words\n", LINE),
    ("yaml-tag", "summary", BASE + "summary: !own Words\n", LINE),
    ("yaml-tag", "summary", BASE + "summary: ! Words\n", LINE),
    ("yaml-tag", "inflation", BASE + "inflation: !!float 0.02\n", LINE),
    ("yaml-tag", "inflation", BASE + 'inflation: !!float "0.02"\n', LINE),
    ("yaml-tag", "perspectives", BASE + "perspectives: !!map {p: [city]}\n", LINE),
    ("yaml-tag", "summary", BASE + "summary: !!python/object/apply:os.system [ls]\n", LINE),
    ("yaml-several-documents", "", BASE + "---\n" + BASE, LINE),
    ("yaml-several-documents", "", BASE + "...\n---\nmore: 1\n", LINE + 1),
    ("key-not-text", "", BASE + "[a, b]: 1\n", LINE),
    ("key-not-text", "about", BASE + "about: {{a: b}: 1}\n", LINE),
    ("yaml-syntax", "", BASE + "summary: [a\n", 0),
    ("yaml-syntax", "", BASE + "\tsummary: a\n", LINE),
    ("yaml-syntax", "", BASE + "summary: a: b\n", LINE),
    ("yaml-syntax", "", BASE + 'summary: "a\n', 0),
    ("control-character", "", BASE + "summary: a\x07b\n", LINE),
    ("control-character", "", BASE + "summary: a\x00b\n", LINE),
    ("control-character", "", BASE + "summary: a\x9bb\n", LINE),
    ("control-character", "summary", BASE + 'summary: "a\\x9bb"\n', LINE),
    ("unknown-key", "k" * 300, BASE + "k" * 300 + ": 1\n", LINE),
    ("text-too-long", "k" * 60 + "…", BASE + "k" * 301 + ": 1\n", LINE),
    ("not-finite", "costs.lessons.amount", BASE.replace("amount: 1000", "amount: .nan"), 0),
    ("not-finite", "costs.lessons.amount", BASE.replace("amount: 1000", "amount: -.inf"), 0),
    ("not-finite", "costs.lessons.amount", BASE.replace("amount: 1000", "amount: 1e999"), 0),
    ("not-a-whole-number", "horizon", BASE.replace("horizon: 5", "horizon: .inf"), 0),
    ("not-a-year", "base_year", BASE.replace("base_year: 2025", "base_year: .nan"), 0),
    ("not-finite", "effects.fewer-falls.quantity.uniform.1",
     BASE.replace("quantity: 10", "quantity: {uniform: [1, .inf]}"), 0),
    ("not-finite", "effects.fewer-falls.quantity.central",
     BASE.replace("quantity: 10", "quantity: {uniform: [1, 2], central: .nan}"), 0),
    ("not-finite", "scenarios.s.changes.costs.lessons.amount",
     BASE + "scenarios: {s: {changes: {costs.lessons.amount: .nan}}}\n", LINE),
    ("file-empty", "", "", 0),
    ("file-empty", "", " \n\t\n", 0),
    ("file-empty", "", "# a comment\n", 0),
    ("file-empty", "", "---\n...\n", 0),
    ("not-a-mapping", "", "- a\n- b\n", 0),
    ("not-a-mapping", "", "words", 0),
    ("not-a-mapping", "", "5", 0),
]  # fmt: skip


@pytest.mark.parametrize(("code", "path", "text", "line"), YAML)
def test_yaml(code: str, path: str, text: str, line: int, tmp_path: Path) -> None:
    (problem,) = found_in(tmp_path, text)
    assert (problem.code, problem.path) == (code, path)
    if line:
        assert problem.line == line


def json_with(text: str, to: str) -> str:
    """The base as JSON with the text put in the place of another one."""
    whole = json.dumps(changed())
    assert text in whole
    return whole.replace(text, to)


JSON: list[tuple[str, str, str]] = [
    ("duplicate-key", "horizon", json_with('"horizon": 5', '"horizon": 5, "horizon": 3')),
    ("duplicate-key", "costs.lessons.amount",
     json_with('"amount": 1000', '"amount": 1, "amount": 2, "amount": 3')),
    ("control-character", "summary",
     json_with('"horizon": 5', '"horizon": 5, "summary": "\\ud800"')),
    ("control-character", "costs.lessons.paid_by",
     json_with('"amount": 1000, "paid_by": "city"', '"amount": 1000, "paid_by": "\\udfff"')),
    ("control-character", "\\ud800", json_with('"horizon": 5', '"horizon": 5, "\\ud800": 1')),
    ("control-character", "costs.lessons.amount.\\ud800",
     json_with('"amount": 1000', '"amount": {"2025": 1, "\\ud800": 1}')),
    ("control-character", "scenarios.s.changes.costs.lessons.note",
     json_with('"horizon": 5', '"horizon": 5, "scenarios": {"s": {"changes": '
               '{"costs.lessons.note": "\\ud800"}}}')),
    ("control-character", "about.date",
     json_with('"horizon": 5', '"horizon": 5, "about": {"date": "\\ud800"}')),
    ("not-finite", "costs.lessons.amount", json_with('"amount": 1000', '"amount": NaN')),
    ("not-finite", "costs.lessons.amount", json_with('"amount": 1000', '"amount": -Infinity')),
    ("not-finite", "costs.lessons.amount", json_with('"amount": 1000', '"amount": 1e999')),
    ("not-finite", "costs.lessons.amount", json_with('"amount": 1000', f'"amount": {10**400}')),
    ("not-a-whole-number", "horizon", json_with('"horizon": 5', '"horizon": 5.5')),
    ("text-too-long", "k" * 60 + "…", json_with('"horizon": 5', f'"horizon": 5, "{"k" * 301}": 1')),
    ("too-deep", ".".join(["a"] * 40), '{"a":' * 41 + "1" + "}" * 41),
    ("json-syntax", "", '{"a": 1,}'),
    ("json-syntax", "", "{'a': 1}"),
    ("json-syntax", "", '{"a": 1} {"b": 2}'),
    ("json-syntax", "", '{"a": "\x01"}'),
    ("json-syntax", "", '{"a": // no comments\n 1}'),
    ("file-empty", "", ""),
    ("file-empty", "", "null"),
    ("not-a-mapping", "", "[]"),
    ("not-a-mapping", "", '"words"'),
    ("not-a-mapping", "", "true"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "path", "text"), JSON)
def test_json(code: str, path: str, text: str, tmp_path: Path) -> None:
    assert places(found_in(tmp_path, text, ".json")) == [(code, path)]


ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]


@pytest.mark.parametrize("ending", [".yaml", ".json"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_other_encodings_than_utf_8_are_refused(encoding: str, ending: str, tmp_path: Path) -> None:
    text = json.dumps({**changed(), "title": "één"}, ensure_ascii=False)
    (problem,) = found_in(tmp_path, text.encode(encoding), ending)
    assert problem.code in ("file-not-utf8", "control-character", "json-syntax")


@pytest.mark.parametrize("ending", [".yaml", ".json"])
@pytest.mark.parametrize(
    "words",
    [
        "é ☃ 漢字",
        "🎉👨‍👩‍👧",
        "שלום",
        "مرحبا",
        "a\u202eb",
        "tab\tand\nlines",
        " leading",
        "no",
        "1e5",
    ],
)
def test_what_people_write_is_accepted(words: str, ending: str, tmp_path: Path) -> None:
    text = json.dumps({**changed(), "title": words}, ensure_ascii=ending == ".json")
    assert found_in(tmp_path, text, ending) == []


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    assert found_in(tmp_path, b"\xef\xbb\xbf" + BASE.encode()) == []


def test_what_means_the_same_in_both_versions_of_yaml_is_accepted(tmp_path: Path) -> None:
    text = "%YAML 1.2\n---\n" + BASE.replace("horizon: 5", "horizon: 0x5") + "...\n"
    assert found_in(tmp_path, text) == []


@pytest.mark.parametrize("row", ["  k{}: 1\n", "  k{}: {{amount: 1, paid_by: nobody}}\n"])
def test_a_long_list_of_mistakes_is_cut_short_and_says_so(row: str, tmp_path: Path) -> None:
    for size, is_cut in ((MAX_PROBLEMS, False), (MAX_PROBLEMS + 1, True), (5000, True)):
        rows = "".join(row.format(i) for i in range(size))
        found = found_in(tmp_path, BASE.replace("costs:\n", "costs:\n" + rows))
        assert len(found) == MAX_PROBLEMS + is_cut
        assert (found[-1].code == "too-many-problems") == is_cut
