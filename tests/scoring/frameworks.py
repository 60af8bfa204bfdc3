"""Random frameworks and cases for the laws of scores."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Filled:
    """A framework and the scores of some cases in it."""

    scores: Array  # cases x indicators, nan for no data
    weights: Array
    horizons: NDArray[np.intp]

    def multipliers(self, long: float = 3.0) -> Array:
        return np.array([1.0, (1.0 + long) / 2.0, long])[self.horizons]

    def taken(self, order: list[int]) -> Filled:
        """The same with its indicators in another order, or some of them."""
        return replace(
            self,
            scores=self.scores[:, order],
            weights=self.weights[order],
            horizons=self.horizons[order],
        )

    def extended(self, score: float, weight: float, horizon: int) -> Filled:
        """The same with one more indicator, in which every case scores the same."""
        column = np.full((len(self.scores), 1), score)
        return Filled(
            np.hstack([self.scores, column]),
            np.append(self.weights, weight),
            np.append(self.horizons, horizon),
        )


known = st.floats(0, 1).map(lambda score: round(score, 3))
weights = st.sampled_from([0.0, 0.1, 0.3, 1.0, 2.0, 5.0])
horizons = st.integers(0, 2)


@st.composite
def filled(draw: st.DrawFn, cases: int = 1, has_gaps: bool = True) -> Filled:
    size = draw(st.integers(1, 7))
    score = st.one_of(known, st.just(float("nan"))) if has_gaps else known
    row = st.lists(score, min_size=size, max_size=size)
    return Filled(
        np.array([draw(row) for _ in range(cases)]),
        np.array(draw(st.lists(weights, min_size=size, max_size=size))),
        np.array(draw(st.lists(horizons, min_size=size, max_size=size)), dtype=np.intp),
    )
