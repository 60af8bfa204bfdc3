"""What a distribution comes to: mean, spread, quantiles, and the chance of a gain and of a loss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impactmonitor.appraisal.arrays import Array

QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}


@dataclass(frozen=True, slots=True)
class Summary:
    """The distribution of one result over the draws.

    Attributes
    ----------
    mean, sd : float
        Expected value and standard deviation; nan where a draw has no value.
    p05, p25, p50, p75, p95 : float
        Quantiles, interpolated between the nearest draws.
    probability_positive, probability_negative : float
        Share of the draws above 0 and below 0.
    expected_loss : float
        Mean of what is lost, draws without a loss counting as 0; never below 0.
    standard_error : float or None
        Of the mean, from independent randomisations; None where there are fewer than two.
    standard_error_of_probability : float or None
        Of the probability of a gain.
    """

    mean: float
    sd: float
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float
    probability_positive: float
    probability_negative: float
    expected_loss: float
    standard_error: float | None
    standard_error_of_probability: float | None


def quantiles(ordered: Array, probabilities: Array) -> Array:
    """Quantiles of numbers in rising order, interpolated as numpy does.

    Parameters
    ----------
    ordered : array, shape (draws,)
    probabilities : array, shape (quantiles,)

    Examples
    --------
    >>> quantiles(np.array([0.0, 1.0, 3.0]), np.array([0.25, 1.0])).tolist()
    [0.5, 3.0]
    """
    place = probabilities * (len(ordered) - 1)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, len(ordered) - 1)
    share = place - below
    low, high = ordered[below], ordered[above]
    # equal neighbours give exactly themselves, and infinite ones no nan
    with np.errstate(invalid="ignore"):
        return np.where(low == high, low, low + share * (high - low))


def summarised(values: Array) -> Summary:
    """The distribution of some draws that are all of one randomisation.

    Parameters
    ----------
    values : array, shape (draws,)
        At least one.

    Examples
    --------
    >>> found = summarised(np.array([-1.0, 1.0, 2.0, 2.0]))
    >>> found.mean, found.probability_positive, found.expected_loss
    (1.0, 0.75, 0.25)
    """
    centre = float(values[0])
    deviation = values - centre
    mean = float(deviation.mean())
    found = quantiles(np.sort(values), np.array([*QUANTILES.values()]))
    return Summary(
        mean=centre + mean,
        sd=float(np.sqrt(np.mean((deviation - mean) ** 2))),
        **dict(zip(QUANTILES, found.tolist(), strict=True)),
        probability_positive=float(np.mean(values > 0)),
        probability_negative=float(np.mean(values < 0)),
        expected_loss=float(-np.minimum(values, 0.0).mean()) + 0.0,
        standard_error=None,
        standard_error_of_probability=None,
    )
