"""Records of measurements and the rows of their sheet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.errors.everything import full
from tests.reported import reported_on

from impactmonitor.intake.workbook.filled import Filled
from impactmonitor.intake.workbook.filling import fill
from impactmonitor.intake.workbook.measured import (
    MEASURED,
    MOST_ROWS,
    categories_of,
    subject_of,
    written,
)
from impactmonitor.intake.workbook.unfilling import tree_of
from impactmonitor.model.case import Case

ids = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)


def back(filled: Filled) -> Case:
    found = tree_of(filled, "en")
    assert found.findings == []
    return Case.model_validate(json.loads(json.dumps(found.tree, default=str)))


def record(**fields: Any) -> dict[str, Any]:
    return {"indicator": "helped", "period": "2027", "value": 9, **fields}


def test_every_field_stands_in_a_row_and_nothing_among_the_extras():
    case = Case.model_validate(full())
    filled = fill(case, "en")
    rows = filled.tables[MEASURED]
    assert [row["subject"] for row in rows] == [
        "hospital-days-avoided", "hospital-days-avoided", "satisfied", "effects.visits",
    ]  # fmt: skip
    assert rows[0] | {"evidence": "", "date": ""} == {
        "subject": "hospital-days-avoided", "period": "2025Q1", "value": 18.0, "status": "approved",
        "baseline": 0.0, "target": 20.0, "reporter": "Anna", "project": "North", "id": "first",
        "method": "Register", "differs_because": "Some stay twice", "evidence": "", "date": "",
    }  # fmt: skip
    assert rows[2]["categories"] == "sex=women"
    assert not [r for r in filled.tables["extras"] if str(r["path"]).startswith(MEASURED)]
    assert back(filled) == case


def test_what_no_cell_holds_stands_among_the_extras():
    case = reported_on(
        record(evidence=" "), record(method="=1+1"), record(reporter="weet ik niet"),
        record(disaggregation={}),
    )  # fmt: skip
    filled = fill(case, "en")
    assert [r["path"] for r in filled.tables["extras"] if "measurements" in str(r["path"])] == [
        "measurements.0.evidence", "measurements.2.reporter", "measurements.3.disaggregation",
    ]  # fmt: skip
    assert back(filled) == case


def test_an_indicator_of_the_name_of_a_line_is_no_line():
    records = [record(indicator="visits"), {"line": "effects.visits", "period": "2027", "value": 1}]
    filled = fill(reported_on(*records), "en")
    assert [row["subject"] for row in filled.tables[MEASURED]] == [
        "indicators.visits", "effects.visits",
    ]  # fmt: skip
    assert back(filled) == reported_on(*records)


def test_a_line_is_known_by_the_name_that_the_lists_show():
    assert subject_of("Visits at home", {"visits-at-home": "effects"}, lambda t: t.lower().replace(
        " ", "-")) == ("line", "effects.visits-at-home")  # fmt: skip
    assert subject_of("helped", {"visits": "effects"}, str) == ("indicator", "helped")


def test_more_records_than_rows():
    records = [record(period=f"{1000 + i}", value=i) for i in range(MOST_ROWS + 2)]
    case = reported_on(*records)
    filled = fill(case, "en")
    assert len(filled.tables[MEASURED]) == MOST_ROWS
    assert back(filled) == case


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_row_that_is_emptied_takes_only_its_own_record_away(language):
    texts = [{"nl": f"nl {i}", "en": f"en {i}"} for i in range(3)]
    case = reported_on(*(record(period=str(2025 + i), evidence=text, method=" ")
                         for i, text in enumerate(texts)))  # fmt: skip
    filled = fill(case, language)
    filled.tables[MEASURED][1] = {}
    found = tree_of(filled, language).tree[MEASURED]
    assert [(r["period"], r["evidence"], r["method"]) for r in found] == [
        ("2025", texts[0], " "), ("2027", texts[2], " "),
    ]  # fmt: skip


def test_a_text_that_was_changed_has_no_translation_any_more():
    case = reported_on(record(evidence={"nl": "Geteld", "en": "Counted"}))
    filled = fill(case, "en")
    filled.tables[MEASURED][0]["evidence"] = "Estimated"
    assert tree_of(filled, "en").tree[MEASURED][0]["evidence"] == "Estimated"


def test_a_month_that_became_a_date_is_a_month_again():
    filled = Filled()
    filled.add(MEASURED, subject="helped", period="2027-01-01", value=9.0)
    assert tree_of(filled, "en").tree[MEASURED] == [
        {"indicator": "helped", "period": "2027-01", "value": 9.0}
    ]


def test_categories_that_say_nothing_are_found_in_their_cell():
    filled = Filled()
    filled.add(MEASURED, subject="helped", period="2027", value=9.0, categories="women")
    (finding,) = tree_of(filled, "en").findings
    assert (finding.code, finding.spot.key, finding.spot.index) == (
        "workbook-categories", "categories", 0,
    )  # fmt: skip


@given(st.dictionaries(ids, ids, min_size=1, max_size=4))
def test_categories_come_back(categories):
    assert categories_of(written(categories)) == categories


@pytest.mark.parametrize("text", ["", "women", "sex=", "=women", "sex=women,", "sex=a,sex=b"])
def test_a_text_that_names_no_categories(text):
    assert categories_of(text) is None
