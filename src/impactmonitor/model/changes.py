"""Variants of a case: the case with changes at named paths, checked again as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from impactmonitor.model.case import Case, Variant
from impactmonitor.model.legs import Leg
from impactmonitor.model.lines import Cost, Effect, Transfer
from impactmonitor.model.numbers import Distribution, OwnNumber
from impactmonitor.model.prefilled import PrefilledEffect
from impactmonitor.model.record import Record
from impactmonitor.model.validation import field_key, problems_of, types_at
from impactmonitor.problems import MAX_PROBLEMS, InvalidInput, Problem, listed, nearest

MEASURED = ("monitoring", "measurements")
"""What happened in the case as it is; a variant of it was never carried out."""

FIXED = frozenset({"impactmonitor", "id", "scenarios", "alternatives", "decisions", *MEASURED})
"""What makes the case this case: a variant of it cannot change that."""


_NAMED = (
    "costs", "effects", "transfers", "actors", "parameters", "overlaps", "sources", "instruments",
    "contracts",
)  # fmt: skip


_WRITTEN = (Cost, Effect, Transfer)
"""The kinds of lines that stand in a case; all others were worked out from them."""


class _OwnNumber(Record):
    value: OwnNumber


@dataclass(frozen=True, slots=True)
class Changed:
    """A case after changes.

    Attributes
    ----------
    case : Case or None
        The changed case, without alternatives and scenarios of its own; of changes with
        mistakes, what the others make of it; None where that has not the form of a case.
    values : Mapping[str, float or Distribution]
        Catalogue values that count as something else in this variant, by id.
    problems : tuple of Problem
        Unknown paths, and what is wrong with the form of the changed case.
    """

    case: Case | None
    values: Mapping[str, float | Distribution] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def sound(self) -> Case:
        """The changed case, if nothing is wrong with the changes.

        Raises
        ------
        InvalidInput
            With the problems.
        """
        if self.case is None or self.problems:
            raise InvalidInput(self.problems)
        return self.case


def plain(case: Case, is_prefilled: bool = False) -> dict[str, Any]:
    """A case as plain values, holding what was given: no defaults, no legs of instruments.

    Parameters
    ----------
    case : Case
        As it was written, or with what was added to it for the calculation.
    is_prefilled : bool
        Whether to keep what effect cards filled in.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1,
    ...     "actors": {"city": {"kind": "municipality"}},
    ... })
    >>> plain(case)["actors"]
    {'city': {'kind': 'municipality'}}
    """
    legs = {name for name, line in case.transfers.items() if isinstance(line, Leg)}
    left_out = {"transfers": legs} if legs else None
    tree = case.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=left_out)
    for name, effect in case.effects.items():
        if isinstance(effect, PrefilledEffect) and not is_prefilled:
            own = effect.written.model_dump(mode="json", by_alias=True, exclude_unset=True)
            tree["effects"][name] = own
    return tree


def apply_changes(case: Case, variant: Variant) -> Changed:
    """The case with the changes of a variant.

    A change replaces the whole node at its path, ``null`` removes it, and a field with a default
    may be named though it is absent. A number for ``parameters.ID`` is its value; one for
    ``values.ID`` stands for the catalogue value of that id.

    Parameters
    ----------
    case : Case
        The case as it was written.
    variant : Variant
        An alternative or a scenario.

    Returns
    -------
    Changed
        Whether the changed case keeps its rules is not checked here.
    """
    changed = _applied(_opened(case, variant), variant)
    # a name that is close to a misspelt one is sought everywhere
    return _applied(plain(case), variant) if changed.problems else changed


def _opened(case: Case, variant: Variant) -> dict[str, Any]:
    """A tree of a case: plain values where a variant changes it, its own records elsewhere.

    Records were checked when they were made and cannot change, so that a variant costs what its
    changes cost, and not what the whole case costs.
    """
    if any(type(line) not in _WRITTEN for line in case.lines().values()):
        return plain(case)
    tree = {name: getattr(case, name) for name in case.model_fields_set}
    reached: dict[str, Any] = {}
    for path in variant.changes:
        section, _, inner = path.partition(".")
        if isinstance(tree.get(section), dict):
            reached.setdefault(section, set()).add(inner.partition(".")[0])
        elif section in tree:
            reached[section] = True
    measured = {n for n, one in case.effects.items() if "measured_by" in one.model_fields_set}
    if measured:
        reached.setdefault("effects", set()).update(measured)
    dumped = case.model_dump(mode="json", by_alias=True, exclude_unset=True, include=reached)
    for section, names in reached.items():
        whole = names is True
        tree[section] = dumped[section] if whole else {**tree[section], **dumped.get(section, {})}
    return tree


def _applied(tree: dict[str, Any], variant: Variant) -> Changed:
    """What the changes of a variant make of the tree of a case."""
    for name in ("scenarios", "alternatives", "decisions", *MEASURED):
        tree.pop(name, None)
    problems: list[Problem] = []
    values: dict[str, float | Distribution] = {}
    # a change to a whole node comes before one inside it, in whatever order they were written
    for path in sorted(variant.changes, key=lambda p: (p.count("."), p)):
        keys, value = path.split("."), _thawed(variant.changes[path])
        if keys[0] == "values" and len(keys) == 2:
            problems += _override(values, path, keys[1], value)
        elif keys[0] in FIXED:
            problems.append(Problem("path-not-changeable", path, {"path": path}))
        elif not _replace(tree, keys, value):
            params = {"path": path, "nearest": _nearest_path(tree, keys)}
            problems.append(Problem("unknown-path", path, params, premises=(path,)))
            if len(problems) > MAX_PROBLEMS:
                return Changed(None, values, tuple(listed(problems)))
    _forget_measuring(tree)
    try:
        return Changed(Case.model_validate(tree), values, tuple(problems))
    except ValidationError as error:
        return Changed(None, values, (*problems, *problems_of(error, Case)))


def _forget_measuring(tree: dict[str, Any]) -> None:
    """What an effect is measured by is an indicator of the monitoring, which is left out."""
    effects = tree.get("effects")
    for effect in effects.values() if isinstance(effects, dict) else ():
        if isinstance(effect, dict):
            effect.pop("measured_by", None)


def _nearest_path(tree: dict[str, Any], keys: list[str]) -> str:
    """The path that is meant where names in it are misspelt, or its section is another one."""
    has_section = keys[0] in Case.model_fields and len(keys) > 1
    name = keys[1] if has_section else keys[0]
    sections = (kind for kind in _NAMED if name in tree.get(kind, ()))
    moved = next(sections, None)
    node: Any = tree
    found: list[str] = []
    for key in keys if moved is None else [moved, *keys[has_section:]]:
        known = [*(node if isinstance(node, dict) else ()), *_fields_at(found)]
        best = key if key in known else nearest(key, known)
        if not best:
            return ""
        found.append(best)
        node = node.get(best) if isinstance(node, dict) else None
    return ".".join(keys[:-1] if found == keys else found)


def _fields_at(keys: list[str]) -> list[str]:
    """The fields of the records that may stand at a path."""
    kinds = (t for t in types_at(Case, tuple(keys)) if hasattr(t, "model_fields"))
    names = [field_key(kind, name) for kind in kinds for name in kind.model_fields]
    return names if keys else [name for name in names if name not in FIXED]


def _override(
    values: dict[str, float | Distribution], path: str, name: str, value: Any
) -> list[Problem]:
    try:
        values[name] = _OwnNumber.model_validate({"value": value}).value
    except ValidationError as error:
        found = problems_of(error, _OwnNumber)
        return [Problem(p.code, f"{path}{p.path.removeprefix('value')}", p.params) for p in found]
    return []


def _replace(tree: dict[str, Any], keys: list[str], value: Any) -> bool:
    """Replace a node of the tree; False when its path does not exist."""
    *above, last = keys
    node: Any = tree
    for depth, key in enumerate(above):
        if not isinstance(node, dict):
            return False
        if key not in node:
            if not _is_field(keys[: depth + 1]):
                return False
            if value is None:
                return _is_field(keys)
            node[key] = {}
        node = node[key]
    if not isinstance(node, dict) or (last not in node and not _is_field(keys)):
        return False
    if value is None:
        node.pop(last, None)
    elif len(keys) == 2 and keys[0] == "parameters" and not _is_parameter(value):
        node[last] = {**node[last], "value": value}
    else:
        node[last] = value
    return True


def _thawed(value: Any) -> Any:
    """A copy that later changes may change again."""
    if isinstance(value, dict):
        return {key: _thawed(inner) for key, inner in value.items()}
    return [_thawed(inner) for inner in value] if isinstance(value, list | tuple) else value


def _is_parameter(value: Any) -> bool:
    return isinstance(value, Mapping) and "value" in value


def _is_field(keys: list[str]) -> bool:
    """Whether the last key is a field of a record, so that it may be absent."""
    return keys[-1] in _fields_at(keys[:-1])
