"""What somebody reported, added to a case; the commands are tested in tests/cli/test_updating."""

from __future__ import annotations

import pytest
from tests.reported import reported_on

from impactmonitor import load_catalogue
from impactmonitor.intake.form_reading import Placed, Reported
from impactmonitor.intake.measurements_csv import measurements_in
from impactmonitor.intake.reports import added_to, read_reports, rows_of
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Lesson
from impactmonitor.problems import InvalidInput

CATALOGUE = load_catalogue()
ROW = b"indicator,period,value\nhelped,2027,90\n"


def codes(invalid):
    return [(problem.code, problem.line) for problem in invalid.value.problems]


def test_a_file_is_read_as_its_bytes_are(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_bytes(ROW)
    assert read_reports(file) == rows_of(measurements_in(ROW))
    with pytest.raises(InvalidInput) as invalid:
        read_reports(tmp_path / "rows.txt")
    assert codes(invalid) == [("reports-file-kind", None)]


def test_records_are_added_after_those_that_were_there():
    before = reported_on()
    found = added_to(before, rows_of(measurements_in(ROW)), CATALOGUE, True, "en")
    assert found.case.measurements[:-1] == before.measurements
    assert (found.case.measurements[-1].value, found.case.measurements[-1].status) == (
        90, "approved")  # fmt: skip


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        (Reported((), case="other"), [("form-of-another-case", None)]),
        (Reported(()), [("nothing-to-add", None)]),
        (
            rows_of(measurements_in(ROW + b"helped,2027,n.a.\nnobody,2027,3\n")),
            [("word-for-a-figure", 3), ("unknown-monitored", 4)],
        ),
    ],
)
def test_everything_that_is_to_be_mended_is_said_at_once(reported, expected):
    with pytest.raises(InvalidInput) as invalid:
        added_to(reported_on(), reported, CATALOGUE, False, "en")
    assert [line for _, line in codes(invalid)] == [line for _, line in expected]
    assert codes(invalid)[0] == expected[0]


@pytest.mark.parametrize("language", ["nl", "en", None])
def test_lessons_come_with_the_records(language):
    record = Placed(Measurement(indicator="helped", period="2027", value=1.0))
    lesson = {"2027": Lesson(went_wrong="Late", learned="Begin")}
    reported = Reported((record,), lessons=lesson, language=language)
    found = added_to(reported_on(), reported, CATALOGUE, False, "en").case
    assert found.monitoring is not None
    assert found.monitoring.lessons == lesson
