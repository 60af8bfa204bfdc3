"""What is kept of the draws of some results: sums by randomisation, and their distribution.

Up to ``KEPT`` draws every value is kept, and quantiles are exact. Beyond, the values are counted
in narrow bins laid around the first draws, so that memory does not grow with their number.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from impactmonitor.appraisal.arrays import Array
from impactmonitor.uncertainty.summary import QUANTILES, Summary, quantiles

KEPT = 1 << 20
BINS = 1 << 16
_ROOM = 2.0
"""How far the bins go on either side of the first draws, in their range."""


@dataclass
class Tally:
    """Sums and distributions of some results.

    Attributes
    ----------
    centre : array, shape (results,)
        Numbers near the means: what is added up are the differences.
    randomisations : int
        How many there are.
    draws : int
        How many draws there will be.
    """

    centre: Array
    randomisations: int
    draws: int
    _seen: int = 0
    _kept: Array | None = None
    _bins: Bins | None = None
    _counts: NDArray[np.int64] = field(init=False)
    _sums: Array = field(init=False)

    def __post_init__(self) -> None:
        results = len(self.centre)
        self._counts = np.zeros(self.randomisations, dtype=np.int64)
        self._sums = np.zeros((5, results, self.randomisations))
        if self.draws <= KEPT:
            self._kept = np.empty((results, self.draws))

    def add(self, values: Array, pieces: list[tuple[int, int]]) -> None:
        """Add the draws of one block.

        Parameters
        ----------
        values : array, shape (results, draws)
            They are overwritten.
        pieces : list of (int, int)
            The randomisation and the number of the draws that follow each other.
        """
        if self._kept is not None:
            self._kept[:, self._seen : self._seen + values.shape[1]] = values
        else:
            self._bins = self._bins or Bins.around(values)
            self._bins.add(values)
        self._seen += values.shape[1]
        start = 0
        for randomisation, count in pieces:
            part = values[:, start : start + count]
            self._counts[randomisation] += count
            sums = self._sums[:, :, randomisation]
            sums[2] += np.count_nonzero(part > 0, axis=1)
            sums[3] += np.count_nonzero(part < 0, axis=1)
            sums[4] -= np.minimum(part, 0.0).sum(axis=1)
            part -= self.centre[:, None]
            sums[0] += part.sum(axis=1)
            sums[1] += np.einsum("rd,rd->r", part, part)
            start += count

    @property
    def is_finite(self) -> bool:
        """Whether every draw of every result is a number."""
        return bool(np.isfinite(self._sums).all())

    @property
    def kept(self) -> Array:
        """All draws, shape (results, draws); only where they are kept."""
        if self._kept is None:
            raise ValueError("so many draws are not kept")
        return self._kept

    def summary(self, result: int) -> Summary:
        """The distribution of one result."""
        return self.summaries(slice(result, result + 1))[0]

    def summaries(self, results: slice = slice(None)) -> list[Summary]:
        """The distributions of some results, by default of all."""
        total = float(self._counts.sum())
        sums = self._sums[:, results]
        first, second, positive, negative, lost = sums.sum(axis=2) / total
        spread = np.sqrt(np.maximum(second - first**2, 0.0))
        errors = [self._errors(part) for part in (sums[0], sums[2])]
        return [
            Summary(
                mean=mean,
                sd=sd,
                **dict(zip(QUANTILES, found, strict=True)),
                probability_positive=gain,
                probability_negative=loss,
                expected_loss=expected + 0.0,
                standard_error=error,
                standard_error_of_probability=error_of_gain,
            )
            for mean, sd, found, gain, loss, expected, error, error_of_gain in zip(
                (self.centre[results] + first).tolist(),
                spread.tolist(),
                self._quantiles(results).tolist(),
                positive.tolist(),
                negative.tolist(),
                lost.tolist(),
                *errors,
                strict=True,
            )
        ]

    def _quantiles(self, results: slice) -> Array:
        """Shape (results, quantiles)."""
        probabilities = np.array([*QUANTILES.values()])
        chosen = range(len(self.centre))[results]
        if self._kept is not None:
            # one after the other: a sorted copy of all would take as much room again
            found = [quantiles(np.sort(self._kept[one]), probabilities) for one in chosen]
        elif self._bins is not None:
            found = [self._bins.quantiles(one, probabilities) for one in chosen]
        else:
            found = [np.full(len(probabilities), np.nan) for _ in chosen]
        return np.array(found)

    def _errors(self, sums: Array) -> list[float] | list[None]:
        """Standard errors of means, from how much the randomisations differ.

        Parameters
        ----------
        sums : array, shape (results, randomisations)
        """
        if (self._counts == 0).any() or self.randomisations < 2:
            return [None] * len(sums)
        means = sums / self._counts
        found: list[float] = (np.std(means, axis=1, ddof=1) / self.randomisations**0.5).tolist()
        return found


@dataclass
class Bins:
    """Counts of values in bins of equal width, by result.

    Attributes
    ----------
    low, width : array, shape (results,)
        Where the bins start, and how wide each is.
    counts : array, shape (results, bins + 2)
        Below the first bin, in each of them, and above the last.
    least, most : array, shape (results,)
        The outermost values seen.
    """

    low: Array
    width: Array
    counts: NDArray[np.int64]
    least: Array
    most: Array

    @classmethod
    def around(cls, values: Array) -> Bins:
        """Empty bins around some first draws; shape (results, draws)."""
        least, most = values.min(axis=1), values.max(axis=1)
        reach = np.where(most > least, most - least, 1.0)
        width = (1 + 2 * _ROOM) * reach / BINS
        counts = np.zeros((len(values), BINS + 2), dtype=np.int64)
        return cls(least - _ROOM * reach, width, counts, least, most)

    def add(self, values: Array) -> None:
        """Count the values of a block."""
        self.least = np.minimum(self.least, values.min(axis=1))
        self.most = np.maximum(self.most, values.max(axis=1))
        for result, row in enumerate(values):
            place = np.floor((row - self.low[result]) / self.width[result])
            bins = np.clip(place, -1, BINS).astype(np.intp) + 1
            self.counts[result] += np.bincount(bins, minlength=BINS + 2)

    def quantiles(self, result: int, probabilities: Array) -> Array:
        """Quantiles, as if the values of a bin lay evenly within it."""
        edges = self.low[result] + self.width[result] * np.arange(BINS + 1)
        edges = np.concatenate([[self.least[result]], edges, [self.most[result]]])
        edges = np.clip(edges, self.least[result], self.most[result])
        rising = np.concatenate([[0], np.cumsum(self.counts[result])])
        found: Array = np.interp(probabilities * rising[-1], rising, edges)
        return found
