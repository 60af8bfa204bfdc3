"""Measurements from CSV: everything that is wrong at once, and nothing in a cell is carried out."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.intake.csv_rows import quoted
from impactmonitor.intake.measurements_csv import (
    MAX_MEASUREMENTS,
    load_measurements,
    measurements_in,
    read_measurements,
)
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.record import Translated
from impactmonitor.plain import MAX_BYTES
from impactmonitor.problems import InvalidInput, NotFound

HEADER = "indicator,period,value"


def problems(text: str) -> list[tuple[str, str, int | None]]:
    return [(p.code, p.path, p.line) for p in measurements_in(text.encode()).problems]


def refused(text: str | bytes) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        measurements_in(text if isinstance(text, bytes) else text.encode())
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert problem.message(language)
            assert problem.hint(language)
    return [p.code for p in caught.value.problems]


def test_every_field() -> None:
    text = (
        "id,indicator,period,baseline,target,numerator,denominator,status,reporter,project,date,"
        "evidence.nl,evidence.en,method,restates,disaggregation.sex,disaggregation.age,"
        "differs_because\n"
        'a,trees,2025Q1,1,2.5,3,4e1,approved,"An, na",North,2025-04-02,Geteld,Counted,'
        '"two\nlines",b,men,old,Some\n'
    )
    (found,) = measurements_in(text.encode()).measurements
    assert found == Measurement(
        id="a", indicator="trees", period="2025Q1", baseline=1, target=2.5, numerator=3,
        denominator=40, status="approved", reporter="An, na", project="North",
        date=datetime.date(2025, 4, 2), evidence=Translated(nl="Geteld", en="Counted"),
        method="two\nlines", restates="b", disaggregation={"sex": "men", "age": "old"},
        differs_because="Some",
    )  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_and_the_mark_of_a_spreadsheet(separator: str) -> None:
    text = "\ufeffindicator,period,value\r\ntrees,2025,7\r\n\r\n,,\r\ntrees,2026,\r\n"
    found = measurements_in(text.replace(",", separator).encode())
    assert [(r.period, r.value) for r in found.measurements] == [("2025", 7), ("2026", None)]
    assert found.problems == ()


def test_a_decimal_comma_where_commas_do_not_separate() -> None:
    found = measurements_in(b"indicator;period;value\ntrees;2025;-12,5\ntrees;2025;0.125\n")
    assert [r.value for r in found.measurements] == [-12.5, 0.125]
    assert problems('indicator,period,value\ntrees,2025,"12,5"') == [
        ("not-a-number", "measurements.0.value", 2)
    ]
    assert problems("indicator;period;value\ntrees;2025;1.234") == [
        ("csv-thousands", "measurements.0.value", 2)
    ]
    assert (
        measurements_in(b"indicator,period,value\ntrees,2025,1.234").measurements[0].value == 1.234
    )


def test_all_that_is_wrong_at_once_with_row_and_column() -> None:
    text = (
        "indicator,period,value,vallue,value,disaggregation.\n"
        "trees,2025,n.a.\n"
        "\n"
        'trees,2025Q9,"a\nb"\n'
        "trees,2025,1,,,,,more\n"
        "Trees,,2\n"
    )
    assert problems(text) == [
        ("csv-unknown-column", "", 1),
        ("csv-column-twice", "", 1),
        ("csv-unknown-column", "", 1),
        ("word-for-a-figure", "measurements.0.value", 2),
        ("not-a-period", "measurements.1.period", 4),
        ("word-for-a-figure", "measurements.1.value", 4),
        ("csv-row-too-long", "measurements.2", 6),
        ("invalid-name", "measurements.3.indicator", 7),
        ("missing-field", "measurements.3.period", 7),
    ]


@pytest.mark.parametrize(
    "formula", ["=1+1", "=cmd|' /C calc'!A0", "+1-1", "@SUM(A1)", "=HYPERLINK(0)", "-2+3+cmd"]
)
def test_what_looks_like_a_formula_stays_a_text_and_is_no_number(formula: str) -> None:
    text = f"indicator,period,evidence\ntrees,2025,{formula}\n"
    assert measurements_in(text.encode()).measurements[0].evidence == formula
    code = problems(f"{HEADER}\ntrees,2025,{formula}\n")[0][0]
    assert code in ("not-a-number", "word-for-a-figure")


@pytest.mark.parametrize("number", ["1e999", "1_000", "0x10", "١٢", "inf", "nan", "1e", "--1"])
def test_odd_numbers_are_refused(number: str) -> None:
    ((code, path, line),) = problems(f"{HEADER}\ntrees,2025,{number}\n")
    assert code in ("not-a-number", "word-for-a-figure", "not-finite")
    assert (path, line) == ("measurements.0.value", 2)


def test_files_that_are_no_measurements() -> None:
    assert refused("") == ["file-empty"]
    assert refused("a,b\n1,2") == ["csv-unknown-column", "csv-unknown-column", "csv-column-missing"]
    assert refused(b"\xff\xfe\x00") == ["file-not-utf8"]
    assert refused(f'{HEADER}\ntrees,2025,"1') == ["csv-unreadable"]
    assert refused(f'{HEADER}\ntrees,"20"25,1') == ["csv-unreadable"]
    assert refused(",".join(["period"] * 201)) == ["csv-row-too-long"]


def test_size_is_bounded() -> None:
    rows = "trees,2025,1\n" * (MAX_MEASUREMENTS + 1)
    assert refused(f"{HEADER}\n{rows}") == ["too-many-measurements"]
    long = f"indicator,period,method\ntrees,2025,{'x' * 20_001}\n"
    assert problems(long) == [("text-too-long", "measurements.0.method", 2)]
    assert refused(f"indicator,period,method\ntrees,2025,{'x' * 200_000}\n") == ["csv-unreadable"]
    assert problems(f"{HEADER}\n" + "trees,2025,n.a.\n" * 300)[-1][0] == "too-many-problems"


def test_control_characters_are_refused() -> None:
    assert problems("indicator,period,method\ntrees,2025,a\x07b\n") == [
        ("control-character", "measurements.0.method", 2)
    ]


def test_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "measured.csv"
    file.write_text(f"{HEADER}\ntrees,2025,8\ntrees,2026,n.a.\n", encoding="utf-8")
    assert len(read_measurements(file).measurements) == 1
    with pytest.raises(InvalidInput) as caught:
        load_measurements(file)
    assert [p.line for p in caught.value.problems] == [3]
    with pytest.raises(NotFound):
        read_measurements(tmp_path / "nobody.csv")
    with pytest.raises(NotFound):
        read_measurements("a\0b.csv")
    with pytest.raises(InvalidInput) as other:
        read_measurements(_written(tmp_path / "measured.xlsx", b""))
    assert other.value.problems[0].code == "csv-file-kind"
    with pytest.raises(InvalidInput) as large:
        read_measurements(_written(tmp_path / "large.csv", b" " * (MAX_BYTES + 1)))
    assert large.value.problems[0].code == "file-too-large"


def _written(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


@given(st.binary(max_size=300))
def test_any_bytes_give_records_or_problems(data: bytes) -> None:
    text = b"period,value,method\n" + data
    try:
        found = measurements_in(text)
    except InvalidInput:
        assert refused(text)
    else:
        assert all(isinstance(one, Measurement) for one in found.measurements)


@given(st.lists(st.tuples(st.integers(2000, 2100), st.floats(-1e9, 1e9)), max_size=20))
def test_numbers_come_back_as_they_were(rows: list[tuple[int, float]]) -> None:
    text = "indicator,period,value\n" + "".join(f"trees,{y},{v!r}\n" for y, v in rows)
    found = measurements_in(text.encode())
    assert found.problems == ()
    assert [(int(r.period), r.value) for r in found.measurements] == rows


@pytest.mark.parametrize("text", ["=1+1", "-1", "'=1", "'t Hof", "one"])
def test_a_text_that_was_quoted_is_read_as_it_was(text: str) -> None:
    data = f"indicator,period,reporter\na,2025,{quoted(text)}".encode()
    assert measurements_in(data).measurements[0].reporter == text


def test_each_record_knows_its_line() -> None:
    text = f'{HEADER}\n\na,2025,1\nb,2025,nd\n"c",2025,3\n'
    assert measurements_in(text.encode()).lines == (3, 5)
