"""Options from a CSV file: both ways of writing numbers, and every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.intake.options_csv import MAX_OPTIONS, Option, load_options, options_in
from impactmonitor.problems import InvalidInput, NotFound

HEAD = "option;cost;effect\n"


def problems(text: str) -> list[tuple[str, str, int | None]]:
    with pytest.raises(InvalidInput) as caught:
        options_in(text.encode())
    return [(p.code, p.path, p.line) for p in caught.value.problems]


def test_commas_and_points_or_semicolons_and_decimal_commas():
    english = options_in(b"option,cost,effect\nnone,0,0\nclasses,1200.5,-2.5\n")
    dutch = options_in("\ufeffOptie;Kosten;Effect\r\nnone;0;0\r\nclasses;1200,5;-2,5\r\n".encode())
    tabs = options_in(b"effect\toption\tcost\n0\tnone\t0\n-2.5\tclasses\t1200,5\n")
    assert english == dutch == tabs == (Option("none", 0, 0), Option("classes", 1200.5, -2.5))


@pytest.mark.parametrize("value", ["12.500", "1.000.000", "-1.234", "12.500,5"])
def test_a_point_that_may_be_thousands_is_refused_among_semicolons(value):
    assert problems(f"{HEAD}a;{value};1\n") == [("csv-thousands", "cost", 2)]


@pytest.mark.parametrize("value", ["12,500", "1,000,000", "1,234.5"])
def test_a_comma_that_may_be_thousands_is_refused_among_tabs(value):
    found = problems(f"option\tcost\teffect\na\t{value}\t1\n")
    assert found == [("csv-thousands", "cost", 2)]


@pytest.mark.parametrize("value", ["12.5", "0.125", "1250.125", "0,125", "1e3", "+3", ".5"])
def test_a_number_of_which_only_one_is_meant_is_read(value):
    (found,) = options_in(f"{HEAD}a;{value};1\n".encode())
    assert found.cost == float(value.replace(",", "."))


@pytest.mark.parametrize(
    "value", ["n.a.", "High", "-", "1 200", "€ 5", "nan", "inf", "1,2,3", "5%"]
)
def test_a_word_for_a_number_is_refused(value):
    assert problems(f"{HEAD}a;1;{value}\n") == [("not-a-number", "effect", 2)]


def test_every_mistake_at_once():
    text = f"{HEAD}\na;1;\n;2;3\nb;x;1e999\nb;1;2\nc;1;2;3\n"
    assert problems(text) == [
        ("missing-field", "effect", 3),
        ("missing-field", "option", 4),
        ("not-a-number", "cost", 5),
        ("too-high", "effect", 5),
        ("name-twice", "option", 6),
        ("csv-row-too-long", "", 7),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("option;cost\na;1\n", [("options-column-missing", "", 1)]),
        (
            "option;cost;efect\na;1;2\n",
            [("options-column", "", 1), ("options-column-missing", "", 1)],
        ),
        ("option;cost;kosten;effect\na;1;1;2\n", [("csv-column-twice", "", 1)]),
        ("option,cost,effect\na,1,5,2,5\n", [("csv-row-too-long", "", 2)]),
        (HEAD, [("no-options", "", 1)]),
        ("", [("file-empty", "", None)]),
        (f'{HEAD}"a;1;2\n', [("csv-unreadable", "", 2)]),
        (f"{HEAD}a\x07;1;2\n", [("control-character", "option", 2)]),
        (f"{HEAD}{'a' * 201};1;2\n", [("text-too-long", "option", 2)]),
    ],
    ids=lambda one: one[:20] if isinstance(one, str) else "",
)  # fmt: skip
def test_what_is_no_such_file(text, expected):
    assert problems(text) == expected


def test_more_options_than_anybody_has():
    rows = "".join(f"o{i};{i};{i}\n" for i in range(MAX_OPTIONS + 1))
    assert problems(HEAD + rows) == [("too-many-options", "", None)]


def test_a_text_that_looks_like_a_formula_is_a_text():
    assert options_in(f"{HEAD}'=1+1;1;2\n".encode())[0].name == "=1+1"


def test_files(tmp_path: Path):
    with pytest.raises(NotFound):
        load_options(tmp_path / "none.csv")
    other = tmp_path / "options.xlsx"
    other.write_bytes(b"x")
    with pytest.raises(InvalidInput) as caught:
        load_options(other)
    assert caught.value.problems[0].code == "options-file-kind"
    own = tmp_path / "options.CSV"
    own.write_text(f"{HEAD}a;1;2\n", encoding="utf-8")
    assert load_options(own) == (Option("a", 1, 2),)


numbers = st.floats(-1e6, 1e6).map(lambda number: round(number, 4))


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=5))
def test_what_is_written_is_read(rows):
    def written(sign: str, mark: str) -> bytes:
        lines = [sign.join(("option", "cost", "effect"))]
        for i, pair in enumerate(rows):
            cells = (f"{number:.4f}".replace(".", mark) for number in pair)
            lines.append(sign.join((f"o{i}", *cells)))
        return "\n".join(lines).encode()

    expected = [(cost, effect) for cost, effect in rows]
    for sign, mark in ((",", "."), (";", ","), (";", "."), ("\t", ",")):
        found = options_in(written(sign, mark))
        assert [(one.cost, one.effect) for one in found] == expected
