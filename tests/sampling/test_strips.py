"""Which strips need more than parabolas."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import TypeAdapter

from impactmonitor.model.numbers import ANY, NOT_NEGATIVE, Number
from impactmonitor.sampling.families import families
from impactmonitor.sampling.nets import Coordinate, Nets
from impactmonitor.sampling.points import QuasiRandom
from impactmonitor.sampling.strips import MOST, STRIPS, Strips, aligned, exact_strips

READ = TypeAdapter(Number).validate_python


def only(written, allowed=ANY):
    (found,) = families([(READ(written), allowed)], 10_000)
    return found


def test_strips_at_the_ends_and_that_of_a_mode():
    found = exact_strips(only({"triangular": [0, 1, 4]}))
    assert {0, STRIPS // 4, STRIPS - 1} <= set(found[0].tolist())
    assert exact_strips(only({"uniform": [0, 1]})).shape == (1, 0)


def test_strips_with_a_jump_are_found():
    found = exact_strips(
        only({"discrete": {"values": [1, 2, 3], "probabilities": [0.3, 0.2, 0.5]}})
    )
    assert {int(0.3 * STRIPS), STRIPS // 2} <= set(found[0].tolist())
    assert found.size <= 2 * 24 + 4


def test_too_many_jumps_do_not_pay():
    values = [float(v) for v in range(MOST + 100)]
    written = {"discrete": {"values": values, "probabilities": [1 / len(values)] * len(values)}}
    assert exact_strips(only(written)) is None


@pytest.mark.parametrize(
    "written", [{"normal": {"mean": 1, "sd": 1}}, {"triangular": [-1, 0.5, 2]}]
)
def test_values_of_one_block(written):
    family = only(written, NOT_NEGATIVE)
    exact = exact_strips(family)
    assert exact is not None
    inputs = [Coordinate("a", "g", 2)]
    room = np.empty((1, 100))
    Strips(Nets(1, inputs, 1 << 20), [(family, exact)]).fill(7, slice(50, 150), list(room))
    points = QuasiRandom(1, inputs, 1 << 20).at(7 * STRIPS + 50, 100)
    wanted = family.form.quantiles(points)
    assert np.abs(room - wanted).max() < 1e-6


def test_rows_begin_where_a_line_of_the_cache_does():
    for rows in range(1, 5):
        found = aligned((rows, 64))
        assert found.shape == (rows, 64)
        assert found.ctypes.data % 64 == 0
