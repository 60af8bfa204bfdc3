"""Overlap: effects that partly count the same value are not simply added."""

from __future__ import annotations

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index


def corrected_sums(amounts: Array, starts: Index, alpha: Array) -> Array:
    """What groups of overlapping amounts of one sign are worth together.

    Parameters
    ----------
    amounts : array, shape (members, draws)
        Sizes, 0 or more, of the members of one sign (0 for those of the other sign), one group
        after the other.
    starts : array of int, shape (groups,)
        First member of each group.
    alpha : array, shape (groups, draws)
        0 counts the largest only, 1 adds everything.

    Returns
    -------
    array, shape (groups, draws)
        ``dominant + alpha * (sum - dominant)``, dominant being the largest.

    Notes
    -----
    The correction is that of the Meetstandaard Energiearmoede 0.9 (Deccos).

    Examples
    --------
    >>> amounts = np.array([[4000.0], [2500.0]])
    >>> corrected_sums(amounts, np.array([0]), np.array([[0.5]])).tolist()
    [[5250.0]]
    """
    total = np.add.reduceat(amounts, starts, axis=0)
    dominant = np.maximum.reduceat(amounts, starts, axis=0)
    result: Array = dominant + alpha * (total - dominant)
    return result


def overlap_scale(present: Array, starts: Index, alpha: Array) -> Array:
    """By what each member of an overlap group is scaled.

    Positive and negative members are corrected apart; a sum of 0 leaves its members alone.

    Parameters
    ----------
    present : array, shape (members, draws)
        Present values within the horizon, one group after the other.
    starts : array of int, shape (groups,)
        First member of each group.
    alpha : array, shape (groups, draws)
        Share of the rest that counts beside the largest.

    Returns
    -------
    array, shape (members, draws)
        ``corrected sum / sum`` of the member's sign and group, 1 for a member of 0.
    """
    scale = np.ones_like(present)
    members = np.diff([*starts, len(present)])
    for sign in (1.0, -1.0):
        sizes = np.maximum(sign * present, 0.0)
        total = np.add.reduceat(sizes, starts, axis=0)
        corrected = corrected_sums(sizes, starts, alpha)
        ratio = np.divide(corrected, total, out=np.ones_like(total), where=total > 0)
        scale = np.where(sizes > 0, np.repeat(ratio, members, axis=0), scale)
    return scale
