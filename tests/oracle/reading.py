"""One reading of a case: every number at its expected value, or every number at its mode."""

from typing import Any

from .distributions import (
    ABOVE_MINUS_ONE,
    ANY,
    FROM_ZERO,
    SHARE,
    Bounds,
    expected,
    most_likely,
)

SCHEME_OF_EURO_CASES = "nl-2026"
MOMENT = {"start_of_year": 0.0, "mid_year": 0.5, "end_of_year": 1.0}

COST_FIELDS = {"amount": FROM_ZERO, "growth": ABOVE_MINUS_ONE, "optimism_bias": FROM_ZERO}
TRANSFER_FIELDS = {"amount": FROM_ZERO, "growth": ABOVE_MINUS_ONE}
EFFECT_FIELDS = {
    "quantity": ANY,
    "growth": ABOVE_MINUS_ONE,
    "factors": ANY,
    "drop_off": SHARE,
    "unit_value": ANY,
    "real_price_change": ABOVE_MINUS_ONE,
    "deadweight": SHARE,
    "displacement": SHARE,
    "attribution_to_others": SHARE,
    "optimism_bias": SHARE,
    "cashable": SHARE,
}
RANGES = {"costs": COST_FIELDS, "effects": EFFECT_FIELDS, "transfers": TRANSFER_FIELDS}


def year_map(node: Any) -> dict[int, Any] | None:
    """A map whose keys are years, with whole numbers as keys; anything else is None."""
    if isinstance(node, dict) and all(str(k).isdigit() and len(str(k)) == 4 for k in node):
        return {int(k): v for k, v in node.items()}
    return None


def shares_of(node: Any) -> dict[str, float]:
    """An actor, or a map actor → share."""
    return {node: 1.0} if isinstance(node, str) else {a: float(s) for a, s in node.items()}


def number_places(case: dict) -> list[tuple[Bounds, Any]]:
    """Every place of the case that may hold a number, with its range (§1)."""
    places: list[tuple[Bounds, Any]] = []
    discount = case.get("discount") or {}
    places.append((ABOVE_MINUS_ONE, discount.get("rate")))
    places += [(ABOVE_MINUS_ONE, rate) for rate in (discount.get("classes") or {}).values()]
    places.append((ABOVE_MINUS_ONE, case.get("inflation")))
    places.append((ABOVE_MINUS_ONE, (case.get("excess_burden") or {}).get("rate")))
    places += [(SHARE, o.get("alpha")) for o in (case.get("overlaps") or {}).values()]
    for section, fields in RANGES.items():
        for line in (case.get(section) or {}).values():
            for field, bounds in fields.items():
                node = line.get(field)
                several = isinstance(node, dict) and (
                    field == "factors"
                    or year_map(node) is not None
                    or (field == "cashable" and any(a in case["actors"] for a in node))
                )
                places += [(bounds, n) for n in (node.values() if several else [node])]
    return places


def bare(parameter: Any) -> Any:
    """The number of a parameter; a change at `parameters.ID` may put the number itself there."""
    is_whole = isinstance(parameter, dict) and "value" in parameter
    return parameter["value"] if is_whole else parameter


class Reading:
    """Numbers, prices and discount factors of a case, all read one way."""

    def __init__(self, case: dict, catalogue: dict, most_likely_values: bool = False):
        self.case, self.catalogue = case, catalogue
        self.of = most_likely if most_likely_values else expected
        self.base_year = int(case["base_year"])
        self.price_year = int(case["price_year"])
        self.end = self.base_year + int(case["horizon"])  # the first year that is not counted
        self.parameters = self._parameters()
        self.indices = self._indices()
        self.rates, self.classes = self._rates()
        self._factors: dict[tuple, float] = {}

    # ----------------------------------------------------------------------------- numbers

    def _parameters(self) -> dict[str, float]:
        """A parameter has the ranges of all the places that use it."""
        bounds = dict.fromkeys(self.case.get("parameters") or {}, ANY)
        for place, node in number_places(self.case):
            if isinstance(node, dict) and "parameter" in node:
                name = node["parameter"]
                bounds[name] = bounds[name].both(place)
        return {
            name: self.of(bare(given), bounds[name])
            for name, given in (self.case.get("parameters") or {}).items()
        }

    def number(self, node: Any, bounds: Bounds) -> float:
        if isinstance(node, dict) and "parameter" in node:
            return self.parameters[node["parameter"]]
        return self.of(node, bounds)

    def field(self, section: str, line: dict, name: str, default: float = 0.0) -> float:
        """The number in a field of a line, within the range of that field."""
        return self.number(line.get(name, default), RANGES[section][name])

    # ------------------------------------------------------------------------------ prices

    def _indices(self) -> dict[str, dict[int, float]]:
        """The case's index for a currency replaces the catalogue's."""
        indices = {c: dict(years) for c, years in self.catalogue["indices"].items()}
        for index in (self.case.get("price_indices") or {}).values():
            currency = index.get("currency", self.case["currency"])
            indices[currency] = {int(y): float(v) for y, v in index["years"].items()}
        return indices

    def price_factor(self, currency: str, price_year: int | None) -> float:
        """By index in the own currency, then by the exchange rate of the case's price year."""
        factor = 1.0
        if price_year is not None and price_year != self.price_year:
            index = self.indices[currency]
            factor *= index[self.price_year] / index[price_year]
        if currency != self.case["currency"]:
            rates = self.case["exchange_rates"][currency]
            factor *= {int(y): float(r) for y, r in rates.items()}[self.price_year]
        return factor

    def line_price_factor(self, line: dict) -> float:
        currency = line.get("currency", self.case["currency"])
        return self.price_factor(currency, int(line.get("price_year", self.price_year)))

    def deflator(self, line: dict, year: int) -> float:
        """Nominal amounts: what they are ÷ by to stand in the line's own price year."""
        if line.get("prices", "real") != "nominal":
            return 1.0
        inflation = self.number(self.case["inflation"], ABOVE_MINUS_ONE)
        return (1 + inflation) ** (year - int(line.get("price_year", self.price_year)))

    # ------------------------------------------------------------------------- discounting

    def _rates(self) -> tuple[list, dict]:
        """Steps (until, rate) of the standard class, and of the other classes by name."""
        discount = self.case.get("discount") or {}
        if "rate" in discount:
            classes = {
                name: [(float("inf"), self.number(rate, ABOVE_MINUS_ONE))]
                for name, rate in (discount.get("classes") or {}).items()
            }
            return [(float("inf"), self.number(discount["rate"], ABOVE_MINUS_ONE))], classes
        scheme = self.catalogue["schemes"][discount.get("scheme", SCHEME_OF_EURO_CASES)]
        classes = {
            name: [(float(s.get("until") or "inf"), float(s["rate"])) for s in steps]
            for name, steps in scheme["rates"].items()
        }
        return classes["standard"], classes

    def timing(self, line: dict) -> float:
        default = (self.case.get("discount") or {}).get("timing", "start_of_year")
        return MOMENT[line.get("timing", default)]

    def case_timing(self) -> float:
        return self.timing({})

    def discount_factor(self, discount_class: str, moment: float) -> float:
        """D: step by step through the rates; a class that is lacking takes the standard one."""
        key = (discount_class, moment)
        if key not in self._factors:
            factor, start = 1.0, 0.0
            for until, rate in self.classes.get(discount_class, self.rates):
                length = min(until, moment) - start
                if length <= 0:
                    break
                factor *= (1 + rate) ** -length
                start += length
            self._factors[key] = factor
        return self._factors[key]
