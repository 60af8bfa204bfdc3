"""Thirty intakes made from the example cases, without an exaggeration.

What varies between the intakes of one example, all of it drawn from the seed:

* size: reach, area and costs together by a factor 0.4 to 2.5;
* how dear it is: all costs by a factor 0.65 to 1.5, and every line by 0.85 to 1.2 more;
* population: 1.3 to 5 times what the largest effect needs at once;
* applicant, author, date, version and status; title and id;
* deadweight of effects that have it: 0.8 to 1.25 times that of the example;
* what is beside the euros: scenarios, alternatives, answers and theory are kept in one of three.

What makes an intake clean is that the applicant did the homework: every effect in euros has a
source and evidence, effects on the same unit for the same bearer stand in an overlap group, and
where a fund pays along, a part of the effects is left to it. Nothing was measured yet.
What `exaggerations` changes in twenty of them stands there and in `planted.md`.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from impactmonitor.resources import folder

Tree = dict[str, Any]
SOURCE = "deccos-meetstandaard-0-9"
NAMES = ("De Linde", "Noordveld", "Samen Vooruit", "Het Kompas", "Oosterpoort", "De Brug")
PEOPLE = ("A. de Boer", "M. Yilmaz", "S. Jansen", "K. van Dijk", "R. Bakker", "L. Visser")


@dataclass(frozen=True)
class Base:
    """An example and how it varies: what counts people, areas and the like grows with its size."""

    name: str
    example: str
    count: int
    sized: tuple[str, ...]
    at_once: float
    """People needed at once in the example, by its unit of population; 0 where it counts none."""


BASES = (
    Base("falls", "fall-prevention-65plus", 5, ("parameters.participants-per-year.value",), 800),
    Base("classes", "exercise-classes-measured", 4,
         ("parameters.participants-per-year.value", "effects.gp-consultations.quantity",
          "effects.club-members.quantity"), 400),
    Base("neighbours", "neighbourhood-prevention", 5,
         ("parameters.participants-per-year.value",), 600),
    Base("debts", "early-debt-help-measured", 5,
         ("parameters.households-per-year.value", "effects.out-of-debt.quantity"), 300),
    Base("homes", "warm-homes", 5,
         ("effects.gas-insulated.card.reach", "effects.gas-visited.card.reach",
          "effects.less-tax.quantity", "effects.less-greenhouse-gas.quantity"), 600),
    Base("green", "greening-roofs-gardens", 3,
         ("parameters.extensive-roof-area.value", "parameters.blue-green-roof-area.value",
          "parameters.garden-area.value"), 0),
    Base("walls", "walls-used-again", 3,
         ("effects.fewer-new-walls.quantity", "effects.less-greenhouse-gas.quantity",
          "effects.less-waste.quantity"), 0),
)  # fmt: skip
"""Thirty in all."""


def clean(seed: int) -> dict[str, Tree]:
    """Thirty intakes by id, without an exaggeration."""
    drawn = random.Random(seed)  # noqa: S311  nothing secret
    made: dict[str, Tree] = {}
    for base in BASES:
        tree = _example(base.example)
        for number in range(1, base.count + 1):
            name = f"{base.name}-{number}"
            made[name] = _varied(copy.deepcopy(tree), base, name, drawn)
    return made


def write(trees: Mapping[str, Tree], into: Path) -> Path:
    """The intakes as YAML files, one each."""
    into.mkdir(parents=True, exist_ok=True)
    for name, tree in trees.items():
        plain = json.loads(json.dumps(tree))  # nothing twice, so that no anchor is written
        text = yaml.dump(plain, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (into / f"{name}.yaml").write_text(text, encoding="utf-8")
    return into


# --- Variation ------------------------------------------------------------------------------------


def _example(name: str) -> Tree:
    from impactmonitor.plain import read_yaml

    tree = read_yaml((folder("examples") / name / "case.yaml").read_bytes()).tree
    assert isinstance(tree, dict)
    return tree


def _varied(tree: Tree, base: Base, name: str, drawn: random.Random) -> Tree:
    size = drawn.uniform(0.4, 2.5)
    tree["id"] = name
    tree["title"] = {language: f"{text} {name}" for language, text in tree["title"].items()}
    _applied(tree["about"], drawn)
    for path in base.sized:
        *keys, last = path.split(".")
        holder = _at(tree, keys)
        holder[last] = scaled(holder[last], size)
    dear = drawn.uniform(0.65, 1.5)
    for line in (*tree["costs"].values(), *tree.get("transfers", {}).values()):
        line["amount"] = scaled(line["amount"], size * dear * drawn.uniform(0.85, 1.2))
    room = drawn.uniform(1.3, 5.0)
    if base.at_once:
        tree["about"]["population"] = float(round(base.at_once * size * room))
    _homework(tree, drawn)
    for key in ("measurements", "monitoring"):
        tree.pop(key, None)
    if drawn.random() > 1 / 3:
        for key in ("scenarios", "alternatives", "scores", "theory", "arrangement"):
            tree.pop(key, None)
    if name in ("green-1", "walls-2"):
        paid_along(tree, 0.2)
    return tree


def _applied(about: Tree, drawn: random.Random) -> None:
    about["author"] = drawn.choice(PEOPLE)
    about["organisation"] = f"Stichting {drawn.choice(NAMES)}"
    about["date"] = f"2026-10-{drawn.randint(1, 28):02d}"
    about["version"] = str(drawn.randint(1, 4))
    about["status"] = drawn.choice(("draft", "reviewed", "final"))


def _homework(tree: Tree, drawn: random.Random) -> None:
    """Evidence, sources and overlap groups, as a careful applicant has them."""
    for effect in tree["effects"].values():
        effect.pop("measured_by", None)
        if not effect.get("monetised", True):
            continue
        effect.setdefault("source", SOURCE)
        if effect.get("evidence", "assumption") == "assumption":
            effect["evidence"] = drawn.choice(("literature-single", "measured-before-after"))
        if "deadweight" in effect:
            effect["deadweight"] = _share(effect["deadweight"], drawn.uniform(0.8, 1.25))
    if tree["id"].startswith("homes"):
        tree["overlaps"] = {"gas": {"lines": ["gas-insulated", "gas-visited"], "alpha": 1}}
        tree["alternatives"]["visits-only"]["changes"]["overlaps"] = None
    if tree["id"].startswith("neighbours"):
        tree["overlaps"]["work"] = {"lines": ["less-absence", "into-work"], "alpha": 1}
    if tree["id"].startswith("classes"):
        _with_card(tree["effects"]["treated-falls"])


def _with_card(effect: Tree) -> None:
    """The treated falls by an effect card instead of factors of one's own."""
    effect.pop("quantity")
    factors = effect.pop("factors")
    baseline = factors["treated-falls-per-person-year"]
    reach = {"parameter": "participants-per-year"}
    effect["card"] = {"id": "EC-FALL-EX-MEDCARE", "reach": reach, "baseline": baseline}


