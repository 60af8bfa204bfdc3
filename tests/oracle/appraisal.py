"""From the lines of a case to the totals of §5, in the shape of §6."""

from collections.abc import Callable
from math import fsum
from typing import Any

from .changes import changed
from .lines import Line, cost, effect, resolved, transfer
from .reading import ABOVE_MINUS_ONE, SHARE, Reading, shares_of
from .returns import internal_rate_of_return, modified_rate, payback_year

BURDEN = "excess-burden"
SUMS = (
    "costs",
    "benefits",
    "transfers_received",
    "transfers_paid",
    "benefits_confirmed",
    "cash_net",
)


def appraise(case: dict, catalogue: dict) -> dict:
    """Everything of §6 but the checks and the warnings."""
    result = outcome(case, catalogue)
    for section in ("scenarios", "alternatives"):
        result[section] = {}
        for name, given in (case.get(section) or {}).items():
            inner = outcome(*changed(case, catalogue, given.get("changes") or {}))
            result[section][name] = {"totals": inner["totals"], "actors": inner["actors"]}
    return result


def outcome(case: dict, catalogue: dict) -> dict:
    """One case as it stands, without its scenarios and alternatives."""
    point = Reading(case, catalogue)
    lines = all_lines(point, point)
    likely = Reading(case, catalogue, most_likely_values=True)
    totals = totals_of(point, lines)
    totals["most_likely_net_present_value"] = net_present_value(likely, all_lines(likely, point))
    return {
        "case": case["id"],
        "currency": case["currency"],
        "price_year": point.price_year,
        "base_year": point.base_year,
        "totals": totals,
        "actors": {a: group_of(point, lines, {a}) for a in case["actors"]},
        "domains": domains_of(point, lines),
        "perspectives": perspectives_of(point, lines),
        "lines": lines_of(point, lines),
        "years": [year_of(point, lines, y) for y in range(point.base_year, point.end)],
        "unmonetised": unmonetised_of(point, lines),
    }


# -------------------------------------------------------------------- the lines, put in order


def all_lines(reading: Reading, point: Reading) -> list[Line]:
    """All lines of the case, overlaps corrected, with the excess burden as lines of their own."""
    case = reading.case
    costs = [cost(reading, n, c) for n, c in (case.get("costs") or {}).items()]
    effects = [effect(reading, point, n, e) for n, e in (case.get("effects") or {}).items()]
    moves = [transfer(reading, n, t) for n, t in (case.get("transfers") or {}).items()]
    for group in (case.get("overlaps") or {}).values():
        correct_overlap(reading, [e for e in effects if e.id in group["lines"]], group)
    return [*costs, *effects, *moves, *burdens(reading, costs)]


def correct_overlap(reading: Reading, group: list[Line], given: dict) -> None:
    """corrected = dominant + alpha · (sum − dominant), gains and harms apart."""
    alpha = reading.number(given["alpha"], SHARE)
    sizes = [(line, present_value(reading, line)) for line in group]
    for lean in (1, -1):
        same = [(line, abs(pv)) for line, pv in sizes if pv * lean > 0]
        total = fsum(size for _, size in same)
        if total == 0:
            continue
        dominant = max(size for _, size in same)
        scale = (dominant + alpha * (total - dominant)) / total
        for line, _ in same:
            line.by_year = {y: v * scale for y, v in line.by_year.items()}
            for actor, kept in line.kept.items():
                line.kept[actor] = {y: v * scale for y, v in kept.items()}


def burdens(reading: Reading, costs: list[Line]) -> list[Line]:
    """rate × the cash costs borne by the named actors, each at its own timing and class."""
    given = reading.case.get("excess_burden")
    if not given:
        return []
    rate = reading.number(given["rate"], ABOVE_MINUS_ONE)
    result = []
    for line in costs:
        cash = fsum(line.bearers.get(a, 0.0) * line.cash.get(a, 0.0) for a in given["actors"])
        bearers = shares_of(given["borne_by"])
        result.append(
            Line(
                id=BURDEN,
                kind="cost",
                moment=line.moment,
                discount_class=line.discount_class,
                by_year={y: rate * cash * v for y, v in line.by_year.items()},
                domain="economic",
                bearers=bearers,
                cash=dict.fromkeys(bearers, 0.0),
                is_burden=True,
            )
        )
    return result


# ------------------------------------------------------------------------------ present values


