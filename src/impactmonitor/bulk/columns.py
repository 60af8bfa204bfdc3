"""The columns of the results of many cases, and their bytes as Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from impactmonitor.appraisal.metrics import METRICS
from impactmonitor.evaluation import Party
from impactmonitor.uncertainty.summary import Summary

Row = dict[str, Any]
CASES, ACTORS = "parts", "actors"
"""Names of the two sets of results, and of their folders."""

PARTY = tuple(field.name for field in fields(Party))
SUMMARY = tuple(field.name for field in fields(Summary))
SPREAD = ("net", "cash_net")
_PLACE = {"case": "text", "file": "text", "line": "whole", "status": "text"}
_CASE = {"title_nl": "text", "title_en": "text", "currency": "text", "price_year": "whole",
         "base_year": "whole", "horizon": "whole", "discount_scheme": "text"}  # fmt: skip
_ACTOR = {"case": "text", "actor": "text", "kind": "text", "title_nl": "text", "title_en": "text",
          "currency": "text"}  # fmt: skip


def spread_columns() -> Iterator[str]:
    """The names of the columns of a distribution.

    Examples
    --------
    >>> [*spread_columns()][:3]
    ['net_mean', 'net_sd', 'net_p05']
    """
    for amount in SPREAD:
        for name in SUMMARY:
            yield f"{amount}_{name}"


@cache
def schema(name: str, is_simulated: bool) -> Any:
    """The columns of one of the two sets of results, as pyarrow knows them.

    Parameters
    ----------
    name : {"parts", "actors"}
        A row for each case, or one for each actor of each case.
    is_simulated : bool
        Whether it has the columns of distributions.

    Returns
    -------
    pyarrow.Schema
    """
    kinds: Mapping[str, str]
    if name == ACTORS:
        kinds = _ACTOR | dict.fromkeys(PARTY, "number")
    else:
        kinds = _PLACE | {"problems": "problems", "warnings": "warnings"} | _CASE | _totals()
    if is_simulated:
        kinds |= dict.fromkeys(spread_columns(), "number")
    return _arrow_schema(kinds)


def _totals() -> dict[str, str]:
    """The metrics of society; an internal rate comes with why there is none."""
    found = {m.id: "whole" if m.kind == "year" else "number" for m in METRICS.values()}
    return found | {"internal_rate_of_return_reason": "text"}


def _arrow_schema(kinds: Mapping[str, str]) -> Any:
    import pyarrow as pa  # type: ignore[import-untyped]

    text = pa.string()
    finding = [("code", text), ("path", text)]
    placed = [*finding, ("line", pa.int64()), ("sheet", text), ("cell", text),
              ("message_nl", text), ("message_en", text)]  # fmt: skip
    types = {
        "text": text,
        "whole": pa.int64(),
        "number": pa.float64(),
        "problems": pa.list_(pa.struct(placed)),
        "warnings": pa.list_(pa.struct(finding)),
    }
    return pa.schema([(name, types[kind]) for name, kind in kinds.items()])


def encoded(rows: Sequence[Row], name: str, is_simulated: bool) -> bytes:
    """Rows as the bytes of a Parquet file; the same rows always give the same bytes.

    Parameters
    ----------
    rows : sequence of dict
        By column; a column that a row does not have is null there.
    name : {"parts", "actors"}
    is_simulated : bool
        As for `schema`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    sink = io.BytesIO()
    table = pa.Table.from_pylist(rows, schema=schema(name, is_simulated))
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def decoded(data: bytes) -> list[Row]:
    """The rows of a Parquet file.

    Examples
    --------
    >>> rows = [{"case": "a", "actor": "city", "net": None}]
    >>> decoded(encoded(rows, "actors", False))[0]["case"]
    'a'
    """
    import pyarrow.parquet as pq

    rows: list[Row] = pq.read_table(io.BytesIO(data)).to_pylist()
    return rows
