"""Roots of many functions at once: the nearest one, exact, and none where there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.uncertainty.roots import nearest_roots


def roots_of(functions, low, high, start, points=41, size=None):
    """Of functions of one variable, each nearest to its own start."""
    grid = np.tile(np.linspace(low, high, points), (len(functions), 1))
    asked = [0]

    def at(numbers, x):
        asked[0] += 1
        with np.errstate(all="ignore"):
            values = np.array([functions[n](v) for n, v in zip(numbers, x, strict=True)])
        return values, np.ones_like(values) if size is None else np.full_like(values, size)

    each = np.repeat(np.arange(len(functions)), points)
    values, sizes = (part.reshape(grid.shape) for part in at(each, grid.ravel()))
    places = np.abs(grid - np.array(start)[:, None]).argmin(axis=1)
    return nearest_roots(at, grid, values, sizes, places), asked[0]


def test_roots_are_exact_and_found_together_in_few_rounds():
    functions = [
        lambda x: x - math.pi,
        lambda x: math.exp(x) - 2,
        lambda x: x**3 - 5,
        math.cos,
        lambda x: (x - 1.23456789) ** 9,
        lambda x: 1.0,
    ]
    found, rounds = roots_of(functions, 0.0, 4.0, [0.0] * 6, size=1e-30)
    assert found[:4] == pytest.approx([math.pi, math.log(2), 5 ** (1 / 3), math.pi / 2], rel=1e-14)
    assert found[4] == pytest.approx(1.23456789, rel=1e-4)  # so flat that 1e-30 is all around
    assert math.isnan(found[5])
    assert rounds < 60  # as halves alone would need


def test_a_line_takes_a_handful_of_rounds():
    found, rounds = roots_of([lambda x: 3 * x - 1], 0.0, 10.0, [9.0])
    assert found[0] == pytest.approx(1 / 3, rel=1e-12)
    assert rounds <= 8


@pytest.mark.parametrize(
    ("start", "root"), [(0.2, 1), (1.4, 1), (1.6, 2), (2.6, 3), (2.4, 2), (5, 3), (2, 2)]
)
def test_the_nearest_of_several_roots_is_taken(start, root):
    found, _ = roots_of([lambda x: (x - 1) * (x - 2) * (x - 3)], 0.0, 5.0, [start], points=51)
    assert found[0] == pytest.approx(root, abs=1e-12)


def test_the_start_itself_is_the_root_if_the_function_is_nothing_there():
    found, _ = roots_of([lambda x: 1e-14 * (x - 2)], 0.0, 4.0, [1.0])
    assert found[0] == 1.0


def test_a_stretch_of_zero_begins_where_it_begins():
    found, _ = roots_of([lambda x: max(x - 1.03, 0.0)], 0.0, 4.0, [3.0], size=1.0)
    assert found[0] == pytest.approx(1.03, rel=1e-12)
    noisy, _ = roots_of([lambda x: max(x - 1.03, 1e-15 * math.sin(1e6 * x))], 0.0, 4.0, [3.0])
    assert noisy[0] == pytest.approx(1.03, rel=1e-12)


def test_a_touch_is_a_root_if_the_grid_meets_it():
    found, _ = roots_of([lambda x: (x - 2) ** 2], 0.0, 4.0, [0.5])
    assert found[0] == pytest.approx(2, abs=1e-6)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_beyond_what_is_no_number_nothing_is_found(odd):
    def function(x):
        return odd if 2 < x < 2.5 else 3 - x

    found, _ = roots_of([function, function], 0.0, 4.0, [1.0, 2.6])
    assert math.isnan(found[0])
    assert found[1] == pytest.approx(3, rel=1e-12)
    assert math.isnan(roots_of([lambda _: odd], 0.0, 4.0, [1.0])[0][0])


def test_no_functions_have_no_roots():
    nothing = np.empty((0, 3))
    assert nearest_roots(lambda _, x: (x, x), nothing, nothing, nothing, np.arange(0)).shape == (0,)


def test_a_variable_without_spread_has_no_other_value():
    grid = np.full((2, 4), 7.0)
    values, sizes = np.array([[1.0] * 4, [0.0] * 4]), np.ones((2, 4))
    found = nearest_roots(lambda _, x: (x, x), grid, values, sizes, np.array([2, 1]))
    assert math.isnan(found[0])
    assert found[1] == 7.0


@given(
    st.lists(st.floats(-50, 50), min_size=1, max_size=4, unique=True),
    st.floats(-60, 60),
    st.floats(-3, 3).filter(lambda k: abs(k) > 0.01),
)
def test_polynomials_have_the_roots_they_were_made_of(made_of, start, steep):
    made_of = [r for r in made_of if all(abs(r - s) > 1 for s in made_of if s != r)]

    def function(x):
        return steep * math.prod(x - r for r in made_of)

    found, _ = roots_of([function], -60.0, 60.0, [start], points=241, size=1e-10)
    grid = np.linspace(-60, 60, 241)
    nearby = grid[np.abs(grid - start).argmin()]
    distances = [abs(r - nearby) for r in made_of]
    if not made_of:
        assert math.isnan(found[0])
    else:
        assert abs(found[0] - nearby) == pytest.approx(min(distances), abs=1e-9)
        assert min(abs(found[0] - r) for r in made_of) < 1e-9
