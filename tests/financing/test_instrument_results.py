"""What is found about instruments has the columns of their schedules."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest
from tests.small_instruments import ALL, result

from impactmonitor.appraisal.cover import Cover
from impactmonitor.appraisal.repayment import Schedule
from impactmonitor.financing.instrument_results import COLUMNS
from impactmonitor.financing.instruments import instruments_of
from impactmonitor.model.legs import LEG_NAMES


def test_the_columns_are_those_of_the_schedules() -> None:
    assert set(COLUMNS) == set(LEG_NAMES)
    known = {f.name for f in (*fields(Schedule), *fields(Cover))}
    assert {column for columns in COLUMNS.values() for column in columns} == known


def test_a_result_cannot_be_changed() -> None:
    found = instruments_of(result(ALL))
    with pytest.raises(FrozenInstanceError):
        found.inflation = 0.5
    for record in (found.instruments["plan"], found.financiers["fund"]):
        with pytest.raises(FrozenInstanceError):
            record.years = ()
