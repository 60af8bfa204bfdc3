"""Records are added to a case; what was there stays, and is restated at most."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.reported import reported_on

from impactmonitor.intake.appending import append, joined, says_the_same, with_lessons
from impactmonitor.intake.form_reading import Placed
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Lesson
from impactmonitor.model.record import Translated
from impactmonitor.problems import Problem


def record(value: float | None = 8, **fields: Any) -> dict[str, Any]:
    whole = {"line": "costs.work", "period": "2026", "value": value, **fields}
    return {key: part for key, part in whole.items() if part is not None}


def placed(*records: dict[str, Any]) -> list[Placed]:
    return [Placed(Measurement.model_validate(r), {"": ("Sheet", f"H{i}")}, None)
            for i, r in enumerate(records)]  # fmt: skip


def test_something_else_is_added_as_it_is():
    case = reported_on(record())
    for other in (record(period="2027"), record(reporter="Anna"), record(project="North"),
                  record(line="costs.work", disaggregation={"sex": "men"})):  # fmt: skip
        found = append(case, placed(other))
        assert found.case.measurements[:1] == case.measurements
        assert found.case.measurements[1] == Measurement.model_validate(other)
        assert (found.restated, found.left_out) == ((), 0)


def test_another_figure_restates_and_names_what_it_restates():
    found = append(reported_on(record()), placed(record(9)))
    first, second = found.case.measurements
    assert (first.id, second.restates, found.restated) == ("work-2026", "work-2026", ("work-2026",))
    third = append(found.case, placed(record(10))).case.measurements
    assert [r.restates for r in third] == [None, "work-2026", "work-2026-2"]
    assert third[1].id == "work-2026-2"


def test_a_name_that_is_there_is_kept_and_one_that_is_taken_is_not_given_again():
    case = reported_on(record(id="mine"), record(period="2025", id="work-2027"),
                       record(period="2027"))  # fmt: skip
    found = append(case, placed(record(9), record(9, period="2027")))
    assert found.restated == ("mine", "work-2027-2")


def test_the_same_figure_is_left_out_unless_it_is_approved_now():
    case = reported_on(record(status="submitted", target=5))
    assert append(case, placed(record(status="draft"))).left_out == 1
    assert append(case, placed(record())).case == case
    found = append(case, placed(record()), is_approved=True)
    assert [r.status for r in found.case.measurements] == ["submitted", "approved"]
    assert found.restated == ("work-2026",)
    assert append(found.case, placed(record()), is_approved=True).case == found.case


def test_a_file_that_was_added_before_adds_nothing():
    records = [record(id="a"), record(9, restates="a"), record(3, period="2025"),
               record(4, period="2025")]  # fmt: skip
    case = reported_on(*records)
    found = append(case, placed(*records))
    assert (found.case, found.left_out) == (case, 4)


def test_figures_of_one_file_do_not_restate_one_another():
    found = append(reported_on(record(period="2025")), placed(record(3), record(4)))
    assert [r.restates for r in found.case.measurements] == [None, None, None]


def test_of_several_the_one_of_the_same_date_is_meant_or_somebody_has_to_say():
    case = reported_on(record(3, date="2026-02-01"), record(4, date="2026-03-01"))
    found = append(case, placed(record(5, date="2026-03-01")))
    assert found.case.measurements[1].id == found.case.measurements[2].restates == "work-2026"
    (problem,) = append(case, placed(record(5))).problems
    assert (problem.code, problem.sheet, problem.cell) == ("restates-which", "Sheet", "H0")
    said = append(case, placed(record(5, restates="x")))
    assert (said.problems, said.case.measurements[2].restates) == ((), "x")


def test_two_figures_that_could_both_restate_one():
    found = append(reported_on(record(3, date="2026-02-01")), placed(record(4), record(5)))
    assert [p.code for p in found.problems] == ["restates-which"] * 2


def test_a_mistake_in_the_case_gets_its_place_in_the_file():
    added = Placed(Measurement(line="costs.work", period="2027", value=1), {"": ("S", "H1"),
                   "value": ("S", "H2")})  # fmt: skip
    found = append(reported_on(record()), [added])
    problems = [Problem("x", f"measurements.{p}") for p in ("1", "1.value", "1.date", "0.value")]
    assert [found.located(p).cell for p in problems] == ["H1", "H2", "H1", None]
    assert found.located(Problem("x", "title")).cell is None
    in_csv = append(reported_on(record()), [Placed(added.record, line=7)])
    assert in_csv.located(problems[1]).line == 7


def test_a_row_without_any_answer_is_left_out():
    found = append(reported_on(record()), placed(record(None), record(None, period="2030")))
    assert (found.case, found.left_out) == (reported_on(record()), 2)


def test_what_a_record_leaves_out_it_does_not_deny():
    target = Measurement.model_validate(record(None, target=9))
    both = Measurement.model_validate(record(8, target=9))
    assert says_the_same(target, both)
    assert not says_the_same(both, target)
    nothing = Measurement.model_validate(record(None, evidence="Nobody counted"))
    assert says_the_same(nothing, nothing)
    assert not says_the_same(nothing, both)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["2025", "2026"]),
                          st.sampled_from([None, "Anna"])), max_size=6))  # fmt: skip
def test_nothing_that_was_there_is_ever_changed_but_for_a_name(steps):
    case = reported_on(record())
    for value, period, reporter in steps:
        before = case.measurements
        case = append(case, placed(record(value, period=period, reporter=reporter))).case
        unnamed = [r.model_copy(update={"id": None}) for r in case.measurements]
        assert unnamed[: len(before)] == [r.model_copy(update={"id": None}) for r in before]
        standing = [
            r
            for r in case.measurements
            if r.id is None or r.id not in {x.restates for x in case.measurements}
        ]
        assert len({(r.period, r.reporter) for r in standing}) == len(standing)
        assert [r.value for r in standing if (r.period, r.reporter) == (period, reporter)] == [
            value
        ]


def test_what_was_learned_stands_below_what_others_learned():
    case = reported_on()
    first = with_lessons(case, {"2027": Lesson(went_wrong="Late", learned="Start")}, "en")
    both = with_lessons(first, {"2027": Lesson(went_wrong="Ill", learned="Start")}, "en")
    assert both.monitoring is not None
    lesson = both.monitoring.lessons["2027"]
    assert (lesson.went_wrong, lesson.learned) == ("Late\n\nIll", "Start")
    assert with_lessons(case, {}, "en") == case


def test_texts_in_two_languages_keep_the_other_one():
    before = Translated(nl="Laat", en="Late")
    assert joined(before, "Ill", "en") == Translated(nl="Laat", en="Late\n\nIll")
    assert joined(before, "Late", "en") == before


def test_dates_are_those_of_the_record():
    found = append(reported_on(record()), placed(record(9, date="2027-01-01")))
    assert found.case.measurements[1].date == datetime.date(2027, 1, 1)
