"""Array types, and the one sum by index that splits and totals are made with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Flags = NDArray[np.bool_]


_SMALL = 8192
"""Up to so many numbers all columns are added in one call; in every way a sum keeps its order."""


def sum_by(index: Index, amounts: Array, size: int) -> Array:
    """Sums of rows that have the same index.

    Parameters
    ----------
    index : array of int, shape (rows,)
        The group of each row, 0 .. size - 1.
    amounts : array, shape (rows, columns)
        What is added.
    size : int
        Number of groups.

    Returns
    -------
    array, shape (size, columns)
        A group without rows is 0.

    Examples
    --------
    >>> sum_by(np.array([0, 2, 0]), np.array([[1.0], [2.0], [3.0]]), 3).ravel().tolist()
    [4.0, 0.0, 2.0]
    """
    columns = amounts.shape[1]
    if amounts.size <= _SMALL:
        places = index if columns == 1 else (index[:, None] * columns + np.arange(columns)).ravel()
        sums = np.bincount(places, weights=amounts.ravel(), minlength=size * columns)
        return sums.astype(float, copy=False).reshape(size, columns)
    result = np.zeros((size, columns))
    if len(index) < columns:
        for group, row in zip(index.tolist(), amounts, strict=True):
            result[group] += row
        return result
    np.add.at(result, index, amounts)
    return result


def sums_by(index: Index, parts: Sequence[Array], size: int) -> list[Array]:
    """Sums of several parts by the same index; small parts are added in one call.

    Parameters
    ----------
    index : array of int, shape (rows,)
        The group of each row, 0 .. size - 1.
    parts : sequence of array, shape (rows, columns)
        At least one; all of one shape.
    size : int
        Number of groups.

    Returns
    -------
    list of array, shape (size, columns)
        As ``sum_by`` gives for each part.

    Examples
    --------
    >>> ones, twos = np.ones((2, 1)), np.full((2, 1), 2.0)
    >>> [found.tolist() for found in sums_by(np.array([0, 0]), [ones, twos], 1)]
    [[[2.0]], [[4.0]]]
    """
    columns = parts[0].shape[1]
    if parts[0].size * len(parts) > _SMALL:
        return [sum_by(index, part, size) for part in parts]
    sums = sum_by(index, np.concatenate(parts, axis=1), size)
    return [sums[:, i * columns : (i + 1) * columns] for i in range(len(parts))]


def product_by(starts: Index, factors: Array) -> Array:
    """Products of consecutive rows.

    Parameters
    ----------
    starts : array of int, shape (groups,)
        First row of each group; every group has at least one row.
    factors : array, shape (rows, draws)

    Returns
    -------
    array, shape (groups, draws)
    """
    result: Array = np.multiply.reduceat(factors, starts, axis=0)
    return result
