"""From what is filled in in a workbook to the tree of a case."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from impactmonitor.intake.workbook.assessing import Assessed
from impactmonitor.intake.workbook.assessments import answers_tree
from impactmonitor.intake.workbook.filled import (
    DISTRIBUTIONS,
    PER_PERSON,
    UNKNOWN,
    Content,
    Filled,
    Link,
    Row,
    parameters_of,
)
from impactmonitor.intake.workbook.layout import (
    FORMS,
    LONGEST_NAME,
    REACHED,
    TABLE,
    Column,
    Spot,
    Table,
)
from impactmonitor.intake.workbook.measured import MEASURED, records_in
from impactmonitor.intake.workbook.words import SEPARATOR, keys_of_numbers, word_of_number
from impactmonitor.messages import Language
from impactmonitor.model.legs import leg_ids
from impactmonitor.model.record import ID_PATTERN
from impactmonitor.problems import Severity, nearest

_NAMED = frozenset({"lines", "actors", "sources", "overlaps"})
"""Lists of what is in the workbook itself."""

_ANSWERS_MAY_BE_UNKNOWN = frozenset({
    "actors", "sources", "parameters", "costs", "effects", "unpriced", "transfers", "bearers",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with what is filled in: a code, its parameters, and where it is."""

    code: str
    spot: Spot
    params: dict[str, object] = field(default_factory=dict)
    severity: Severity = "error"


