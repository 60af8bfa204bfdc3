"""The rules within a case: what its parts have to be for each other.

Each rule is one small function from a case to its findings. A finding names the other places on
which it rests (``premises``), so that a reader who repaired a broken part of the document can
drop what only follows from that part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from impactmonitor.model.case import EXCESS_BURDEN, OPTIONS, SOCIETY, Case
from impactmonitor.model.contract_rules import CONTRACT_RULES
from impactmonitor.model.figures import given_figures, parameter_ranges
from impactmonitor.model.financing_rules import FINANCING_RULES
from impactmonitor.model.instrument_rules import INSTRUMENT_RULES
from impactmonitor.model.legs import last_year_of
from impactmonitor.model.lines import Cost, Effect, Line, Shares, Transfer
from impactmonitor.model.measurement_rules import MEASUREMENT_RULES
from impactmonitor.model.monitoring_rules import MONITORING_RULES
from impactmonitor.model.numbers import (
    SUM_TOLERANCE,
    Distribution,
    ParameterReference,
    Range,
    in_figures,
)
from impactmonitor.model.record import MAX_YEARS
from impactmonitor.model.score_rules import SCORE_RULES
from impactmonitor.model.theory_rules import THEORY_RULES
from impactmonitor.problems import Problem, listed, nearest

Findings = Iterator[Problem]

MAX_CELLS = 2_000_000
MAX_FLOWS = 100_000


def broken_rules(case: Case) -> list[Problem]:
    """Every rule that a case breaks by itself, without the catalogue."""
    return listed(problem for rule in RULES for problem in rule(case))


def lines_by_path(case: Case) -> Iterator[tuple[str, Line]]:
    """Every line with its path."""
    for kind in ("costs", "effects", "transfers"):
        for name, line in getattr(case, kind).items():
            yield f"{kind}.{name}", line


def _at_least_one_line(case: Case) -> Findings:
    if not (case.costs or case.effects or case.transfers):
        yield Problem("no-lines", "", premises=("costs", "effects", "transfers"))


def _size(case: Case) -> Findings:
    """What asks for more memory than a machine may be expected to have."""
    lines = [line for _, line in lines_by_path(case)]
    leaving = {n for n, a in case.actors.items() if a.retention and a.retention.yearly_leaving}
    kept = sum(len(leaving.intersection(_bearers(e.falls_to))) for e in case.effects.values())
    money = (last_year_of(case, one) - case.base_year + 1 for one in case.instruments.values())
    years = max([case.horizon, *(_last_year(line, case) for line in lines), *money])
    flows = sum(
        len(_bearers(e.taken_from)) * len(_bearers(e.falls_to)) for e in case.effects.values()
    )
    if (len(lines) + kept) * years > MAX_CELLS or flows > MAX_FLOWS:
        params = {"lines": len(lines), "years": years, "flows": flows}
        yield Problem("case-too-large", "", params, premises=("costs", "effects", "transfers"))


def _last_year(line: Line, case: Case) -> int:
    """How many years after the base year something of a line still happens."""
    entries = entries_of(line)
    first = line.first_year or case.base_year
    last = max(entries) if isinstance(entries, dict) else first + line.years - 1
    longer = line.lag + line.lasts - 1 if isinstance(line, Effect) else 0
    return last + longer - case.base_year + 1


def _names(case: Case) -> Findings:
    seen: dict[str, str] = {}
    for path, _ in lines_by_path(case):
        name = path.partition(".")[2]
        if name in seen:
            yield Problem("duplicate-line", path, {"id": name, "other": seen[name]})
        elif name == EXCESS_BURDEN:
            yield Problem("reserved-name", path, {"id": name})
        seen.setdefault(name, path)
    if SOCIETY in case.perspectives:
        yield Problem("reserved-name", f"perspectives.{SOCIETY}", {"id": SOCIETY})
    for name in OPTIONS:
        if name in case.alternatives:
            yield Problem("reserved-name", f"alternatives.{name}", {"id": name})


def _correlations(case: Case) -> Findings:
    seen: set[frozenset[str]] = set()
    for i, (first, second, _) in enumerate(case.correlations):
        pair = frozenset((first, second))
        if first == second:
            yield Problem("correlation-with-itself", f"correlations.{i}", {"id": first})
        elif pair in seen:
            params = {"first": first, "second": second}
            yield Problem("correlation-twice", f"correlations.{i}", params)
        seen.add(pair)


def _decisions(case: Case) -> Findings:
    options = [*OPTIONS, *case.alternatives]
    parties = [SOCIETY, *case.actors, *case.perspectives]
    for name, decision in case.decisions.items():
        if name in parties:  # the decisions that are always made bear these names
            yield Problem("reserved-name", f"decisions.{name}", {"id": name})
        if len(decision.options) < 2:
            yield Problem("one-option", f"decisions.{name}.options", {"id": decision.options[0]})
        for option in dict.fromkeys(decision.options):
            if option not in options:
                params = {"id": option, "nearest": nearest(option, options)}
                premises = (f"alternatives.{option}",)
                path = f"decisions.{name}.options"
                yield Problem("unknown-option", path, params, premises=premises)
        if decision.by not in parties:
            params = {"id": decision.by, "nearest": nearest(decision.by, parties)}
            other = (f"actors.{decision.by}", f"perspectives.{decision.by}")
            yield Problem("unknown-party", f"decisions.{name}.by", params, premises=other)


def _actor_lists(case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every place that names actors, with the names."""
    for path, line in lines_by_path(case):
        if isinstance(line, Transfer):
            yield f"{path}.from", (line.from_,)
            yield f"{path}.to", (line.to,)
        if isinstance(line, Cost):
            yield f"{path}.paid_by", _bearers(line.paid_by)
        if isinstance(line, Effect):
            yield f"{path}.falls_to", _bearers(line.falls_to)
            yield f"{path}.taken_from", _bearers(line.taken_from)
            yield f"{path}.confirmation", tuple(line.confirmation)
            if isinstance(line.cashable, dict):
                yield f"{path}.cashable", tuple(line.cashable)
    for name, actor in case.actors.items():
        if actor.retention is not None:
            yield f"actors.{name}.retention.rest_to", (actor.retention.rest_to,)
    for name, members in case.perspectives.items():
        yield f"perspectives.{name}", members
    if case.excess_burden is not None:
        yield "excess_burden.actors", case.excess_burden.actors
        yield "excess_burden.borne_by", _bearers(case.excess_burden.borne_by)