def paid_along(tree: Tree, left: float) -> None:
    """A fund pays along; ``left`` is the share of the effects that the applicant leaves to it."""
    tree["actors"]["fund"] = {"title": "Fonds", "kind": "foundation"}
    payer = next(iter(tree["costs"].values()))["paid_by"]
    to = payer if isinstance(payer, str) else next(iter(payer))
    grant = {"kind": "grant", "from": "fund", "to": to, "amount": 50000}
    tree.setdefault("inflation", 0.02)
    tree["instruments"] = {"grant-of-fund": grant}
    for effect in tree["effects"].values():
        if effect.get("monetised", True):
            effect["attribution_to_others"] = left


def scaled(figure: Any, by: float) -> Any:
    """A number in any of the forms that examples use, times a factor, to four figures."""
    if isinstance(figure, list):
        return [scaled(each, by) for each in figure]
    if isinstance(figure, dict) and "parameter" not in figure:
        return {key: scaled(each, by) for key, each in figure.items()}
    is_number = isinstance(figure, int | float) and not isinstance(figure, bool)
    return float(f"{figure * by:.4g}") if is_number else figure


def _share(figure: Any, by: float) -> Any:
    """A share times a factor; what was counted stays as it was counted."""
    return figure if isinstance(figure, dict) and "counts" in figure else scaled(figure, by)


def _at(tree: Tree, keys: list[str]) -> Any:
    for key in keys:
        tree = tree[key]
    return tree
