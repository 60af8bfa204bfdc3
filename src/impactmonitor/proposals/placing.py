"""Ranks on one quantity at a time: the same rank for the same number, none where there is none."""

from __future__ import annotations

from collections.abc import Mapping

NEARLY = 1e-9
"""Numbers that differ by no more than this share of the larger one are the same: ours."""

HIGH_IS_BEST: Mapping[str, bool] = {
    "net_present_value": True,
    "benefit_cost_ratio": True,
    "equivalent_annual_value": True,
    "cash_net": True,
    "confirmed_share": True,
    "payback_years": False,
    "worst_chance_of_loss": False,
}
"""The quantities that cases are ranked on, in euros and beside them, and which way."""


def places(values: Mapping[str, float | None], high_is_best: bool = True) -> dict[str, int | None]:
    """The rank of each case on one quantity.

    Parameters
    ----------
    values : Mapping[str, float or None]
        By case.
    high_is_best : bool
        Whether the largest number comes first.

    Returns
    -------
    dict of str to (int or None)
        1 for the best; the same for numbers that are the same but for rounding, after which as
        many ranks are left out. None where there is no number.

    Examples
    --------
    >>> places({"a": 3.0, "b": 5.0, "c": 3.0, "d": 1.0, "e": None})
    {'a': 2, 'b': 1, 'c': 2, 'd': 4, 'e': None}
    >>> places({"a": 3.0, "b": 5.0}, high_is_best=False)
    {'a': 1, 'b': 2}
    """
    sign = -1.0 if high_is_best else 1.0
    known = sorted((sign * value, name) for name, value in values.items() if value is not None)
    found: dict[str, int | None] = dict.fromkeys(values)
    first, before = 1, None
    for place, (value, name) in enumerate(known, 1):
        if before is None or abs(value - before) > NEARLY * max(abs(value), abs(before)):
            first = place
        found[name], before = first, value
    return found