def discounted(reading: Reading, line: Line, by_year: dict[int, float], beyond: bool) -> float:
    """Σ value(y) · D(y − base_year + timing), within the horizon or beyond it."""
    total = []
    for year, value in by_year.items():
        if (year >= reading.end) == beyond:
            moment = year - reading.base_year + line.moment
            total.append(value * reading.discount_factor(line.discount_class, moment))
    return fsum(total)


def present_value(reading: Reading, line: Line, beyond: bool = False) -> float:
    return discounted(reading, line, line.by_year, beyond)


def society_sign(line: Line) -> int:
    """A cost takes from society, an effect gives to it, what only changes hands does neither."""
    if line.moves or not line.monetised:
        return 0
    return -1 if line.kind == "cost" else 1


def net_present_value(reading: Reading, lines: list[Line], beyond: bool = False) -> float:
    return fsum(society_sign(x) * present_value(reading, x, beyond) for x in lines)


def ratio(above: float, below: float) -> float | None:
    return above / below if below > 0 else None


# --------------------------------------------------------------------------- totals of society


def totals_of(reading: Reading, lines: list[Line]) -> dict:
    costs = fsum(present_value(reading, x) for x in lines if society_sign(x) < 0)
    benefits = fsum(present_value(reading, x) for x in lines if society_sign(x) > 0)
    flows, by_year, by_year_discounted = society_flows(reading, lines)
    annuity = fsum(
        reading.discount_factor("standard", y - reading.base_year + reading.case_timing())
        for y in range(reading.base_year, reading.end)
    )
    last = max((moment for moment, amount, _ in flows if amount != 0), default=0)
    return {
        "costs": costs,
        "benefits": benefits,
        "net_present_value": benefits - costs,
        "benefit_cost_ratio": ratio(benefits, costs),
        "sroi": ratio(benefits, costs),
        "sroi_net": ratio(benefits - costs, costs),
        "internal_rate_of_return": internal_rate_of_return([(t, a) for t, a, _ in flows]),
        "modified_internal_rate_of_return": modified_rate(
            flows, reading.discount_factor("standard", last)
        ),
        "payback_year": payback_year(reading.base_year, by_year),
        "payback_year_discounted": payback_year(reading.base_year, by_year_discounted),
        "beyond_horizon": net_present_value(reading, lines, beyond=True),
        "equivalent_annual_value": (benefits - costs) / annuity,
    }


def society_flows(reading: Reading, lines: list[Line]) -> tuple[list, list[float], list[float]]:
    """Within the horizon: (moment, amount, present value) per line and year; net by year."""
    flows = []
    years = range(reading.base_year, reading.end)
    plain = {y: [] for y in years}
    present = {y: [] for y in years}
    for line in lines:
        for year, value in line.by_year.items():
            if society_sign(line) == 0 or year >= reading.end:
                continue
            amount = society_sign(line) * value
            moment = year - reading.base_year + line.moment
            worth = amount * reading.discount_factor(line.discount_class, moment)
            flows.append((moment, amount, worth))
            plain[year].append(amount)
            present[year].append(worth)
    return flows, [fsum(plain[y]) for y in years], [fsum(present[y]) for y in years]


# ------------------------------------------------------------------------ actors, perspectives


def group_of(reading: Reading, lines: list[Line], group: set[str]) -> dict:
    """What a group of actors pays, gains, receives and gives; inner transfers cancel."""
    sums: dict[str, list[float]] = {name: [] for name in SUMS}
    for line in lines:
        add_up(line, lambda by_year, x=line: discounted(reading, x, by_year, False), group, sums)
    result: dict[str, Any] = {name: fsum(parts) for name, parts in sums.items()}
    received, paid = result["transfers_received"], result["transfers_paid"]
    result["transfers"] = received - paid
    result["net"] = result["benefits"] - result["costs"] + result["transfers"]
    result["benefit_cost_ratio"] = ratio(result["benefits"] + received, result["costs"] + paid)
    return result


