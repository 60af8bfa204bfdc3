"""How sure a ranking is when nobody knows the weights exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import ArrayLike

from impactmonitor.scoring.comparison import Comparison
from impactmonitor.scoring.drawn_scores import drawn_scores
from impactmonitor.scoring.horizons import multipliers_at
from impactmonitor.scoring.masses import Array, masses
from impactmonitor.scoring.ranks import rank_acceptability

CONCENTRATION = 50.0
"""How near drawn weights stay to the stated ones; higher is nearer. Our own choice."""
BLOCK = 10_000
"""Draws worked out at once; so many need little memory."""


@dataclass(frozen=True, slots=True)
class Draws:
    """What is drawn, and how often.

    Attributes
    ----------
    count : int
        Number of draws, 1 or more.
    seed : int
        The same seed gives the same numbers.
    highest : float
        The multiplier of the long term is drawn evenly from 1 to this, which is 1 or more; 5 is
        our own choice.
    concentration : float
        Above 0; weights are drawn from a Dirichlet distribution with this sum of parameters.
    """

    count: int = 10_000
    seed: int = 0
    highest: float = 5.0
    concentration: float = CONCENTRATION

    def __post_init__(self) -> None:
        if self.count < 1 or self.seed < 0:
            raise ValueError("there is one draw or more, and the seed is 0 or more")
        if not np.isfinite(self.highest) or self.highest < 1:
            raise ValueError("the highest multiplier is 1 or more")
        if not np.isfinite(self.concentration) or self.concentration <= 0:
            raise ValueError("the concentration is above 0")


def drawn_weights(concentrations: ArrayLike, count: int, generator: Generator) -> Array:
    """Weights drawn from a Dirichlet distribution.

    Parameters
    ----------
    concentrations : array_like, shape (indicators,)
        The parameters, 0 or more and not all 0: 50 · w ÷ Σ w. What is 0 always weighs 0.
    count : int
        Number of draws.
    generator : numpy.random.Generator

    Returns
    -------
    array, shape (draws, indicators)
        Each draw adds up to 1.

    Raises
    ------
    ValueError
        If a parameter is below 0 or no number, or all are 0.

    Examples
    --------
    >>> drawn_weights([0, 25, 25], 1000, Generator(PCG64(1))).mean(axis=0).round(1).tolist()
    [0.0, 0.5, 0.5]
    """
    given = masses(concentrations, np.ones_like(np.asarray(concentrations, dtype=float)))
    if given.ndim != 1 or not given.any():
        raise ValueError("the parameters are one row, and not all 0")
    result = np.zeros((count, len(given)))
    result[:, given > 0] = generator.dirichlet(given[given > 0], size=count)
    return result


def robust_acceptability(
    scores: ArrayLike,
    weights: ArrayLike,
    horizons: ArrayLike,
    compared: Comparison,
    draws: Draws,
) -> Array | None:
    """How often each case has each rank when weights and the long term's multiplier are drawn.

    Weights come from a Dirichlet distribution with parameters 50 · w ÷ Σ w around the stated
    ones, the multiplier of the long term L evenly from 1 to the highest; short counts 1, medium
    (1 + L) / 2, long L. Only indicators with data in all cases are scored: a part of Dirichlet
    weights, made to add up to 1 again, is Dirichlet with the same parameters.

    Parameters
    ----------
    scores : array_like, shape (cases, indicators)
        As given to `compare_scores`.
    weights : array_like, shape (indicators,)
        The stated weights.
    horizons : array_like of int, shape (indicators,)
        0 short, 1 medium, 2 long.
    compared : Comparison
        The same cases with the stated weights: says what is common, and who may not be first.
    draws : Draws

    Returns
    -------
    array, shape (cases, ranks), or None
        Shares of the draws, which add up to 1 by case and by rank. None where nobody has a rank,
        with the reason in ``compared.reason``.

    Raises
    ------
    ValueError
        If the arrays do not fit together.

    Notes
    -----
    Stochastic multicriteria acceptability analysis: Lahdelma and Salminen (2001), *SMAA-2*,
    Operations Research 49(3), 444-454. The distributions are our own choice.

    Examples
    --------
    >>> from impactmonitor.scoring.comparison import compare_scores
    >>> scores, weights = [[1, 0.5], [0.5, 0.4]], [1, 1]
    >>> compared = compare_scores(scores, weights, [1, 3])
    >>> robust_acceptability(scores, weights, [0, 2], compared, Draws(100, seed=1)).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    if compared.reason is not None:
        return None
    common = compared.is_common
    stated = np.asarray(weights, dtype=float)
    applying = masses(stated, ~compared.is_left_out)
    parameters = draws.concentration * (applying / applying.sum())[common]
    own = np.asarray(scores, dtype=float)[:, common]
    terms = np.asarray(horizons)[common]
    generator = Generator(PCG64(draws.seed))
    total = np.zeros((len(own), len(own)))
    for begin in range(0, draws.count, BLOCK):
        count = min(BLOCK, draws.count - begin)
        long = generator.uniform(1.0, draws.highest, size=count)
        drawn = drawn_weights(parameters, count, generator)
        found = drawn_scores(own, drawn, multipliers_at(terms, long))
        total += count * rank_acceptability(found, compared.is_below_coverage)
    result: Array = total / draws.count
    return result
