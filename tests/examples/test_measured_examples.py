"""Two examples with three years of measurements: one about as planned, one that disappoints."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import chain
from math import fsum

import pytest
from tests.report.test_screen import printed

from impactmonitor import Case, evaluate, load_case, load_catalogue, messages
from impactmonitor.catalogue.monitored import MonitoredIndicator, monitored
from impactmonitor.measuring.aggregating import Aggregation, in_periods, over_periods
from impactmonitor.measuring.checks import measurement_problems
from impactmonitor.measuring.people_tables import TableCell, hidden_cells, tables
from impactmonitor.measuring.selecting import View, of_subject, selected
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.periods import Period, period_of
from impactmonitor.model.record import in_language
from impactmonitor.report.track_screen import track_screen
from impactmonitor.report.track_shown import shown_track
from impactmonitor.resources import folder
from impactmonitor.tracking import Tracked, calibration, forecasts_of, track
from impactmonitor.tracking.bridging import STEPS

PLANNED, BELOW = "exercise-classes-measured", "early-debt-help-measured"
NAMES = (PLANNED, BELOW)
YEARS = (2023, 2024, 2025)
COUNTS = {PLANNED: "participants", BELOW: "households-reached"}

every_example = pytest.mark.parametrize("name", NAMES)


@cache
def case_of(name: str) -> Case:
    return load_case(folder("examples") / name / "case.yaml")


@cache
def tracked_of(name: str, reforecast: bool = False, view: View = "restated") -> Tracked:
    return track(case_of(name), as_of=2025, reforecast=reforecast, view=view)


def indicators_of(name: str) -> dict[str, MonitoredIndicator]:
    found, problems = monitored(case_of(name), load_catalogue())
    assert problems == []
    return dict(found)


def years() -> list[Period]:
    return [period for year in YEARS if (period := period_of(str(year))) is not None]


def yearly(name: str, indicator: str, view: View = "restated") -> list[float | None]:
    """What an indicator was in each of the three years, as it is followed."""
    case = case_of(name)
    records = selected(of_subject(case.measurements, indicator), view)
    rule = Aggregation(
        indicators_of(name)[indicator].measure, own=dict(monitoring_of(case).periods)
    )
    found = in_periods(records, rule, years())
    return [found[period].value for period in years()]


# --------------------------------------------------------------------------------- both examples


@every_example
def test_the_measurements_keep_every_rule(name: str) -> None:
    assert measurement_problems(case_of(name), indicators_of(name)) == []


@every_example
def test_three_years_are_complete_and_the_rest_is_not_measured(name: str) -> None:
    found = tracked_of(name)
    assert found.last_year == 2025
    assert found.incomplete == ()
    assert dict(found.unmeasured) == {}
    case = case_of(name)
    sized = {f"costs.{line}" for line in case.costs} | {f"effects.{line}" for line in case.effects}
    sized |= {f"transfers.{line}" for line in case.transfers}
    usual = [f for f in found.figures if f.field in ("quantity", "amount")]
    assert {f.line for f in usual} == sized - {"effects.less-stress"}
    for line in {f.line for f in usual}:
        assert {f.year for f in usual if f.line == line and f.measured is not None} == set(YEARS)


@every_example
def test_without_a_date_it_looks_up_to_the_last_year_that_was_measured(name: str) -> None:
    assert track(case_of(name)).last_year == 2025


@every_example
@pytest.mark.parametrize("reforecast", [False, True])
def test_the_bridge_adds_up_for_everybody(name: str, reforecast: bool) -> None:
    found = tracked_of(name, reforecast)
    assert tuple(step.step for step in found.bridge) == STEPS
    plan, result = found.plan_parts.realised, found.realised
    for total in ("costs", "benefits", "net_present_value"):
        moved = fsum(step.totals[total] for step in found.bridge)
        assert moved == pytest.approx(result.totals[total] - plan.totals[total], abs=1e-6)
    for actor in case_of(name).actors:
        moved = fsum(step.actors[actor].net for step in found.bridge)
        assert moved == pytest.approx(result.actors[actor].net - plan.actors[actor].net, abs=1e-6)


@every_example
def test_warnings_of_tracking_are_those_of_the_plan_and_no_others(name: str) -> None:
    plan = {problem.code for problem in evaluate(case_of(name)).warnings}
    for reforecast in (False, True):
        assert {problem.code for problem in tracked_of(name, reforecast).warnings} == plan


@every_example
def test_a_draft_counts_nowhere(name: str) -> None:
    case = case_of(name)
    drafts = [r for r in case.measurements if r.status == "draft" and r.has_figure]
    assert [draft.period for draft in drafts] == ["2026Q1"]
    without = case.model_copy(
        update={"measurements": tuple(r for r in case.measurements if r not in drafts)}
    )
    late = track(case, as_of=2026)
    assert late.realised == track(without, as_of=2026).realised
    assert 2026 in late.unmeasured["costs.classes" if name == PLANNED else "costs.visits"]


@every_example
def test_a_small_cell_is_hidden_and_so_is_a_second_one(name: str) -> None:
    case, indicator = case_of(name), COUNTS[name]
    records = selected(of_subject(case.measurements, indicator))
    rule = Aggregation(indicators_of(name)[indicator].measure)
    shown = [period for r in records if (period := period_of(r.period)) is not None]
    found = tables(records, rule, shown)
    cells = [record.cell for record in records if record.cell]
    hidden = hidden_cells(found, shown, cells)
    parts = {c: f.value for c, f in found.items() if c.by == "category" and c.period}
    small = {cell for cell, value in parts.items() if value is not None and value < 5}
    assert len(small) == 1
    in_year = {cell for cell in hidden if cell.by == "category" and cell.period}
    assert small < in_year
    assert len(in_year) == 2
    (year,) = {cell.period for cell in in_year}
    assert TableCell("all", "", year) not in hidden


@every_example
def test_every_year_has_its_lessons_and_every_kind_of_figure_is_there(name: str) -> None:
    case = case_of(name)
    assert set(monitoring_of(case).lessons) == {str(year) for year in YEARS}
    kinds = {one.measure for one in indicators_of(name).values()}
    assert kinds == {"flow", "cumulative", "ratio"}
    assert len({r.reporter for r in case.measurements if r.reporter}) >= 3
    assert any(r.restates for r in case.measurements)
    assert {r.field for r in case.measurements} >= {"deadweight"}
    assert any("Q" in r.period for r in case.measurements)


@every_example
def test_a_running_count_of_two_reporters_is_the_sum_of_both_at_the_end(name: str) -> None:
    (counted,) = [k for k, one in indicators_of(name).items() if one.measure == "cumulative"]
    records = selected(of_subject(case_of(name).measurements, counted))
    assert len({record.reporter for record in records}) == 2
    by_hand = [fsum(r.value or 0.0 for r in records if r.period == str(year)) for year in YEARS]
    assert yearly(name, counted) == by_hand
    whole = over_periods(records, Aggregation("cumulative"))
    assert whole is not None
    assert whole.value == by_hand[-1]


@every_example
def test_the_forecasts_that_are_kept_are_those_of_the_plan(name: str) -> None:
    case = case_of(name)
    again = {(f.line, f.period): f for f in forecasts_of(case, made=date(2022, 12, 1))}
    kept = [f for f in monitoring_of(case).forecasts if f.line is not None]
    assert len(kept) == 12
    for forecast in kept:
        now = again[forecast.line, forecast.period]
        assert forecast.made == now.made
        assert forecast.evidence == now.evidence
        for one in ("mean", "p05", "p95"):
            assert getattr(forecast, one) == pytest.approx(getattr(now, one), rel=2e-3)


def test_an_own_period_is_followed_beside_calendar_years() -> None:
    records = selected(of_subject(case_of(PLANNED).measurements, "satisfied"))
    assert [record.period for record in records] == ["season-2023-24", "season-2024-25"]
    rule = Aggregation("ratio", own=dict(monitoring_of(case_of(PLANNED)).periods))
    whole = over_periods(records, rule)
    assert whole is not None
    assert whole.value == pytest.approx((172 + 201) / (205 + 221))


# ------------------------------------------------------------------------------ what came of them


def test_one_went_about_as_planned() -> None:
    found = tracked_of(PLANNED)
    plan, result = found.plan_parts.realised.totals, found.realised.totals
    for total in ("costs", "benefits"):
        assert result[total] == pytest.approx(plan[total], rel=0.02)
    assert yearly(PLANNED, "participants") == [372, 405, 428]


def test_one_is_far_below_plan() -> None:
    found = tracked_of(BELOW)
    plan, result = found.plan_parts.realised.totals, found.realised.totals
    assert plan["net_present_value"] > 0 > result["net_present_value"]
    assert result["benefits"] < 0.4 * plan["benefits"]
    assert result["costs"] > 1.2 * plan["costs"]
    reached = yearly(BELOW, "households-reached")
    assert reached == [96, 129, 141]
    assert max(value or 0.0 for value in reached) < 0.5 * 300
    steps = {step.step: step.total for step in found.bridge}
    assert min(steps, key=lambda step: steps[step]) == "quantity"
    assert steps["costs"] < 0


def test_the_disappointing_one_says_so_in_every_year() -> None:
    lessons = monitoring_of(case_of(BELOW)).lessons
    said = " ".join(in_language(lesson.went_wrong, "en") for lesson in lessons.values())
    for number in ("96", "129", "141", "48"):
        assert number in said
    assert "cannot be defended" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_holds_its_lessons_and_hides_the_small_cell(language: Language) -> None:
    case = case_of(BELOW)
    text = printed(track_screen(shown_track(tracked_of(BELOW), load_catalogue()), language), 400)
    for lesson in monitoring_of(case).lessons.values():
        assert " ".join(in_language(lesson.went_wrong, language).split()) in text
        assert " ".join(in_language(lesson.learned, language).split()) in text
    hidden = messages.text("track.hidden", language)
    young = title_of(case, "under-25", language)
    (row,) = [line for line in text.splitlines() if young in line]
    assert row.split()[-1] == hidden


def title_of(case: Case, category: str, language: Language) -> str:
    title = monitoring_of(case).dimensions["kind-of-household"].categories[category].title
    assert title is not None
    return in_language(title, language)


def test_a_grant_that_was_cut_moves_money_and_nothing_for_society() -> None:
    step = tracked_of(BELOW).bridge[STEPS.index("transfers")]
    assert step.total == 0
    assert step.actors["municipality"].net == pytest.approx(-step.actors["state"].net)
    assert step.actors["municipality"].net < -40_000


def test_what_was_reported_first_can_still_be_seen() -> None:
    assert yearly(PLANNED, "participants", "first_reported")[0] == 381
    assert yearly(BELOW, "households-reached", "first_reported")[0] == 118
    now, first = tracked_of(BELOW), tracked_of(BELOW, view="first_reported")
    worth = first.realised.lines["less-support"] - now.realised.lines["less-support"]
    # 22 households, 3 hours, 64 euros of 2022, and one in five would have done without
    found = load_catalogue().index_for("EUR")
    assert found is not None
    of = found[1].years
    assert worth == pytest.approx(22 * 3 * 64 * 0.8 * of[2023] / of[2022])


def test_the_rest_is_forecast_again_from_what_came_of_it() -> None:
    again = tracked_of(BELOW, reforecast=True)
    scale = again.learned.rebased["out-of-debt"].scale
    assert scale == pytest.approx((29 + 19) / (3 * 60))
    assert again.learned.rebased["less-support"].scale == pytest.approx(366 / (3 * 890 / 3))
    share = again.learned.shares["out-of-debt", "deadweight"].counts
    assert (share.events, share.n) == (5 + 11, 25 + 28)
    assert again.planned.totals["net_present_value"] < 0
    assert tracked_of(BELOW).planned.totals["net_present_value"] > 0
    near = tracked_of(PLANNED, reforecast=True).learned.rebased
    assert all(one.scale == pytest.approx(1, abs=0.02) for one in near.values())


# ------------------------------------------------------------------------------------ calibration


def test_calibration_over_both_is_that_of_each_counted_together() -> None:
    each = {name: calibration([case_of(name)]) for name in NAMES}
    both = calibration([case_of(name) for name in NAMES])
    assert both.overall.count == sum(one.overall.count for one in each.values()) == 27
    assert both.overall.inside == sum(one.overall.inside for one in each.values())
    assert both.open == 9
    assert both.warnings == ()
    assert set(both.by_evidence) == {"expert", "assumption"}
    judged = sorted(chain.from_iterable(one.judged for one in each.values()), key=str)
    assert judged == sorted(both.judged, key=str)


def test_forecasts_of_one_held_and_those_of_the_other_did_not() -> None:
    held, failed = (calibration([case_of(name)]).overall for name in NAMES)
    assert (held.inside, held.count) == (14, 15)
    assert (failed.inside, failed.count) == (3, 12)
    assert held.mean_bias == pytest.approx(0, abs=0.02)
    assert failed.mean_bias is not None
    assert failed.mean_bias < -0.2
