"""Inverse distribution functions of many uncertain numbers at a time.

A case has tens of inputs and few forms. What is of one form is worked out in one go, with a row
for each input: for a thousand draws calling a function costs more than what it does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from impactmonitor.model.numbers import (
    Distribution,
    Interval,
    Lognormal,
    Normal,
    Pert,
    Range,
    Triangular,
    Uniform,
)
from impactmonitor.sampling.inverse import Inverse, inverse
from impactmonitor.sampling.moments import interval_parameters, lognormal_parameters
from impactmonitor.sampling.normals import normal_scores
from impactmonitor.sampling.perts import Perts
from impactmonitor.sampling.tables import fast_inverse

Array = NDArray[np.float64]
Uncertain = tuple[Distribution, Range]

ALL = slice(None)
_WIDEST = 0.8
"""Standard deviation of a logarithm from which on the form is looked at input by input."""
_LEAST, _MOST = 1e-20, 1e20
"""Sizes whose small steps single precision can hold."""
_NARROWEST = 1e-6
"""Width, as a part of the largest value, from which on rounding cannot leave the bounds."""
_WORTH_A_TABLE = 4096
"""Draws from which on a table of a beta distribution costs less than it saves."""


class Quantiles(Protocol):
    """Inverse distribution functions of some inputs."""

    def quantiles(self, points: Array, rows: slice = ALL) -> Array:
        """Values at points of some of the inputs, by row; one row of points is for all inputs."""


class Family(NamedTuple):
    """Inputs of one form.

    Attributes
    ----------
    rows : list of int
        Which of the inputs.
    form : Quantiles
        Their functions, in that order.
    bends : list of float, by input; or None
        A point where the function is not smooth (nan: nowhere); None if that is not known.
    is_linear : bool
        Whether values are a linear function of points.
    """

    rows: list[int]
    form: Quantiles
    bends: list[float] | None
    is_linear: bool = False


class Uniforms:
    """Uniform numbers, from their bounds."""

    def __init__(self, bounds: Sequence[Sequence[float]]) -> None:
        self.low, self.high = _columns(bounds)

    def quantiles(self, points: Array, rows: slice = ALL) -> Array:
        """Values at points."""
        found: Array = points * (self.high[rows] - self.low[rows])
        found += self.low[rows]
        np.minimum(found, self.high[rows], out=found)
        return found


class Triangles:
    """Triangular numbers, from low, mode and high."""

    def __init__(self, triples: Sequence[Sequence[float]]) -> None:
        self._low, mode, self._high = _columns(triples)
        width = self._high - self._low
        self._share = (mode - self._low) / width
        self._rising, self._falling = width * (mode - self._low), width * (self._high - mode)

    def quantiles(self, points: Array, rows: slice = ALL) -> Array:
        """Values at points."""
        is_left = points < self._share[rows]
        found = np.where(is_left, points * self._rising[rows], (1 - points) * self._falling[rows])
        np.sqrt(found, out=found)
        found = np.where(is_left, self._low[rows] + found, self._high[rows] - found)
        return np.asarray(np.minimum(found, self._high[rows]))


class Normals:
    """Normal numbers, from mean and standard deviation."""

    def __init__(self, parameters: Sequence[Sequence[float]]) -> None:
        self._mean, self._sd = _columns(parameters)

    def quantiles(self, points: Array, rows: slice = ALL) -> Array:
        """Values at points."""
        found: Array = normal_scores(points) * self._sd[rows]
        found += self._mean[rows]
        return found


class Lognormals(Normals):
    """Lognormal numbers, from mean and standard deviation of the logarithm."""

    def quantiles(self, points: Array, rows: slice = ALL) -> Array:
        """Values at points."""
        found: Array = np.exp(super().quantiles(points, rows))
        return found


class Single:
    """One number, of any form."""

    def __init__(self, found: Inverse) -> None:
        self._inverse = found

    def quantiles(self, points: Array, rows: slice = ALL) -> Array:
        """Values at points."""
        return np.clip(self._inverse.quantile(points), self._inverse.low, self._inverse.high)


def families(inputs: Sequence[Uncertain], draws: int) -> list[Family]:
    """Uncertain numbers by form: whole ones of one form together, others by themselves.

    Parameters
    ----------
    inputs : sequence of (distribution, range that its place allows)
    draws : int
        How many values of each will be asked for; tells whether tables pay.

    Raises
    ------
    ValueError
        If nothing of a distribution is left within its range.

    Examples
    --------
    >>> given = [(Uniform(uniform=(0, u)), Range()) for u in (2, 4)]
    >>> (uniform,) = families(given, draws=100)
    >>> uniform.rows, uniform.form.quantiles(np.full((2, 1), 0.5)).tolist()
    ([0, 1], [[1.0], [2.0]])
    """
    met: dict[type[Quantiles], tuple[list[int], list[Sequence[float]]]] = {}
    alone = []
    for row, (distribution, allowed) in enumerate(inputs):
        form = _FORMS.get(type(distribution), _none)(distribution, allowed)
        if form is None:
            function = fast_inverse if draws >= _WORTH_A_TABLE else inverse
            alone.append(Family([row], Single(function(distribution, allowed)), None))
            continue
        rows, parameters = met.setdefault(form[0], ([], []))
        rows.append(row)
        parameters.append(form[1])
    return [_family(kind, *found) for kind, found in met.items()] + alone


def _family(kind: Any, rows: list[int], parameters: list[Sequence[float]]) -> Family:
    bends = [math.nan] * len(rows)
    if kind is Triangles:
        bends = [(mode - low) / (high - low) for low, mode, high in parameters]
    return Family(rows, kind(parameters), bends, kind is Uniforms)


def _columns(parameters: Sequence[Sequence[float]]) -> Array:
    found: Array = np.array(parameters, dtype=float).T[:, :, None]
    return found


Form = tuple[Any, Sequence[float]] | None
"""Class and parameters of a whole number that rounding cannot bring outside its bounds."""


def _none(distribution: Distribution, allowed: Range) -> Form:
    return None


def _is_fit(width: float, size: float) -> bool:
    return width > _NARROWEST * size and _LEAST < width < _MOST


def _bounded(kind: Any, bounds: Sequence[float], allowed: Range) -> Form:
    low, high = bounds[0], bounds[-1]
    if low < allowed.low or high > allowed.high or (allowed.is_open and low == allowed.low):
        return None
    return (kind, bounds) if _is_fit(high - low, max(abs(low), abs(high))) else None


def _normal_between(mean: float, sd: float, allowed: Range) -> Form:
    is_whole = allowed.low == -math.inf and allowed.high == math.inf
    return (Normals, (mean, sd)) if is_whole and _is_fit(sd, abs(mean)) else None


def _lognormal_between(mu: float, sigma: float, allowed: Range) -> Form:
    is_whole = allowed.low <= 0 and allowed.high == math.inf
    is_fit = _NARROWEST < sigma < _WIDEST and abs(mu) < math.log(_MOST)
    return (Lognormals, (mu, sigma)) if is_whole and is_fit else None


def _interval(distribution: Interval, allowed: Range) -> Form:
    is_log, middle, spread = interval_parameters(distribution)
    return (_lognormal_between if is_log else _normal_between)(middle, spread, allowed)


_FORMS: dict[type[Distribution], Callable[[Any, Range], Form]] = {
    Uniform: lambda d, allowed: _bounded(Uniforms, d.uniform, allowed),
    Triangular: lambda d, allowed: _bounded(Triangles, d.triangular, allowed),
    Pert: lambda d, allowed: _bounded(Perts, d.pert, allowed),
    Normal: lambda d, allowed: _normal_between(d.normal.mean, d.normal.sd, allowed),
    Lognormal: lambda d, allowed: _lognormal_between(*lognormal_parameters(d), allowed),
    Interval: _interval,
}
