"""From a line of the case to amounts by year, in the case's prices and currency."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .reading import ANY, FROM_ZERO, SHARE, Reading, shares_of, year_map


@dataclass
class Line:
    """What a line comes to. `by_year` holds a cost as positive, a benefit with its sign."""

    id: str
    kind: str  # cost, effect or transfer
    moment: float  # 0, 0.5 or 1 within the year
    discount_class: str
    by_year: dict[int, float]
    domain: str | None = None
    bearers: dict[str, float] = field(default_factory=dict)  # who pays a cost or gets an effect
    givers: dict[str, float] = field(default_factory=dict)  # of a transfer of any sort
    cash: dict[str, float] = field(default_factory=dict)  # share that is cash, by actor
    confirmed: set[str] = field(default_factory=set)
    kept: dict[str, dict[int, float]] = field(default_factory=dict)  # who keeps less than all
    rest_to: dict[str, str] = field(default_factory=dict)  # and who has the rest
    monetised: bool = True
    quantity: dict[int, float] | None = None
    is_burden: bool = False

    @property
    def moves(self) -> bool:
        """True for what only changes hands."""
        return bool(self.givers)


def repeated(reading: Reading, section: str, line: dict, name: str) -> dict[int, float]:
    """A number repeated `years` times and growing, or the map of years as it stands."""
    by_year = year_map(line[name])
    bounds = FIELD_BOUNDS[section]
    if by_year is not None:
        return {y: reading.number(v, bounds) for y, v in by_year.items()}
    amount = reading.number(line[name], bounds)
    growth = reading.field(section, line, "growth")
    first = int(line.get("first_year", reading.base_year))
    years = range(first, first + int(line.get("years", 1)))
    return {y: amount * (1 + growth) ** (y - first) for y in years}


FIELD_BOUNDS = {"costs": FROM_ZERO, "transfers": FROM_ZERO, "effects": ANY}


# ------------------------------------------------------------------------ costs and transfers


def cost(reading: Reading, name: str, given: dict) -> Line:
    """§2."""
    bearers = shares_of(given["paid_by"])
    bias = reading.field("costs", given, "optimism_bias")
    return Line(
        id=name,
        kind="cost",
        moment=reading.timing(given),
        discount_class=given.get("discount_class", "standard"),
        by_year=amounts(reading, "costs", given, 1 + bias),
        domain=given.get("domain", "economic"),
        bearers=bearers,
        cash={a: 0.0 if given.get("in_kind") else 1.0 for a in bearers},
    )


def transfer(reading: Reading, name: str, given: dict) -> Line:
    """§4."""
    return Line(
        id=name,
        kind="transfer",
        moment=reading.timing(given),
        discount_class="standard",
        by_year=amounts(reading, "transfers", given, 1.0),
        bearers={given["to"]: 1.0},
        givers={given["from"]: 1.0},
        cash={a: 0.0 if given.get("in_kind") else 1.0 for a in (given["from"], given["to"])},
    )


def amounts(reading: Reading, section: str, given: dict, bias: float) -> dict[int, float]:
    """Amounts × bias, nominal ones deflated, in the case's prices and currency."""
    price = reading.line_price_factor(given)
    entries = repeated(reading, section, given, "amount")
    return {y: a * bias / reading.deflator(given, y) * price for y, a in entries.items()}


# ------------------------------------------------------------------------------------ effects


def effect(reading: Reading, point: Reading, name: str, given: dict) -> Line:
    """§3. `point` is the reading at expected values: it settles which way optimism leans."""
    monetised = given.get("monetised", True)
    line = Line(
        id=name,
        kind="effect",
        moment=reading.timing(given),
        discount_class=resolved(reading, given, "discount_class") or "standard",
        by_year={},
        domain=resolved(reading, given, "domain"),
        monetised=monetised,
    )
    if given["quantity"] != "unknown":
        line.quantity = quantities(reading, given)
    if not monetised:
        return line
    line.by_year = values(reading, point, given)
    line.bearers = bearers_of(reading, given)
    if "taken_from" in given:
        line.givers = shares_of(given["taken_from"])
        line.cash = dict.fromkeys([*line.bearers, *line.givers], 1.0)
        return line
    line.cash = cash_shares(reading, given, line.bearers)
    agreed = given.get("confirmation") or {}
    line.confirmed = {a for a, state in agreed.items() if state == "confirmed"}
    for actor in line.bearers:
        retention = reading.case["actors"][actor].get("retention")
        if retention:
            line.kept[actor] = values(reading, point, given, retention)
            line.rest_to[actor] = retention["rest_to"]
    return line


def indicator_of(reading: Reading, given: dict) -> dict:
    name = given.get("indicator")
    return reading.catalogue["indicators"][name] if name else {}


def catalogue_value_of(reading: Reading, given: dict) -> dict:
    """The catalogue value that a line names itself or through its indicator."""
    source = given.get("unit_value", indicator_of(reading, given).get("unit_value"))
    return reading.catalogue["values"][source] if isinstance(source, str) else {}


def background_of(reading: Reading, given: dict) -> dict:
    """The value that a line names, or else the one that its indicator gives."""
    named = indicator_of(reading, given).get("unit_value")
    own = given.get("unit_value")
    source = own if isinstance(own, str) else named
    return reading.catalogue["values"][source] if isinstance(source, str) else {}


