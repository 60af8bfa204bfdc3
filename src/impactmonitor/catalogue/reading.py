"""Files of a catalogue to entries, with every problem and its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from impactmonitor.catalogue.kinds import CATALOGUE, EDITION, Layout
from impactmonitor.model.entries import CatalogueEdition, Edition, Entry
from impactmonitor.model.record import Record
from impactmonitor.model.validation import problems_of, shown
from impactmonitor.plain import Document, read_yaml
from impactmonitor.problems import MAX_PROBLEMS, InvalidInput, Problem, nearest

MAX_ID = 60
_ANY_EDITION: Mapping[str, Any] = {
    "edition": "0",
    "value": 0,
    "currency": "EUR",
    "source": "any",
    "verification": "secondary-source",
    "last_checked": "2000-01-01",
}


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and the place where it stands.

    Attributes
    ----------
    entry : Entry
        As read.
    file : str
        Name of the file.
    document : Document
        The file, which knows its lines.
    section : str
        The section it stands in.
    defaults : Mapping[str, object]
        What the file gives to all its editions.
    """

    entry: Entry
    file: str
    document: Document
    section: str
    defaults: Mapping[str, Any] = field(default_factory=dict)

    def problem(self, code: str, field_path: str = "", **params: object) -> Problem:
        """A problem of this entry, at a field inside it."""
        path = f"{self.section}.{self.entry.id}"
        return _placed(Problem(code, field_path, params), path, self.file, self.document)

    def edition_problem(self, code: str, index: int, name: str, **params: object) -> Problem:
        """A problem of a field of an edition, or of the default of the file that it comes from."""
        edition: Any = self.entry
        if name in self.defaults and getattr(edition.editions[index], name) == self.defaults[name]:
            return _placed(Problem(code, name, params), "defaults", self.file, self.document)
        return self.problem(code, f"editions.{index}.{name}", **params)


@dataclass(slots=True)
class Contents:
    """What was read from one file or folder.

    Attributes
    ----------
    edition : CatalogueEdition or None
        Its own name.
    sections : dict
        Entries by section and id.
    broken : set of (section, id)
        Entries that are there but could not be read: a reference to them is no mistake.
    problems : list of Problem
        Everything that is wrong in the files themselves.
    """

    edition: CatalogueEdition | None = None
    sections: dict[str, dict[str, Found]] = field(default_factory=lambda: defaultdict(dict))
    broken: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_file(data: bytes, name: str, layout: Layout = CATALOGUE) -> Contents:
    r"""Read one file of a catalogue.

    Parameters
    ----------
    data : bytes
        YAML, whatever it turns out to be.
    name : str
        Name of the file, which every path starts with.
    layout : Layout
        What it may hold.

    Returns
    -------
    Contents
        The entries that could be read and the problems of the others; never an exception.

    Examples
    --------
    >>> contents = read_file(b"kind: sources\nsources: {us: {title: Ours}}", "own.yaml")
    >>> contents.sections["sources"]["us"].entry.title
    'Ours'
    >>> [p.path for p in read_file(b"kind: sorces", "own.yaml").problems]
    ['own.yaml.kind']
    """
    try:
        document = read_yaml(data)
    except InvalidInput as invalid:
        return Contents(problems=[p.moved_to(name) for p in invalid.problems])
    return _FileReader(document, name, layout).read()


def _placed(problem: Problem, path: str, file: str, document: Document) -> Problem:
    """A problem moved under a path of a file, with its line."""
    inside = problem.moved_to(path) if path else problem
    line = inside.line or document.line_of(inside.path)
    return replace(inside.moved_to(file), line=line)


