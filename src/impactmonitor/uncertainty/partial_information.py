"""What it would be worth to know some inputs exactly before deciding.

Net benefits are regressed on the inputs; of the expected net benefits so found, the best option of
each draw is taken (Strong, Oakley and Brennan 2014). One simulation is enough, and inputs may be
correlated. Inputs and decisions are each prepared once, and any of the ones goes with any of the
others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from impactmonitor.uncertainty.drawn import Array, draws_by_inputs, draws_by_options
from impactmonitor.uncertainty.regression_terms import (
    joint_terms,
    orthogonal,
    recurring,
    smooth_terms,
)

BINS = 256
"""Groups of draws of about the same value of an input, before they are smoothed."""
_TWO_STANDARD_ERRORS = 4.0
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class PartialInformation:
    """What knowing some inputs is worth.

    Attributes
    ----------
    value : float
        In the unit of the net benefits; at least 0, at most what knowing everything is worth.
    standard_error : float
        For draws that are independent; quasi-random draws do better, by how much is seen only
        from several randomisations. 0 if one option stays best whatever the inputs turn out to be;
        nan for a single draw.
    """

    value: float
    standard_error: float


class Choice:
    """A decision between options, prepared for any number of inputs that might become known.

    Parameters
    ----------
    net_benefits : array_like, shape (draws, options)
        Net benefit of each option in each draw; more is better.

    Attributes
    ----------
    draws : int
    gains : array, shape (other options, draws)
        How much better each other option does than the one that is best in expectation.
    means : array, shape (other options,)
        Their expected values: none is above 0.
    everything : float
        What knowing everything would be worth (EVPI).

    Raises
    ------
    ValueError
        If there is no draw or no option, or a number is not finite.

    Examples
    --------
    >>> choice = Choice([[1, 5], [2, 0]])
    >>> choice.gains.tolist(), choice.everything
    ([[-4.0, 2.0]], 1.0)
    """

    def __init__(self, net_benefits: ArrayLike) -> None:
        table = draws_by_options("net_benefits", net_benefits).T
        self.draws = table.shape[1]
        # differences with one option: what all options share has no weight in a choice
        levels = table - table[0]
        best = int(levels.mean(axis=1).argmax())
        self.gains = np.delete(levels, best, axis=0) - levels[best]
        # rounding alone can bring the mean of a difference above 0
        self.means = np.minimum(self.gains.mean(axis=1), 0.0)
        self.everything = float(self.gains.max(axis=0, initial=0.0).mean())
        centred = self.gains - self.means[:, None]
        self._products = centred @ centred.T / self.draws

    def noticeable(self, coefficients: Array) -> NDArray[np.bool_]:
        """Which terms stand out of the noise in the difference between some two options.

        Parameters
        ----------
        coefficients : array, shape (other options, terms)
            Coefficients of `gains` on terms that are orthogonal and have mean square 1.

        Returns
        -------
        array of bool, shape (terms,)
        """
        terms = coefficients.shape[1]
        freedom = self.draws - 1 - terms
        if freedom <= 0:
            return np.zeros(terms, dtype=bool)
        # the best option comes last: its gains over itself are 0
        products = np.pad(self._products, (0, 1))
        slopes = np.pad(coefficients, ((0, 1), (0, 0)))
        one, other = np.triu_indices(len(slopes), 1)
        squares = np.diag(products)
        levels = squares[one] + squares[other]
        totals = levels - 2 * products[one, other]
        explained = (slopes[one] - slopes[other]) ** 2
        least = _ROUNDING * (totals + levels * _ROUNDING)
        noise = np.maximum(totals - explained.sum(axis=1), least)
        # between options that never differ there is nothing to explain, and no noise
        per_term = np.broadcast_to((noise / freedom)[:, None], explained.shape)
        squared = np.divide(explained, per_term, out=np.zeros_like(explained), where=per_term > 0)
        kept: NDArray[np.bool_] = (squared > math.log(self.draws)).any(axis=0)
        if kept.any():
            kept = (squared > _TWO_STANDARD_ERRORS).any(axis=0)
        return kept


class Conditioning:
    """Inputs that might become known, prepared for any number of decisions.

    Parameters
    ----------
    inputs : array_like, shape (draws,) or (draws, inputs)
        Draws of one input or of a group of inputs.

    Raises
    ------
    ValueError
        If there is no draw or no input, or a number is not finite.

    Notes
    -----
    Three ways, by what the inputs are:

    * few values that recur (at most 64 combinations): the mean of the draws with each value, which
      is exact for an enumerated case;
    * one input: draws are put by size into 256 equal groups, whose means are regressed on natural
      cubic splines with up to 15 knots. A straight line is met exactly;
    * several inputs: regression on each of them, on products of as many different ones as fit
      within 128 terms, on splines of each, and on products of a bend with another input. Products
      are met exactly; a sharp bend that depends on several inputs at once is rounded off.

    Terms are made orthogonal, coarse before fine. If the squared coefficient of none is over
    ln(draws) times its variance, for the difference of any pair of options (the Bayesian
    information criterion for orthogonal terms), the inputs count as of no value: plain regression
    would find some, since the maximum of noisy means is too high. The price is that what is below
    about three standard errors counts as nothing. Otherwise terms of over two standard errors are
    kept.
    """

    def __init__(self, inputs: ArrayLike) -> None:
        table = draws_by_inputs("inputs", inputs)
        self.draws = len(table)
        self._order: NDArray[np.intp] | None = None
        self._terms: Array | None = None
        groups = recurring(table)
        if groups is None and table.shape[1] > 1:
            self._starts = np.arange(self.draws)
            self._terms = orthogonal(joint_terms(table), np.ones(self.draws, dtype=np.intp))
        else:
            self._prepare_sorted(table[:, 0] if groups is None else groups, groups is not None)
        self._counts = np.diff(self._starts, append=self.draws)

    def _prepare_sorted(self, keys: Array, discrete: bool) -> None:
        """Sort draws by one key, into groups of equal keys or into equally large groups."""
        self._order = np.argsort(keys, kind="stable")
        ordered = keys[self._order]
        if discrete:
            self._starts = np.flatnonzero(np.diff(ordered, prepend=ordered[0] - 1))
            return
        bins = min(BINS, self.draws)
        self._starts = np.arange(bins) * self.draws // bins
        counts = np.diff(self._starts, append=self.draws)
        means = np.add.reduceat(ordered, self._starts) / counts
        self._terms = orthogonal(smooth_terms(means, self.draws), counts)

    def worth(self, net_benefits: ArrayLike | Choice) -> PartialInformation:
        """What knowing the inputs is worth for one decision.

        Parameters
        ----------
        net_benefits : array_like, shape (draws, options), or Choice
            Of the same draws, in the same order; more is better.

        Returns
        -------
        PartialInformation

        Raises
        ------
        ValueError
            If the shape does not fit, or a number is not finite.

        Examples
        --------
        >>> coin = Conditioning([0, 0, 1, 1])
        >>> coin.worth([[-10, 0], [-30, 0], [40, 0], [20, 0]])  # mean 5, or 30 if told when to stop
        PartialInformation(value=10.0, standard_error=7.07...)
        """
        choice = net_benefits if isinstance(net_benefits, Choice) else Choice(net_benefits)
        if choice.draws != self.draws:
            raise ValueError(
                f"net_benefits has {choice.draws} draws, and the inputs have {self.draws}"
            )
        gains = choice.gains if self._order is None else choice.gains[:, self._order]
        fitted = self._expected(gains, choice)
        highest = fitted.max(axis=0, initial=0.0)
        value = float(highest @ self._counts) / self.draws
        error = self._standard_error(gains, fitted, highest)
        return PartialInformation(min(value, choice.everything), error)

    def _expected(self, gains: Array, choice: Choice) -> Array:
        """Expected gains (other options, groups of draws), given the inputs."""
        means = gains
        if self._order is not None:
            means = np.add.reduceat(gains, self._starts, axis=1) / self._counts
        if self._terms is None:
            return means
        centred = (means - choice.means[:, None]) * (self._counts / self.draws)
        coefficients = centred @ self._terms.T
        kept = choice.noticeable(coefficients)
        fitted: Array = choice.means[:, None] + coefficients[:, kept] @ self._terms[kept]
        return fitted

    def _standard_error(self, gains: Array, fitted: Array, highest: Array) -> float:
        """Of the mean gain when the option is chosen that is best by the regression."""
        if self.draws == 1:
            return math.nan
        if not highest.any():
            return 0.0
        chosen = np.where(highest > 0, fitted.argmax(axis=0), len(gains))
        by_draw = np.repeat(chosen, self._counts)
        taken = np.zeros(self.draws)
        for option, row in enumerate(gains):
            np.copyto(taken, row, where=by_draw == option)
        return float(taken.std(ddof=1)) / math.sqrt(self.draws)


def expected_value_of_partial_information(
    net_benefits: ArrayLike | Choice, inputs: ArrayLike | Conditioning
) -> PartialInformation:
    """Expected value of perfect information about one input or a group of inputs (EVPPI).

    How much better the expected net benefit would be if these inputs were known before the
    choice, and all others not: E[max over options of E[net benefit | inputs]] less the expected
    net benefit of the option that is best now.

    Parameters
    ----------
    net_benefits : array_like, shape (draws, options), or Choice
        Net benefit of each option in each draw; more is better. `Choice` prepares them once for
        several inputs.
    inputs : array_like, shape (draws,) or (draws, inputs), or Conditioning
        The inputs in the same draws. `Conditioning` prepares them once for several decisions and
        says how the regression is made.

    Returns
    -------
    PartialInformation
        The value, between 0 and what knowing everything is worth, and its standard error.
        With fewer than about 20 draws per input nothing can be told from noise.

    Raises
    ------
    ValueError
        If there is no draw, option or input, if the numbers of draws differ, or if a number is
        not finite.

    Notes
    -----
    Strong, Oakley and Brennan (2014), "Estimating multiparameter partial expected value of perfect
    information from a probabilistic sensitivity analysis sample: a nonparametric regression
    approach", Medical Decision Making 34(3), 311-326, doi 10.1177/0272989X13505910. The standard
    error is that of the mean gain of choosing by the regression, whose own error is of a smaller
    order.

    Examples
    --------
    Going ahead brings the sum of two independent inputs; the other option is to do nothing.

    >>> x, y = (np.stack(np.meshgrid([-2, 1, 4], [-1, 1])).reshape(2, -1))
    >>> both = np.stack([x + y, np.zeros(6)], axis=1)
    >>> round(expected_value_of_partial_information(both, x).value, 12)  # stop if x is -2
    0.666666666667
    >>> expected_value_of_partial_information(both, y).value  # go ahead in any case
    0.0
    """
    if not isinstance(inputs, Conditioning):
        inputs = Conditioning(inputs)
    return inputs.worth(net_benefits)
