import pytest

from impactmonitor.intake.holdings_columns import COLUMNS, DUTCH
from impactmonitor.intake.holdings_table import read_table, rows_in
from impactmonitor.problems import InvalidInput, NotFound


def table(*lines: str):
    return rows_in("\n".join(lines).encode())


def test_a_table_in_dutch_with_decimal_commas():
    found = table("ID;Casus;Instrument;Periode;Uitstaand;Eigen vermogen;Themas",
                  'huizen;warm/case.yaml;loan;2026;"12,5";-100;zorg=0,5|wonen=0,25')  # fmt: skip
    assert found.problems == ()
    (row,) = found.rows
    assert row.line == 2
    assert row.values == {
        "id": "huizen",
        "case": "warm/case.yaml",
        "instrument": "loan",
        "period": "2026",
        "outstanding": 12.5,
        "equity": -100.0,
        "themes": {"zorg": 0.5, "wonen": 0.25},
    }


def test_every_dutch_name_stands_for_a_column():
    assert set(DUTCH.values()) <= set(COLUMNS)
    assert not set(DUTCH) & set(COLUMNS)


@pytest.mark.parametrize(
    ("cells", "code", "path"),
    [
        ("a;n.a.;2026;", "not-a-number", "outstanding"),
        ("a;1.250;2026;", "csv-thousands", "outstanding"),
        ("a;1;26;", "not-a-year", "period"),
        ("a;1;2026,5;", "not-a-year", "period"),
        ("a;1;2026;care=much", "holdings-labels", "themes"),
        ("a;1;2026;care=0,5|care=0,5", "holdings-labels", "themes"),
        ("a;1;2026;=1", "holdings-labels", "themes"),
        (";1;2026;", "missing-field", "id"),
        ("a;1;2026;;too much", "csv-row-too-long", ""),
        (f"{'a' * 20_001};1;2026;", "text-too-long", "id"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_line(cells, code, path):
    found = table("id;outstanding;period;themes", "b;2;2026;", cells)
    codes = [(p.code, p.path, p.line) for p in found.problems]
    assert (code, path, 3) in codes
    assert found.rows[0].values["id"] == "b"


def test_all_columns_that_do_not_fit_are_named_at_once():
    with pytest.raises(InvalidInput) as caught:
        table("naam,outstanding,uitstaand,perod", "x,1,2,3")
    found = [
        (p.code, p.params.get("column"), p.params.get("nearest")) for p in caught.value.problems
    ]
    assert found == [
        ("holdings-unknown-column", "naam", ""),
        ("csv-column-twice", "uitstaand", None),
        ("holdings-unknown-column", "perod", "period"),
        ("holdings-column-missing", "id", None),
    ]


def test_a_text_that_was_quoted_against_a_spreadsheet_is_itself_again():
    (row,) = table("id,note", "a,'=1+1").rows
    assert row.values["note"] == "=1+1"


def test_no_rows_too_many_rows_and_other_files_are_refused(tmp_path):
    for data, code in ((b"id,case\n", "holdings-none"),
                       (b"id\n" + b"a\n" * 10_001, "holdings-too-many")):  # fmt: skip
        with pytest.raises(InvalidInput) as caught:
            rows_in(data)
        assert [p.code for p in caught.value.problems] == [code]
    with pytest.raises(NotFound):
        read_table(tmp_path / "none.csv")
    (tmp_path / "some.txt").write_text("id")
    with pytest.raises(InvalidInput) as caught:
        read_table(tmp_path / "some.txt")
    assert [p.code for p in caught.value.problems] == ["holdings-file-kind"]
