"""The columns of a program while they grow: years, schedules, directions, anchors."""

from __future__ import annotations

import pytest
from tests.small import appraised, case, cost, gain

from impactmonitor.appraisal.layout import DOMAINS, Layout
from impactmonitor.appraisal.program import COST, FLOW, NO_DOMAIN
from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.model.case import SOCIETY


def layout(**fields) -> Layout:
    fields.setdefault("costs", {"work": cost()})
    resolved, problems = resolve(case(**fields), load_catalogue())
    assert resolved is not None, problems
    return Layout(resolved)


def test_rows_are_counted_per_column():
    found = layout()
    assert found.count("strand_line") == 0
    found.add(strand_line=7, strand_lasts=1)
    found.add(strand_line=8)
    assert (found.columns["strand_line"], found.columns["strand_lasts"]) == ([7, 8], [1])
    assert found.count("strand_line") == 2


def test_years_are_offsets_from_the_base_year():
    found = layout(base_year=2025)
    assert [found.offset(year) for year in (None, 2025, 2031, 2020)] == [0, 0, 6, -5]


def test_lines_and_parties_keep_the_order_of_the_case():
    found = layout(perspectives={"all": ["city"], "some": ["people"]})
    assert found.parties == ["city", "insurer", "people", "all", "some", SOCIETY]
    assert found.actors == {"city": 0, "insurer": 1, "people": 2}
    assert (found.line("a", COST, "social"), found.line("b", FLOW, None)) == (0, 1)
    assert found.columns["line_domain"] == [DOMAINS.index("social"), NO_DOMAIN]


def test_the_standard_class_at_the_timing_of_the_case_comes_first():
    found = layout(discount={"rate": 0.02, "timing": "mid_year"})
    assert found.schedule("standard", "mid_year") == 0
    assert found.schedule("standard", "end_of_year") == 1
    assert found.schedule("nature", "mid_year") == 2
    assert found.schedule("standard", "end_of_year") == 1


@pytest.mark.parametrize(
    ("fields", "years"),
    [
        # as long as the horizon, or until the last thing that still goes on
        ({"costs": {"work": cost()}}, 5),
        ({"costs": {"work": cost(years=7)}}, 7),
        ({"costs": {"work": cost({"2025": 1, "2040": 2})}}, 16),
        ({"effects": {"gain": gain(lag=3, lasts=4)}}, 3 + 4),
        ({"effects": {"gain": gain(first_year=2027, years=2, lag=3, lasts=4)}}, 2 + 2 + 3 + 3),
        ({"effects": {"gain": gain(lasts=2)}}, 5),
    ],
)
def test_the_calendar_reaches_as_far_as_anything_flows(fields, years):
    assert appraised(**fields).compiled.program.years == years


def test_only_the_years_of_the_horizon_count():
    p = appraised(horizon=3, costs={"work": cost(years=5)}).compiled.program
    assert p.strand_within.tolist() == [[True, True, True, False, False]]


def test_the_direction_of_a_bias_follows_the_price_between_its_years():
    # the price falls from 30 to -30: a gain until it is 0, a harm after
    effect = gain(1, {"2025": 30, "2027": 0, "2029": -30}, years=5, optimism_bias=0.1)
    p = appraised(effects={"gain": effect}).compiled.program
    assert p.strand_direction.tolist() == [[-1, -1, -1, 1, 1]]


def test_price_paths_count_from_their_year_and_deflate_backwards():
    p = appraised(
        horizon=3,
        inflation=0.02,
        costs={"real": cost(), "nominal": cost(prices="nominal", price_year=2026)},
        effects={"gain": gain(real_price_change=0.01, real_price_from=2023)},
        price_indices={"own": {"years": {"2025": 100, "2026": 102}}},
    ).compiled.program
    assert p.strand_path_exponent.tolist() == [[0, 0, 0], [1, 0, -1], [2, 3, 4]]


def test_sizes_count_the_rows():
    p = appraised(
        costs={"work": cost()},
        effects={"gain": gain(factors={"a": 2, "b": 3})},
        perspectives={"both": ["city", "people"]},
    ).compiled.program
    assert p.sizes["line"] == 2
    assert p.sizes["strand"] == 2
    assert p.sizes["factor"] == 1 + 2
    assert (p.sizes["actor"], p.sizes["party"]) == (3, 3 + 1 + 1)
    assert p.sizes["slot"] == len(p.input_slots) + len(p.constant_slots)
