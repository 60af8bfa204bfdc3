"""Hostile bytes to plain values: strict YAML 1.2 (core schema) and JSON.

What comes out is only mappings with text keys, lists, texts, numbers, booleans and null. What
could surprise is refused with its place: duplicate keys, anchors, aliases, merge keys, tags,
several documents, deep nesting, large files, other encodings than UTF-8. What is refused costs
little: memory and time are bounded by the limits below.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from impactmonitor.problems import MAX_PROBLEMS, InvalidInput, Problem, listed

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_NODES = 50_000
MAX_KEY = 300
MAX_SHOWN = 60
_MAX_DIGITS = 300

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **{sign + word: math.inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **{"-" + word: -math.inf for word in (".inf", ".Inf", ".INF")},
}
_INT = re.compile(r"[-+]?[0-9]+\Z")
_BASED = re.compile(r"0o[0-7]{1,80}\Z|0x[0-9a-fA-F]{1,80}\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A tree of plain values and the places of its nodes.

    Attributes
    ----------
    tree : object
        Mappings with text keys, lists, texts, numbers, booleans, None.
    problems : tuple of Problem
        What was refused on the way; the tree then holds the rest.
    lines : Mapping[str, int]
        Line of each path, counted from 1; empty for JSON.
    """

    tree: Any
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, path: str) -> int | None:
        """The line of a path, or of the nearest node above it."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path)

    def located(self, problem: Problem) -> Problem:
        """The problem with its place in the file."""
        if problem.line is not None:
            return problem
        return replace(problem, line=self.line_of(problem.path))


def decode(data: bytes) -> str:
    """The text of a file, which has to be UTF-8 of a reasonable size.

    Raises
    ------
    InvalidInput
        ``file-too-large`` above 5 MB, ``file-not-utf8``, ``file-empty``.
    """
    if len(data) > MAX_BYTES:
        raise InvalidInput([Problem("file-too-large", params={"megabytes": MAX_BYTES // 10**6})])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput([Problem("file-not-utf8", params={"byte": error.start})]) from None
    if not text.strip():
        raise InvalidInput([Problem("file-empty")])
    return text


def read_yaml(data: bytes) -> Document:
    r"""Read one YAML document under the core schema of YAML 1.2.

    ``1e5`` is a number, ``no`` and ``on`` are text; every key is the text as it was written.

    Raises
    ------
    InvalidInput
        If the file is no YAML at all. Findings that leave the rest readable are in
        ``Document.problems``.

    Examples
    --------
    >>> read_yaml(b"a: 1e5\nb: no\n2025: [1, ~]").tree
    {'a': 100000.0, 'b': 'no', '2025': [1, None]}
    """
    return _YamlReader().read(decode(data))


def read_json(data: bytes) -> Document:
    """Read one JSON document.

    NaN and infinities pass here, and are refused with their path where a number is expected.

    Raises
    ------
    InvalidInput
        If the file is no JSON at all.

    Examples
    --------
    >>> read_json(b'{"a": 1, "a": 2}').problems[0].code
    'duplicate-key'
    """
    text = decode(data)
    if text.count("[") + text.count("{") > 2 * MAX_NODES:  # they would pile up before they count
        raise InvalidInput([_too_many_nodes()])
    reader = _JsonReader(has_escapes="\\u" in text)
    try:
        tree = json.loads(text, object_pairs_hook=reader.mapping, parse_int=_integer)
    except json.JSONDecodeError as error:
        params = {"line": error.lineno, "column": error.colno, "detail": error.msg}
        raise InvalidInput([Problem("json-syntax", params=params, line=error.lineno)]) from None
    except RecursionError:
        raise InvalidInput([Problem("too-deep", params={"depth": MAX_DEPTH})]) from None
    return Document(reader.checked(tree), tuple(reader.problems))


class _Repeating(dict[str, Any]):
    """A mapping in which a key stood more than once; the first one counts."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        self.repeated: dict[str, None] = {}
        for key, value in pairs:
            if key in self:
                self.repeated[key] = None
            else:
                self[key] = value


_INNER = (dict, list)


