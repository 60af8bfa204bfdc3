"""A compiled case made ready to be drawn: its uncertain inputs, and what every party gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index
from impactmonitor.appraisal.compiling import Compiled
from impactmonitor.appraisal.incidence import split
from impactmonitor.appraisal.inputs import Input
from impactmonitor.appraisal.ledger import Ledger, run
from impactmonitor.appraisal.present import PresentValues
from impactmonitor.appraisal.program import Program
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.sampling.bounds import bounds
from impactmonitor.sampling.correlation import Copula, Pair, copulas
from impactmonitor.sampling.draws import Draws, Variable
from impactmonitor.sampling.points import Coordinate

OF_CATALOGUE = ("values.", "schemes.")
"""Inputs that are the same number in every case, and so have the same draws in every case."""
IMPOSSIBLE = 1e-9


class Outcome(NamedTuple):
    """What a block of draws gives.

    Attributes
    ----------
    net, cash : array, shape (parties, draws)
        Present values by actor, perspective and society, and the part of them that is money.
    both : array, shape (2 x parties, draws)
        Net and then cash, in one.
    ledger : Ledger
        All that they follow from.
    """

    net: Array
    cash: Array
    both: Array
    ledger: Ledger


@dataclass(frozen=True)
class Model:
    """A compiled case that can be drawn.

    Attributes
    ----------
    compiled : Compiled
        Its program and the names of its rows.
    variables : tuple of Variable
        Its uncertain inputs, in the order of the program's inputs.
    correlated : tuple of Copula
        Which of them move together.
    net, cash : array, shape (parties, lines)
        What one unit of money of each line is to each party.
    cash_line, cash_input : array of int, shape (entries,)
        Lines of which an uncertain share is money, and the inputs that say which share.
    cash_share : array, shape (parties, entries)
        What of such a line falls to each party.
    """

    compiled: Compiled
    variables: tuple[Variable, ...]
    correlated: tuple[Copula, ...]
    net: Array
    cash: Array
    cash_line: Index
    cash_input: Index
    cash_share: Array

    @cached_property
    def present_values(self) -> PresentValues:
        """Those of its program, with polynomials."""
        p, inputs = self.compiled.program, self.compiled.inputs
        return p.present_values.interpolated(*timing_bounds(p, inputs))

    def exactly(self) -> Model:
        """The same with annuities from their years, also outside the bounds of the inputs."""
        other = replace(self)
        vars(other)["present_values"] = self.compiled.program.present_values
        return other

    def draws(self, seed: int, count: int, method: str, randomisations: int = 1) -> Draws:
        """The draws of its inputs; see ``sampling.draws``."""
        return Draws(seed, self.variables, count, method, randomisations, self.correlated)

    def outcome(self, inputs: Array) -> Outcome:
        """Net and cash of every party for values of the inputs.

        Parameters
        ----------
        inputs : array, shape (inputs, draws)
        """
        ledger = run(self.compiled.program, inputs, self.present_values)
        both: Array = self._both @ ledger.present
        net, cash = np.split(both, 2)
        if len(self.cash_line):
            cash += self.cash_share @ (ledger.present[self.cash_line] * inputs[self.cash_input])
        return Outcome(net, cash, both, ledger)

    @cached_property
    def _both(self) -> Array:
        return np.concatenate([self.net, self.cash])


def model_of(case: Case, compiled: Compiled, places: Mapping[str, int]) -> Model:
    """Make a compiled case ready to be drawn.

    Parameters
    ----------
    case : Case
        The case, or the variant of it, that was compiled.
    compiled : Compiled
        Its program.
    places : Mapping[str, int]
        The place of each path among the inputs of a case and its variants, so that all of them
        are drawn alike.

    Raises
    ------
    InvalidInput
        ``impossible-correlation``, if no numbers can be correlated as the case says.
    """
    p = compiled.program
    variables = tuple(_variable(case.id, one, places[one.path]) for one in compiled.inputs)
    cash_slots = p.slot_input[p.benefit_cash]
    entries = np.flatnonzero(cash_slots >= 0)
    slots = np.where(p.slot_input < 0, p.slot_constant, 0.0)[:, None]
    lines = np.eye(p.sizes["line"])
    unturned = np.zeros((len(p.flow_line), 1), dtype=bool)
    units = split(p, lines, slots, unturned)
    member = np.zeros((p.sizes["party"], p.sizes["actor"]))
    member[p.of_party, p.of_actor] = 1.0
    return Model(
        compiled,
        variables,
        _correlated(case, compiled.inputs),
        units.net,
        units.cash,
        p.benefit_line[entries],
        cash_slots[entries],
        member[:, p.benefit_actor[entries]] * p.benefit_share[entries],
    )


def places_of(compiled: Sequence[Compiled]) -> dict[str, int]:
    """Every uncertain path of a case and its variants, numbered in order."""
    paths = dict.fromkeys(one.path for each in compiled for one in each.inputs)
    return {path: place for place, path in enumerate(paths)}


def key_of(case_id: str, path: str) -> str:
    """The name under which an input is drawn."""
    return path if path.startswith(OF_CATALOGUE) else f"{case_id}:{path}"


def _variable(case_id: str, one: Input, place: int) -> Variable:
    key = key_of(case_id, one.path)
    coordinate = Coordinate(key) if key == one.path else Coordinate(key, case_id, place)
    return Variable(coordinate, one.distribution, one.allowed)


def timing_bounds(p: Program, inputs: Sequence[Input]) -> tuple[Array, Array]:
    """Between which the inputs lie that years depend on; nan for the others."""
    low, high = np.full(len(inputs), np.nan), np.full(len(inputs), np.nan)
    for place in {one for each in p.present_values.timing for one in each}:
        low[place], high[place] = bounds(inputs[place].distribution, inputs[place].allowed)
    return low, high


def _correlated(case: Case, inputs: Sequence[Input]) -> tuple[Copula, ...]:
    uncertain = {one.path for one in inputs}
    pairs = [
        Pair(key_of(case.id, first), key_of(case.id, second), rho)
        for first, second, rho in case.correlations
        if first in uncertain and second in uncertain
    ]
    found = copulas(pairs)
    impossible = [copula for copula in found if copula.moved > IMPOSSIBLE]
    if impossible:
        raise InvalidInput([_impossible(case, copula) for copula in impossible])
    return found


def _impossible(case: Case, copula: Copula) -> Problem:
    """Which pairs rule each other out."""
    named = set(copula.keys)
    pairs = [
        f"{first} - {second} ({rho:g})"
        for first, second, rho in case.correlations
        if {key_of(case.id, first), key_of(case.id, second)} <= named
    ]
    return Problem("impossible-correlation", "correlations", {"pairs": "; ".join(pairs)})
