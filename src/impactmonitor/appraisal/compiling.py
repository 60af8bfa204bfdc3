"""From a resolved case to a program: the only place that knows both."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from impactmonitor.appraisal.discounting import TIMING, time_in_steps
from impactmonitor.appraisal.inputs import Input, InputRegister
from impactmonitor.appraisal.prices import interpolation_weights, rebasing_factor
from impactmonitor.appraisal.program import (
    BENEFIT,
    COST,
    FLOW,
    NO_DOMAIN,
    UNMONETISED,
    Program,
)
from impactmonitor.catalogue.resolved import PriceBasis, Resolved, ResolvedEffect, Step
from impactmonitor.model.case import EXCESS_BURDEN, SOCIETY, Case
from impactmonitor.model.figures import Figure, ranges
from impactmonitor.model.lines import Cost, Effect, Line, Transfer, shares_of
from impactmonitor.model.numbers import ABOVE_MINUS_ONE, ANY, Range
from impactmonitor.problems import InvalidInput, Problem, errors

DOMAINS = ("economic", "ecological", "societal", "social")
STANDARD = "standard"


class Compiled:
    """A program with the names of its rows.

    Attributes
    ----------
    program : Program
        The arrays.
    inputs : tuple of Input
        The uncertain numbers, in the order of the program's inputs.
    lines, actors, parties : tuple of str
        Names in the order of the program; parties are the actors, then the perspectives.
    warnings : tuple of Problem
        What was cut off.
    """

    def __init__(self, program: Program, builder: _Builder) -> None:
        self.program = program
        self.inputs: tuple[Input, ...] = tuple(builder.register.inputs)
        self.lines: tuple[str, ...] = tuple(builder.line_names)
        self.actors: tuple[str, ...] = tuple(builder.case.actors)
        self.parties: tuple[str, ...] = tuple(builder.parties)
        self.warnings: tuple[Problem, ...] = tuple(builder.register.problems)

    def expected(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The point estimate of the inputs; shape (inputs, 1)."""
        return np.array([[i.expected] for i in self.inputs]).reshape(-1, 1)

    def most_likely(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The modes of the inputs; shape (inputs, 1)."""
        return np.array([[i.mode] for i in self.inputs]).reshape(-1, 1)


def compile_case(resolved: Resolved) -> Compiled:
    """Lay a case out as arrays.

    Parameters
    ----------
    resolved : Resolved
        A case that keeps its rules, with everything looked up.

    Returns
    -------
    Compiled

    Raises
    ------
    InvalidInput
        If an uncertain number has no value at all within the range of its place, or a
        correlation names something that is not an uncertain input.
    """
    builder = _Builder(resolved)
    program = builder.build()
    problems = [*builder.register.problems, *_correlation_problems(resolved.case, builder)]
    if any(errors(problems)):
        raise InvalidInput(problems)
    return Compiled(program, builder)


def _correlation_problems(case: Case, builder: _Builder) -> list[Problem]:
    known = [i.path for i in builder.register.inputs]
    return [
        Problem("correlation-not-uncertain", f"correlations.{i}.{j}", {"id": path})
        for i, pair in enumerate(case.correlations)
        for j, path in enumerate(pair[:2])
        if path not in known
    ]


class _Builder:
    """Collects the columns of the program, line by line."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.case = resolved.case
        self.register = InputRegister(self.case)
        self.one = self.register.constant(1.0)
        self.zero = self.register.constant(0.0)
        self.actor_index = {name: i for i, name in enumerate(self.case.actors)}
        self.parties = [*self.case.actors, *self.case.perspectives, SOCIETY]
        self.line_names: list[str] = []
        self.line_index: dict[str, int] = {}
        self.columns: dict[str, list[Any]] = defaultdict(list)
        self.schedules: dict[tuple[str, float], int] = {}
        self.directions: list[dict[int, float] | float] = []
        self.paths: list[tuple[float, float]] = []
        self.anchors: list[dict[int, int]] = []
        self.last_year = self.case.horizon - 1
        self.timing = self.case.discount.timing if self.case.discount else "start_of_year"

    def build(self) -> Program:
        self._schedule(STANDARD, self.timing)
        for name, cost in self.case.costs.items():
            self._cost(name, cost)
        for name, effect in self.case.effects.items():
            self._effect(name, effect)
        for name, transfer in self.case.transfers.items():
            self._transfer(name, transfer)
        self._excess_burden()
        self._overlaps()
        self._parties()
        return self._program()

    def _add(self, **columns: Any) -> None:
        for name, value in columns.items():
            self.columns[name].append(value)

    def _count(self, column: str) -> int:
        return len(self.columns[column])

    def _slot(self, path: str, record: Any, field: str) -> int:
        """The slot of a record's number; its range is that of the field."""
        figure = getattr(record, field)
        if figure == 0.0:
            return self.zero
        return self.register.slot(f"{path}.{field}", figure, ranges(type(record))[field])

    # lines ------------------------------------------------------------------------------------

    def _line(self, name: str, role: int, domain: str | None) -> int:
        index = len(self.line_names)
        self.line_names.append(name)
        self.line_index[name] = index
        self._add(
            line_role=role, line_domain=NO_DOMAIN if domain is None else DOMAINS.index(domain)
        )
        return index

    def _cost(self, name: str, cost: Cost) -> None:
        path = f"costs.{name}"
        line = self._line(name, COST, cost.domain)
        bias = self._slot(path, cost, "optimism_bias")
        strand = self._amounts(path, line, cost, self.resolved.costs[name].price, bias)
        for actor, share in shares_of(cost.paid_by).items():
            self._add(
                cost_line=line,
                cost_actor=self.actor_index[actor],
                cost_share=share,
                cost_is_cash=0.0 if cost.in_kind else 1.0,
            )
        self._burden_of(strand, cost)

    def _transfer(self, name: str, transfer: Transfer) -> None:
        line = self._line(name, FLOW, None)
        price = self.resolved.transfers[name].price
        self._amounts(f"transfers.{name}", line, transfer, price, self.zero)
        cash = 0.0 if transfer.in_kind else 1.0
        self._flows(line, {transfer.from_: 1.0}, {transfer.to: 1.0}, cash, may_turn=False)

    def _amounts(
        self, path: str, line: int, record: Cost | Transfer, price: PriceBasis, bias: int
    ) -> int:
        """The single strand of a cost or transfer."""
        strand = self._strand(path, line, record, price_scale=_scale(price))
        self._entries(path, "amount", record, strand, 0)
        self._multiply("factor", [(self.one, False)])
        self._multiply("worth", [(self.one, False)])
        self._add(strand_bias=bias, strand_drop_off=self.zero, strand_lasts=1)
        self.directions.append(1.0)
        if record.prices == "nominal":
            assert self.case.inflation is not None  # a rule of the case
            inflation = self.register.slot("inflation", self.case.inflation, ABOVE_MINUS_ONE)
            since = (record.price_year or self.case.price_year) - self.case.base_year
            self._add(strand_path=inflation)
            self.paths.append((-1.0, float(since)))
        else:
            self._add(strand_path=self.zero)
            self.paths.append((0.0, 0.0))
        return strand

    def _strand(self, path: str, line: int, record: Line, price_scale: float) -> int:
        strand = self._count("strand_line")
        chosen = self.resolved.line(self.line_names[line]).discount_class
        self._add(
            strand_line=line,
            strand_scale=price_scale,
            strand_growth=self._slot(path, record, "growth"),
            strand_schedule=self._schedule(chosen, record.timing or self.timing),
        )
        return strand

    def _entries(
        self, path: str, field: str, record: Line, strand: int, lag: int, keep: Any = None
    ) -> None:
        """What starts in each year; ``keep`` chooses among the entries of a year map."""
        value = getattr(record, field)
        allowed = ranges(type(record))[field]
        last = -1
        if isinstance(value, Mapping):
            for year, figure in value.items():
                if keep is None or year in keep:
                    last = year - self.case.base_year + lag
                    slot = self.register.slot(f"{path}.{field}.{year}", figure, allowed)
                    self._add(
                        entry_strand=strand, entry_year=last, entry_slot=slot, entry_power=0.0
                    )
                    self.last_year = max(self.last_year, last)
        elif value != "unknown":
            slot = self.register.slot(f"{path}.{field}", value, allowed)
            first = (record.first_year or self.case.base_year) - self.case.base_year + lag
            for k in range(record.years):
                self._add(
                    entry_strand=strand,
                    entry_year=first + k,
                    entry_slot=slot,
                    entry_power=float(k),
                )
            self.last_year = max(self.last_year, first + record.years - 1)

    def _multiply(self, kind: str, slots: list[tuple[int, bool]]) -> None:
        """The numbers multiplied into a strand; ``True`` takes a share off."""
        self._add(**{f"{kind}_start": self._count(f"{kind}_slot")})
        for slot, is_share_off in slots:
            self._add(**{f"{kind}_slot": slot})
            if kind == "worth":
                self._add(worth_is_share_off=is_share_off)

    # effects ----------------------------------------------------------------------------------

    def _effect(self, name: str, effect: Effect) -> None:
        path = f"effects.{name}"
        found = self.resolved.effects[name]
        role = FLOW if found.taken_from else BENEFIT
        role = role if effect.monetised else UNMONETISED
        line = self._line(name, role, found.domain)
        factors = [
            (self.register.slot(f"{path}.factors.{key}", figure, ANY), False)
            for key, figure in effect.factors.items()
        ] or [(self.one, False)]
        bias = self._slot(path, effect, "optimism_bias")
        for keep, directions in self._signs(path, effect, found, factors, bias):
            self._effect_strand(path, line, effect, found, factors, bias, keep)
            self.directions.append(directions)
        if role == BENEFIT:
            self._benefits(path, line, effect, found)
        elif role == FLOW:
            self._flows(line, found.taken_from, found.falls_to, 1.0, may_turn=True)

    def _effect_strand(
        self,
        path: str,
        line: int,
        effect: Effect,
        found: ResolvedEffect,
        factors: list[tuple[int, bool]],
        bias: int,
        keep: Any,
    ) -> None:
        strand = self._strand(path, line, effect, _scale(found.price) * found.unit_factor)
        self._entries(path, "quantity", effect, strand, effect.lag, keep)
        self.last_year = max(self.last_year, self._last_of(strand) + effect.lasts - 1)
        self._multiply("factor", factors)
        shares = ("deadweight", "displacement", "attribution_to_others")
        worth = [(self._slot(path, effect, field), True) for field in shares]
        worth = [(slot, off) for slot, off in worth if slot != self.zero]
        worth.append((self._unit_value(found, strand), False))
        self._multiply("worth", worth)
        since = (effect.real_price_from or self.case.base_year) - self.case.base_year
        self.paths.append((1.0, float(since)))
        self._add(
            strand_bias=bias,
            strand_drop_off=self._slot(path, effect, "drop_off"),
            strand_lasts=effect.lasts,
            strand_path=self._slot(path, effect, "real_price_change"),
        )

    def _last_of(self, strand: int) -> int:
        years = [
            year
            for owner, year in zip(
                self.columns["entry_strand"], self.columns["entry_year"], strict=True
            )
            if owner == strand
        ]
        return max(years, default=0)

    def _unit_value(self, found: ResolvedEffect, strand: int) -> int:
        """The slot of a single unit value; a value by year is anchored to its years."""
        value, path = found.unit_value, found.unit_value_path
        if value is None:
            return self.zero
        if not isinstance(value, Mapping):
            return self.register.slot(path, value, ANY)
        self._add(anchored_strand=strand, anchor_start=self._count("anchor_slot"))
        years: dict[int, int] = {}
        for i, (year, figure) in enumerate(sorted(value.items())):
            self._add(anchor_slot=self.register.slot(f"{path}.{year}", figure, ANY))
            years[year - self.case.base_year] = i
        self.anchors.append(years)
        return self.one

    def _signs(
        self,
        path: str,
        effect: Effect,
        found: ResolvedEffect,
        factors: list[tuple[int, bool]],
        bias: int,
    ) -> list[tuple[Any, dict[int, float] | float]]:
        """The strands of an effect: entries of one sign each, with the direction of the bias.

        Whether an entry is a gain or a harm in a year is decided at the point estimate, by the
        sign of quantity x factors x unit value; one of exactly 0 counts as a gain.
        """
        if bias == self.zero or not effect.monetised:
            return [(None, 0.0)]
        scale = math.prod(self.register.value(slot) for slot, _ in factors)
        unit_values = self._unit_value_signs(found)
        if not isinstance(effect.quantity, Mapping):
            quantity = effect.quantity
            if quantity == "unknown":
                return [(None, 0.0)]
            point = self.register.value(self.register.slot(f"{path}.quantity", quantity, ANY))
            return [(None, _directions(point * scale, unit_values))]
        points = {
            year: scale
            * self.register.value(self.register.slot(f"{path}.quantity.{year}", figure, ANY))
            for year, figure in effect.quantity.items()
        }
        groups = [
            ({y for y, q in points.items() if q >= 0}, 1.0),
            ({y for y, q in points.items() if q < 0}, -1.0),
        ]
        return [(keep, _directions(sign, unit_values)) for keep, sign in groups if keep]

    def _unit_value_signs(self, found: ResolvedEffect) -> dict[int, float] | float:
        """The unit value at the point estimate: one number, or the anchors by year."""
        value, path = found.unit_value, found.unit_value_path
        if isinstance(value, Mapping):
            return {
                year - self.case.base_year: self._point(f"{path}.{year}", figure)
                for year, figure in value.items()
            }
        return 0.0 if value is None else self._point(path, value)

    def _point(self, path: str, figure: Figure) -> float:
        return self.register.value(self.register.slot(path, figure, ANY))

    def _benefits(self, path: str, line: int, effect: Effect, found: ResolvedEffect) -> None:
        allowed: Range = ranges(Effect)["cashable"]
        for actor, share in found.falls_to.items():
            cash, place = effect.cashable, f"{path}.cashable"
            if isinstance(cash, Mapping):
                cash, place = cash.get(actor, 0.0), f"{place}.{actor}"
            self._add(
                benefit_line=line,
                benefit_actor=self.actor_index[actor],
                benefit_share=share,
                benefit_cash=self.register.slot(place, cash, allowed),
                benefit_is_confirmed=float(effect.confirmation.get(actor) == "confirmed"),
            )

    def _flows(
        self,
        line: int,
        givers: Mapping[str, float],
        receivers: Mapping[str, float],
        cash: float,
        may_turn: bool,
    ) -> None:
        """Money from each giver to each receiver; nobody gives to himself."""
        for giver, given in givers.items():
            for receiver, received in receivers.items():
                if giver != receiver and given * received > 0:
                    self._add(
                        flow_line=line,
                        flow_from=self.actor_index[giver],
                        flow_to=self.actor_index[receiver],
                        flow_share=given * received,
                        flow_is_cash=cash,
                        flow_may_turn=may_turn,
                    )

    # what stands beside the lines -------------------------------------------------------------

    def _schedule(self, discount_class: str, timing: str) -> int:
        moment = TIMING[timing]
        return self.schedules.setdefault((discount_class, moment), len(self.schedules))

    def _burden_of(self, strand: int, cost: Cost) -> None:
        burden = self.case.excess_burden
        if burden is None or cost.in_kind:
            return
        shares = shares_of(cost.paid_by)
        share = sum(shares.get(actor, 0.0) for actor in burden.actors)
        if share > 0:
            self._add(burden_strand=strand, burden_share=share)

    def _excess_burden(self) -> None:
        burden = self.case.excess_burden
        if burden is None:
            return
        line = self._line(EXCESS_BURDEN, COST, "economic")
        rate = self._slot("excess_burden", burden, "rate")
        for strand in self.columns["burden_strand"]:
            schedule = self.columns["strand_schedule"][strand]
            self._add(burden_line=line, burden_rate=rate, burden_schedule=schedule)
        for actor, share in shares_of(burden.borne_by).items():
            self._add(
                cost_line=line,
                cost_actor=self.actor_index[actor],
                cost_share=share,
                cost_is_cash=0.0,
            )

    def _overlaps(self) -> None:
        for name, group in self.case.overlaps.items():
            self._add(
                overlap_start=self._count("member_line"),
                overlap_alpha=self._slot(f"overlaps.{name}", group, "alpha"),
            )
            for line in group.lines:
                self._add(member_line=self.line_index[line])

    def _parties(self) -> None:
        groups: list[tuple[str, ...]] = [(name,) for name in self.case.actors]
        groups += [*self.case.perspectives.values(), tuple(self.case.actors)]
        flows = list(zip(self.columns["flow_from"], self.columns["flow_to"], strict=True))
        for party, members in enumerate(groups):
            inside = {self.actor_index[name] for name in members}
            for actor in sorted(inside):
                self._add(of_party=party, of_actor=actor)
            for flow, (giver, receiver) in enumerate(flows):
                if (giver in inside) != (receiver in inside):
                    self._add(
                        crossing_party=party,
                        crossing_flow=flow,
                        crossing_is_in=receiver in inside,
                    )

    # the arrays -------------------------------------------------------------------------------

    def _program(self) -> Program:
        years = self.last_year + 1
        counts = np.arange(years, dtype=float)
        for (name, moment), _ in self.schedules.items():
            steps: tuple[Step, ...] = self.resolved.schedules[name]
            self._add(schedule_start=self._count("step_slot"), schedule_timing=moment)
            for step in steps:
                slot = self.register.slot(step.path, step.rate, ABOVE_MINUS_ONE)
                self._add(step_slot=slot)
            spent = time_in_steps(counts + moment, [s.until for s in steps])
            self.columns["step_time"].extend(spent)
        strands, burdens = self._count("strand_line"), self._count("burden_line")
        exponents = [sign * (counts - since) for sign, since in self.paths]
        inside = counts < self.case.horizon
        arrays = {
            "strand_path_exponent": _matrix(exponents, years),
            "strand_direction": _matrix([_by_year(d, years) for d in self.directions], years),
            "strand_within": np.tile(inside, (strands, 1)),
            "burden_within": np.tile(inside, (burdens, 1)),
            "anchor_weight": _matrix(
                [w for a in self.anchors for w in interpolation_weights(a, years).T], years
            ),
            "step_time": _matrix(self.columns["step_time"], years),
            "constants": self.register.constants(),
        }
        inputs = len(self.register.inputs)
        slots = inputs + len(arrays["constants"])
        arrays["input_slots"] = np.arange(inputs)
        arrays["constant_slots"] = np.arange(inputs, slots)
        for spec in fields(Program):
            counted = spec.metadata.get("counts", "sizes")
            if counted == "sizes" or spec.name in arrays:
                continue
            column = self.columns[spec.name]
            if counted == "slot":
                column = self.register.final(column)
            arrays[spec.name] = np.array(column, dtype=_dtype(str(spec.type)))
        return Program(**arrays, inputs=inputs, years=years, sizes=self._sizes(slots))

    def _sizes(self, slots: int) -> dict[str, int]:
        named = {
            "strand": "strand_line",
            "factor": "factor_slot",
            "worth": "worth_slot",
            "anchor": "anchor_slot",
            "schedule": "schedule_start",
            "step": "step_slot",
            "member": "member_line",
            "flow": "flow_line",
        }
        return {
            **{kind: self._count(column) for kind, column in named.items()},
            "slot": slots,
            "line": len(self.line_names),
            "actor": len(self.case.actors),
            "party": len(self.parties),
        }


def _scale(price: PriceBasis) -> float:
    return rebasing_factor(price.index_from, price.index_to, price.exchange_rate)


def _directions(quantity: float, unit_value: dict[int, float] | float) -> dict[int, float] | float:
    """-1 for a gain and +1 for a harm, by the sign of the product; by anchor year if need be."""
    if isinstance(unit_value, dict):
        return {year: quantity * value for year, value in unit_value.items()}
    return -1.0 if quantity * unit_value >= 0 else 1.0


def _by_year(direction: dict[int, float] | float, years: int) -> Any:
    if not isinstance(direction, dict):
        return np.full(years, direction)
    order = {year: i for i, year in enumerate(sorted(direction))}
    worth = interpolation_weights(order, years) @ np.array([direction[y] for y in sorted(direction)])
    return np.where(worth >= 0, -1.0, 1.0)


def _matrix(rows: list[Any], years: int) -> Any:
    return np.array(rows, dtype=float).reshape(len(rows), years)


def _dtype(annotation: str) -> type:
    return {"Index": np.intp, "Flags": np.bool_, "Array": np.float64}[annotation]
