"""What pydantic finds wrong, said as our problems: stable codes, clean paths, nearest names."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from impactmonitor.model.numbers import UNCERTAIN
from impactmonitor.problems import Problem, listed, nearest

_CODES = {
    "missing": "missing-field",
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
    "dict_type": "not-a-mapping",
    "mapping_type": "not-a-mapping",
    "list_type": "not-a-list",
    "tuple_type": "not-a-list",
    "string_type": "not-text",
    "string_sub_type": "not-text",
    "string_unicode": "control-character",
    "string_too_long": "text-too-long",
    "string_too_short": "text-empty",
    "bool_type": "not-true-or-false",
    "float_type": "not-a-number",
    "int_type": "not-a-whole-number",
    "int_from_float": "not-a-whole-number",
    "int_parsing_size": "not-a-whole-number",
    "finite_number": "not-finite",
    "date_type": "not-a-date",
    "literal_error": "not-one-of",
    "union_tag_not_found": "unknown-number-form",
    "union_tag_invalid": "no-parameter-here",
    "greater_than": "too-low",
    "greater_than_equal": "too-low",
    "less_than": "too-high",
    "less_than_equal": "too-high",
    "too_short": "too-few",
    "too_long": "wrong-length",
    "string_pattern_mismatch": "invalid-name",
}
_TRIPLE_SIZE_ERRORS = {"missing", "too_long"}
_SIGNS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
_WORDS = {"None": "null", "True": "true", "False": "false"}
_WORDS |= {"nan": "NaN", "inf": "∞", "-inf": "-∞"}
_MARKS = frozenset(
    {f"<{form.tag}>" for form in UNCERTAIN}
    | {
        "<parameter>",
        "<number>",
        "<years>",
        "<text>",
        "<translated>",
        "<actor>",
        "<shares>",
        "<card>",
        "<same>",
        "<several>",
        "<status>",
        "<assessment>",
        "<link>",
        "<measured>",
    }
    | {"<by-actor>", "[key]"}
)
MAX_SHOWN = 60
MAX_BITS = 1000


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """All findings of a validation, one problem per mistake, in the order of the document.

    Parameters
    ----------
    error : pydantic.ValidationError
        What pydantic raised.
    model : type
        The model that was validated, for the names that are allowed at each place.

    Returns
    -------
    list of Problem
        Errors with clean paths (no names of union members) and stable codes.
    """
    found = listed(_one_per_place(error, model))
    misspelt = {
        ".".join([*p.path.split(".")[:-1], str(p.params["nearest"])])
        for p in found
        if p.code == "unknown-key" and p.params["nearest"]
    }
    return [p for p in found if p.code != "missing-field" or p.path not in misspelt]


def _one_per_place(error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    seen: set[str] = set()
    for details in error.errors(include_url=False):
        problem = _problem(details, model)
        if problem.path not in seen:
            seen.add(problem.path)
            yield problem


def path_of(location: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys of a pydantic location without the marks of union members."""
    return tuple(str(part) for part in location if part not in _MARKS)


def shown(value: Any) -> str:
    """A value as it is quoted in a sentence: short, and never a structure."""
    is_huge = isinstance(value, int) and value.bit_length() > MAX_BITS
    if is_huge or isinstance(value, dict | list | tuple | set | frozenset | BaseModel):
        return "…"
    text = _WORDS.get(repr(value)) or (str(value) if isinstance(value, str) else repr(value))
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _problem(details: ErrorDetails, model: type[BaseModel]) -> Problem:
    keys = path_of(details["loc"]) or tuple(str(part) for part in details["loc"])
    path, kind = ".".join(keys), details["type"]
    context = details.get("ctx", {})
    params: dict[str, object] = {**context, "value": shown(details["input"])}
    if kind == "extra_forbidden":
        return _unknown_key(path, keys, model)
    if kind in _TRIPLE_SIZE_ERRORS and keys and keys[-1].isdigit() and len(keys[-1]) < 4:
        return Problem("wrong-length", ".".join(keys[:-1]), params)
    code = _CODES.get(kind) or (kind if "-" in kind else "invalid-value")
    if kind == "missing":
        params["field"] = keys[-1]
    if kind == "literal_error":
        params["expected"] = str(context["expected"]).replace(" or ", ", ").replace("'", "")
    limits = (f"{sign} {context[name]:g}" for name, sign in _SIGNS.items() if name in context)
    params["limit"] = next(limits, "")
    return Problem(code, path, params)


def _unknown_key(path: str, keys: tuple[str, ...], model: type[BaseModel]) -> Problem:
    key = keys[-1]
    models = [t for t in types_at(model, keys[:-1]) if _is_model(t)]
    known = [field_key(t, name) for t in models for name in t.model_fields]
    return Problem(
        "unknown-key",
        path,
        {"key": shown(key), "nearest": nearest(key, (name for name in known if name != key))},
    )


def field_key(model: type[BaseModel], name: str) -> str:
    """The key under which a field is written (``from`` for the attribute ``from_``)."""
    return model.model_fields[name].alias or name


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def types_at(model: type[BaseModel], keys: tuple[str, ...]) -> list[Any]:
    """The types that a value at the end of a path of keys may have.

    Examples
    --------
    >>> from impactmonitor.model.case import Case, Actor
    >>> types_at(Case, ("actors", "insurer")) == [Actor]
    True
    """
    candidates: list[Any] = [model]
    for key in keys:
        candidates = [m for t in candidates for a in _below(t, key) for m in members(a)]
    return candidates


def _below(kind: Any, key: str) -> Iterator[Any]:
    """The annotations of what stands under a key of a value of this type."""
    if _is_model(kind):
        for name, info in kind.model_fields.items():
            if field_key(kind, name) == key:
                yield info.annotation
    elif get_origin(kind) is dict:
        yield get_args(kind)[1]
    elif get_origin(kind) in (list, tuple):
        yield get_args(kind)[0]


def members(annotation: Any) -> list[Any]:
    """The members of a union, without the metadata around them."""
    if hasattr(annotation, "__metadata__"):
        return members(annotation.__origin__)
    if get_origin(annotation) in (Union, types.UnionType):
        return [m for a in get_args(annotation) for m in members(a)]
    return [annotation]