class _JsonReader:
    """Refuses what JSON allows and a case does not; half characters can only be escaped ones."""

    def __init__(self, has_escapes: bool) -> None:
        self.has_escapes = has_escapes
        self.problems: list[Problem] = []
        self.nodes = 0

    def mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """An object while it is read, so that too many of them are refused before they pile up."""
        self._count(len(pairs))
        result = dict(pairs)
        return result if len(result) == len(pairs) else _Repeating(pairs)

    def _count(self, more: int) -> None:
        self.nodes += more
        if self.nodes > MAX_NODES:
            raise InvalidInput([*self.problems, _too_many_nodes()])

    def checked(self, tree: Any) -> Any:
        """The tree without what is refused; each refusal goes to the problems."""
        level: list[tuple[str, Any]] = [("", tree)] if isinstance(tree, dict | list) else []
        for _ in range(MAX_DEPTH):
            level = [inner for path, node in level for inner in self._inside(path, node)]
        if level:
            self._problem("too-deep", level[0][0], depth=MAX_DEPTH)
            raise InvalidInput(self.problems)
        return tree

    def _inside(self, path: str, node: Any) -> Iterator[tuple[str, Any]]:
        """The mappings and lists that stand in one, which keeps only what is not refused."""
        if isinstance(node, _Repeating):
            for key in node.repeated:
                self._problem("duplicate-key", _join(path, quoted(key)), key=quoted(key))
        if isinstance(node, list):
            self._count(len(node))
        for key, value in list(_items(node)):
            is_long = isinstance(key, str) and len(key) > MAX_KEY
            is_inner = isinstance(value, _INNER)
            is_suspect = self.has_escapes and (_is_broken(key) or _is_broken(value))
            if not (is_inner or is_long or is_suspect):
                continue
            here = _join(path, quoted(str(key)))
            if is_long:
                self._problem("text-too-long", here, max_length=MAX_KEY)
                del node[key]
            elif _is_broken(key):
                self._problem("control-character", here)
                del node[key]
            elif _is_broken(value):
                self._problem("control-character", here)
                node[key] = None
            elif is_inner:
                yield here, value

    def _problem(self, code: str, path: str, **params: object) -> None:
        self.problems.append(Problem(code, path, params))
        if len(self.problems) > MAX_PROBLEMS:
            raise InvalidInput(listed(self.problems))


def _items(node: Any) -> Iterable[tuple[Any, Any]]:
    return node.items() if isinstance(node, dict) else enumerate(node)


def _is_broken(value: Any) -> bool:
    """Whether a text holds half a character, which JSON can write and no other format can."""
    return isinstance(value, str) and not value.isascii() and bool(_SURROGATE.search(value))


def quoted(key: str) -> str:
    """A key as it is shown: not longer than people read, and writable in every encoding."""
    short = key if len(key) <= MAX_KEY else key[:MAX_SHOWN] + "…"
    return short.encode("utf-8", "backslashreplace").decode("utf-8")


def _too_many_nodes() -> Problem:
    return Problem("too-many-nodes", params={"count": MAX_NODES})


def _integer(digits: str) -> int | float:
    """An integer, or a float where the digits are beyond any figure of a case."""
    return int(digits) if len(digits) <= _MAX_DIGITS else float(digits)


def resolve_scalar(text: str) -> Any:
    """The value of a plain (unquoted) scalar under the core schema.

    Examples
    --------
    >>> resolve_scalar("0x1F"), resolve_scalar("yes"), resolve_scalar("1e5")
    (31, 'yes', 100000.0)
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return _integer(text)
    if _FLOAT.match(text):
        return float(text)
    if _BASED.match(text):
        return int(text, 0)
    return text


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been reached."""

    path: str
    content: Any
    key: str | None = None
    is_discarded: bool = False
    repeated: set[str] = field(default_factory=set)


