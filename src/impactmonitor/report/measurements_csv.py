"""The records of a case as CSV, which ``intake.measurements_csv`` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from typing import Any

from impactmonitor.intake.csv_rows import quoted
from impactmonitor.intake.measurements_csv import NUMBERS, TRANSLATED
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.case import Case
from impactmonitor.model.changes import plain

_FIELDS = (
    "id", "indicator", "line", "field", "period", "value", "numerator", "denominator", "baseline",
    "target", "status", "reporter", "project", "date", "disaggregation", "evidence", "method",
    "differs_because", "restates",
)  # fmt: skip


def measurements_csv(case: Case, hidden: Collection[int] = ()) -> str:
    r"""The measurements of a case as a CSV file.

    Parameters
    ----------
    case : Case
        With its measurements.
    hidden : collection of int
        Places of the records that stay out of it (``people_records.hidden_records``).

    Returns
    -------
    str
        The names of fields on the first line, then a line for each record, in their order; only
        columns in which something stands. A text that starts as a formula does gets an
        apostrophe in front, which reading takes away again; spaces around a text are lost.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "measurements": [{"line": "costs.work", "period": "2025", "value": 40,
    ...                       "reporter": "=Anna"}],
    ... })
    >>> print(measurements_csv(case).replace("\r\n", "\n"), end="")
    line,period,value,reporter
    costs.work,2025,40,'=Anna
    """
    records = shown_records(case, hidden)
    rows = [dict(_cells(record)) for record in records]
    columns = [name for name in _columns(records) if any(name in row for row in rows)]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns or ["indicator", "period", "value"])
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return stream.getvalue()


def shown_records(case: Case, hidden: Collection[int]) -> list[dict[str, Any]]:
    """The records that may be exported, as plain values.

    Parameters
    ----------
    case : Case
        With its measurements.
    hidden : collection of int
        Places of the records that stay out of it.
    """
    records: list[dict[str, Any]] = plain(case).get("measurements", [])
    return [record for i, record in enumerate(records) if i not in hidden]


def _columns(records: list[dict[str, Any]]) -> Iterator[str]:
    """All columns that may be needed, in their order."""
    for name in _FIELDS:
        if name == "disaggregation":
            dimensions = (d for record in records for d in record.get(name) or {})
            yield from (f"{name}.{dimension}" for dimension in dict.fromkeys(dimensions))
            continue
        yield name
        if name in TRANSLATED:
            yield from (f"{name}.{language}" for language in LANGUAGES)


def _cells(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{k}", quoted(str(v))) for k, v in value.items() if v is not None)
        elif name in NUMBERS and value is not None:
            whole = float(value).is_integer() and abs(value) < 1e15
            yield name, str(int(value)) if whole else repr(float(value))
        elif value is not None:
            yield name, quoted(str(value))
