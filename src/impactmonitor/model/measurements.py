"""What was measured: one record per figure that somebody reports about one period.

What each field means stands in the message catalogue (``fields``), in both languages.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from impactmonitor.model.periods import NAME_PATTERN
from impactmonitor.model.record import ID_PATTERN, FrozenDict, Id, Map, PlainText, Record, Text
from impactmonitor.model.written import Date

Status = Literal["draft", "submitted", "approved"]
"""Only what is approved counts in any total."""

MeasuredField = Literal[
    "quantity", "unit_value", "deadweight", "displacement", "attribution_to_others", "amount"
]

RATE_FIELDS: frozenset[MeasuredField] = frozenset(
    {"unit_value", "deadweight", "displacement", "attribution_to_others"}
)
"""Fields of an effect that are so much per unit: over reporters and periods they are Σ ÷ Σ."""

MAX_MEASUREMENTS = 5_000
"""More would not fit in a file that can be read back."""


def _no_words(value: Any) -> Any:
    """Words such as "n.a." and "High" are no figure; a figure in quotation marks is a slip."""
    if isinstance(value, str) and not any(sign.isdecimal() for sign in value):
        raise PydanticCustomError("word-for-a-figure", "")
    return value


Measured = Annotated[float, BeforeValidator(_no_words)]
"""A figure that was measured or is aimed at."""

OutOf = Annotated[float, Field(ge=0), BeforeValidator(_no_words)]
"""Out of how many."""


def _period(value: Any) -> Any:
    """A year is a period too, and files write it as a number."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and not re.fullmatch(NAME_PATTERN, text):
        raise PydanticCustomError("not-a-period", "")
    return text


def _line_path(value: Any) -> Any:
    """The section and the id of a line."""
    if isinstance(value, str) and not re.fullmatch(LINE_PATTERN, value):
        raise PydanticCustomError("not-a-line", "")
    return value


LINE_PATTERN = rf"^(costs|effects|transfers)\.{ID_PATTERN.strip('^$')}$"

_YearNumber = Annotated[int, Field(ge=1000, le=9999)]
_Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=60)]
_Line = Annotated[str, Field(pattern=LINE_PATTERN, max_length=80)]
_Short = Annotated[str, Field(max_length=60)]

PeriodName = Annotated[_Short, BeforeValidator(_period, json_schema_input_type=_Name | _YearNumber)]
"""A year, quarter or month, or the id of a period of the case's own."""

PeriodKey = Annotated[_Short, BeforeValidator(_period, json_schema_input_type=_Name)]
"""The same as the key of a mapping."""

LinePath = Annotated[
    Annotated[str, Field(max_length=80)],
    BeforeValidator(_line_path, json_schema_input_type=_Line),
]
"""A line of the case with its section, such as ``effects.fewer-falls``."""


class Measurement(Record):
    """One figure about one period, of an indicator or of a line of the case.

    Attributes
    ----------
    indicator, line : str or None
        What was measured: exactly one of them is given.
    field : str or None
        Which number of the line; None for an indicator, and for the usual one of a line.
    period : str
        A year, quarter, month or a period of the case's own.
    baseline, target, value : float or None
        In the unit of the indicator or the line; a target may stand in a record without value.
    numerator, denominator : float or None
        Instead of a value, for a ratio.
    status : {"draft", "submitted", "approved"}
        Only what is approved counts.
    reporter, project : str or None
        Who reports it, and about which project of several.
    id, restates : str or None
        The name of the record, and the name of the record that it replaces.
    disaggregation : Mapping[str, str]
        By dimension the category that it is about; empty for everybody together.
    differs_because : Text or None
        Why a total is not the sum of its parts.

    Examples
    --------
    >>> one = Measurement.model_validate({"line": "effects.fewer-falls", "period": 2025,
    ...                                   "value": 80, "status": "approved"})
    >>> one.of, one.measured_field, one.counts
    ('effects.fewer-falls', 'quantity', True)
    """

    id: Id | None = None
    indicator: Id | None = None
    line: LinePath | None = None
    field: MeasuredField | None = None
    period: PeriodName
    baseline: Measured | None = None
    target: Measured | None = None
    value: Measured | None = None
    numerator: Measured | None = None
    denominator: OutOf | None = None
    status: Status = "draft"
    reporter: PlainText | None = None
    project: PlainText | None = None
    date: Date | None = None
    evidence: Text | None = None
    method: Text | None = None
    restates: Id | None = None
    disaggregation: Map[Id, Id] = Field(default_factory=FrozenDict)
    differs_because: Text | None = None

    @property
    def of(self) -> str:
        """What was measured: the id of an indicator, or the path of a line (which has a dot)."""
        return self.indicator or self.line or ""

    @property
    def measured_field(self) -> MeasuredField | None:
        """Which number of the line it is; None for an indicator."""
        if self.line is None:
            return None
        usual: MeasuredField = "quantity" if self.line.startswith("effects.") else "amount"
        return self.field or usual

    @property
    def has_figure(self) -> bool:
        """Whether it reports something: a record may also hold no more than a target."""
        return self.value is not None or self.numerator is not None

    @property
    def counts(self) -> bool:
        """Whether it is approved and reports something."""
        return self.status == "approved" and self.has_figure

    @property
    def cell(self) -> tuple[tuple[str, str], ...]:
        """Its dimensions and categories in a fixed order; empty for everybody together."""
        return tuple(sorted(self.disaggregation.items()))
