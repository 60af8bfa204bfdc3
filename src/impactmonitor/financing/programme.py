"""A linear programme that is settled step by step: each aim as well as can be after the others."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rows = NDArray[np.float64]

SLACK = 1e-9
"""By how much what was settled may be missed by what is settled after it."""
EXACTNESS = 1e-10
TIGHT = 1e-7


class Unsolvable(ValueError):
    """No numbers keep to all the conditions."""


class Programme:
    """Variables of 0 or more, conditions on them, and aims that are settled one after the other.

    Parameters
    ----------
    variables : int
        How many there are.

    Attributes
    ----------
    solution : array, shape (variables,)
        The last one found.

    Examples
    --------
    Two people pay 6 together, evenly, but the first at most 2:

    >>> programme = Programme(2)
    >>> programme.equal(np.ones((1, 2)), np.array([6.0]))
    >>> programme.at_most(np.array([[1.0, 0.0]]), np.array([2.0]))
    >>> programme.settle_evenly(np.eye(2))
    >>> programme.solution.round(6).tolist()
    [2.0, 4.0]
    """

    def __init__(self, variables: int) -> None:
        self.variables = variables
        self.solution: Array = np.zeros(variables)
        self._most: list[tuple[Rows, Array]] = []
        self._equal: list[tuple[Rows, Array]] = []

    def at_most(self, rows: Rows, amounts: Array) -> None:
        """Sums of variables (conditions, variables), each at most an amount (conditions,)."""
        if len(rows):
            self._most.append((rows, np.asarray(amounts, dtype=float)))

    def at_least(self, rows: Rows, amounts: Array) -> None:
        """Sums of variables, each at least an amount."""
        self.at_most(-rows, -np.asarray(amounts, dtype=float))

    def equal(self, rows: Rows, amounts: Array) -> None:
        """Sums of variables, each exactly an amount."""
        if len(rows):
            self._equal.append((rows, np.asarray(amounts, dtype=float)))

    def more_variables(self, count: int) -> Array:
        """Further variables; returns the aim that is their sum."""
        self.variables += count
        aim = np.zeros(self.variables)
        aim[self.variables - count :] = 1.0
        return aim

    def settle(self, aim: Array) -> float:
        """Make a sum of variables as small as can be, and keep it there.

        Raises
        ------
        Unsolvable
            If the conditions cannot all be kept.
        """
        found = self._solve(aim, None)
        value = float(found.fun)
        self.at_most(aim[None, :], np.array([value + SLACK * max(1.0, abs(value))]))
        return value

    def settle_evenly(self, loads: Rows) -> None:
        """Make the largest of some loads as small as can be, then the next, and so on.

        Parameters
        ----------
        loads : array, shape (loads, variables)
            Each a sum of variables.
        """
        loads = self._widened(loads)
        open_ones = np.arange(len(loads))
        while len(open_ones):
            found = self._solve(np.zeros(self.variables), loads[open_ones])
            level = float(found.fun)
            duals = np.abs(found.ineqlin.marginals[-len(open_ones) :])
            is_tight = duals > TIGHT
            if not is_tight.any():  # the level is held by something else: all loads stay below it
                is_tight = np.ones(len(open_ones), dtype=bool)
            allowed = level + SLACK * max(1.0, abs(level))
            self.at_most(loads[open_ones[is_tight]], np.full(int(is_tight.sum()), allowed))
            open_ones = open_ones[~is_tight]

    def _solve(self, aim: Array, loads: Rows | None) -> Any:
        """Minimise an aim, or the largest of some loads."""
        from scipy.optimize import linprog

        extra = 0 if loads is None else 1
        objective = np.r_[self._widened(aim[None, :])[0], np.ones(extra)]
        most = [(self._widened(rows), amounts) for rows, amounts in self._most]
        rows = [np.hstack([part, np.zeros((len(part), extra))]) for part, _ in most]
        bounds: list[tuple[float | None, float | None]] = [(0.0, None)] * self.variables
        if loads is not None:
            rows.append(np.hstack([loads, -np.ones((len(loads), 1))]))
            most.append((loads, np.zeros(len(loads))))
            bounds.append((None, None))
        exact = [np.pad(self._widened(part), ((0, 0), (0, extra))) for part, _ in self._equal]
        found: Any = linprog(
            objective,
            A_ub=np.vstack(rows) if rows else None,
            b_ub=np.concatenate([amounts for _, amounts in most]) if most else None,
            A_eq=np.vstack(exact) if exact else None,
            b_eq=np.concatenate([amounts for _, amounts in self._equal]) if exact else None,
            bounds=bounds,
            method="highs",
            options={
                "primal_feasibility_tolerance": EXACTNESS,
                "dual_feasibility_tolerance": EXACTNESS,
            },
        )
        if not found.success:
            raise Unsolvable(str(found.message))
        self.solution = np.asarray(found.x, dtype=float)[: self.variables]
        return found

    def _widened(self, rows: Rows) -> Rows:
        """Rows over all the variables that there are by now."""
        return np.pad(rows, ((0, 0), (0, self.variables - rows.shape[1])))
