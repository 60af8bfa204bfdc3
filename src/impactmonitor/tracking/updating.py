"""What counts say about what is still uncertain: conjugate updating, in two closed forms.

A number of things that happen one by one, at a rate that is not known well, is taken as Poisson
with a gamma distribution for the scale of that rate; a share as binomial with a beta
distribution. In both, the counts that were measured are simply added to what was known.

Source: A. Gelman, J.B. Carlin, H.S. Stern, D.B. Dunson, A. Vehtari and D.B. Rubin (2013),
*Bayesian Data Analysis*, third edition, sections 2.4 (binomial) and 2.6 (Poisson). How the
results are used is ours.
"""

from __future__ import annotations

import math

from impactmonitor.model.numbers import Counts, MeasuredShare


def kept_spread(coefficient_of_variation: float, counted: float) -> float:
    """What is left of the relative spread of a scale after so many things were counted.

    Parameters
    ----------
    coefficient_of_variation : float
        Standard deviation ÷ mean of the scale before, 0 or more.
    counted : float
        How many things were counted, 0 or more.

    Returns
    -------
    float
        From 0 to 1; 1 where nothing was counted or nothing was uncertain.

    Notes
    -----
    A gamma distribution with shape ``a`` has a coefficient of variation ``1 / sqrt(a)``. After
    ``k`` Poisson counts its shape is ``a + k``, so that with the coefficient ``c`` before::

        sqrt(1 / (a + k)) / c = 1 / sqrt(1 + k c²)

    Examples
    --------
    A scale known to within a quarter, and 48 things counted:

    >>> kept_spread(0.25, 48)
    0.5
    >>> kept_spread(0.25, 0)
    1.0
    """
    return 1.0 / math.sqrt(1.0 + counted * coefficient_of_variation**2)


def updated_share(share: Counts, events: float, n: float) -> Counts:
    """A measured share with more counts.

    Parameters
    ----------
    share : Counts
        As it was known; a ``central`` value of its own no longer holds.
    events, n : float
        How many of how many were counted since, 0 <= events <= n.

    Returns
    -------
    Counts
        beta(events + 1/2, n - events + 1/2) over the counts together.

    Examples
    --------
    >>> updated_share(Counts(counts=MeasuredShare(events=2, n=10)), 12, 40).counts
    MeasuredShare(events=14.0, n=50.0)
    """
    both = MeasuredShare(events=share.counts.events + events, n=share.counts.n + n)
    return Counts(counts=both)
