"""Array types, and the one sum by index that splits and totals are made with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Flags = NDArray[np.bool_]


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
    if amounts.shape[1] == 1:
        sums: Array = np.bincount(index, weights=amounts[:, 0], minlength=size)[:, None].astype(
            float
        )
        return sums
    result = np.zeros((size, amounts.shape[1]))
    if len(index) < amounts.shape[1]:
        for group, row in zip(index.tolist(), amounts, strict=True):
            result[group] += row
        return result
    np.add.at(result, index, amounts)
    return result


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
