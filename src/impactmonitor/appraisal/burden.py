"""Excess burden: what it costs society to raise public money."""

from __future__ import annotations

from impactmonitor.appraisal.arrays import Array, Index


def excess_burden(costs: Array, source: Index, share: Array, rate: Array) -> Array:
    """The burden of the cash costs that the taxed actors bear.

    Parameters
    ----------
    costs : array, shape (strands, years, draws)
        All strands by year, with optimism bias.
    source : array of int, shape (burdens,)
        The cash cost strands that raise a burden.
    share : array, shape (burdens,)
        Share of each such cost that the taxed actors bear together.
    rate : array, shape (burdens, draws)
        Burden per unit of money raised.

    Returns
    -------
    array, shape (burdens, years, draws)
        In the year of the cost itself.
    """
    result: Array = rate[:, None, :] * share[:, None, None] * costs[source]
    return result
