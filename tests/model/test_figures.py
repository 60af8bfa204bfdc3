"""Every figure of a case with its place and range."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from tests.small import case, cost, gain
from tests.strategies import cases

from impactmonitor.model.case import Case, Discount, ExcessBurden, Overlap
from impactmonitor.model.figures import Place, figures, given_figures, parameter_ranges, ranges
from impactmonitor.model.lines import Cost, Effect, Transfer
from impactmonitor.model.numbers import (
    ABOVE_MINUS_ONE,
    ANY,
    NOT_NEGATIVE,
    SHARE,
    UNCERTAIN,
    Distribution,
    Range,
)


def reference(name: str) -> dict[str, str]:
    return {"parameter": name}


def test_ranges_are_those_of_the_format():
    # case-format §1: "Ranges"
    shares = {"drop_off", "deadweight", "displacement", "attribution_to_others", "cashable"}
    above = {"growth", "real_price_change"}
    anything = {"quantity", "factors", "unit_value"}
    assert ranges(Effect) == {
        **dict.fromkeys(shares | {"optimism_bias"}, SHARE),
        **dict.fromkeys(above, ABOVE_MINUS_ONE),
        **dict.fromkeys(anything, ANY),
    }
    amounts = {"amount": NOT_NEGATIVE, "growth": ABOVE_MINUS_ONE}
    assert ranges(Cost) == {**amounts, "optimism_bias": NOT_NEGATIVE}
    assert ranges(Transfer) == amounts
    assert ranges(Overlap) == {"alpha": SHARE}
    assert ranges(ExcessBurden) == ranges(Discount) == {"rate": ABOVE_MINUS_ONE}
    assert ranges(Case) == {"inflation": ABOVE_MINUS_ONE}


def test_all_places_in_the_order_of_the_document():
    found = case(
        inflation=0.02,
        discount={"rate": 0.03},
        costs={"work": cost({"2025": 1, "2027": 2})},
        effects={
            "gain": gain(
                3,
                {"2025": 4},
                factors={"uptake": 5, "n": 6},
                cashable={"people": 0.7},
            )
        },
        transfers={"grant": {"from": "city", "to": "people", "amount": 8}},
        overlaps={"all": {"lines": ["gain"], "alpha": 0.9}},
        excess_burden={"rate": 0.1, "actors": ["city"], "borne_by": "city"},
    )
    given_numbers = {
        place.path: place.figure for place in figures(found) if place.figure not in (0.0, {})
    }
    assert list(given_numbers.items()) == [
        ("discount.rate", 0.03),
        ("costs.work.amount.2025", 1),
        ("costs.work.amount.2027", 2),
        ("effects.gain.quantity", 3),
        ("effects.gain.factors.uptake", 5),
        ("effects.gain.factors.n", 6),
        ("effects.gain.unit_value.2025", 4),
        ("effects.gain.cashable.people", 0.7),
        ("transfers.grant.amount", 8),
        ("overlaps.all.alpha", 0.9),
        ("excess_burden.rate", 0.1),
        ("inflation", 0.02),
    ]


def test_what_is_no_figure_has_no_place():
    found = case(
        effects={
            "unknown": {"quantity": "unknown", "monetised": False, "domain": "social"},
            "looked-up": gain(unit_value="gp-consult"),
        }
    )
    paths = {place.path for place in figures(found)}
    assert "effects.unknown.quantity" not in paths
    assert "effects.looked-up.unit_value" not in paths
    assert "effects.unknown.unit_value" not in paths


def test_figures_left_at_their_default_are_places_too():
    found = {place.path: place for place in figures(case(costs={"work": cost()}))}
    assert found["costs.work.growth"] == Place("costs.work.growth", 0.0, ABOVE_MINUS_ONE)


def test_a_parameter_takes_what_all_its_places_take():
    found = parameter_ranges(
        case(
            parameters={name: {"value": 0.5} for name in ("idle", "free", "share", "both")},
            costs={"work": cost(reference("both"))},
            effects={
                "gain": gain(
                    reference("free"),
                    factors={"a": reference("share"), "b": reference("both")},
                    deadweight=reference("share"),
                    real_price_change=reference("both"),
                )
            },
        )
    )
    assert found == {"idle": ANY, "free": ANY, "share": SHARE, "both": NOT_NEGATIVE}


def test_an_open_bound_stays_open():
    found = parameter_ranges(
        case(
            parameters={"rate": {"value": 0.5}},
            discount={"rate": reference("rate")},
            effects={"gain": gain(growth=reference("rate"))},
        )
    )
    assert found == {"rate": Range(-1.0, is_open=True)}


def test_a_parameter_that_does_not_exist_is_left_to_the_rules():
    found = parameter_ranges(
        case(parameters={"a": {"value": 1}}, effects={"gain": gain(reference("b"))})
    )
    assert found["a"] == ANY


def uncertain_places(node, path=""):
    """Paths of all mappings that name a distribution, wherever they stand."""
    if not isinstance(node, dict):
        return []
    if any(form.tag in node and not isinstance(node[form.tag], int | float) for form in UNCERTAIN):
        return [path]
    return [
        place
        for key, part in node.items()
        for place in uncertain_places(part, f"{path}.{key}" if path else str(key))
    ]


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(cases())
def test_every_uncertain_number_of_a_case_is_a_place(tree):
    elsewhere = ("parameters", "scenarios", "alternatives")
    expected = uncertain_places({k: v for k, v in tree.items() if k not in elsewhere})
    found = figures(Case.model_validate(tree))
    assert sorted(p.path for p in found if isinstance(p.figure, Distribution)) == sorted(expected)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_figures_that_are_not_given_are_allowed_and_name_no_parameter(document):
    found = Case.model_validate(document)
    every, given_ones = list(figures(found)), list(given_figures(found))
    assert [place for place in every if place in given_ones] == given_ones
    for place in every:
        if place not in given_ones:
            assert isinstance(place.figure, float)
            assert place.allowed.contains(place.figure)
