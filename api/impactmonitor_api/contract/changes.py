"""Which changes of a contract would break a client that was made for the earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]
Pairs = frozenset[tuple[str, str]]
_CHOICES = ("anyOf", "oneOf", "allOf")


def breaking(old: Document, new: Document) -> list[str]:
    """What a client of one contract could no longer do with another one.

    Parameters
    ----------
    old, new : Mapping
        OpenAPI documents.

    Returns
    -------
    list of str
        A sentence for each: a route, a method or a parameter that is gone, a status of success
        that is gone, a parameter or a part of a body that is newly required or no longer known,
        a part of an answer that is gone or of another kind. Whatever is added breaks nothing.

    Examples
    --------
    >>> route = {"get": {"responses": {"200": {}}}}
    >>> breaking({"paths": {"/v1/cases": route}}, {"paths": {}})
    ['GET /v1/cases is gone']
    """
    found: list[str] = []
    for path, methods in old["paths"].items():
        for method, operation in methods.items():
            name = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                found.append(f"{name} is gone")
            else:
                found += _Operation(old, new, name).changes(operation, now)
    return list(dict.fromkeys(found))


class _Operation:
    """Compares one route in two contracts."""

    def __init__(self, old: Document, new: Document, name: str) -> None:
        self.old, self.new, self.name = old, new, name

    def changes(self, old: Document, new: Document) -> Iterator[str]:
        """What would break somebody who uses it."""
        yield from self._parameters(_parameters(old), _parameters(new))
        for kind, schema in _content(old.get("requestBody", {})).items():
            now = _content(new.get("requestBody", {})).get(kind)
            if now is None:
                yield f"{self.name}: a body of {kind} is no longer taken"
            else:
                yield from self._sent(schema, now, "body")
        for status, answer in old["responses"].items():
            if status.startswith("2"):
                yield from self._answer(status, answer, new["responses"].get(status))

    def _parameters(self, old: Document, new: Document) -> Iterator[str]:
        for key in old:
            if key not in new:
                yield f"{self.name}: the parameter {key} is gone"
        for key, parameter in new.items():
            was = key in old and old[key].get("required", False)
            if parameter.get("required", False) and not was:
                yield f"{self.name}: the parameter {key} is newly required"

    def _answer(self, status: str, old: Document, new: Document | None) -> Iterator[str]:
        if new is None:
            yield f"{self.name}: the status {status} is gone"
            return
        for kind, schema in _content(old).items():
            now = _content(new).get(kind)
            if now is None:
                yield f"{self.name}: an answer of {kind} is gone"
            else:
                yield from self._given(schema, now, "answer")

    def _given(self, old: Any, new: Any, at: str, seen: Pairs = frozenset()) -> Iterator[str]:
        """A part of an answer: nothing may go, and nothing become what it could not be."""
        pair = _named(old, new)
        if pair in seen:
            return
        old, new = _resolved(self.old, old), _resolved(self.new, new)
        more = _kinds(self.new, new) - _kinds(self.old, old)
        if more and _kinds(self.old, old):
            yield f"{self.name}: {at} can now be {', '.join(sorted(more))}"
        before, after = _fields(self.old, old), _fields(self.new, new)
        for key, field in before.items():
            if key not in after:
                yield f"{self.name}: {at}.{key} is gone"
            else:
                yield from self._given(field, after[key], f"{at}.{key}", seen | {pair})
        for inside, now in _inner(self.old, self.new, old, new):
            yield from self._given(inside, now, f"{at}[]", seen | {pair})

    def _sent(self, old: Any, new: Any, at: str, seen: Pairs = frozenset()) -> Iterator[str]:
        """A part of a body: all that could be sent still can, and is still enough."""
        pair = _named(old, new)
        if pair in seen:
            return
        old, new = _resolved(self.old, old), _resolved(self.new, new)
        fewer = _kinds(self.old, old) - _kinds(self.new, new)
        if fewer and _kinds(self.new, new):
            yield f"{self.name}: {at} can no longer be {', '.join(sorted(fewer))}"
        before, after = _fields(self.old, old), _fields(self.new, new)
        for key in set(new.get("required", ())) - set(old.get("required", ())):
            yield f"{self.name}: {at}.{key} is newly required"
        for key, field in before.items():
            if key not in after:
                yield f"{self.name}: {at}.{key} is no longer known"
            else:
                yield from self._sent(field, after[key], f"{at}.{key}", seen | {pair})
        for inside, now in _inner(self.old, self.new, old, new):
            yield from self._sent(inside, now, f"{at}[]", seen | {pair})


def _parameters(operation: Document) -> dict[str, Any]:
    return {f"{one['in']} {one['name']}": one for one in operation.get("parameters", ())}


def _content(body: Document) -> dict[str, Any]:
    return {kind: part.get("schema", {}) for kind, part in body.get("content", {}).items()}


def _named(old: Any, new: Any) -> tuple[str, str]:
    """By which two schemas that lead to themselves are known again."""
    return str(old.get("$ref", id(old))), str(new.get("$ref", id(new)))


def _resolved(document: Document, schema: Document) -> Document:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _branches(document: Document, schema: Document) -> Iterator[Document]:
    """A schema and all that it may be instead."""
    schema = _resolved(document, schema)
    yield schema
    for word in _CHOICES:
        for choice in schema.get(word, ()):
            yield from _branches(document, choice)


def _kinds(document: Document, schema: Document) -> set[str]:
    """The kinds of values, and the words where only some are possible."""
    found: set[str] = set()
    for branch in _branches(document, schema):
        if "enum" in branch or "const" in branch:
            found |= {_word(word) for word in branch.get("enum", [branch.get("const")])}
        elif "type" in branch:
            found |= {branch["type"]} if isinstance(branch["type"], str) else set(branch["type"])
    return found


def _word(value: object) -> str:
    """A value that may stand in an enumeration, as people write it in a sentence."""
    return f'"{value}"'


def _fields(document: Document, schema: Document) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for branch in _branches(document, schema):
        found |= branch.get("properties", {})
    return found


def _inner(old: Document, new: Document, was: Document, now: Document) -> Iterator[tuple[Any, Any]]:
    """What lists and mappings hold, before and after."""
    for word in ("items", "additionalProperties"):
        before = [b[word] for b in _branches(old, was) if isinstance(b.get(word), Mapping)]
        after = [b[word] for b in _branches(new, now) if isinstance(b.get(word), Mapping)]
        yield from zip(before, after, strict=False)
