"""The rules for measurements, without the catalogue: what a record is about, and what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from impactmonitor.model.lines import measured_by_of
from impactmonitor.model.measurements import (
    MAX_MEASUREMENTS,
    RATE_FIELDS,
    Measurement,
)
from impactmonitor.model.monitoring import Monitoring
from impactmonitor.model.numbers import SHARE
from impactmonitor.model.periods import period_of
from impactmonitor.model.restating import by_id, goes_round
from impactmonitor.problems import Problem, nearest

if TYPE_CHECKING:
    from impactmonitor.model.case import Case

Findings = Iterator[Problem]


class Subject(Protocol):
    """What says of what it is: an indicator, or a number of a line."""

    @property
    def indicator(self) -> str | None:
        """Id of an indicator."""

    @property
    def line(self) -> str | None:
        """Path of a line."""

    @property
    def field(self) -> str | None:
        """Number of that line."""


_NOTHING = Monitoring()


def monitoring_of(case: Case) -> Monitoring:
    """What the case says about monitoring; where it says nothing, what holds by default."""
    return case.monitoring or _NOTHING


def _records(case: Case) -> Iterator[tuple[str, Measurement]]:
    """Every record with its path; none where there are more than can be read back."""
    if len(case.measurements) <= MAX_MEASUREMENTS:
        for i, record in enumerate(case.measurements):
            yield f"measurements.{i}", record


def _size(case: Case) -> Findings:
    if len(case.measurements) > MAX_MEASUREMENTS:
        params = {"count": len(case.measurements), "most": MAX_MEASUREMENTS}
        yield Problem("too-many-measurements", "measurements", params)


def subject_problems(case: Case, path: str, subject: Subject) -> Findings:
    """Whether a measurement or forecast is of one thing, and of one that the case has."""
    if (subject.indicator is None) == (subject.line is None):
        yield Problem("measured-what", path)
    elif subject.line is None and subject.field is not None:
        yield Problem("field-without-line", f"{path}.field", {"field": subject.field})
    elif subject.line is not None:
        section, _, name = subject.line.partition(".")
        known = [f"{of}.{id_}" for of in ("costs", "effects", "transfers")
                 for id_ in getattr(case, of)]  # fmt: skip
        if subject.line not in known:
            params = {"id": subject.line, "nearest": nearest(subject.line, known)}
            premises = (f"{section}.{name}",)
            yield Problem("measured-unknown-line", f"{path}.line", params, premises=premises)
        if subject.field is not None and (subject.field == "amount") != (section != "effects"):
            of = "quantity" if section == "effects" else "amount"
            params = {"field": subject.field, "usual": of}
            yield Problem("field-not-of-line", f"{path}.field", params)


def period_problems(case: Case, path: str, name: str) -> Findings:
    """Whether a period is one of the calendar or of the case."""
    own = monitoring_of(case).periods
    if period_of(name, own) is None:
        params = {"id": name, "nearest": nearest(name, own)}
        premises = (f"monitoring.periods.{name}",)
        yield Problem("unknown-period", path, params, premises=premises)


def _subjects(case: Case) -> Findings:
    for path, record in _records(case):
        yield from subject_problems(case, path, record)
        yield from period_problems(case, f"{path}.period", record.period)


def _figures(case: Case) -> Findings:
    """A value or a ratio, not both; and approved records hold something."""
    for path, record in _records(case):
        has_parts = record.numerator is not None or record.denominator is not None
        if record.value is not None and has_parts:
            yield Problem("value-beside-ratio", path)
        elif (record.numerator is None) != (record.denominator is None):
            yield Problem("half-a-ratio", path)
        elif record.numerator and record.denominator == 0:
            yield Problem("measured-of-nothing", f"{path}.denominator")
        is_empty = not has_parts and record.value is None and record.target is None
        if record.status == "approved" and is_empty and record.evidence is None:
            yield Problem("nothing-measured", path)


def _disaggregations(case: Case) -> Findings:
    dimensions = monitoring_of(case).dimensions
    for path, record in _records(case):
        for dimension, category in record.disaggregation.items():
            here = f"{path}.disaggregation.{dimension}"
            if dimension not in dimensions:
                params = {"id": dimension, "nearest": nearest(dimension, dimensions)}
                premises = (f"monitoring.dimensions.{dimension}",)
                yield Problem("unknown-dimension", here, params, premises=premises)
            elif category not in dimensions[dimension].categories:
                known = dimensions[dimension].categories
                params = {"id": category, "dimension": dimension,
                          "nearest": nearest(category, known)}  # fmt: skip
                premises = (f"monitoring.dimensions.{dimension}",)
                yield Problem("unknown-category", here, params, premises=premises)


def _names_of_records(case: Case) -> Findings:
    seen: set[str] = set()
    for path, record in _records(case):
        if record.id is not None and record.id in seen:
            yield Problem("measurement-id-twice", f"{path}.id", {"id": record.id})
        seen.add(record.id or "")


def _restatements(case: Case) -> Findings:
    """A restatement is about the same as what it replaces, and alone in that."""
    named = by_id(case.measurements)
    replaced: set[str] = set()
    for path, record in _records(case):
        name, here = record.restates, f"{path}.restates"
        if name is None:
            continue
        if name not in named:
            params = {"id": name, "nearest": nearest(name, named)}
            yield Problem("restates-unknown", here, params, premises=("measurements",))
        elif goes_round(record, named):
            yield Problem("restates-itself", here, {"id": name})
        elif record.status == "approved" and name in replaced:
            yield Problem("restated-twice", here, {"id": name})
        if record.status == "approved":
            replaced.add(name)
        yield from _about_the_same(here, record, named.get(name, record))


def _about_the_same(path: str, record: Measurement, before: Measurement) -> Findings:
    fields = ("indicator", "line", "measured_field", "period", "reporter", "project", "cell")
    other = [f for f in fields if getattr(record, f) != getattr(before, f)]
    if other:
        words = {"measured_field": "field", "cell": "disaggregation"}
        params = {"id": before.id or "", "fields": ", ".join(words.get(f, f) for f in other)}
        yield Problem("restates-another", path, params)


def _measured_once(case: Case) -> Findings:
    """A quantity is measured by itself or by an indicator."""
    by_indicator = {f"effects.{name}": measured_by_of(effect.measured_by).indicator
                    for name, effect in case.effects.items()
                    if effect.measured_by is not None}  # fmt: skip
    for path, record in _records(case):
        if record.measured_field == "quantity" and record.line in by_indicator:
            params = {"line": record.line, "indicator": by_indicator[record.line]}
            premises = (f"{record.line}.measured_by",)
            yield Problem("measured-twice", f"{path}.line", params, premises=premises)


def _rates(case: Case) -> Findings:
    """A price or a share without numerator and denominator cannot be added up."""
    rates = [(path, r) for path, r in _records(case) if r.measured_field in RATE_FIELDS]
    own = monitoring_of(case).periods
    replaced = {r.restates for r in case.measurements if r.status == "approved"}
    counts = Counter(_rate_of(r) for _, r in rates if r.counts and r.id not in (replaced - {None}))
    for path, record in rates:
        is_share = record.measured_field != "unit_value"
        rate = record.value
        if record.numerator is not None and record.denominator:
            rate = record.numerator / record.denominator
        if is_share and rate is not None and not SHARE.contains(rate):
            params = {"value": f"{rate:g}", "range": str(SHARE)}
            yield Problem("out-of-range", path, params)
        period = period_of(record.period, own)
        if record.value is None or period is None:
            continue
        params = {"field": record.measured_field or ""}
        if record.disaggregation or not period.is_whole_year:
            yield Problem("rate-of-a-part", f"{path}.value", params)
        elif (
            record.counts and record.id not in (replaced - {None}) and counts[_rate_of(record)] > 1
        ):
            yield Problem("rate-twice", f"{path}.value", params)


def _rate_of(record: Measurement) -> tuple[str, str | None, str]:
    return record.of, record.measured_field, record.period


MEASUREMENT_RULES: tuple[Callable[[Case], Findings], ...] = (
    _size,
    _subjects,
    _figures,
    _disaggregations,
    _names_of_records,
    _restatements,
    _measured_once,
    _rates,
)
