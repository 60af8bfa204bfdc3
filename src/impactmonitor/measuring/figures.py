"""Figures that were measured, and how two of them become one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from impactmonitor.model.measurements import Measurement


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or a numerator out of a denominator.

    Attributes
    ----------
    value : float or None
        In the unit of the indicator; for a ratio numerator ÷ denominator. None only for a ratio
        of nothing: nobody out of nobody.
    numerator, denominator : float or None
        Of a ratio; None for any other figure.
    """

    value: float | None
    numerator: float | None = None
    denominator: float | None = None


def ratio(numerator: float, denominator: float) -> Figure:
    """So many out of so many.

    Examples
    --------
    >>> ratio(1, 4).value, ratio(0, 0).value
    (0.25, None)
    """
    value = numerator / denominator if denominator else None
    return Figure(value, numerator, denominator)


def figure_of(record: Measurement) -> Figure:
    """What a record reports.

    Raises
    ------
    ValueError
        For a record that reports nothing; see ``Measurement.has_figure``.
    """
    if record.numerator is not None and record.denominator is not None:
        return ratio(record.numerator, record.denominator)
    if record.value is None:
        raise ValueError("this record holds no figure")
    return Figure(record.value)


def total(figures: Iterable[Figure]) -> Figure | None:
    """The sum of figures; of ratios the sum of numerators over the sum of denominators.

    Sums are exact before they are rounded once, so that the order never matters. Among ratios a
    figure that is no ratio has no weight; the rules refuse such a mixture.

    Parameters
    ----------
    figures : iterable of Figure
        Of one indicator.

    Returns
    -------
    Figure or None
        None for no figures at all: nothing measured is not 0.

    Examples
    --------
    >>> total([ratio(20, 50), ratio(15, 50)])
    Figure(value=0.35, numerator=35.0, denominator=100.0)
    >>> total([Figure(0.1)] * 10).value
    1.0
    """
    found = list(figures)
    parts = [(f.numerator, f.denominator) for f in found
             if f.numerator is not None and f.denominator is not None]  # fmt: skip
    if parts:
        return ratio(math.fsum(n for n, _ in parts), math.fsum(d for _, d in parts))
    values = [f.value for f in found if f.value is not None]
    return Figure(math.fsum(values)) if values else None