def add_up(
    line: Line,
    worth: Callable[[dict[int, float]], float],
    group: set[str],
    sums: dict[str, list[float]],
) -> None:
    """One line's part in the sums of a group.

    `worth` gives the present value of amounts by year, or the amount of one year.
    """
    if not line.monetised:
        return
    pv = worth(line.by_year)
    if line.moves:
        for one, other, share in flows_of(line):
            # if the present value is negative, giver and receiver change places
            giver, receiver = (one, other) if pv >= 0 else (other, one)
            amount = abs(pv) * share
            if receiver in group and giver not in group:
                sums["transfers_received"].append(amount)
                sums["cash_net"].append(amount * line.cash[receiver])
            if giver in group and receiver not in group:
                sums["transfers_paid"].append(amount)
                sums["cash_net"].append(-amount * line.cash[giver])
        return
    for actor, share in line.bearers.items():
        if line.kind == "cost":
            if actor in group:
                sums["costs"].append(pv * share)
                sums["cash_net"].append(-pv * share * line.cash[actor])
            continue
        kept = worth(line.kept[actor]) if actor in line.kept else pv
        for holder, part in ((actor, kept), (line.rest_to.get(actor), pv - kept)):
            if holder in group:
                sums["benefits"].append(part * share)
                sums["cash_net"].append(part * share * line.cash[actor])
                if holder in line.confirmed:
                    sums["benefits_confirmed"].append(part * share)


def flows_of(line: Line) -> list[tuple[str, str, float]]:
    """(giver, receiver, share) from each to each; from an actor to itself is no flow."""
    return [
        (giver, receiver, given * taken)
        for giver, given in line.givers.items()
        for receiver, taken in line.bearers.items()
        if giver != receiver
    ]


def perspectives_of(reading: Reading, lines: list[Line]) -> dict:
    groups = {"society": list(reading.case["actors"]), **(reading.case.get("perspectives") or {})}
    return {name: group_of(reading, lines, set(actors)) for name, actors in groups.items()}


def domains_of(reading: Reading, lines: list[Line]) -> dict:
    """Every domain that a line has, also at 0."""
    names = [line.domain for line in lines if line.domain is not None]
    if reading.case.get("excess_burden"):
        names.append("economic")
    result = {}
    for name in dict.fromkeys(names):
        inside = [x for x in lines if x.domain == name]
        costs = fsum(present_value(reading, x) for x in inside if society_sign(x) < 0)
        benefits = fsum(present_value(reading, x) for x in inside if society_sign(x) > 0)
        result[name] = {"costs": costs, "benefits": benefits, "net": benefits - costs}
    return result


# ------------------------------------------------------------------------------ lines and years


def lines_of(reading: Reading, lines: list[Line]) -> dict:
    result = {}
    for line in lines:
        if line.is_burden:
            continue
        entry: dict[str, Any] = {
            "kind": line.kind,
            "present_value": present_value(reading, line) if line.monetised else None,
            "quantity": None,
            "discounted_quantity": None,
        }
        if line.quantity is not None:
            entry["quantity"] = quantity_of(reading, line)
            entry["discounted_quantity"] = discounted(reading, line, line.quantity, beyond=False)
        result[line.id] = entry
    if reading.case.get("excess_burden"):
        parts = [present_value(reading, x) for x in lines if x.is_burden]
        result[BURDEN] = {
            "kind": "cost",
            "present_value": fsum(parts),
            "quantity": None,
            "discounted_quantity": None,
        }
    return result


def quantity_of(reading: Reading, line: Line) -> dict[str, float] | None:
    """quantity(y) in every year of the horizon."""
    if line.quantity is None:
        return None
    years = range(reading.base_year, reading.end)
    return {str(y): line.quantity.get(y, 0.0) for y in years}


def year_of(reading: Reading, lines: list[Line], year: int) -> dict:
    """Undiscounted, whatever the timing."""
    amounts = [(line, line.by_year.get(year, 0.0)) for line in lines]
    actors = {}
    for actor in reading.case["actors"]:
        sums: dict[str, list[float]] = {name: [] for name in SUMS}
        for line in lines:
            add_up(line, lambda by_year: by_year.get(year, 0.0), {actor}, sums)
        net = fsum(
            [
                *sums["benefits"],
                *(-c for c in sums["costs"]),
                *sums["transfers_received"],
                *(-p for p in sums["transfers_paid"]),
            ]
        )
        actors[actor] = {"net": net, "cash_net": fsum(sums["cash_net"])}
    return {
        "year": year,
        "costs": fsum(v for line, v in amounts if society_sign(line) < 0),
        "benefits": fsum(v for line, v in amounts if society_sign(line) > 0),
        "actors": actors,
    }


def unmonetised_of(reading: Reading, lines: list[Line]) -> list[dict]:
    result = []
    for line in lines:
        if line.monetised:
            continue
        given = reading.case["effects"][line.id]
        result.append(
            {
                "id": line.id,
                "title": given.get("title", line.id),
                "domain": line.domain,
                "unit": resolved(reading, given, "unit") or "unit",
                "quantity": quantity_of(reading, line),
                "note": given.get("note"),
            }
        )
    return result