def _bearers(shares: Shares | None) -> tuple[str, ...]:
    if shares is None:
        return ()
    return (shares,) if isinstance(shares, str) else tuple(shares)


def _actors_exist(case: Case) -> Findings:
    for path, names in _actor_lists(case):
        for name in dict.fromkeys(names):
            if name not in case.actors:
                params = {"id": name, "nearest": nearest(name, case.actors)}
                yield Problem("unknown-actor", path, params, premises=(f"actors.{name}",))


def _retentions(case: Case) -> Findings:
    """What an actor does not keep falls to another one."""
    for name, actor in case.actors.items():
        if actor.retention is not None and actor.retention.rest_to == name:
            yield Problem("retention-to-itself", f"actors.{name}.retention.rest_to", {"id": name})


def _no_repeats(case: Case) -> Findings:
    lists = {f"perspectives.{name}": members for name, members in case.perspectives.items()}
    lists |= {f"overlaps.{name}.lines": group.lines for name, group in case.overlaps.items()}
    lists |= {f"decisions.{name}.options": one.options for name, one in case.decisions.items()}
    if case.excess_burden is not None:
        lists["excess_burden.actors"] = case.excess_burden.actors
    for path, names in lists.items():
        for name, count in Counter(names).items():
            if count > 1:
                yield Problem("repeated-in-list", path, {"id": name})


def _shares_add_up(case: Case) -> Findings:
    places: dict[str, Shares | None] = {}
    for path, line in lines_by_path(case):
        if isinstance(line, Cost):
            places[f"{path}.paid_by"] = line.paid_by
        if isinstance(line, Effect):
            places[f"{path}.falls_to"] = line.falls_to
            places[f"{path}.taken_from"] = line.taken_from
    if case.excess_burden is not None:
        places["excess_burden.borne_by"] = case.excess_burden.borne_by
    for path, shares in places.items():
        if isinstance(shares, dict):
            total = sum(shares.values())
            if abs(total - 1) > SUM_TOLERANCE:
                params = {"line": _line_name(path), "sum": in_figures(total)}
                yield Problem("shares-sum", path, params, premises=(path,))


def _line_name(path: str) -> str:
    """The id of the line that a path lies in, or the section where there is none."""
    section, name, *_ = path.split(".")
    return name if section in ("costs", "effects", "transfers") else section


def _figures(case: Case) -> Findings:
    """Every parameter that is named exists, and every figure is in the range of its place."""
    for place in given_figures(case):
        if isinstance(place.figure, float):  # as most are
            if not place.allowed.contains(place.figure):
                yield _out_of_range(place.path, place.figure, place.allowed)
        elif isinstance(place.figure, ParameterReference):
            name = place.figure.parameter
            if name not in case.parameters:
                params = {"id": name, "nearest": nearest(name, case.parameters)}
                premises = (f"parameters.{name}",)
                yield Problem("unknown-parameter", place.path, params, premises=premises)
        else:
            yield from _in_range(place.path, place.figure, place.allowed)
    allowed = parameter_ranges(case)
    for name, parameter in case.parameters.items():
        yield from _in_range(f"parameters.{name}.value", parameter.value, allowed[name])


def _in_range(path: str, figure: float | Distribution, allowed: Range) -> Findings:
    """A certain number, or the central value of an uncertain one, has to be allowed."""
    if isinstance(figure, Distribution):
        path, value = f"{path}.central", figure.central
    else:
        value = figure
    if value is not None and not allowed.contains(value):
        yield _out_of_range(path, value, allowed)


def _out_of_range(path: str, value: float, allowed: Range) -> Problem:
    return Problem("out-of-range", path, {"value": f"{value:g}", "range": str(allowed)})


