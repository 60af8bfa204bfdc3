"""Prices: from one price level and currency to another, and from nominal to real."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from impactmonitor.appraisal.arrays import Array


def rebasing_factor(index_from: float, index_to: float, exchange_rate: float = 1.0) -> float:
    """What an amount is multiplied by to bring it to another price level and currency.

    The index is that of the amount's own currency; the exchange rate is that of the year of the
    new price level, in units of the new currency for one of the old.

    Parameters
    ----------
    index_from, index_to : float
        Price index at the old and at the new price level.
    exchange_rate : float
        New currency per unit of the old one.

    Examples
    --------
    >>> round(rebasing_factor(100.0, 121.43), 4)
    1.2143
    """
    return index_to / index_from * exchange_rate


def price_path(change: Array, exponents: Array) -> Array:
    """Price relative to its reference year, by year.

    Parameters
    ----------
    change : array, shape (strands, draws)
        Yearly change, above -1; for nominal amounts the inflation.
    exponents : array, shape (strands, years)
        Years since the reference year; their negative where nominal amounts are deflated.

    Returns
    -------
    array, shape (strands, years, draws)
        ``(1 + change) ** exponents``.
    """
    result: Array = np.power(1.0 + change[:, None, :], exponents[:, :, None])
    return result


def interpolation_weights(anchors: Mapping[int, int], years: int) -> Array:
    """Weights that turn values of some years into a value for every year.

    Linear between the years that are given, constant before the first and after the last.

    Parameters
    ----------
    anchors : Mapping[int, int]
        Year of each given value (an offset, also negative) and its column.
    years : int
        Number of years, from offset 0.

    Returns
    -------
    array, shape (years, anchors)
        Rows sum to 1.

    Examples
    --------
    >>> interpolation_weights({0: 0, 2: 1}, 4).tolist()
    [[1.0, 0.0], [0.5, 0.5], [0.0, 1.0], [0.0, 1.0]]
    """
    offsets = sorted(anchors)
    weights = np.zeros((years, len(offsets)))
    for year in range(years):
        later = next((o for o in offsets if o >= year), offsets[-1])
        earlier = next((o for o in reversed(offsets) if o <= year), offsets[0])
        if later <= earlier:
            weights[year, anchors[earlier if later < year else later]] = 1.0
        else:
            share = (year - earlier) / (later - earlier)
            weights[year, anchors[later]] += share
            weights[year, anchors[earlier]] += 1 - share
    return weights