@dataclass
class Unfilled:
    """The tree of a case, as YAML or JSON would give it.

    Attributes
    ----------
    tree : dict
        Not yet checked.
    spots : dict of str to Spot
        Where the field at each path was filled in.
    findings : list of Finding
        What cannot be part of any tree.
    unknown : list of Spot
        Where somebody answered that nobody knows.
    """

    tree: dict[str, Any] = field(default_factory=lambda: {"impactmonitor": 1})
    spots: dict[str, Spot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unknown: list[Spot] = field(default_factory=list)


def tree_of(filled: Filled, language: Language, assessed: Sequence[Assessed] = ()) -> Unfilled:
    """The tree of the case that is filled in, with its answers to the frameworks asked about."""
    return _Unfilling(filled, language, assessed).result


def slug(title: str) -> str:
    """An id made of a title.

    Examples
    --------
    >>> slug("Coördinator & 2 cursussen")
    'coordinator-2-cursussen'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return re.sub(r"^[0-9-]+", "", words)[:50].strip("-")


def named(text: str) -> str:
    """The id that a name in a workbook stands for: itself, when it is a proper id.

    Examples
    --------
    >>> named("gp-consult"), named("Zorgverzekeraar Noord")
    ('gp-consult', 'zorgverzekeraar-noord')
    """
    return (
        text if re.fullmatch(ID_PATTERN, text) and len(text) <= LONGEST_NAME else slug(text) or text
    )


def with_ids(filled: Filled) -> Filled:
    """The same contents, with ids where people may use names: each row by name, and who names it.

    In a blank workbook the code of a row is its title, so that lists show titles.
    """
    tables = {
        table: [
            {key: _with_id(TABLE[table], key, content) for key, content in row.items()}
            for row in rows
        ]
        for table, rows in filled.tables.items()
    }
    return Filled(dict(filled.forms), tables, filled.answers)


def _with_id(table: Table, key: str, content: Content) -> Content:
    column = next(c for c in table.columns if c.key == key)
    is_name = column.kind == "code" or column.list in _NAMED
    return named(content) if is_name and isinstance(content, str) else content


class _Unfilling:
    """Builds the tree of one workbook, section by section."""

    def __init__(self, filled: Filled, language: Language, assessed: Sequence[Assessed]) -> None:
        filled = with_ids(filled)
        self.filled, self.language = filled, language
        self.result = Unfilled()
        self.tree, self.spots = self.result.tree, self.result.spots
        self.linked: set[int] = set()
        self.texts = self._texts()
        self.kinds: dict[str, str] = {}
        self.unknown_costs: set[str] = set()
        self._free_bearer = len(filled.tables["bearers"])
        self.reached = filled.forms.get(("people", "reached"))
        for section in ("actors", "costs", "effects"):
            self.spots[section] = Spot(section, "title", 0)
        self._put_away_unknowns()
        self._forms()
        self._records("actors")
        self._records("sources")
        self._parameters()
        for table in ("costs", "effects", "unpriced", "transfers"):
            self._lines(table)
        self._by_year()
        self._factors()
        self._bearers()
        self._usual_ranges()
        self._overlaps()
        self._groups()
        self._prices()
        self._variants()
        self._answers(assessed)
        self.places_of_records: dict[int, int] = {}
        self._measurements()
        self._loose_distributions()
        self._extras()
        self._leave_out_unknown_costs()
        self._leave_out_legs()

    def _find(self, code: str, spot: Spot, **params: object) -> None:
        self.result.findings.append(Finding(code, spot, params))

    def _warn(self, code: str, spot: Spot, **params: object) -> None:
        self.result.findings.append(Finding(code, spot, params, "warning"))

    def _put_away_unknowns(self) -> None:
        """In rows that say something about another row, an answer that nobody knows is none."""
        for table, rows in self.filled.tables.items():
            if table in _ANSWERS_MAY_BE_UNKNOWN:
                continue
            for index, row in enumerate(rows):
                for key in [key for key, content in row.items() if content is UNKNOWN]:
                    self.result.unknown.append(Spot(table, key, index))
                    del row[key]

    def _put(self, path: str, value: Any, spot: Spot) -> None:
        """Set a node of the tree, and remember where it comes from."""
        *above, last = path.split(".")
        node = self.tree
        for key in above:
            inner = node.setdefault(key, {})
            if not isinstance(inner, dict):
                return
            node = inner
        node[last] = value
        self.spots[path] = spot

    # contents ---------------------------------------------------------------------------------

    def _texts(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for row in self.filled.tables["texts"]:
            path, words = str(row.get("path", "")), str(row.get("text", ""))
            found.setdefault(path, {})[str(row.get("language", ""))] = words
        return found

    def _text(self, path: str, content: Content) -> Any:
        """A text, with its translation where it has one and was not changed since."""
        words = self.texts.get(path)
        if words is None or not isinstance(content, str):
            return content
        other = next(iter(words.values()))
        return (
            words
            if content == words.get(self.language, other)
            else {**words, self.language: content}
        )

    def _distribution(self, index: int) -> dict[str, Any]:
        """The distribution whose first row this is; further rows of a table belong to it."""
        rows = self.filled.tables["uncertain"]
        if index >= len(rows):
            return {}
        row = rows[index]
        kind = str(row.get("kind") or "range")
        together = [row]
        if kind == "discrete":
            for further in rows[index + 1 :]:
                if further.get("path") != row.get("path") or further.get("kind") != kind:
                    break
                together.append(further)
        self.linked |= set(range(index, index + len(together)))
        return {DISTRIBUTIONS[kind][0]: parameters_of(kind, together)}

    def _number(self, content: Content) -> Any:
        if not isinstance(content, Link):
            return content
        if content.to == "uncertain":
            return self._distribution(content.index)
        if content.to == "reached":
            return {"parameter": REACHED[self.language]}
        rows = self.filled.tables["parameters"]
        code = rows[content.index].get("code") if content.index < len(rows) else None
        return {"parameter": code}

    def _value(self, column: Column, path: str, content: Content) -> Any:
        if column.kind == "text":
            return self._text(path, content)
        return self._number(content)

    # sections ---------------------------------------------------------------------------------

    def _forms(self) -> None:
        for sheet, columns in FORMS.items():
            for column in columns:
                content = self.filled.forms.get((sheet, column.key))
                spot = Spot(sheet, column.key)
                self.spots.setdefault(column.key, spot)
                if content is UNKNOWN:
                    self.result.unknown.append(spot)
                elif content is not None and column.key != "reached":
                    self._put(column.key, self._value(column, column.key, content), spot)
        if isinstance(self.tree.get("id"), str):
            self.tree["id"] = named(self.tree["id"])
        elif "id" not in self.tree:
            title = self.tree.get("title")
            words = title.get(self.language, "") if isinstance(title, dict) else str(title or "")
            self.tree["id"] = slug(words) or "case"

    def _code(self, table: str, index: int, row: Row, taken: dict[str, Any]) -> str:
        code = row.get("code")
        if isinstance(code, str) and code:
            if code in taken:
                self._find("workbook-code-twice", Spot(table, "code", index), id=code)
            return code
        title = row.get("title")
        made = (slug(title) if isinstance(title, str) else "") or f"{table[0]}{index + 1}"
        while made in taken:
            made += "-x"
        return made

    def _record(self, table: str, path: str, index: int, row: Row, skip: set[str]) -> None:
        """The fields of a row that have the same name in the case."""
        self._put(path, {}, Spot(table, "code", index))
        for column in TABLE[table].columns:
            spot = Spot(table, column.key, index)
            here = f"{path}.{column.key}"
            self.spots.setdefault(here, spot)
            content = row.get(column.key)
            if column.key in skip or content is None:
                continue
            if content is not UNKNOWN:
                self._put(here, self._value(column, here, content), spot)
            elif column.key != "quantity":  # which may be unknown in a case as well
                self.result.unknown.append(spot)

    def _rows(self, table: str) -> Iterator[tuple[int, Row]]:
        """The rows in which something is filled in."""
        for index, row in enumerate(self.filled.tables[table]):
            if any(value is not None for value in row.values()):
                yield index, row

    def _records(self, section: str) -> None:
        for index, row in self._rows(section):
            code = self._code(section, index, row, self.tree.setdefault(section, {}))
            self._record(section, f"{section}.{code}", index, row, {"code"})

    def _parameters(self) -> None:
        reached = self.reached
        has_reached = False
        for index, row in self._rows("parameters"):
            is_reached = row.get("value") == Link("reached")
            has_reached = has_reached or is_reached
            if is_reached and (reached is None or reached is UNKNOWN):
                continue
            code = self._code("parameters", index, row, self.tree.setdefault("parameters", {}))
            path = f"parameters.{code}"
            self._record("parameters", path, index, row, {"code", "value"})
            value = reached if is_reached else row.get("value")
            spot = Spot("people", "reached") if is_reached else Spot("parameters", "value", index)
            self.spots[f"{path}.value"] = spot
            if value is not None and value is not UNKNOWN:
                self._put(f"{path}.value", self._number(value), spot)
        name = REACHED[self.language]
        if has_reached or reached is None or reached is UNKNOWN:
            return
        if name not in self.tree.get("parameters", {}):
            spot = Spot("people", "reached")
            self._put(f"parameters.{name}.value", self._number(reached), spot)

    def _lines(self, table: str) -> None:
        section = "effects" if table == "unpriced" else table
        for index, row in self._rows(table):
            if not self._is_meant(table, row):
                continue
            code = self._code(table, index, row, self.kinds)
            if table == "costs" and self._is_unknown(row.get("amount")):
                self._unknown_cost(code, index, row)
                continue
            self.kinds[code] = section
            path = f"{section}.{code}"
            self._record(table, path, index, row, {"code", "per_person", "low", "high"})
            if section == "effects":
                self._effect(table, path, index, row)

    def _is_meant(self, table: str, row: Row) -> bool:
        """Whether a row of effects holds more than the number that a blank workbook puts there."""
        rest = {k for k, v in row.items() if v is not None}
        return table != "effects" or rest != {"quantity"} or not isinstance(row["quantity"], Link)

    def _is_unknown(self, content: Content) -> bool:
        """Whether an answer is that nobody knows, or rests on such an answer."""
        return content is UNKNOWN or (content == Link("reached") and self.reached is UNKNOWN)

    def _unknown_cost(self, name: str, index: int, row: Row) -> None:
        """A cost that nobody knows is not zero: it joins what is shown without an amount."""
        self.kinds[name] = "effects"
        self.unknown_costs.add(name)
        path, spot = f"effects.{name}", Spot("costs", "amount", index)
        kept = ("title", "domain", "first_year", "years", "evidence", "source", "note")
        self._put(path, {"domain": "economic"}, Spot("costs", "code", index))
        for key in kept:
            content = row.get(key)
            if content is not None and content is not UNKNOWN:
                value = self._text(f"costs.{name}.{key}", content)
                self._put(f"{path}.{key}", value, Spot("costs", key, index))
        payer = row.get("paid_by")
        if isinstance(payer, str):
            self._put(f"{path}.falls_to", payer, Spot("costs", "paid_by", index))
        self._put(f"{path}.monetised", False, spot)
        self._put(f"{path}.quantity", "unknown", spot)
        self._warn("workbook-cost-unknown", spot, title=row.get("title") or name)

    def _effect(self, table: str, path: str, index: int, row: Row) -> None:
        free = Spot("bearers", "line", self._free_bearer)
        self.spots.setdefault(f"{path}.falls_to", free)
        if table == "unpriced":
            self._put(f"{path}.monetised", False, Spot(table, "code", index))
        number = row.get("per_person")
        if number is not None and number is not UNKNOWN:
            spot = Spot(table, "per_person", index)
            self._put(f"{path}.factors.{PER_PERSON}", self._number(number), spot)
        quantity = row.get("quantity")
        is_missing = quantity == Link("reached") and self.reached is None
        if is_missing and not any(f.code == "workbook-reached" for f in self.result.findings):
            self._find("workbook-reached", Spot("people", "reached"))
        size_is_unknown = self._is_unknown(quantity) or number is UNKNOWN
        if size_is_unknown:
            key = "quantity" if number is not UNKNOWN else "per_person"
            self._put(f"{path}.quantity", "unknown", Spot(table, key, index))
        if size_is_unknown or row.get("unit_value") is UNKNOWN:
            self._put(f"{path}.monetised", False, Spot(table, "unit_value", index))

    def _line_path(self, table: str, index: int, row: Row, key: str = "line") -> str | None:
        """The path of the line that a row is about."""
        code, spot = row.get(key), Spot(table, key, index)
        if not isinstance(code, str) or code not in self.kinds:
            near = nearest(str(code), self.kinds) if code is not None else ""
            self._find("workbook-unknown-line", spot, id=code or "", nearest=near)
            return None
        return f"{self.kinds[code]}.{code}"

    def _by_year(self) -> None:
        for index, row in self._rows("by_year"):
            path = self._line_path("by_year", index, row)
            spot = Spot("by_year", "number", index)
            year, name = row.get("year"), row.get("field")
            if not isinstance(year, float | int) or name is None:
                key = "year" if name is not None else "field"
                self._find("workbook-incomplete-row", Spot("by_year", key, index))
            elif path is not None:
                whole = f"{path}.{name}"
                above = self._node(whole)
                if above is not None and not isinstance(above, dict):
                    self._find("workbook-number-and-years", spot, year=f"{year:g}")
                elif isinstance(above, dict) and f"{year:g}" in above:
                    self._find(
                        "workbook-year-twice", Spot("by_year", "year", index), year=f"{year:g}"
                    )
                else:
                    self.spots[whole] = Spot("by_year", "field", index)
                    self._put(f"{whole}.{year:g}", self._number(row.get("number")), spot)

    def _node(self, path: str) -> Any:
        node: Any = self.tree
        for key in path.split("."):
            node = node.get(key) if isinstance(node, dict) else None
        return node

    def _factors(self) -> None:
        for index, row in self._rows("factors"):
            path = self._line_path("factors", index, row)
            name, spot = row.get("name"), Spot("factors", "number", index)
            if not isinstance(name, str) or "." in name:
                self._find("workbook-incomplete-row", Spot("factors", "name", index))
            elif path is not None and name in (self._node(f"{path}.factors") or {}):
                self._find("workbook-code-twice", Spot("factors", "name", index), id=name)
            elif path is not None:
                self._put(f"{path}.factors.{name}", self._number(row.get("number")), spot)

    def _bearers(self) -> None:
        shares: dict[tuple[str, str], list[tuple[int, Row]]] = {}
        for index, row in self._rows("bearers"):
            path = self._line_path("bearers", index, row)
            default = "paid_by" if path is not None and path.startswith("costs.") else "falls_to"
            role = str(row.get("role") or default)
            if path is None:
                continue
            if role == "paid_by" and row.get("line") in self.unknown_costs:
                role = "falls_to"
            if row.get("actor") is UNKNOWN:
                self.result.unknown.append(Spot("bearers", "actor", index))
                continue
            if role in {"falls_to", "taken_from", "paid_by"}:
                shares.setdefault((path, role), []).append((index, row))
            self._cash_and_consent(path, role, index, row)
        for (path, role), rows in shares.items():
            self._shares(f"{path}.{role}", rows)

    def _shares(self, path: str, rows: list[tuple[int, Row]]) -> None:
        first, row = rows[0]
        if self._node(path) is not None:
            self._find("workbook-payer-twice", Spot("bearers", "line", first))
        elif len(rows) == 1 and row.get("share") is None:
            self._put(path, row.get("actor"), Spot("bearers", "actor", first))
        else:
            self.spots[path] = Spot("bearers", "share", first)
            for index, each in rows:
                actor = str(each.get("actor") or "")
                spot = Spot("bearers", "share", index)
                if f"{path}.{actor}" in self.spots:
                    self._find("workbook-code-twice", Spot("bearers", "actor", index), id=actor)
                elif each.get("share") is None:
                    self._find("workbook-share-missing", spot, id=actor)
                else:
                    self._put(f"{path}.{actor}", each["share"], spot)

    def _cash_and_consent(self, path: str, role: str, index: int, row: Row) -> None:
        actor, cash = row.get("actor"), row.get("cashable")
        spot = Spot("bearers", "cashable", index)
        if cash is UNKNOWN:  # in doubt it is no money
            self.result.unknown.append(spot)
            cash = None
        if cash is not None:
            before = self._node(f"{path}.cashable")
            is_for_all = role == "all"
            if before is not None and (is_for_all or not isinstance(before, dict)):
                self._find("workbook-cash-twice", spot)
            elif is_for_all:
                self._put(f"{path}.cashable", self._number(cash), spot)
            else:
                self._put(f"{path}.cashable.{actor}", self._number(cash), spot)
        agreed = row.get("confirmation")
        if agreed is not None and agreed is not UNKNOWN:
            self._put(
                f"{path}.confirmation.{actor}", agreed, Spot("bearers", "confirmation", index)
            )

    def _usual_ranges(self) -> None:
        for index, row in self._rows("effects"):
            low, high = row.get("low"), row.get("high")
            code = row.get("code")
            if (low is None and high is None) or not isinstance(code, str):
                continue
            key = f"factors.{PER_PERSON}" if row.get("per_person") is not None else "quantity"
            path, spot = f"effects.{code}.{key}", Spot("effects", "low", index)
            number = self._node(path)
            if low is None or high is None:
                missing = "low" if low is None else "high"
                self._find("workbook-range-incomplete", Spot("effects", missing, index))
            elif isinstance(number, dict):
                self._find("workbook-range-on-shared", spot)
            else:
                given = {"low": low, "high": high}  # the usual coverage is the case's own too
                central = {} if number is None else {"central": number}
                self._put(path, {"interval": given, **central}, spot)

    def _overlaps(self) -> None:
        self._records("overlaps")
        for index, row in self._rows("overlap_lines"):
            group, spot = str(row.get("group") or ""), Spot("overlap_lines", "line", index)
            if group not in self.tree.get("overlaps", {}):
                near = nearest(group, self.tree.get("overlaps", {}))
                where = Spot("overlap_lines", "group", index)
                self._find("workbook-unknown-group", where, id=group, nearest=near)
            else:
                self._append(f"overlaps.{group}.lines", row.get("line"), spot)

    def _append(self, path: str, value: Any, spot: Spot) -> None:
        found = self._node(path) or []
        self.spots[f"{path}.{len(found)}"] = spot
        self._put(path, [*found, value], self.spots.get(path, spot))

    def _groups(self) -> None:
        for index, row in self._rows("groups"):
            spot, actor = Spot("groups", "actor", index), row.get("actor")
            kind = row.get("kind")
            if kind == "burden_payer":
                self._append("excess_burden.actors", actor, spot)
            elif kind == "burden_bearer" and row.get("share") is None:
                self._put("excess_burden.borne_by", actor, spot)
            elif kind == "burden_bearer":
                self._put(f"excess_burden.borne_by.{actor}", row["share"], spot)
            elif kind == "perspective" and row.get("code") is not None:
                self._append(f"perspectives.{row['code']}", actor, spot)
            else:
                self._find("workbook-incomplete-row", Spot("groups", "kind", index))

    def _prices(self) -> None:
        for index, row in self._rows("classes"):
            name, spot = row.get("class"), Spot("classes", "rate", index)
            self._put(f"discount.classes.{name}", row.get("rate"), spot)
        for table, section in (("indices", "price_indices"), ("exchange_rates", "exchange_rates")):
            for index, row in self._rows(table):
                year, spot = row.get("year"), Spot(table, "number", index)
                name = row.get("code" if table == "indices" else "currency")
                if not isinstance(year, float | int) or name is None:
                    self._find("workbook-incomplete-row", Spot(table, "year", index))
                    continue
                years = f".years.{year:g}" if table == "indices" else f".{year:g}"
                self._put(f"{section}.{name}{years}", row.get("number"), spot)
                for key in ("currency", "source") if table == "indices" else ():
                    if row.get(key) is not None:
                        self._put(f"{section}.{name}.{key}", row[key], Spot(table, key, index))
        for index, row in self._rows("correlations"):
            triple = [row.get("first"), row.get("second"), row.get("rho")]
            self._append("correlations", triple, Spot("correlations", "rho", index))

    def _variants(self) -> None:
        sections = {"alternative": "alternatives", "scenario": "scenarios"}
        for index, row in self._rows("variants"):
            section, code = sections.get(str(row.get("kind"))), row.get("code")
            if section is None or code is None:
                self._find("workbook-incomplete-row", Spot("variants", "kind", index))
                continue
            path = f"{section}.{code}"
            self._put(path, {"changes": {}}, Spot("variants", "code", index))
            if row.get("title") is not None:
                title = self._text(f"{path}.title", row["title"])
                self._put(f"{path}.title", title, Spot("variants", "title", index))
        for index, row in self._rows("changes"):
            section, code = sections.get(str(row.get("kind"))), row.get("code")
            variant = self._node(f"{section}.{code}")
            where, spot = row.get("path"), Spot("changes", "value", index)
            if variant is None:
                self._find(
                    "workbook-unknown-variant", Spot("changes", "code", index), id=code or ""
                )
            elif not isinstance(where, str):
                self._find("workbook-incomplete-row", Spot("changes", "path", index))
            else:
                variant["changes"][where] = _from_json(row.get("value"))
                self.spots[f"{section}.{code}.changes.{where}"] = spot

    def _loose_distributions(self) -> None:
        """Uncertainty about numbers whose cells hold the number that counts."""
        for index, row in self._rows("uncertain"):
            if index in self.linked:
                continue
            path, spot = self._path_of_number(row.get("path")), Spot("uncertain", "path", index)
            if any(str(path).startswith(f"costs.{name}.") for name in self.unknown_costs):
                continue
            if not isinstance(path, str) or self._parent(path) is None:
                self._find("workbook-unknown-number", spot, id=path or "")
                continue
            central = self._node(path)
            if isinstance(central, dict):
                self._find("workbook-range-on-shared", spot)
                continue
            given = self._distribution(index)
            more = {} if central is None else {"central": central}
            self._put(path, {**given, **more}, self.spots.get(path, spot))

    def _path_of_number(self, chosen: Content) -> Content:
        """The path of a number that was chosen from the list by its code and its name."""
        code, _, name = str(chosen or "").partition(SEPARATOR)
        key = next((k for k in keys_of_numbers() if word_of_number(k, self.language) == name), "")
        if not name or not key:
            return chosen
        code = named(code)
        section = self.kinds.get(code, "parameters")
        inner = f"factors.{PER_PERSON}" if key == "per_person" else key
        return f"{section}.{code}.{inner}"

    def _parent(self, path: str) -> dict[str, Any] | None:
        """The record in which a number may stand."""
        keys = path.split(".")
        if len(keys) == 1 or keys[0] in {"discount", "excess_burden"}:
            return self.tree
        node = self._node(".".join(keys[:2]))
        return node if isinstance(node, dict) else None

    def _answers(self, assessed: Sequence[Assessed]) -> None:
        """What assessors answered; several of them make a list."""
        for framework, indicator, found in answers_tree(self.filled, assessed, self._text):
            path = f"scores.{framework}.{indicator}"
            spots = [Spot(sheet, "answer", index) for sheet, index, _ in found]
            answers = [one for *_, one in found]
            self._put(path, answers[0] if len(answers) == 1 else answers, spots[0])
            if len(answers) > 1:
                self.spots |= {f"{path}.{i}": spot for i, spot in enumerate(spots)}

    def _measurements(self) -> None:
        """What was measured: a list, in which each record is known by its row."""
        found: list[Any] = []
        read = records_in(self._rows(MEASURED), self.kinds, named, self._text_of_a_record)
        for one in read:
            path = f"{MEASURED}.{len(found)}"
            self.places_of_records[one.index] = len(found)
            self.spots[path] = Spot(MEASURED, "subject", one.index)
            for name, column in one.origins.items():
                self.spots[f"{path}.{name}"] = Spot(MEASURED, column, one.index)
            if one.categories is not None:
                spot = Spot(MEASURED, "categories", one.index)
                self._find("workbook-categories", spot, value=one.categories)
            found.append(one.tree)
        if found:
            self.tree[MEASURED] = found
            self.spots[MEASURED] = Spot(MEASURED, "subject", 0)

    def _text_of_a_record(self, path: str, content: Content) -> Any:
        """A text of a record, with its translation only where it still is the same text."""
        words = self.texts.get(path)
        if words is None or content not in words.values():
            return content
        return self._text(path, content)

    def _put_record(self, keys: list[str], value: Any, spot: Spot) -> None:
        """Set a record for which there was no row, or a part of one for which there was no cell."""
        row, *inner = keys
        records = self.tree.setdefault(MEASURED, [])
        if not row.isdecimal() or not isinstance(records, list):
            return
        place = self.places_of_records.get(int(row))
        if not inner and place is None:
            self.spots[f"{MEASURED}.{len(records)}"] = spot
            records.append(value)
        elif place is not None and len(inner) == 1 and isinstance(records[place], dict):
            records[place][inner[0]] = value
            self.spots[f"{MEASURED}.{place}.{inner[0]}"] = spot

    def _extras(self) -> None:
        for index, row in enumerate(self.filled.tables["extras"]):
            path, value = row.get("path"), row.get("value")
            spot = Spot("extras", "value", index)
            if not isinstance(path, str):
                continue
            if path.startswith(f"{MEASURED}."):
                self._put_record(path.split(".")[1:], _from_json(value), spot)
            elif value == "":
                self._remove(path)
            else:
                self._put(path, _from_json(value), spot)

    def _leave_out_unknown_costs(self) -> None:
        """An activity does not name a cost that nobody knows: it is an effect without a price."""
        activities = self._node("theory.activities")
        for activity in activities.values() if isinstance(activities, dict) else ():
            costs = activity.get("costs") if isinstance(activity, dict) else None
            if isinstance(costs, list):
                activity["costs"] = [name for name in costs if name not in self.unknown_costs]

    def _leave_out_legs(self) -> None:
        """The rows of transfers that follow from an instrument are no part of a case."""
        instruments, transfers = self.tree.get("instruments"), self.tree.get("transfers")
        if not (isinstance(instruments, dict) and isinstance(transfers, dict)):
            return
        for name, record in instruments.items():
            kind = record.get("kind") if isinstance(record, dict) else None
            for leg in leg_ids(name, str(kind)):
                transfers.pop(named(leg), None)
        if not transfers:
            del self.tree["transfers"]

    def _remove(self, path: str) -> None:
        above, _, last = path.rpartition(".")
        node = self._node(above) if above else self.tree
        if isinstance(node, dict):
            node.pop(last, None)


def _from_json(content: Content) -> Any:
    """A value that was written as JSON, or as a number or a text of its own."""
    if not isinstance(content, str):
        return content
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content