def entries_of(line: Line) -> object:
    """What a line has by year: its amount or its quantity, as it was written."""
    return line.quantity if isinstance(line, Effect) else getattr(line, "amount", None)


def _single_amounts(case: Case) -> Findings:
    for path, line in lines_by_path(case):
        if isinstance(entries_of(line), dict):
            for field in ("first_year", "years", "growth"):
                if field in line.model_fields_set and getattr(line, field) is not None:
                    yield Problem("only-with-single-amount", f"{path}.{field}", {"field": field})


def _starts_in_reach(case: Case) -> Findings:
    """Nothing starts before the base year, or so late that nobody could mean it."""
    for path, line in lines_by_path(case):
        entries = entries_of(line)
        if isinstance(entries, dict):
            years, field = entries, "quantity" if isinstance(line, Effect) else "amount"
        else:
            years, field = {line.first_year or case.base_year: 0}, "first_year"
        earliest, latest, last = min(years), max(years), case.base_year + MAX_YEARS
        premises = ("base_year", f"{path}.quantity", f"{path}.amount")
        if earliest < case.base_year:
            params = {"earliest": earliest, "base_year": case.base_year}
            yield Problem("before-base-year", f"{path}.{field}", params, premises=premises)
        if latest > last:
            params = {"latest": latest, "last": last, "most": MAX_YEARS}
            yield Problem("starts-too-late", f"{path}.{field}", params, premises=premises)


def _net_effects(case: Case) -> Findings:
    for name, effect in case.effects.items():
        if effect.basis == "net" and effect.deadweight != 0:
            path = f"effects.{name}"
            yield Problem("net-with-deadweight", f"{path}.deadweight", premises=(f"{path}.basis",))


def _unknown_quantities(case: Case) -> Findings:
    for name, effect in case.effects.items():
        if effect.quantity == "unknown" and effect.monetised and effect.card is None:
            premises = (f"effects.{name}.monetised",)
            yield Problem("unknown-but-monetised", f"effects.{name}.quantity", premises=premises)


def _nominal_lines(case: Case) -> Findings:
    """What all nominal lines lack is missing once."""
    for path, line in lines_by_path(case):
        is_nominal = isinstance(line, Cost | Transfer) and line.prices == "nominal"
        if is_nominal and case.inflation is None:
            yield Problem("inflation-missing", f"{path}.prices", premises=("inflation",))
            return


def _overlaps(case: Case) -> Findings:
    groups: dict[str, str] = {}
    for name, group in case.overlaps.items():
        path = f"overlaps.{name}.lines"
        for line in dict.fromkeys(group.lines):
            premises = (f"effects.{line}",)
            effect = case.effects.get(line)
            if effect is None:
                params = {"id": line, "nearest": nearest(line, case.effects)}
                yield Problem("unknown-effect", path, params, premises=premises)
            elif not effect.monetised:
                yield Problem("overlap-not-monetised", path, {"id": line}, premises=premises)
            if line in groups:
                params = {"id": line, "other": groups[line]}
                yield Problem("line-in-two-overlaps", path, params)
            groups.setdefault(line, name)


def _discount(case: Case) -> Findings:
    discount = case.discount
    has_rate = discount is not None and discount.rate is not None
    has_scheme = discount is not None and discount.scheme is not None
    if has_rate and has_scheme:
        yield Problem("scheme-and-rate", "discount")
    if discount is not None and discount.classes and not has_rate:
        yield Problem("classes-without-rate", "discount.classes", premises=("discount.rate",))
    if discount is not None and has_rate and "standard" in (discount.classes or {}):
        yield Problem("standard-beside-rate", "discount.classes.standard")
    if not has_rate and not has_scheme and case.currency != "EUR":
        premises = ("currency", "discount.rate", "discount.scheme", "discount")
        yield Problem("discount-missing", "", {"currency": case.currency}, premises=premises)


def _one_index_per_currency(case: Case) -> Findings:
    seen: dict[str, str] = {}
    for name, index in case.price_indices.items():
        currency = index.currency or case.currency
        if currency in seen:
            params = {"currency": currency, "other": seen[currency]}
            premises = ("currency", f"price_indices.{seen[currency]}", f"price_indices.{name}")
            yield Problem("two-indices", f"price_indices.{name}", params, premises=premises)
        seen.setdefault(currency, name)


RULES: tuple[Callable[[Case], Findings], ...] = (
    _at_least_one_line,
    _size,
    _names,
    _correlations,
    _decisions,
    _actors_exist,
    _retentions,
    _no_repeats,
    _shares_add_up,
    _figures,
    _single_amounts,
    _starts_in_reach,
    _net_effects,
    _unknown_quantities,
    _nominal_lines,
    _overlaps,
    _discount,
    _one_index_per_currency,
    *FINANCING_RULES,
    *SCORE_RULES,
    *INSTRUMENT_RULES,
    *CONTRACT_RULES,
    *THEORY_RULES,
    *MONITORING_RULES,
    *MEASUREMENT_RULES,
)
