"""Rank correlations between inputs, by a Gaussian copula.

Points of correlated inputs are turned into normal scores, mixed, and turned back into points that
are as uniform as before. Inputs that hang together by pairs, directly or through others, make one
copula; within it they stand by name, so that neither other inputs nor the order of the case change
a point, and the first of them keeps its own points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from impactmonitor.sampling.inverse import BELOW_ONE

Array = NDArray[np.float64]

SEMIDEFINITE = 1e-10
"""How far below 0 rounding may bring the least eigenvalue of a matrix that can exist."""
_ROUNDS = 1000


class Pair(NamedTuple):
    """The Spearman rank correlation that two inputs should have."""

    first: str
    second: str
    rho: float


@dataclass(frozen=True, slots=True)
class Copula:
    """How some inputs move together.

    Attributes
    ----------
    keys : tuple of str
        The inputs, by name.
    asked, used : array, shape (inputs, inputs)
        Rank correlations as they were given (0 for pairs that were not) and as they are met.
    moved : float
        Largest difference between the two: 0 unless no inputs can have what was asked. Then the
        nearest correlations that can exist are used, and somebody should be told.
    factor : array, shape (inputs, inputs)
        Lower triangular: the weights of independent scores in correlated ones.
    """

    keys: tuple[str, ...]
    asked: Array
    used: Array
    moved: float
    factor: Array

    def apply(self, points: Array, rows: Mapping[str, int]) -> None:
        """Correlate independent points, in place.

        Parameters
        ----------
        points : array, shape (inputs, draws)
            Points above 0 and below 1, of any part of the draws.
        rows : mapping from str to int
            In which row the points of an input are.

        Raises
        ------
        KeyError
            If an input of the copula has no row.
        """
        from scipy.special import ndtr, ndtri

        chosen = [rows[key] for key in self.keys]
        scores = np.asarray(ndtri(points[chosen]))
        tiny = np.finfo(float).tiny
        for place, row in enumerate(chosen[1:], 1):
            if not self.factor[place, :place].any():
                continue
            # term by term: a product of matrices may round differently for other numbers of draws
            mixed = self.factor[place, 0] * scores[0]
            for other in range(1, place + 1):
                mixed += self.factor[place, other] * scores[other]
            np.clip(ndtr(mixed), tiny, BELOW_ONE, out=points[row])

    def moved_most(self) -> tuple[str, str] | None:
        """The pair whose correlation is furthest from what was asked; None if all are met."""
        if not self.moved:
            return None
        first, second = np.unravel_index(np.abs(self.used - self.asked).argmax(), self.used.shape)
        return self.keys[first], self.keys[second]


def copulas(pairs: Iterable[Pair]) -> tuple[Copula, ...]:
    """Copulas that give pairs of inputs their rank correlations.

    A Spearman correlation rho belongs to normal scores with correlation 2 sin(pi rho / 6). Ranks
    are those of the points: for discrete inputs, whose values tie, the correlation that is found
    in the values is smaller.

    Parameters
    ----------
    pairs : iterable of Pair
        Pairs not named are independent, unless pairs that are named rule that out.

    Returns
    -------
    tuple of Copula
        One for each set of inputs that hang together, by the name of their first.

    Raises
    ------
    ValueError
        If a correlation is not between -1 and 1, an input is paired with itself, or a pair is
        given twice.

    Notes
    -----
    Spearman correlation of normal variables: Pearson (1907), *On further methods of determining
    correlation*, Drapers' Company Research Memoirs IV; also Kruskal (1958), *J. Am. Stat. Assoc.*
    53, 814-861. Nearest correlation matrix: Higham (2002), *IMA J. Numer. Anal.* 22, 329-343,
    algorithm 3.3 (alternating projections).

    Examples
    --------
    >>> (found,) = copulas([Pair("uptake", "effect", 0.5)])
    >>> points = np.array([[0.9, 0.2], [0.5, 0.5]])
    >>> found.apply(points, {"effect": 0, "uptake": 1})
    >>> points.round(3).tolist()  # a high effect brings a high uptake
    [[0.9, 0.2], [0.746, 0.332]]
    >>> found.moved
    0.0
    """
    given = _checked(pairs)
    return tuple(_copula(keys, given) for keys in _together(given))


def _checked(pairs: Iterable[Pair]) -> dict[frozenset[str], float]:
    given: dict[frozenset[str], float] = {}
    for first, second, rho in pairs:
        if not -1 <= rho <= 1:
            raise ValueError(f"a correlation lies between -1 and 1, not {rho}")
        both = frozenset((first, second))
        if len(both) == 1:
            raise ValueError(f"{first!r} is paired with itself")
        if both in given:
            raise ValueError(f"{first!r} and {second!r} are paired twice")
        given[both] = rho
    return given


def _together(pairs: Iterable[frozenset[str]]) -> list[tuple[str, ...]]:
    """Sets of inputs that hang together, each by name."""
    sets: list[set[str]] = []
    for pair in pairs:
        touched = [s for s in sets if s & pair]
        sets = [s for s in sets if not s & pair] + [set(pair).union(*touched)]
    return sorted(tuple(sorted(s)) for s in sets)


def _copula(keys: tuple[str, ...], given: Mapping[frozenset[str], float]) -> Copula:
    place = {key: row for row, key in enumerate(keys)}
    asked = np.eye(len(keys))
    for pair, rho in given.items():
        if pair <= place.keys():
            first, second = (place[key] for key in pair)
            asked[first, second] = asked[second, first] = rho
    normal = 2 * np.sin(np.pi * asked / 6)
    np.fill_diagonal(normal, 1.0)
    if np.linalg.eigvalsh(normal)[0] >= -SEMIDEFINITE:
        return Copula(keys, asked, asked, 0.0, _factor(normal))
    normal = nearest_correlation(normal)
    used = 6 / np.pi * np.arcsin(normal / 2)
    np.fill_diagonal(used, 1.0)
    return Copula(keys, asked, used, float(np.abs(used - asked).max()), _factor(normal))


def nearest_correlation(matrix: Array) -> Array:
    """The correlation matrix that is nearest to a symmetric matrix (sum of squared differences).

    Parameters
    ----------
    matrix : array, shape (n, n)
        Symmetric, with ones on the diagonal.

    Returns
    -------
    array, shape (n, n)
        Positive semidefinite but for rounding, with ones on the diagonal.

    Examples
    --------
    >>> impossible = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])
    >>> nearest_correlation(impossible).round(3).tolist()
    [[1.0, 0.5, -0.5], [0.5, 1.0, 0.5], [-0.5, 0.5, 1.0]]
    """
    found, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(_ROUNDS):
        shifted = found - correction
        values, vectors = np.linalg.eigh(shifted)
        possible = (vectors * np.maximum(values, 0.0)) @ vectors.T
        correction = possible - shifted
        found = possible.copy()
        np.fill_diagonal(found, 1.0)
        if np.abs(found - possible).max() < SEMIDEFINITE:
            break
    # what rounds are left over is taken off by a step towards independence
    short = min(0.0, float(np.linalg.eigvalsh(found)[0]))
    result = (found - short * np.eye(len(found))) / (1 - short)
    return np.clip((result + result.T) / 2, -1.0, 1.0)


def _factor(matrix: Array) -> Array:
    """Cholesky's factor, also of a matrix in which some inputs follow from others."""
    result = np.zeros_like(matrix)
    for column in range(len(matrix)):
        rest = matrix[column:, column] - result[column:, :column] @ result[column, :column]
        if rest[0] > SEMIDEFINITE:
            result[column:, column] = rest / np.sqrt(rest[0])
    lengths = np.sqrt((result**2).sum(axis=1, keepdims=True))
    factor: Array = result / lengths
    return factor
