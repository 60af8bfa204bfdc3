"""From a case to what is filled in in a workbook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from impactmonitor import messages
from impactmonitor.intake.workbook.assessing import Assessed
from impactmonitor.intake.workbook.assessments import put_answers
from impactmonitor.intake.workbook.cells import MAX_TEXT_OF_A_CELL
from impactmonitor.intake.workbook.filled import (
    PER_PERSON,
    USUAL_COVERAGE,
    Content,
    Filled,
    Link,
    Row,
    rows_of,
)
from impactmonitor.intake.workbook.layout import FORMS, REACHED, TABLE, Layout, SheetId
from impactmonitor.intake.workbook.measured import MEASURED
from impactmonitor.intake.workbook.measured import rows_of as rows_of_records
from impactmonitor.intake.workbook.unfilling import tree_of
from impactmonitor.intake.workbook.words import unknown_words
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.changes import plain
from impactmonitor.model.prefilled import PrefilledEffect

_UNPRICED_ONLY = frozenset(c.key for c in TABLE["unpriced"].columns) | {"monetised"}
_GONE = object()
_ALTERED = re.compile(r"\r|_x[0-9A-Fa-f]{4}_")


def fill(case: Case, language: Language, assessed: Sequence[Assessed] = ()) -> Filled:
    """Everything that a workbook has to hold, so that reading it back gives the same case.

    What no sheet has a cell for (an empty text, say) goes into the table of extras. What an
    effect card fills in stands in the cells, for the calculation; the extras hold the effect as
    it was written.
    """
    tree = plain(case)
    filling = _Filling(plain(case, is_prefilled=True), language)
    filled = filling.filled
    put_answers(filled, assessed, tree.get("scores", {}), filling.content)
    back = json.loads(json.dumps(tree_of(filled, language, assessed).tree, default=str))
    wanted = json.loads(json.dumps(tree, default=str))
    as_written = {
        name: wanted["effects"][name]
        for name, effect in case.effects.items()
        if isinstance(effect, PrefilledEffect)
    }
    if as_written:
        back["effects"] |= as_written
    differences = [
        *_differences(back, wanted, ()),
        *((("effects", name), effect) for name, effect in as_written.items()),
    ]
    for path, value in _in_cells(differences):
        text = "" if value is _GONE else _as_json(value)
        filled.add("extras", path=".".join(path) or None, value=text or "null")
    return filled


def nothing_yet(layout: Layout, currency: str, scheme: str) -> Filled:
    """What a blank workbook already holds: what is usual, and links to the people reached."""
    filled = Filled()
    language = layout.language
    filled.forms |= {
        ("plan", "currency"): currency,
        ("plan", "about.status"): "draft",
        ("settings", "discount.scheme"): scheme or None,
        ("settings", "discount.timing"): "start_of_year",
    }
    title = messages.text("workbook.words.reached.reached", language)
    reached = Link("reached")
    filled.add("parameters", code=REACHED[language], title=title, value=reached)
    for _ in range(layout.rows["effects"]):
        filled.add("effects", quantity=reached)
    return filled


def _in_cells(
    differences: Iterable[tuple[tuple[str, ...], Any]],
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The same, with a mapping that is too long for a cell put down part by part.

    Half of what a cell holds is allowed: some characters count as two in a spreadsheet.
    """
    for path, value in differences:
        is_mapping = isinstance(value, dict) and bool(value) and path_is_plain(value)
        if is_mapping and len(_as_json(value)) > MAX_TEXT_OF_A_CELL // 2:
            yield from _in_cells(((*path, key), part) for key, part in value.items())
        else:
            yield path, value


def _differences(
    found: Any, wanted: Any, path: tuple[str, ...]
) -> list[tuple[tuple[str, ...], Any]]:
    """The deepest nodes of a tree that differ from what is wanted, defaults excepted."""
    if found == wanted:
        return []
    if path == (MEASURED,) and isinstance(wanted, list):
        return _differences_of_records(found, wanted)
    if not (isinstance(found, dict) and isinstance(wanted, dict)) or not path_is_plain(wanted):
        return [(path, wanted)]
    result = []
    for key in {**wanted, **found}:
        if key not in wanted:
            result.append(((*path, key), _GONE))
        elif key not in found:
            result.append(((*path, key), wanted[key]))
        else:
            result += _differences(found[key], wanted[key], (*path, key))
    return result


