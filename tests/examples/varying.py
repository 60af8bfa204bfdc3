"""A smaller, larger, dearer or earlier variation of an example: a case of its own, but no new one.

A variation is made from the tree of the example: what stands beside its money is left out, volumes
and amounts are multiplied, and all years move. Nothing is drawn at random.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import floor, log10
from typing import Any

from impactmonitor.plain import read_yaml
from impactmonitor.resources import folder

Tree = dict[str, Any]
ByYear = float | Mapping[int, float]

_BESIDE = ("theory", "scores", "alternatives", "scenarios", "arrangement", "perspectives")
_COUNTED = ("participants per year", "households reported per year")
_YEAR_FIELDS = ("first_year", "base_year", "target_period", "period", "made", "date")
_DIGITS = 4
_WHY = {
    "nl": "Verzonnen, zoals de meting zelf.",
    "en": "Invented, as the measurement itself is.",
}


@dataclass(frozen=True)
class Variation:
    """How a case differs from the example that it was made from.

    Attributes
    ----------
    base : str
        Name of the example.
    title, area : tuple of str
        In Dutch and in English.
    size, cost, effect : float
        By what volumes and amounts, costs besides, and quantities besides are multiplied.
    years : int
        How much later everything happens.
    reached, paid : float, or by year, or None
        By what measured quantities and measured money are multiplied besides; None: not measured.
    price_year : int
        Of the money.
    added : Mapping
        What stands in the case besides, by path; None takes away.
    forecasts : bool
        Whether the forecasts of the example come along.
    """

    base: str
    title: tuple[str, str]
    area: tuple[str, str]
    size: float = 1.0
    cost: float = 1.0
    effect: float = 1.0
    years: int = 0
    reached: ByYear | None = None
    paid: ByYear = 1.0
    price_year: int = 2025
    added: Mapping[str, Any] = field(default_factory=dict)
    forecasts: bool = True


def rounded(number: float) -> float | int:
    """To four digits, whole numbers as such.

    Examples
    --------
    >>> rounded(96118.4), rounded(0.0123456), rounded(0)
    (96120, 0.01235, 0)
    """
    if number == 0:
        return 0
    digits = _DIGITS - 1 - floor(log10(abs(number)))
    found = round(number, digits)
    return int(found) if float(found).is_integer() else found


def times(node: Any, factor: float) -> Any:
    """A number, a distribution or numbers by year, multiplied; ``unknown`` stays what it is."""
    if isinstance(node, dict):
        return {key: node[key] if key == "parameter" else times(node[key], factor) for key in node}
    if isinstance(node, list):
        return [times(each, factor) for each in node]
    is_number = isinstance(node, (int, float)) and not isinstance(node, bool)
    return rounded(node * factor) if is_number else node


def varied(name: str, how: Variation) -> Tree:
    """The tree of the case.

    Parameters
    ----------
    name : str
        Its id.
    how : Variation
        From which example, and with what factors.
    """
    text = (folder("examples") / how.base / "case.yaml").read_bytes()
    tree: Tree = dict(read_yaml(text).tree)
    for key in _BESIDE:
        tree.pop(key, None)
    _without_notes(tree)
    _resize(tree, how)
    if how.reached is None:
        _without_measurements(tree)
    else:
        _remeasure(tree, how)
    tree = {
        key: value if key == "price_indices" else _moved(value, how.years, key)
        for key, value in tree.items()
    }
    _in_prices(tree, how.price_year)
    tree |= {"id": name, "title": dict(zip(("nl", "en"), how.title, strict=True))}
    _tell(tree, how)
    for path, value in how.added.items():
        put(tree, path, value)
    return tree


def put(tree: Tree, path: str, value: Any) -> None:
    """Write something at a path, or take it away."""
    *above, last = path.split(".")
    for key in above:
        tree = tree.setdefault(key, {})
    if value is None:
        tree.pop(last, None)
    else:
        tree[last] = value


def _without_notes(tree: Tree) -> None:
    """Its numbers are no longer those that the notes of the example explain."""
    for section in ("costs", "effects", "transfers"):
        for line in tree.get(section, {}).values():
            line.pop("note", None)


def _resize(tree: Tree, how: Variation) -> None:
    """Volumes by size (and effect), amounts by size (and cost)."""
    tree["about"]["population"] = times(tree["about"].get("population", 1), how.size)
    for line in tree["costs"].values():
        line["amount"] = times(line["amount"], how.size * how.cost)
    for line in tree.get("transfers", {}).values():
        line["amount"] = times(line["amount"], how.size)
    volumes = set()
    for line in tree["effects"].values():
        volumes |= _resize_effect(line, how)
    for name in volumes:
        value = tree["parameters"][name]["value"]
        tree["parameters"][name]["value"] = times(value, how.size * how.effect)


def _resize_effect(line: Tree, how: Variation) -> set[str]:
    """An effect; returns the parameter that holds its volume."""
    if "card" in line:
        line["card"]["reach"] = times(line["card"]["reach"], how.size * how.effect)
        return set()
    quantity = line["quantity"]
    if isinstance(quantity, dict) and "parameter" in quantity:
        return {quantity["parameter"]}
    line["quantity"] = times(quantity, how.size * how.effect)
    return set()


# --- measurements ---------------------------------------------------------------------------------


def _without_measurements(tree: Tree) -> None:
    for key in ("monitoring", "measurements"):
        tree.pop(key, None)
    for line in tree["effects"].values():
        line.pop("measured_by", None)


def _remeasure(tree: Tree, how: Variation) -> None:
    """What was measured, without drafts, seasons and breakdowns."""
    monitoring = tree.setdefault("monitoring", {})
    for key in ("periods", "dimensions", "lessons"):
        monitoring.pop(key, None)
    indicators = monitoring.get("indicators", {})
    indicators.pop("satisfied", None)
    for indicator in indicators.values():
        if indicator["measure"] != "ratio":
            _times_at(indicator, ("baseline", "target"), how.size)
    monitoring["forecasts"] = [
        _resized_forecast(one, indicators, how)
        for one in monitoring.get("forecasts", []) if how.forecasts
    ]  # fmt: skip
    tree["measurements"] = [
        _remeasured(one, indicators, how)
        for one in tree.get("measurements", []) if _is_kept(one)
    ]  # fmt: skip
    for line in tree["effects"].values():
        by = line.get("measured_by")
        if isinstance(by, dict):
            _times_at(by.get("factors", {}), _COUNTED, how.size)


def _is_kept(record: Tree) -> bool:
    is_season = str(record["period"]).startswith("season")
    return not is_season and record.get("status") != "draft" and "disaggregation" not in record


def _is_ratio(record: Tree, indicators: Tree) -> bool:
    return "indicator" in record and indicators[record["indicator"]]["measure"] == "ratio"


def _resized_forecast(record: Tree, indicators: Tree, how: Variation) -> Tree:
    if not _is_ratio(record, indicators):
        is_cost = record.get("line", "").startswith("costs.")
        _times_at(record, ("mean", "p05", "p95"), how.size * (how.cost if is_cost else how.effect))
    return record


def _remeasured(record: Tree, indicators: Tree, how: Variation) -> Tree:
    if "evidence" in record:
        record["evidence"] = dict(_WHY)
    if "field" in record:
        return record
    year = int(str(record["period"])[:4]) + how.years
    is_money = record.get("line", "").startswith(("costs.", "transfers."))
    moved = _of_year(how.paid if is_money else (how.reached or 1.0), year)
    size = how.size * (how.cost if record.get("line", "").startswith("costs.") else 1.0)
    if _is_ratio(record, indicators):
        _times_at(record, ("numerator",), size * moved)
        _times_at(record, ("denominator",), size)
    else:
        _times_at(record, ("value",), size * moved)
        _times_at(record, ("target",), size)
    for key in ("value", "numerator", "denominator"):
        if key in record and not is_money:
            record[key] = round(record[key])
    return record


def _of_year(factor: ByYear, year: int) -> float:
    return factor.get(year, 1.0) if isinstance(factor, Mapping) else factor


def _times_at(tree: Tree, keys: tuple[str, ...], factor: float) -> None:
    for key in keys:
        if key in tree:
            tree[key] = times(tree[key], factor)


# --- years and prices -----------------------------------------------------------------------------


def _moved(node: Any, years: int, key: str = "") -> Any:
    """Everything that says when, so many years later; price years stay."""
    if isinstance(node, dict):
        return {_later(name, years): _moved(value, years, name) for name, value in node.items()}
    if isinstance(node, list):
        return [_moved(each, years) for each in node]
    return _later(node, years) if key in _YEAR_FIELDS else node


def _later(node: Any, years: int) -> Any:
    """A year, a quarter or a date, so many years later; anything else as it is."""
    if isinstance(node, int):
        return node + years
    move: Callable[[re.Match[str]], str] = lambda found: str(int(found[1]) + years)  # noqa: E731
    return re.sub(r"^(20\d\d)(?=$|Q|-)", move, node) if isinstance(node, str) else node


def _in_prices(tree: Tree, year: int) -> None:
    """In prices of another year, with the scheme that holds when the case starts."""
    tree["price_year"] = year
    tree["discount"] = {"scheme": "nl-2021" if tree["base_year"] <= 2025 else "nl-2026"}


# --- what a reader is told ------------------------------------------------------------------------


def _number(value: float, language: str) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "nl" else text


def _tell(tree: Tree, how: Variation) -> None:
    """That it is invented, from which example it was made, and with what factors."""
    by = {key: tuple(_number(getattr(how, key), language) for language in ("nl", "en"))
          for key in ("size", "cost", "effect")}  # fmt: skip
    told = {
        "nl": (
            f"Verzonnen. Een variant van het voorbeeld {how.base}: omvang x {by['size'][0]}, "
            f"kosten x {by['cost'][0]}, effect x {by['effect'][0]}, {how.years} jaar verschoven."
        ),
        "en": (
            f"Invented. A variation of the example {how.base}: size x {by['size'][1]}, "
            f"cost x {by['cost'][1]}, effect x {by['effect'][1]}, moved by {how.years} years."
        ),
    }
    if how.reached is not None:
        told["nl"] += " Ook alle metingen zijn verzonnen."
        told["en"] += " All measurements are invented as well."
    tree["summary"] = told
    tree["about"] |= {
        "date": "2027-02-12",
        "area": dict(zip(("nl", "en"), how.area, strict=True)),
        "left_out": {
            "nl": f"Wat het voorbeeld {how.base} ook buiten beschouwing laat.",
            "en": f"What the example {how.base} leaves out as well.",
        },
    }
