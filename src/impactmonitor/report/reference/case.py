"""The page with every field of a case, made from the JSON Schema of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.numbers import UNCERTAIN, Distribution, ParameterReference
from impactmonitor.model.periods import NAME_PATTERN
from impactmonitor.model.record import ID_PATTERN
from impactmonitor.model.schema import YEAR_KEY, json_schema
from impactmonitor.report.reference.markdown import anchor, page, quoted, table, word

Node = Mapping[str, Any]

_PREFIX = "#/$defs/"
_NUMBERS: tuple[type[Distribution | ParameterReference], ...] = (ParameterReference, *UNCERTAIN)
_FORMS = {form.__name__ for form in _NUMBERS}
_TEXT = "Translated"
_CURRENCY = "^[A-Z]{3}$"
_KEYS = {
    ID_PATTERN: "name", YEAR_KEY: "year", _CURRENCY: "currency", NAME_PATTERN: "period"
}  # fmt: skip


def case_page(language: Language) -> str:
    """Every field of every record of a case.

    Parameters
    ----------
    language : {"nl", "en"}
        Of the page.
    """
    schema = json_schema(language)
    records = {Case.__name__: schema, **schema["$defs"]}
    writer = _Writer(records, language, Case.__name__)
    return page(
        language,
        word("case.title", language),
        word("case.intro", language),
        word("case.legend", language),
        *(writer.record(name) for name in writer.records_in_order()),
        *writer.uncertain(),
    )


def record_sections(records: Mapping[str, Node], language: Language, root: str) -> Iterator[str]:
    """A section with a table for every record of a file.

    Parameters
    ----------
    records : Mapping[str, Node]
        Of a JSON Schema, by name.
    language : {"nl", "en"}
        Of the tables.
    root : str
        The record that is a whole file.
    """
    writer = _Writer(records, language, root)
    yield from (writer.record(name) for name in writer.records_in_order())


class _Writer:
    """Writes records as tables in one language."""

    def __init__(self, records: Mapping[str, Node], language: Language, root: str) -> None:
        self.records = records
        self.language = language
        self.root = root
        self.places = _places(records, root)

    def word(self, key: str, **params: object) -> str:
        return word(key, self.language, **params)

    def records_in_order(self) -> list[str]:
        """The records in the order in which a file names them, the forms of texts last."""
        named = [name for name in self.places if name not in (_TEXT, self.root)]
        return [self.root, *named, _TEXT]

    def record(self, name: str) -> str:
        node = self.records[name]
        places = ", ".join(quoted(place) for place in self.places.get(name, ()))
        where = self.word("case.places", places=places) if places and name != _TEXT else ""
        about = f"{node['description']} {where}".strip()
        return f"## {self.title(name)}\n\n{about}\n\n{self.fields(name)}"

    def title(self, name: str) -> str:
        return self.word(f"records.{name}")

    def fields(self, *names: str) -> str:
        headers = ("field", "form", "default", "limits", "definition")
        rows = [
            self.row(key, node, key in self.records[name].get("required", ()))
            for name in names
            for key, node in self.records[name]["properties"].items()
        ]
        return table([self.word(f"columns.{h}") for h in headers], rows)

    def row(self, key: str, node: Node, is_required: bool) -> list[str]:
        shown = f"**{quoted(key)}**" if is_required else quoted(key)
        default = node.get("default")
        written = "" if default in (None, [], {}) else quoted(_scalar(default))
        return [shown, self.form(node), written, limits(node), node["description"]]

    # how a value is written --------------------------------------------------------------------

    def form(self, node: Node) -> str:
        """How a value is written, with all its alternatives."""
        found: list[str] = []
        for member in _members(node):
            written = self.member(member)
            if written and written not in found:
                found.append(written)
        if any(_name(m) == "Pert" for m in _members(node)):
            found[0] += " `~`"
        return f" {self.word('forms.or')} ".join(found)

    def member(self, node: Node) -> str:
        name = _name(node)
        if name is not None:
            title = self.title(name) if name not in _FORMS else ""
            shown = self.word("forms.languages") if name == _TEXT else title
            return f"[{shown}](#{anchor(title)})" if title else ""
        if "const" in node or "enum" in node:
            return ", ".join(quoted(_scalar(v)) for v in node.get("enum", [node.get("const")]))
        return self.kinds[str(node["type"])](node)

    @property
    def kinds(self) -> Mapping[str, Callable[[Node], str]]:
        return {
            "object": self.map,
            "array": self.list,
            "string": self.text,
            "boolean": lambda _: "`true`, `false`",
            "integer": self.whole,
            "number": lambda _: self.word("forms.number"),
        }

    def whole(self, node: Node) -> str:
        return self.word("forms.year" if node.get("maximum") == 9999 else "forms.whole")

    def map(self, node: Node) -> str:
        patterns = node.get("patternProperties", {})
        if not patterns:
            inner = node.get("additionalProperties")
            value = self.form(inner) if isinstance(inner, Mapping) else self.word("forms.anything")
            is_by_date = node.get("propertyNames", {}).get("format") == "date"
            key = "path" if inner is True else "date" if is_by_date else "word"
            return f"{self.word(f'forms.{key}')} → {value}"
        ((pattern, inner),) = patterns.items()
        return f"{self.word('forms.' + _KEYS.get(pattern, 'word'))} → {self.form(inner)}"

    def list(self, node: Node) -> str:
        if "prefixItems" in node:
            return f"[{', '.join(self.form(item) for item in node['prefixItems'])}]"
        return self.word("forms.of", what=self.form(node["items"]))

    def text(self, node: Node) -> str:
        if node.get("format") == "date":
            return self.word("forms.date")
        return self.word(f"forms.{_KEYS.get(node.get('pattern', ''), 'text')}")

    # the other sections ------------------------------------------------------------------------

    def uncertain(self) -> Iterator[str]:
        yield f"## {self.word('case.uncertain')}\n\n{self.word('case.uncertain_intro')}"
        headers = [self.word(f"columns.{h}") for h in ("form", "definition")]
        rows, inner = [], []
        for form in _NUMBERS:
            record = self.records[form.__name__]
            node = record["properties"][form.tag]
            target = _name(node)
            if target is not None:
                inner.append(target)
            fields = self.records[target]["properties"] if target else {}
            written = ", ".join(f"{key}: …" for key in fields)
            shown = f"{{{form.tag}: {{{written}}}}}" if fields else self.plain(form.tag, node)
            rows.append([quoted(shown), f"{record['description']} {node['description']}"])
        yield table(headers, rows)
        yield f"### {self.word('case.inside')}\n\n{self.fields(*dict.fromkeys(inner))}"

    def plain(self, tag: str, node: Node) -> str:
        numbers = len(node.get("prefixItems", ()))
        return f"{{{tag}: [{', '.join('…' * numbers)}]}}" if numbers else f"{{{tag}: id}}"


def _places(records: Mapping[str, Node], root: str) -> dict[str, list[str]]:
    """Where in a file each record stands, in the order of the file, each before what it holds."""
    found: dict[str, list[str]] = {}
    waiting = [(root, "")]
    while waiting:
        record, before = waiting.pop(0)
        for key, node in records[record]["properties"].items():
            for target, after in _held(node):
                if target in _FORMS or target == root:
                    continue
                place = f"{before}{key}{after}"
                if target not in found:
                    waiting.append((target, f"{place}."))
                if place not in found.setdefault(target, []):
                    found[target].append(place)
    return {name: found[name] for name in _depth_first(records, root) if name in found}


def _held(node: Node, after: str = "") -> Iterator[tuple[str, str]]:
    """The records that a value may be, with what comes after its name to reach them."""
    for member in _members(node):
        name = _name(member)
        if name is not None:
            yield name, after
        for inner in member.get("patternProperties", {}).values():
            yield from _held(inner, f"{after}.ID")
        if "items" in member:
            yield from _held(member["items"], after)


def _depth_first(records: Mapping[str, Node], root: str) -> list[str]:
    """Every record, followed by the records that it holds."""
    found: list[str] = []

    def visit(name: str) -> None:
        if name in found or name in _FORMS:
            return
        found.append(name)
        for node in records[name]["properties"].values():
            for target, _ in _held(node):
                visit(target)

    visit(root)
    return found


def _members(node: Node) -> Iterator[Node]:
    """The alternatives of a value, unions within unions too, without null."""
    for key in ("anyOf", "oneOf"):
        if key in node:
            for member in node[key]:
                yield from _members(member)
            return
    if node.get("type") != "null":
        yield node


def _name(node: Node) -> str | None:
    """The record that a node refers to."""
    target = node.get("$ref")
    return None if target is None else str(target).removeprefix(_PREFIX)


def _scalar(value: Any) -> str:
    """A plain value as it is written in a case.

    Examples
    --------
    >>> _scalar(True), _scalar(0.0), _scalar("gross")
    ('true', '0', 'gross')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def limits(node: Node) -> str:
    """The range of the numbers in a value; empty where it is not limited.

    Examples
    --------
    >>> limits({"type": "number", "minimum": 0, "maximum": 1}), limits({"exclusiveMinimum": -1})
    ('0 … 1', '> −1')
    """
    for member in _all_members(node):
        low, above = member.get("minimum"), member.get("exclusiveMinimum")
        high, below = member.get("maximum"), member.get("exclusiveMaximum")
        if high == 9999:
            continue
        if low is not None and high is not None:
            return f"{low} … {high}".replace("-", "−")
        bounds = ((">", above), ("<", below), ("≥", low), ("≤", high))
        found = [f"{sign} {_scalar(bound)}" for sign, bound in bounds if bound is not None]
        if found:
            return ", ".join(found).replace("-", "−")
    return ""


def _all_members(node: Node) -> Iterator[Node]:
    """The alternatives of a value and of what stands in its maps and lists."""
    for member in _members(node):
        yield member
        for inner in member.get("patternProperties", {}).values():
            yield from _all_members(inner)
        if isinstance(member.get("additionalProperties"), Mapping):
            yield from _all_members(member["additionalProperties"])
        for item in member.get("prefixItems", ()):
            yield from _all_members(item)
