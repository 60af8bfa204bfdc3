"""The records of measurements of a case, between its tree and the rows of their sheet.

A record keeps the row in which it stands: what is said about it elsewhere, such as the
translation of a text, names that row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from impactmonitor.intake.workbook.filled import Content, Row
from impactmonitor.intake.workbook.layout import TABLE

MEASURED = "measurements"
"""Of the section of a case, and of its table and sheet."""

MOST_ROWS = 2_000
"""How many records get a row; others stand in the table of extras."""

SPARE_ROWS = 10
INDICATORS = "indicators"
_SECTIONS = frozenset({"costs", "effects", "transfers"})
_PAIR = re.compile(r"\s*([^=,;]+?)\s*=\s*([^=,;]+?)\s*")
_FIRST_OF_A_MONTH = re.compile(r"([0-9]{4}-[0-9]{2})-01")
_OTHERWISE = frozenset({"subject", "categories"})

Put = Callable[[str, str, Any], Content]
"""Makes the content of a cell, of its kind, the path of its field and what stands there."""


@dataclass(frozen=True, slots=True)
class Read:
    """A record that was read from a row.

    Attributes
    ----------
    index : int
        Of the row.
    tree : dict
        As a case has it.
    origins : Mapping[str, str]
        By field of the record the column that it comes from.
    categories : str or None
        What stands in the cell of categories, where it names none.
    """

    index: int
    tree: dict[str, Any]
    origins: Mapping[str, str] = field(default_factory=dict)
    categories: str | None = None


def rows_of(
    records: Sequence[Mapping[str, Any]], lines: Collection[str], put: Put
) -> Iterator[Row]:
    """The rows of records.

    Parameters
    ----------
    records : sequence of Mapping
        As a case has them.
    lines : collection of str
        Codes of all lines: an indicator of the same name is written with "indicators." in front.
    put : callable
        Makes the content of a cell.
    """
    for i, record in enumerate(records[:MOST_ROWS]):
        row: Row = {}
        for column in TABLE[MEASURED].columns:
            if column.key in record and column.key not in _OTHERWISE:
                path = f"{MEASURED}.{i}.{column.key}"
                row[column.key] = put(column.kind, path, record[column.key])
        indicator = record.get("indicator")
        prefix = f"{INDICATORS}." if indicator in lines else ""
        row["subject"] = record.get("line") or (indicator and f"{prefix}{indicator}")
        parts = record.get("disaggregation") or {}
        row["categories"] = written(parts) if parts else None
        yield {key: content for key, content in row.items() if content is not None}


def written(categories: Mapping[str, str]) -> str:
    """Categories by dimension, as a text in a cell.

    Examples
    --------
    >>> written({"sex": "women", "age": "old"})
    'sex=women, age=old'
    """
    return ", ".join(f"{dimension}={category}" for dimension, category in categories.items())


def categories_of(text: str) -> dict[str, str] | None:
    """The categories that a text names; None where it names none.

    Examples
    --------
    >>> categories_of("sex = women; age=old")
    {'sex': 'women', 'age': 'old'}
    >>> categories_of("women") is None
    True
    """
    found = [_PAIR.fullmatch(part) for part in re.split("[,;]", text)]
    pairs = [(match[1], match[2]) for match in found if match is not None]
    is_whole = len(pairs) == len(found) and len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs) if is_whole else None


def subject_of(text: str, kinds: Mapping[str, str], named: Callable[[str], str]) -> tuple[str, str]:
    """What a record is about: a field of it, and the id or path that stands there.

    Parameters
    ----------
    text : str
        The path of a line, the name of one, or an indicator.
    kinds : Mapping[str, str]
        The section of each line, by its code.
    named : callable
        Makes a code of a name.

    Examples
    --------
    >>> subject_of("visits", {"visits": "effects"}, str), subject_of("helped", {}, str)
    (('line', 'effects.visits'), ('indicator', 'helped'))
    """
    section, dot, name = text.partition(".")
    if dot and section in _SECTIONS:
        return "line", f"{section}.{named(name)}"
    if dot and section == INDICATORS:
        return "indicator", name
    code = named(text)
    return ("line", f"{kinds[code]}.{code}") if code in kinds else ("indicator", text)


def records_in(
    rows: Iterator[tuple[int, Row]],
    kinds: Mapping[str, str],
    named: Callable[[str], str],
    text: Callable[[str, Content], Any],
) -> Iterator[Read]:
    """The records that are filled in.

    Parameters
    ----------
    rows : iterator of (int, Row)
        Those in which something stands, with their index.
    kinds : Mapping[str, str]
        The section of each line, by its code.
    named : callable
        Makes a code of a name.
    text : callable
        Gives a text with its translation, by path.
    """
    for index, row in rows:
        tree: dict[str, Any] = {}
        origins: dict[str, str] = {}
        doubtful = None
        for column in TABLE[MEASURED].columns:
            content, key = row.get(column.key), column.key
            if content is None:
                continue
            if key == "subject":
                key, content = subject_of(str(content), kinds, named)
            elif key == "categories":
                key, parts = "disaggregation", categories_of(str(content))
                if parts is None:
                    doubtful = str(content)
                    continue
                tree[key], origins[key] = parts, column.key
                continue
            elif key == "period":  # a spreadsheet makes the first of January of 2027-01
                content = _FIRST_OF_A_MONTH.sub(r"\1", str(content))
            elif column.kind == "text":
                content = text(f"{MEASURED}.{index}.{key}", content)
            tree[key], origins[key] = content, column.key
        yield Read(index, tree, origins, doubtful)