class _FileReader:
    """Reads the sections of one document."""

    def __init__(self, document: Document, file: str, layout: Layout) -> None:
        self.document = document
        self.file = file
        self.layout = layout
        self.contents = Contents(problems=[p.moved_to(file) for p in document.problems])
        self.defaults: dict[str, Any] = {}
        self.broken_defaults: set[str] = set()

    def read(self) -> Contents:
        tree = self.document.tree
        if not isinstance(tree, dict):
            self._problem("not-a-mapping", "", value=shown(tree))
        elif (kind := self._kind(tree)) == EDITION:
            self._edition({key: node for key, node in tree.items() if key != "kind"})
        elif kind is not None:
            self._sections(tree, kind)
        return self.contents

    def _problem(self, code: str, path: str, **params: object) -> None:
        self._add(Problem(code, path, params))

    def _add(self, problem: Problem, path: str = "") -> None:
        self.contents.problems.append(_placed(problem, path, self.file, self.document))

    def _kind(self, tree: dict[str, Any]) -> str | None:
        known = self.layout.kinds
        kinds = ", ".join(known)
        if "kind" not in tree:
            self._problem("catalogue-kind-missing", "", kinds=kinds)
            return None
        kind = tree["kind"]
        for folder, other in self.layout.elsewhere.items():
            if kind == other:
                self._problem("catalogue-kind-elsewhere", "kind", kind=kind, folder=folder)
                return None
        if not isinstance(kind, str) or kind not in known:
            near = nearest(kind, known) if isinstance(kind, str) else ""
            params = {"kind": shown(kind), "nearest": near, "kinds": kinds}
            self._problem("catalogue-kind-unknown", "kind", **params)
            return None
        return kind

    def _edition(self, node: dict[str, Any]) -> None:
        edition = self._validated(CatalogueEdition, node, "")
        if isinstance(edition, CatalogueEdition):
            self.contents.edition = edition

    def _sections(self, tree: dict[str, Any], kind: str) -> None:
        sections = self.layout.kinds[kind]
        known = ["kind", *sections, *(["defaults"] if kind == "values" else [])]
        for key in tree:
            if key not in known:
                self._problem("unknown-key", key, key=shown(key), nearest=nearest(key, known))
        if not any(section in tree for section in sections):
            self._problem("missing-field", sections[0], field=sections[0])
        if kind == "values" and "defaults" in tree:
            self._read_defaults(tree["defaults"])
        for section in sections:
            if section in tree:
                self._section(section, tree[section])

    def _section(self, section: str, node: Any) -> None:
        if not isinstance(node, dict):
            self._problem("not-a-mapping", section, value=shown(node))
            return
        for name, raw in node.items():
            if len(self.contents.problems) >= MAX_PROBLEMS:
                return
            entry = self._entry(section, name, raw)
            if entry is None:
                self.contents.broken.add((section, name))
            else:
                found = Found(entry, self.file, self.document, section, self.defaults)
                self.contents.sections[section][name] = found

    def _entry(self, section: str, name: str, raw: Any) -> Entry | None:
        path = f"{section}.{name}"
        model = self.layout.entries[section]
        closed = self.layout.closed.get(section, (name,))
        if len(name) > MAX_ID or not re.fullmatch(model.id_pattern, name):
            self._problem("catalogue-invalid-id", path, id=shown(name), limit=MAX_ID)
        elif name not in closed:
            self._problem("catalogue-closed-list", path, id=name, allowed=", ".join(closed))
        elif not isinstance(raw, dict):
            self._problem("not-a-mapping", path, value=shown(raw))
        elif "id" in raw:
            self._problem("unknown-key", f"{path}.id", key="id", nearest="")
        else:
            node = self._with_defaults(raw) if section == "values" else raw
            entry = self._validated(model, {**node, "id": name}, path)
            return entry if isinstance(entry, Entry) else None
        return None

    def _validated(self, model: type[Record], node: dict[str, Any], path: str) -> Record | None:
        try:
            return model.model_validate(node)
        except ValidationError as error:
            for problem in self._own(problems_of(error, model)):
                self._add(problem, path)
            return None

    def _own(self, problems: list[Problem]) -> Iterator[Problem]:
        """Without what is missing only because the file's default for it is broken."""
        for problem in problems:
            name = problem.path.rpartition(".")[2]
            if not (problem.code == "missing-field" and name in self.broken_defaults):
                yield problem

    def _read_defaults(self, node: Any) -> None:
        """Check what the file gives to all its editions once, and not once per edition."""
        if not isinstance(node, dict):
            self._problem("not-a-mapping", "defaults", value=shown(node))
            self.broken_defaults = set(Edition.model_fields)
            return
        try:
            checked = Edition.model_validate({**_ANY_EDITION, **node})
        except ValidationError as error:
            problems = problems_of(error, Edition)
            self.broken_defaults = {p.path.partition(".")[0] for p in problems}
            for problem in problems:
                self._add(problem, "defaults")
        else:
            self.defaults = {key: getattr(checked, key) for key in node}

    def _with_defaults(self, raw: dict[str, Any]) -> dict[str, Any]:
        given = self.document.tree.get("defaults")
        editions = raw.get("editions")
        if not isinstance(given, dict) or not isinstance(editions, list):
            return raw
        usable = {key: node for key, node in given.items() if key not in self.broken_defaults}
        merged = [{**usable, **e} if isinstance(e, dict) else e for e in editions]
        return {**raw, "editions": merged}
