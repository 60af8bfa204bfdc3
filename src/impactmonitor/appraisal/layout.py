"""The layout of a program while it is being made: named columns that grow row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.by_year import (
    IN_NO_YEAR,
    Direction,
    anchor_weights,
    bias_directions,
    path_exponents,
)
from impactmonitor.appraisal.discounting import TIMING, time_in_steps
from impactmonitor.appraisal.inputs import InputRegister
from impactmonitor.appraisal.program import KEPT, NO_DOMAIN, Program
from impactmonitor.catalogue.resolved import Resolved
from impactmonitor.model.case import SOCIETY
from impactmonitor.model.figures import Figure, ranges
from impactmonitor.model.numbers import ABOVE_MINUS_ONE, ANY
from impactmonitor.model.record import Record

DOMAINS = ("economic", "ecological", "societal", "social")
STANDARD = "standard"

_DTYPES: dict[str, type] = {"Index": np.intp, "Flags": np.bool_, "Array": np.float64}
_COLUMNS = {f.name: _DTYPES[str(f.type)] for f in fields(Program) if "counts" in f.metadata}
_SIZES = {
    "strand": "strand_line",
    "factor": "factor_slot",
    "worth": "worth_slot",
    "anchor": "anchor_slot",
    "schedule": "schedule_start",
    "step": "step_slot",
    "member": "member_line",
    "flow": "flow_line",
}


class Layout:
    """Columns of a program, and the numbers and names that they refer to.

    Parameters
    ----------
    resolved : Resolved
        The case that is laid out.

    Attributes
    ----------
    columns : dict of str to list
        As the fields of ``Program`` are called.
    register : InputRegister
        Gives the slots.
    lines : dict of str to int
        Index of each line of the case.
    names : list of str
        Names of all lines, also of those that hold what an actor keeps of an effect.
    keepers : dict of int to str
        The actor of each line that holds what an actor keeps.
    actors : dict of str to int
        Index of each actor.
    parties : list of str
        Names of the actors, then of the perspectives, then society.
    """

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.case = resolved.case
        self.register = InputRegister(self.case)
        self.one = self.register.constant(1.0)
        self.zero = self.register.constant(0.0)
        self.actors = {name: i for i, name in enumerate(self.case.actors)}
        self.parties = [*self.case.actors, *self.case.perspectives, SOCIETY]
        self.lines: dict[str, int] = {}
        self.names: list[str] = []
        self.keepers: dict[int, str] = {}
        self.columns: dict[str, list[Any]] = defaultdict(list)
        self.timing = self.case.discount.timing if self.case.discount else "start_of_year"
        self._schedules: dict[tuple[str, float], int] = {}
        self._directions: list[tuple[Direction, Mapping[int, float]]] = []
        self._paths: list[tuple[float, float, frozenset[int]]] = []
        self._anchors: list[tuple[dict[int, int], tuple[int, ...]]] = []
        self._series: list[tuple[int, int, int, int, int]] = []
        self._last_year = self.case.horizon - 1
        self.schedule(STANDARD, self.timing)
        self.add(case_line=0, case_party=0)

    def add(self, **columns: Any) -> None:
        """One more row in each of these columns."""
        for name, value in columns.items():
            self.columns[name].append(value)

    def count(self, column: str) -> int:
        """Rows so far, which is the index of the next one."""
        return len(self.columns[column])

    def offset(self, year: int | None) -> int:
        """Years after the base year; the base year itself where none is given."""
        return 0 if year is None else year - self.case.base_year

    def slot(self, path: str, record: Record, field: str) -> int:
        """The slot of a record's number; its range is that of the field."""
        figure = getattr(record, field)
        if isinstance(figure, float):  # as most are
            return self.register.constant(figure)
        return self.register.slot(f"{path}.{field}", figure, ranges(type(record))[field])

    def number(self, path: str, figure: Figure) -> int:
        """The slot of a number that may be anything."""
        return self.register.slot(path, figure, ANY)

    def line(self, name: str, role: int, domain: str | None) -> int:
        """One more line."""
        self.lines[name] = len(self.names)
        self.names.append(name)
        index = NO_DOMAIN if domain is None else DOMAINS.index(domain)
        self.add(line_role=role, line_domain=index)
        return self.lines[name]

    def kept_line(self, of: int, actor: str) -> int:
        """One more line, for what an actor keeps of an effect; it bears the name of the effect."""
        line = len(self.names)
        self.names.append(self.names[of])
        self.keepers[line] = actor
        domain = self.columns["line_domain"][of]
        self.add(line_role=KEPT, line_domain=domain, kept_line=line, kept_of=of)
        return line

    def schedule(self, discount_class: str, timing: str) -> int:
        """The index of a discount class at a moment of the year."""
        key = (discount_class, TIMING[timing])
        return self._schedules.setdefault(key, len(self._schedules))

    def entries(self, strand: int, first: int, years: int, slot: int, grown: int = 0) -> None:
        """Something that starts again every year, from an offset from the base year on.

        ``grown`` is how many years the first of them has grown already.
        """
        self._series.append((strand, first, years, slot, grown))

    def reach(self, year: int) -> None:
        """Something still flows in this year: an offset from the base year."""
        self._last_year = max(self._last_year, year)

    def multiply(self, kind: str, slots: list[tuple[int, bool]]) -> None:
        """The numbers multiplied into the latest strand; ``True`` takes a share off."""
        self.columns[f"{kind}_start"].append(self.count(f"{kind}_slot"))
        self.columns[f"{kind}_slot"] += [slot for slot, _ in slots]
        if kind == "worth":
            self.columns["worth_is_share_off"] += [is_share_off for _, is_share_off in slots]

    def anchor(
        self, strand: int, values: Mapping[int, int], instead: Mapping[int, int] = IN_NO_YEAR
    ) -> None:
        """Unit values of a strand by year: slots by offset from the base year.

        Those of ``instead`` hold in their own year only, in the place of all others.
        """
        self.add(anchored_strand=strand, anchor_start=self.count("anchor_slot"))
        for slot in (*values.values(), *instead.values()):
            self.add(anchor_slot=slot)
        self._anchors.append(({year: i for i, year in enumerate(values)}, tuple(instead)))

    def price_path(self, slot: int, sign: float, since: int, without: Iterable[int] = ()) -> None:
        """The yearly change of the latest strand's price, from an offset on; deflated if -1.

        In the years of ``without`` there is none.
        """
        self.add(strand_path=slot)
        self._paths.append((sign, float(since), frozenset(without)))

    def bias(
        self, slot: int, direction: Direction, instead: Mapping[int, float] = IN_NO_YEAR
    ) -> None:
        """The optimism bias of the latest strand; in the years of ``instead``, of that sign."""
        self.add(strand_bias=slot)
        self._directions.append((direction, instead))

    def program(self) -> Program:
        """Everything as arrays."""
        years = self._last_year + 1
        arrays = self._by_year(years) | self._by_entry()
        arrays["constants"] = self.register.constants()
        arrays["input_slots"] = self.register.input_slots()
        arrays["constant_slots"] = self.register.constant_slots()
        for name, dtype in _COLUMNS.items():
            if name not in arrays:
                arrays[name] = np.array(self.columns[name], dtype=dtype)
        inputs = len(self.register.inputs)
        return Program(**arrays, inputs=inputs, years=years, sizes=self._sizes())

    def _by_year(self, years: int) -> dict[str, Any]:
        counts = np.arange(years, dtype=float)
        self._lay_schedules(counts)
        inside = counts < self.case.horizon
        anchors = [w for values in self._anchors for w in anchor_weights(*values, years)]
        return {
            "strand_path_exponent": path_exponents(self._paths, counts),
            "strand_direction": bias_directions(self._directions, years),
            "strand_within": inside[None].repeat(self.count("strand_line"), axis=0),
            "burden_within": inside[None].repeat(self.count("burden_line"), axis=0),
            "anchor_weight": _matrix(anchors, years),
            "step_time": _matrix(self.columns["step_time"], years),
        }

    def _by_entry(self) -> dict[str, Any]:
        """Every year of every series."""
        series = np.array(self._series, dtype=np.intp).reshape(-1, 5)
        years = series[:, 2]
        before = years.cumsum() - years
        strand, first, _, slot, grown = series.repeat(years, axis=0).T
        since_first = np.arange(len(strand)) - before.repeat(years)
        return {
            "entry_strand": strand.copy(),
            "entry_year": first + since_first,
            "entry_slot": slot.copy(),
            "entry_power": (grown + since_first).astype(float),
        }

    def _lay_schedules(self, counts: Array) -> None:
        for name, moment in self._schedules:
            steps = self.resolved.schedules[name]
            self.add(schedule_start=self.count("step_slot"), schedule_timing=moment)
            for step in steps:
                self.add(step_slot=self.register.slot(step.path, step.rate, ABOVE_MINUS_ONE))
            spent = time_in_steps(counts + moment, [s.until for s in steps])
            self.columns["step_time"].extend(spent)

    def _sizes(self) -> dict[str, int]:
        return {
            **{kind: self.count(column) for kind, column in _SIZES.items()},
            "slot": len(self.register.points),
            "line": len(self.names),
            "actor": len(self.actors),
            "party": len(self.parties),
        }


def _matrix(rows: list[Any], years: int) -> Array:
    return np.array(rows, dtype=float).reshape(len(rows), years)
