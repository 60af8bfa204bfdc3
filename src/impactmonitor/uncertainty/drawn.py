"""Arrays of draws that come from outside, checked before anything is computed with them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def draws_by_options(name: str, values: ArrayLike) -> Array:
    """A table with a row per draw and a column per option.

    Parameters
    ----------
    name : str
        What the table is called in an error.
    values : array_like, shape (draws, options)

    Returns
    -------
    array, shape (draws, options)

    Raises
    ------
    ValueError
        If the shape is another one, if there is no draw or no option, or if a number is not
        finite; the last names the first such number.

    Examples
    --------
    >>> draws_by_options("costs", [[1, 2], [3, float("nan")]])
    Traceback (most recent call last):
    ValueError: costs must be finite numbers, but draw 1, option 1 is nan (counted from 0)
    """
    table = _numbers(name, values)
    if table.ndim != 2:
        raise ValueError(f"{name} must have shape (draws, options), not {table.shape}")
    if not table.size:
        raise ValueError(f"{name} must have at least 1 draw and 1 option, not shape {table.shape}")
    _finite(name, table, ("draw", "option"))
    return table


def draws_by_inputs(name: str, values: ArrayLike, draws: int | None = None) -> Array:
    """A table with a row per draw and a column per input; one input may come without columns.

    Parameters
    ----------
    name : str
        What the table is called in an error.
    values : array_like, shape (draws,) or (draws, inputs)
    draws : int or None
        How many draws there must be; None for any number from 1.

    Returns
    -------
    array, shape (draws, inputs)

    Raises
    ------
    ValueError
        As for `draws_by_options`, and if there is another number of draws.

    Examples
    --------
    >>> draws_by_inputs("inputs", [1, 2, 3]).shape
    (3, 1)
    """
    table = _numbers(name, values)
    if table.ndim == 1:
        table = table[:, None]
    if table.ndim != 2:
        raise ValueError(f"{name} must have shape (draws,) or (draws, inputs), not {table.shape}")
    if not table.size:
        raise ValueError(f"{name} must have at least 1 draw and 1 input, not shape {table.shape}")
    if draws not in (None, len(table)):
        raise ValueError(f"{name} must have {draws} draws, as the net benefits, not {len(table)}")
    _finite(name, table, ("draw", "input"))
    return table


def vector(name: str, values: ArrayLike, what: str) -> Array:
    """A row of numbers.

    Parameters
    ----------
    name, what : str
        What the row and one number of it are called in an error.
    values : array_like, shape (n,)
        At least one number.

    Returns
    -------
    array, shape (n,)

    Raises
    ------
    ValueError
        If the shape is another one, if it is empty, or if a number is not finite.

    Examples
    --------
    >>> vector("thresholds", 20_000, "threshold")
    Traceback (most recent call last):
    ValueError: thresholds must be a row of at least 1 number, not shape ()
    """
    row = _numbers(name, values)
    if row.ndim != 1 or not row.size:
        raise ValueError(f"{name} must be a row of at least 1 number, not shape {row.shape}")
    _finite(name, row, (what,))
    return row


def same_shape(costs: Array, effects: Array) -> None:
    """Make sure that every cost has its effect.

    Parameters
    ----------
    costs, effects : array

    Raises
    ------
    ValueError
        If their shapes differ.

    Examples
    --------
    >>> same_shape(np.zeros((2, 3)), np.zeros((2, 2)))
    Traceback (most recent call last):
    ValueError: costs and effects must have the same shape, not (2, 3) and (2, 2)
    """
    if costs.shape != effects.shape:
        raise ValueError(
            f"costs and effects must have the same shape, not {costs.shape} and {effects.shape}"
        )


def _numbers(name: str, values: ArrayLike) -> Array:
    try:
        found = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} must be a table whose rows are equally long") from error
    if found.dtype.kind not in "bifu":
        raise ValueError(f"{name} must be real numbers, not {found.dtype}")
    return found.astype(np.float64, copy=False)


def _finite(name: str, values: Array, axes: tuple[str, ...]) -> None:
    finite = np.isfinite(values)
    if finite.all():
        return
    first = tuple(int(i) for i in np.argwhere(~finite)[0])
    place = ", ".join(f"{axis} {i}" for axis, i in zip(axes, first, strict=True))
    raise ValueError(
        f"{name} must be finite numbers, but {place} is {values[first]} (counted from 0)"
    )