def _differences_of_records(found: Any, wanted: list[Any]) -> list[tuple[tuple[str, ...], Any]]:
    """The same for records, each by itself: all of them at once would fit in no cell."""
    known = found if isinstance(found, list) else []
    result: list[tuple[tuple[str, ...], Any]] = []
    for i, record in enumerate(wanted):
        path = (MEASURED, str(i))
        result += _differences(known[i], record, path) if i < len(known) else [(path, record)]
    return result


def _as_json(value: Any) -> str:
    """JSON in which nothing looks like an escape of a workbook."""
    return json.dumps(value, ensure_ascii=False).replace("_x", "_\\u0078")


def path_is_plain(node: Mapping[str, Any]) -> bool:
    """Whether no key of a node has a dot, so that paths into it are what they seem."""
    return not any("." in key for key in node)


def fits_a_cell(text: str) -> bool:
    """Whether a cell gives a text back as it was, and as a text.

    An empty cell and one with spaces are the same to people, a workbook has escapes of its own,
    and some words are an answer.
    """
    plain = text.strip()
    return bool(plain) and plain.lower() not in unknown_words() and not _ALTERED.search(text)


class _Filling:
    """Fills in one case; its results stand in ``filled``."""

    def __init__(self, tree: dict[str, Any], language: Language) -> None:
        self.tree = tree
        self.language = language
        self.filled = Filled()
        self.parameters = {name: i for i, name in enumerate(tree.get("parameters", {}))}
        self._forms()
        self._simple("actors")
        self._simple("sources")
        self._parameters()
        for name, cost in tree.get("costs", {}).items():
            self._cost(name, cost)
        for name, effect in tree.get("effects", {}).items():
            self._effect(name, effect)
        for name, transfer in tree.get("transfers", {}).items():
            path = f"transfers.{name}"
            self._row("transfers", path, name, self._by_year(path, "amount", transfer))
        self._groups()
        self._prices()
        self._variants()
        lines = [n for s in ("costs", "effects", "transfers") for n in tree.get(s, {})]
        rows = rows_of_records(tree.get(MEASURED, ()), lines, self.content)
        self.filled.tables[MEASURED] = list(rows)

    # single cells -----------------------------------------------------------------------------

    def number(self, path: str, value: Any) -> Content:
        """A number, or a link to the cell in which it stands."""
        if not isinstance(value, dict):
            return value  # type: ignore[no-any-return]
        if "parameter" in value:
            name = value["parameter"]
            if name == REACHED[self.language]:
                return Link("reached")
            return Link("parameters", self.parameters[name]) if name in self.parameters else None
        kind, rows = rows_of(value)
        first = len(self.filled.tables["uncertain"])
        for row in rows:
            self.filled.add("uncertain", path=path, kind=kind, **row)
        central: float | None = value.get("central")
        return Link("uncertain", first) if central is None else central

    def text(self, path: str, value: Any) -> Content:
        """A text in the language of the workbook; its translations stand in a table."""
        if not isinstance(value, dict):
            return value if fits_a_cell(value) else None
        if not all(fits_a_cell(words) for words in value.values() if words is not None):
            return None
        for language, words in value.items():
            self.filled.add("texts", path=path, language=language, text=words)
        other = next((words for words in value.values() if words is not None), None)
        mine = value.get(self.language)
        return mine if mine is not None else other

    def content(self, kind: str, path: str, value: Any) -> Content:
        """What a cell of a kind holds; None for what no cell gives back as it was."""
        if value is None:
            return None
        if kind == "text":
            return self.text(path, value)
        if kind in {"number", "price"}:
            return self.number(path, value)
        return value if not isinstance(value, str) or fits_a_cell(value) else None

    def _row(self, table: str, path: str, name: str, record: Mapping[str, Any]) -> int:
        """A row of the fields of a record that the table has columns for."""
        row: Row = {"code": name}
        for column in TABLE[table].columns:
            if column.key in record and column.key != "code":
                row[column.key] = self.content(
                    column.kind, f"{path}.{column.key}", record[column.key]
                )
        return self.filled.add(table, **row)

    # sections ---------------------------------------------------------------------------------

    def _forms(self) -> None:
        for sheet, columns in FORMS.items():
            for column in columns:
                node: Any = self.tree
                for key in column.key.split("."):
                    node = node.get(key) if isinstance(node, dict) else None
                content = self.content(column.kind, column.key, node)
                self.filled.forms[sheet, column.key] = content
        discount = self.tree.get("discount")
        if discount is not None and not set(discount) - {"timing"}:
            timing = discount.get("timing", "start_of_year")
            self.filled.forms["settings", "discount.timing"] = timing

    def _simple(self, section: str) -> None:
        for name, record in self.tree.get(section, {}).items():
            self._row(section, f"{section}.{name}", name, record)

    def _parameters(self) -> None:
        for name, record in self.tree.get("parameters", {}).items():
            path = f"parameters.{name}"
            if name == REACHED[self.language]:
                sheet: SheetId = "people"
                value = self.number(f"{path}.value", record.get("value"))
                self.filled.forms[sheet, "reached"] = value
                index = self._row("parameters", path, name, {**record, "value": None})
                self.filled.tables["parameters"][index]["value"] = Link("reached")
            else:
                self._row("parameters", path, name, record)

    def _by_year(self, path: str, field: str, record: Mapping[str, Any]) -> dict[str, Any]:
        """The record without a field that has numbers by year: those get rows of their own."""
        value = record.get(field)
        if not (isinstance(value, dict) and all(key.isdigit() for key in value) and value):
            return dict(record)
        for year, number in value.items():
            content = self.number(f"{path}.{field}.{year}", number)
            line = path.partition(".")[2]
            self.filled.add("by_year", line=line, field=field, year=int(year), number=content)
        return {key: inner for key, inner in record.items() if key != field}

    def _cost(self, name: str, cost: Mapping[str, Any]) -> None:
        path = f"costs.{name}"
        record = self._by_year(path, "amount", cost)
        payers = record.get("paid_by")
        if isinstance(payers, dict):
            record.pop("paid_by")
            self._bearers(name, "paid_by", payers, {}, {})
        self._row("costs", path, name, record)

    def _effect(self, name: str, effect: Mapping[str, Any]) -> None:
        path = f"effects.{name}"
        record = self._by_year(path, "quantity", effect)
        record = self._by_year(path, "unit_value", record)
        if self._fits_unpriced(record):
            record.pop("monetised")
            self._row("unpriced", path, name, record)
            return
        factors = dict(record.get("factors", {}))
        if PER_PERSON in factors:
            record["per_person"] = factors.pop(PER_PERSON)
        for key, number in factors.items():
            content = self.number(f"{path}.factors.{key}", number)
            self.filled.add("factors", line=name, name=key, number=content)
        self._usual_range(record)
        self._effect_bearers(name, record)
        self._row("effects", path, name, record)

    def _fits_unpriced(self, record: Mapping[str, Any]) -> bool:
        """Whether an effect that is not in euros has no more than its simple sheet asks."""
        is_unpriced = record.get("monetised") is False
        one_bearer = isinstance(record.get("falls_to", ""), str)
        return is_unpriced and one_bearer and set(record) <= _UNPRICED_ONLY

    def _usual_range(self, record: dict[str, Any]) -> None:
        """A range in which nine of ten fall, around a number of one's own, fits in the row."""
        key = "per_person" if "per_person" in record else "quantity"
        value = record.get(key)
        if not (isinstance(value, dict) and "interval" in value):
            return
        given, central = value["interval"], value.get("central")
        if central is not None and given.get("coverage", USUAL_COVERAGE) == USUAL_COVERAGE:
            record |= {key: central, "low": given["low"], "high": given["high"]}

    def _effect_bearers(self, name: str, record: dict[str, Any]) -> None:
        cash, agreed = record.pop("cashable", None), record.pop("confirmation", {})
        by_actor = cash if isinstance(cash, dict) and not _is_number(cash) else {}
        rest = (dict(by_actor), dict(agreed))
        bearers = record.pop("falls_to", None)
        if bearers is not None:
            self._bearers(name, "falls_to", bearers, *rest)
        for actor in dict.fromkeys([*rest[0], *rest[1]]):
            self._bearer(name, "only", actor, None, *rest)
        if cash is not None and not by_actor:
            content = self.number(f"effects.{name}.cashable", cash)
            self.filled.add("bearers", line=name, role="all", cashable=content)
        if "taken_from" in record:
            self._bearers(name, "taken_from", record.pop("taken_from"), {}, {})

    def _bearers(
        self, name: str, role: str, shares: Any, cash: dict[str, Any], agreed: dict[str, Any]
    ) -> None:
        if isinstance(shares, str):
            self._bearer(name, role, shares, None, cash, agreed)
        else:
            for actor, share in shares.items():
                self._bearer(name, role, actor, share, cash, agreed)

    def _bearer(
        self,
        name: str,
        role: str,
        actor: str,
        share: float | None,
        cash: dict[str, Any],
        agreed: dict[str, Any],
    ) -> None:
        content = None
        if actor in cash:
            content = self.number(f"effects.{name}.cashable.{actor}", cash.pop(actor))
        self.filled.add(
            "bearers", line=name, role=role, actor=actor, share=share,
            cashable=content, confirmation=agreed.pop(actor, None),
        )  # fmt: skip

    def _groups(self) -> None:
        tree, add = self.tree, self.filled.add
        for name, overlap in tree.get("overlaps", {}).items():
            self._row("overlaps", f"overlaps.{name}", name, overlap)
            for line in overlap.get("lines", ()):
                add("overlap_lines", group=name, line=line)
        for name, members in tree.get("perspectives", {}).items():
            for actor in members:
                add("groups", kind="perspective", code=name, actor=actor)
        burden = tree.get("excess_burden") or {}
        for actor in burden.get("actors", ()):
            add("groups", kind="burden_payer", actor=actor)
        bearers = burden.get("borne_by", {})
        for actor, share in ({bearers: None} if isinstance(bearers, str) else bearers).items():
            add("groups", kind="burden_bearer", actor=actor, share=share)

    def _prices(self) -> None:
        tree, add = self.tree, self.filled.add
        for name, rate in (tree.get("discount") or {}).get("classes", {}).items():
            self.filled.tables["classes"].append({"class": name, "rate": rate})
        for name, index in tree.get("price_indices", {}).items():
            for year, number in index["years"].items():
                add("indices", code=name, currency=index.get("currency"), year=int(year),
                    number=number, source=self.content("plain", "", index.get("source")))  # fmt: skip
        for currency, years in tree.get("exchange_rates", {}).items():
            for year, number in years.items():
                add("exchange_rates", currency=currency, year=int(year), number=number)
        for first, second, rho in tree.get("correlations", ()):
            add("correlations", first=first, second=second, rho=rho)

    def _variants(self) -> None:
        for kind, section in (("alternative", "alternatives"), ("scenario", "scenarios")):
            for name, variant in self.tree.get(section, {}).items():
                title = self.content("text", f"{section}.{name}.title", variant.get("title"))
                self.filled.add("variants", kind=kind, code=name, title=title)
                for path, value in variant["changes"].items():
                    written = (
                        value if _is_plain_number(value) else json.dumps(value, ensure_ascii=False)
                    )
                    self.filled.add("changes", kind=kind, code=name, path=path, value=written)


def _is_plain_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_number(value: Mapping[str, Any]) -> bool:
    """Whether a mapping is an uncertain number rather than numbers by actor."""
    from impactmonitor.model.lines import is_number_form

    return is_number_form(dict(value))