class _YamlReader:
    """Builds the tree from parser events, so that nothing is ever expanded or constructed."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.stack: list[_Open] = []
        self.tree: Any = None
        self.documents = 0
        self.nodes = 0

    def read(self, text: str) -> Document:
        unseen = _UNSEEN.search(text)
        if unseen is not None:
            line = text.count("\n", 0, unseen.start()) + 1
            raise InvalidInput([Problem("control-character", line=line)])
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            for event in yaml.parse(text, Loader=loader):
                self._take(event)
                if self.documents > 1:
                    break
        except (yaml.YAMLError, RecursionError) as error:
            raise InvalidInput([*self.problems, _syntax_problem(error)]) from None
        return Document(self.tree, tuple(self.problems), self.lines)

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._problem("yaml-several-documents", event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            self.nodes += 1
            if self.nodes > 2 * MAX_NODES:  # keys are events too
                raise InvalidInput([*self.problems, _too_many_nodes()])
            self._refuse_features(event)
            self._node(event)

    def _refuse_features(self, event: Any) -> None:
        is_merged = bool(self.stack) and self.stack[-1].key == "<<" and self.stack[-1].is_discarded
        if isinstance(event, yaml.AliasEvent):
            if not is_merged:  # the alias of a merge key is no mistake of its own
                self._problem("yaml-alias", event, name=event.anchor)
        elif event.anchor is not None:
            self._problem("yaml-anchor", event, name=event.anchor)
        if getattr(event, "tag", None) is not None:
            self._problem("yaml-tag", event, tag=event.tag)

    def _node(self, event: Any) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.content, dict) and parent.key is None:
            self._key(parent, event)
        else:
            self._value(parent, event)

    def _key(self, parent: _Open, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            parent.key, parent.is_discarded = f"*{event.anchor}", True
            return
        if not isinstance(event, yaml.ScalarEvent):
            self._problem("key-not-text", event)
            raise InvalidInput(self.problems)
        key = event.value
        path = _join(parent.path, quoted(key))
        parent.key = key
        if len(key) > MAX_KEY:
            self._problem("text-too-long", event, path=path, max_length=MAX_KEY)
            parent.is_discarded = True
        elif key == "<<" and event.implicit[0]:
            self._problem("yaml-merge-key", event, path=path)
            parent.is_discarded = True
        elif key in parent.content:
            if key not in parent.repeated:
                self._problem("duplicate-key", event, path=path, key=key)
            parent.repeated.add(key)
            parent.is_discarded = True
        self.lines.setdefault(path, _line(event.start_mark))

    def _value(self, parent: _Open | None, event: Any) -> None:
        path = self._path(parent)
        if isinstance(event, yaml.ScalarEvent):
            value = resolve_scalar(event.value) if event.implicit[0] else event.value
        elif isinstance(event, yaml.AliasEvent):
            value = None
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        if parent is not None and isinstance(parent.content, list):
            self.lines.setdefault(path, _line(event.start_mark))
        self._place(parent, value)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self.stack) >= MAX_DEPTH:
                self._problem("too-deep", event, depth=MAX_DEPTH)
                raise InvalidInput(self.problems)
            self.stack.append(_Open(path, value))

    def _path(self, parent: _Open | None) -> str:
        if parent is None:
            return ""
        key = parent.key if isinstance(parent.content, dict) else str(len(parent.content))
        return parent.path if key is None else _join(parent.path, quoted(key))

    def _place(self, parent: _Open | None, value: Any) -> None:
        if parent is None:
            self.tree = value
        elif isinstance(parent.content, list):
            parent.content.append(value)
        else:
            if not parent.is_discarded:
                parent.content[parent.key] = value
            parent.key, parent.is_discarded = None, False

    def _problem(self, code: str, event: Any, path: str | None = None, **params: object) -> None:
        if path is None:
            path = self._path(self.stack[-1] if self.stack else None)
        line = _line(event.start_mark)
        self.problems.append(Problem(code, path, {"line": line, **params}, line=line))
        if len(self.problems) > MAX_PROBLEMS:
            raise InvalidInput(listed(self.problems))


def _line(mark: Any) -> int:
    """The line of a place in the file, counted from 1."""
    return int(mark.line) + 1


def _syntax_problem(error: BaseException) -> Problem:
    """What a YAML parser says, as one of our problems."""
    mark = getattr(error, "problem_mark", None)
    line: int | None = mark.line + 1 if mark is not None else None
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or "?"
    params = {"line": line or "?", "column": mark.column + 1 if mark else "?", "detail": detail}
    return Problem("yaml-syntax", "", params, line=line)
