"""Polynomials are as good as they say, and are not made where they would not be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.polynomials import fitted

ONE = np.array([0])


def fit(function, low, high):
    bounds = np.array([low]), np.array([high])
    return fitted(function, ONE + 7, ONE, *bounds)


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [
        (np.exp, -1.0, 1.0),
        (lambda x: (1 - x) ** 29, 0.05, 0.2),
        (lambda x: np.power(1 + x, -30.5), 0.0, 0.08),
        (lambda x: 3.0 + 0 * x, 2.0, 5.0),
    ],
)
def test_smooth_functions(function, low, high):
    found = fit(function, low, high)
    x = np.linspace(low, high, 1001)
    wanted = function(x)
    assert found.of.tolist() == [7]
    assert np.abs(found.at(x[None, :])[0] - wanted).max() <= 1e-10 * np.abs(wanted).max()


@pytest.mark.parametrize("function", [np.abs, lambda x: np.sqrt(x + 1), lambda x: np.sin(80 * x)])
def test_others_are_left_alone(function):
    assert not len(fit(function, -1.0, 1.0).of)


@given(st.floats(-5, 5), st.integers(1, 9))
def test_a_single_number_is_exact(number, count):
    found = fit(lambda x: np.exp(np.sin(x)) / 3, number, number)
    assert (found.at(np.full((1, count), number)) == np.exp(np.sin(number)) / 3).all()


def test_several_at_once_take_no_more_powers_than_they_need():
    low, high = np.zeros(2), np.ones(2)
    found = fitted(lambda x: np.stack([x[0] ** 2, 1 - x[1]]), np.arange(2), np.array([1, 0]),
                   low, high)  # fmt: skip
    assert found.coefficients.shape == (3, 2)
    values = found.at(np.array([[0.25], [0.5]]))
    assert values.ravel().tolist() == pytest.approx([0.25, 0.75], abs=1e-12)