def resolved(reading: Reading, given: dict, name: str) -> Any:
    """The line's own word, else the indicator's, else, but for the domain, the value's."""
    sources = [given, indicator_of(reading, given)]
    if name != "domain":
        sources.append(background_of(reading, given))
    for source in sources:
        if source.get(name) is not None:
            return source[name]
    return None


def bearers_of(reading: Reading, given: dict) -> dict[str, float]:
    """The line's actors; else the one actor of the kind that indicator or value names."""
    if "falls_to" in given:
        return shares_of(given["falls_to"])
    kind = resolved(reading, given, "falls_to")
    candidates = [a for a, actor in reading.case["actors"].items() if actor["kind"] == kind]
    (only,) = candidates
    return {only: 1.0}


def cash_shares(reading: Reading, given: dict, bearers: dict) -> dict[str, float]:
    """One share for all, or a map in which who is not named has none."""
    node = given.get("cashable", 0.0)
    if isinstance(node, dict) and (not node or any(a in bearers for a in node)):
        return {a: reading.number(node.get(a, 0.0), SHARE) for a in bearers}
    share = reading.number(node, SHARE)
    return dict.fromkeys(bearers, share)


def starts(reading: Reading, given: dict) -> dict[int, float]:
    """Π factors · Q(e) by entry year."""
    factor = 1.0
    for node in (given.get("factors") or {}).values():
        factor *= reading.number(node, ANY)
    entries = repeated(reading, "effects", given, "quantity")
    return {entry: factor * q for entry, q in entries.items()}


def years_after(reading: Reading, given: dict, entry: int) -> list[tuple[int, float]]:
    """(year y, S_k) for every k = y − e − lag with 0 ≤ k < lasts."""
    drop_off = reading.field("effects", given, "drop_off")
    left, result = 1.0, []
    for k in range(int(given.get("lasts", 1))):
        result.append((entry + int(given.get("lag", 0)) + k, left))
        left *= 1 - drop_off
    return result


def quantities(reading: Reading, given: dict) -> dict[int, float]:
    """quantity(y), gross."""
    by_year: dict[int, float] = {}
    for entry, started in starts(reading, given).items():
        for year, left in years_after(reading, given, entry):
            by_year[year] = by_year.get(year, 0.0) + started * left
    return by_year


def kept_of(retention: dict, years: int) -> float:
    """What is kept so many years after the year of the entry."""
    stays = 1.0
    for _ in range(years):
        stays *= 1 - retention.get("yearly_leaving", 0.0)
    return retention.get("share", 1.0) * (1 - retention.get("equalised", 0.0)) * stays


def values(
    reading: Reading, point: Reading, given: dict, retention: dict | None = None
) -> dict[int, float]:
    """value(y), entry by entry because optimism leans by the sign of the entry.

    With a retention: of all the effect, what is kept of it by an actor that has it all.
    """
    taken_off = 1.0
    for name in ("deadweight", "displacement", "attribution_to_others"):
        taken_off *= 1 - reading.field("effects", given, name)
    change = reading.field("effects", given, "real_price_change")
    price_from = int(given.get("real_price_from", reading.base_year))
    bias = reading.field("effects", given, "optimism_bias")
    started_at_point = starts(point, given)
    by_year: dict[int, float] = {}
    for entry, started in starts(reading, given).items():
        for year, left in years_after(reading, given, entry):
            is_harm = started_at_point[entry] * unit_value(point, given, year) < 0
            leaning = 1 + bias if is_harm else 1 - bias
            price = unit_value(reading, given, year) * (1 + change) ** (year - price_from)
            value = started * left * price * taken_off * leaning
            value *= kept_of(retention, year - entry) if retention else 1.0
            by_year[year] = by_year.get(year, 0.0) + value
    return by_year


def unit_value(reading: Reading, given: dict, year: int) -> float:
    """Money per unit of the line in a year, in the case's prices and currency."""
    own = given.get("unit_value")
    if own is None or isinstance(own, str):
        value = catalogue_value_of(reading, given)
        money = reading.number(value["value"], ANY)
        rebased = money * reading.price_factor(value["currency"], value["price_year"])
        return rebased * units_in(reading, resolved(reading, given, "unit"), value.get("unit"))
    by_year = year_map(own)
    if by_year is None:
        money = reading.number(own, ANY)
    else:
        money = interpolated({y: reading.number(v, ANY) for y, v in by_year.items()}, year)
    return money * reading.line_price_factor(given)


def interpolated(points: dict[int, float], year: int) -> float:
    """Linear between the years named, constant outside."""
    years = sorted(points)
    if year <= years[0]:
        return points[years[0]]
    for before, after in pairwise(years):
        if year <= after:
            part = (year - before) / (after - before)
            return points[before] + part * (points[after] - points[before])
    return points[years[-1]]


def units_in(reading: Reading, own: str | None, of_value: str | None) -> float:
    """How many units of the value go into one unit of the line."""
    if own is None or of_value is None or own == of_value:
        return 1.0
    table = reading.catalogue["units"]
    if table[own]["dimension"] != table[of_value]["dimension"]:
        raise ValueError(f"{own} does not convert to {of_value}")
    return table[own]["factor"] / table[of_value]["factor"]
