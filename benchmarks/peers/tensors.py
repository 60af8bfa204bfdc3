"""The reference case in numpy, as someone writes it who draws with another library."""

from __future__ import annotations

from typing import Any

import numpy as np

CHUNK = 2_048
"""Draws at a time: few enough for a cache, enough to make numpy's calls cheap."""
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
EFFECT = 4
"""Uncertain numbers of an effect: quantity, unit value, deadweight, drop-off."""


class Reference:
    """The reference case: its inputs are those of the effects, four each, then the costs.

    Parameters
    ----------
    told : dict
        ``forms``: distribution and parameters by input; ``effects``: how many there are;
        ``discount``: factor by year; ``shares``: what each line is to each result, shape (results,
        lines), effects before costs.
    """

    def __init__(self, told: dict[str, Any]) -> None:
        self.forms = [(name, tuple(values)) for name, values in told["forms"]]
        self.effects = told["effects"]
        self.discount = np.array(told["discount"])
        self.shares = np.array(told["shares"])

    def by_power(self, inputs: np.ndarray) -> np.ndarray:
        """Results of some draws, by a tensor of draws x effects x years."""
        years = np.arange(len(self.discount))
        drop_off = self._of_effects(inputs, 3)
        left = (1 - drop_off)[..., None] ** years
        return self._shared(inputs, left @ self.discount)

    def by_year(self, inputs: np.ndarray) -> np.ndarray:
        """The same, but going back through the years: as fast as plain numpy is."""
        left = 1 - self._of_effects(inputs, 3)
        worth = np.full(left.shape, self.discount[-1])
        for factor in self.discount[-2::-1]:
            worth *= left
            worth += factor
        return self._shared(inputs, worth)

    def _of_effects(self, inputs: np.ndarray, place: int) -> np.ndarray:
        return inputs[place : EFFECT * self.effects : EFFECT]

    def _shared(self, inputs: np.ndarray, annuities: np.ndarray) -> np.ndarray:
        quantity, value, deadweight = (self._of_effects(inputs, place) for place in range(3))
        benefits = quantity * value * (1 - deadweight) * annuities
        costs = inputs[EFFECT * self.effects :] * self.discount[0]
        return self.shares @ np.concatenate([benefits, costs])

    def summarised(self, inputs: np.ndarray, is_plain: bool) -> list[float]:
        """All results of all draws, and their summaries; mean and sd of the first are told."""
        calculate = self.by_power if is_plain else self.by_year
        draws = inputs.shape[1]
        results = np.empty((len(self.shares), draws))
        for start in range(0, draws, CHUNK):
            part = slice(start, start + CHUNK)
            results[:, part] = calculate(inputs[:, part])
        np.quantile(results, QUANTILES, axis=1)
        (results > 0).mean(axis=1)
        means, deviations = results.mean(axis=1), results.std(axis=1)
        return [float(means[0]), float(deviations[0])]
