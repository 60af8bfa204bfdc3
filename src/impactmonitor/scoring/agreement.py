"""Agreement of several assessors beyond what chance would bring: Krippendorff's alpha."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.assessors import checked_levels
from impactmonitor.scoring.masses import Array

Metric = Literal["nominal", "ordinal", "interval"]
NoAgreement = Literal["one_assessor", "nothing_assessed_twice", "no_variation"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far assessors agree.

    Attributes
    ----------
    alpha : float or None
        1 for full agreement, 0 for what chance would bring, below 0 for less than chance; None
        where there is a reason.
    reason : str or None
        ``one_assessor``, ``nothing_assessed_twice`` (no indicator has two levels), or
        ``no_variation`` (the same level everywhere, so that chance would do as well).
    units : int
        Number of indicators with a level from two assessors or more.
    """

    alpha: float | None
    reason: NoAgreement | None
    units: int


def krippendorff_alpha(levels: ArrayLike, metric: Metric = "ordinal") -> Agreement:
    """Krippendorff's alpha: 1 - observed disagreement ÷ disagreement expected by chance.

    Parameters
    ----------
    levels : array_like, shape (assessors, units)
        Levels on one and the same scale; nan where an assessor chose none. Units with fewer than
        two levels do not count.
    metric : str
        How far two levels are apart: ``nominal`` (the same or not), ``ordinal`` (by how many
        levels were given from one to the other) or ``interval`` (their difference, squared).

    Returns
    -------
    Agreement

    Raises
    ------
    ValueError
        If the levels are not a row for each assessor, or one is infinite.

    Notes
    -----
    Krippendorff (2011), *Computing Krippendorff's alpha-reliability*, University of Pennsylvania;
    Hayes and Krippendorff (2007), *Answering the call for a standard reliability measure for
    coding data*, Communication Methods and Measures 1(1), 77-89.

    Examples
    --------
    >>> krippendorff_alpha([[1, 2, 3, 4], [1, 2, 3, 4]]).alpha
    1.0
    >>> krippendorff_alpha([[1, 2, 3, 4]])
    Agreement(alpha=None, reason='one_assessor', units=0)
    """
    found = checked_levels(levels)
    has_level = ~np.isnan(found)
    is_pairable = has_level.sum(axis=0) >= 2
    units = int(is_pairable.sum())
    if has_level.any(axis=1).sum() == 1:
        return Agreement(None, "one_assessor", units)
    if not units:
        return Agreement(None, "nothing_assessed_twice", units)
    paired = found[:, is_pairable]
    values = np.unique(paired[~np.isnan(paired)])
    if len(values) < 2:
        return Agreement(None, "no_variation", units)
    # how often each unit got each value, shape (units, values)
    counts = (paired[:, :, None] == values).sum(axis=0).astype(float)
    coincidences = _coincidences(counts)
    totals = coincidences.sum(axis=0)
    apart = _squared_distances(values, totals, metric)
    observed = float((coincidences * apart).sum())
    expected = float(totals @ apart @ totals) / (float(totals.sum()) - 1.0)
    return Agreement(1.0 - observed / expected, None, units)


def _coincidences(counts: Array) -> Array:
    """How often two values were given to the same unit, each unit weighing its values once."""
    per_pair = 1.0 / (counts.sum(axis=1) - 1.0)
    products: Array = counts.T @ (counts * per_pair[:, None])
    found: Array = products - np.diag(counts.T @ per_pair)
    return found


def _squared_distances(values: Array, totals: Array, metric: Metric) -> Array:
    if metric == "nominal":
        return 1.0 - np.eye(len(values))
    # ordinal: the place of a value in the middle of all that were given
    places = values if metric == "interval" else totals.cumsum() - totals / 2.0
    found: Array = ((places[:, None] - places) / (places[-1] - places[0])) ** 2
    return found
