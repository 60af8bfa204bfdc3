"""The ledger: sums by hand, a slow loop over a rich case, and draws that are as each alone."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.small import appraised, cost, gain

from impactmonitor.appraisal.incidence import Split
from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.appraisal.ledger import Ledger, run
from impactmonitor.appraisal.program import BENEFIT, COST

SHARE = {"uniform": [0, 0.8]}

RICH = {
    "horizon": 4,
    "inflation": {"uniform": [0.01, 0.03]},
    "discount": {"rate": {"uniform": [0, 0.06]}, "classes": {"nature": 0.01}},
    "parameters": {"reached": {"value": {"pert": [10, 20, 60]}}},
    "perspectives": {"public": ["city", "insurer"]},
    "costs": {
        "work": cost(
            {"triangular": [50, 80, 200]},
            years=6,
            growth={"uniform": [-0.1, 0.2]},
            optimism_bias={"uniform": [0, 0.5]},
            paid_by={"city": 0.6, "insurer": 0.4},
            timing="mid_year",
        ),
        "hours": cost(40, in_kind=True, paid_by="people"),
        "paper": cost({"2025": 30, "2028": 10}, prices="nominal"),
    },
    "effects": {
        "fewer": gain(
            {"parameter": "reached"},
            {"2025": 3, "2029": {"uniform": [1, 5]}},
            years=3,
            lasts=3,
            drop_off=SHARE,
            deadweight=SHARE,
            factors={"uptake": SHARE},
            cashable=SHARE,
            falls_to={"people": 0.7, "insurer": 0.3},
            confirmation={"insurer": "confirmed"},
        ),
        "also": gain({"uniform": [-30, 60]}, 5, lag=1, discount_class="nature"),
        "harm": gain(-4, {"uniform": [-2, 8]}, optimism_bias=0.2, timing="end_of_year"),
        "benefit": gain({"normal": {"mean": 0, "sd": 5}}, 9, taken_from="city", years=2),
        "trees": {"quantity": 6, "years": 5, "monetised": False, "domain": "ecological"},
    },
    "transfers": {"grant": {"from": "insurer", "to": "city", "amount": SHARE, "years": 2}},
    "overlaps": {"both": {"lines": ["fewer", "also"], "alpha": SHARE}},
    "excess_burden": {"rate": SHARE, "actors": ["city"], "borne_by": {"people": 1}},
}


def draws(a, count: int) -> np.ndarray:
    """Any values of the inputs within their usual size."""
    chance = np.random.default_rng(1)
    middle = a.compiled.expected()
    return middle + (np.abs(middle) + 0.5) * chance.uniform(-0.9, 0.9, (len(middle), count))


ARRAYS = (
    "quantity",
    "value",
    "present",
    "beyond",
    "within",
    "discounted",
    "discounted_by_line",
    "quantities",
    "discounted_quantity",
    "is_turned",
    "costs",
    "benefits",
)


@pytest.fixture(scope="module")
def rich():
    return appraised(**RICH)


# --- draws --------------------------------------------------------------------------------------


def test_several_draws_in_one_run_are_as_each_alone(rich):
    inputs = draws(rich, 7)
    together = run(rich.compiled.program, inputs)
    turned = together.is_turned[together.program.flow_may_turn]
    assert turned.any()
    assert not turned.all()
    for draw in range(7):
        alone = run(rich.compiled.program, inputs[:, [draw]])
        for name in ARRAYS:
            both, one = getattr(together, name), getattr(alone, name)
            assert both[..., draw] == pytest.approx(one[..., 0], rel=1e-12), name
        for role in (COST, BENEFIT):
            both, one = together.by_domain(role), alone.by_domain(role)
            assert both[:, draw] == pytest.approx(one[:, 0], rel=1e-12)
        for field in dataclasses.fields(Split):
            both = getattr(together.parties, field.name)[:, draw]
            assert both == pytest.approx(getattr(alone.parties, field.name)[:, 0]), field.name


def test_the_point_estimate_is_the_run_at_the_expected_values(rich):
    again = run(rich.compiled.program, rich.compiled.expected())
    assert again.present.tolist() == rich.ledger.present.tolist()


def test_no_draws_are_no_results(rich):
    found = run(rich.compiled.program, rich.compiled.expected()[:, :0])
    assert found.present.shape == (len(rich.compiled.lines), 0)
    assert found.costs.shape == (0,)


def test_values_by_year_are_of_the_first_draw(rich):
    inputs = draws(rich, 3)
    together = run(rich.compiled.program, inputs)
    alone = run(rich.compiled.program, inputs[:, :1])
    for field in dataclasses.fields(Split):
        found = getattr(together.yearly, field.name)
        assert found == pytest.approx(getattr(alone.yearly, field.name), rel=1e-12), field.name


# --- the second, slow way -----------------------------------------------------------------------


def loops(ledger: Ledger) -> dict[str, np.ndarray]:
    """Present values and quantities of lines, added one amount at a time."""
    p = ledger.program
    sizes = (p.sizes["line"], ledger.value.shape[2])
    names = ("present", "beyond", "discounted_quantity", "undiscounted")
    sums = {name: np.zeros(sizes) for name in names}
    for row, line in enumerate(p.row_line):
        for year in range(p.years):
            factor = ledger.factors[p.row_schedule[row], year]
            amount = ledger.value[row, year]
            if p.row_within[row, year]:
                sums["present"][line] += amount * factor
                sums["discounted_quantity"][line] += ledger.quantity[row, year] * factor
                sums["undiscounted"][line] += amount
            else:
                sums["beyond"][line] += amount * factor
    return sums


def test_sums_are_those_of_a_plain_loop(rich):
    ledger = run(rich.compiled.program, draws(rich, 3))
    slow = loops(ledger)
    assert ledger.present == pytest.approx(slow["present"])
    assert ledger.beyond == pytest.approx(slow["beyond"])
    assert ledger.discounted_quantity == pytest.approx(slow["discounted_quantity"])
    assert ledger.within.sum(axis=1) == pytest.approx(slow["undiscounted"])
    assert ledger.discounted_by_line.sum(axis=1) == pytest.approx(slow["present"])


def test_roles_and_domains(rich):
    ledger, lines = rich.ledger, rich.compiled.lines
    present = dict(zip(lines, ledger.present[:, 0], strict=True))
    costs = [present[name] for name in ("work", "hours", "paper", "excess-burden")]
    benefits = [present[name] for name in ("fewer", "also", "harm")]
    assert ledger.costs[0] == pytest.approx(sum(costs))
    assert ledger.benefits[0] == pytest.approx(sum(benefits))
    by_domain = dict(zip(DOMAINS, ledger.by_domain(BENEFIT)[:, 0], strict=True))
    assert by_domain == pytest.approx({**dict.fromkeys(DOMAINS, 0.0), "social": sum(benefits)})
    by_domain = dict(zip(DOMAINS, ledger.by_domain(COST)[:, 0], strict=True))
    assert by_domain == pytest.approx({**dict.fromkeys(DOMAINS, 0.0), "economic": sum(costs)})


def test_by_role_keeps_any_number_of_columns(rich):
    ledger = rich.ledger
    for amounts in (ledger.present, ledger.within):
        found = ledger.by_role(amounts, COST)
        assert found.shape == amounts.shape
        is_cost = ledger.program.line_role == COST
        assert found[is_cost].tolist() == amounts[is_cost].tolist()
        assert not found[~is_cost].any()


# --- by hand ------------------------------------------------------------------------------------


def of_line(a, name: str) -> dict[str, float]:
    i = a.compiled.lines.index(name)
    ledger = a.ledger
    return {
        "present": float(ledger.present[i, 0]),
        "beyond": float(ledger.beyond[i, 0]),
        "discounted_quantity": float(ledger.discounted_quantity[i, 0]),
    }


def test_present_value_at_the_line_s_own_moment_and_class():
    a = appraised(
        discount={"rate": 0.05, "classes": {"nature": 0.02}},
        costs={"work": cost(100, years=2, timing="end_of_year")},
        effects={"gain": gain(3, 10, first_year=2027, discount_class="nature")},
    )
    assert of_line(a, "work")["present"] == pytest.approx(100 / 1.05 + 100 / 1.05**2)
    gained = of_line(a, "gain")
    assert gained["present"] == pytest.approx(30 / 1.02**2)
    assert gained["discounted_quantity"] == pytest.approx(3 / 1.02**2)


def test_what_falls_after_the_horizon_is_apart():
    a = appraised(
        horizon=2,
        discount={"rate": 0.1},
        effects={"gain": gain(1, 100, lasts=4, drop_off=0.5)},
    )
    found = of_line(a, "gain")
    assert found["present"] == pytest.approx(100 + 50 / 1.1)
    assert found["beyond"] == pytest.approx(25 / 1.1**2 + 12.5 / 1.1**3)
    assert found["discounted_quantity"] == pytest.approx(1 + 0.5 / 1.1)
    # the quantity itself is there in every year
    assert a.ledger.quantities[0, :, 0].tolist() == [1, 0.5, 0.25, 0.125]


def test_overlap_scales_values_in_every_year_and_no_quantity():
    # 100 and 60 x 2 years: 120 + 0.5 x 100 = 170 of 220; beyond the horizon too
    a = appraised(
        horizon=2,
        effects={
            "once": gain(1, 100),
            "longer": gain(1, 60, years=3),
            "apart": gain(1, 10),
        },
        overlaps={"both": {"lines": ["once", "longer"], "alpha": 0.5}},
    )
    scale = 170 / 220
    assert a.ledger.scale[:, 0].tolist() == pytest.approx([scale, scale, 1])
    assert of_line(a, "once")["present"] == pytest.approx(100 * scale)
    longer = of_line(a, "longer")
    assert longer["present"] == pytest.approx(120 * scale)
    assert longer["beyond"] == pytest.approx(60 * scale)
    assert longer["discounted_quantity"] == 2
    assert of_line(a, "apart")["present"] == 10
    by_year = a.ledger.within[a.compiled.lines.index("longer"), :, 0]
    assert by_year.tolist() == pytest.approx([60 * scale, 60 * scale, 0])
    assert a.ledger.benefits[0] == pytest.approx(170 + 10)


def test_without_overlap_no_line_is_scaled():
    assert appraised(effects={"gain": gain()}).ledger.scale.tolist() == [[1]]


def test_excess_burden_falls_at_the_moment_and_class_of_its_costs():
    a = appraised(
        horizon=2,
        discount={"rate": 0.1, "classes": {"infrastructure": 0.2}},
        costs={
            # with bias 110 a year, of which the last year lies after the horizon
            "late": cost(100, first_year=2026, years=2, optimism_bias=0.1, timing="end_of_year"),
            "road": cost(50, first_year=2026, discount_class="infrastructure"),
            "half": cost(80, paid_by={"city": 0.25, "people": 0.75}),
            "hours": cost(1000, in_kind=True),
        },
        excess_burden={"rate": 0.3, "actors": ["city"], "borne_by": "people"},
    )
    found = of_line(a, "excess-burden")
    assert found["present"] == pytest.approx(0.3 * (110 / 1.1**2 + 50 / 1.2 + 0.25 * 80))
    assert found["beyond"] == pytest.approx(0.3 * 110 / 1.1**3)
    split = a.ledger.parties
    people = a.compiled.parties.index("people")
    assert split.costs[people, 0] == pytest.approx(0.75 * 80 + found["present"])
    assert split.cash[people, 0] == pytest.approx(-0.75 * 80)  # the burden itself is no cash


def test_a_transfer_effect_turns_by_draw_on_its_present_value():
    a = appraised(
        effects={"benefit": gain({"normal": {"mean": 1, "sd": 1}}, 100, taken_from="city")}
    )
    ledger = run(a.compiled.program, np.array([[2.0, -3.0, 0.0]]))
    assert ledger.is_turned.tolist() == [[False, True, False]]
    city, people = (a.compiled.parties.index(name) for name in ("city", "people"))
    assert ledger.parties.paid[city].tolist() == [200, 0, 0]
    assert ledger.parties.received[city].tolist() == [0, 300, 0]
    assert ledger.parties.received[people].tolist() == [200, 0, 0]
    assert ledger.parties.paid[people].tolist() == [0, 300, 0]
    assert ledger.parties.cash[city].tolist() == [-200, 300, 0]


def test_yearly_amounts_of_a_turned_flow_turn_with_its_whole():
    # +100 now and -300 later: together negative, so the whole line is a payment to the city
    a = appraised(
        effects={"benefit": gain({"2025": 1, "2026": -3}, 100, taken_from="city")}, horizon=2
    )
    city = a.compiled.parties.index("city")
    assert a.ledger.yearly.received[city].tolist() == [-100, 300]
    assert a.ledger.yearly.paid[city].tolist() == [0, 0]
    assert a.ledger.parties.transfers[city].tolist() == [200]


def test_years_are_undiscounted_and_ignore_timing():
    a = appraised(
        discount={"rate": 0.1, "timing": "end_of_year"},
        costs={"work": cost(100, years=2)},
        effects={"gain": gain(1, 30, first_year=2026, years=9)},
    )
    society = a.compiled.parties.index("society")
    yearly = a.ledger.yearly
    assert yearly.costs[society].tolist() == [100, 100, 0, 0, 0, 0, 0, 0, 0, 0]
    assert yearly.benefits[society].tolist() == [0, 30, 30, 30, 30, 0, 0, 0, 0, 0]
