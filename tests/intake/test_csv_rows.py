import pytest

from impactmonitor.intake.csv_rows import number_in, rows_of, separator_of
from impactmonitor.problems import InvalidInput


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_rows_are_separated_as_the_names_of_the_columns_are(sign):
    text = f'a{sign}b\n\n1{sign}"2\n3"\n{sign}\n4{sign}5\n'
    assert separator_of(text) == sign
    found = list(rows_of(text, sign))
    assert found == [(1, ["a", "b"]), (3, ["1", "2\n3"]), (6, ["4", "5"])]


def test_a_quotation_mark_that_is_never_closed_is_named():
    with pytest.raises(InvalidInput) as caught:
        list(rows_of('a,b\n1,"2\n', ","))
    assert caught.value.problems[0].code == "csv-unreadable"


@pytest.mark.parametrize(
    ("text", "sign", "number"),
    [("1,5", ";", 1.5), ("1,5", ",", None), ("-.5", ",", -0.5), ("1e3", ";", 1000),
     ("1.5.2", ";", None), ("", ";", None), ("=1", ";", None)],
)  # fmt: skip
def test_numbers_are_read_with_a_comma_only_where_it_separates_nothing(text, sign, number):
    assert number_in(text, sign) == number
