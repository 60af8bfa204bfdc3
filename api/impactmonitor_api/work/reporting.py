"""Measurements that are sent: from bytes to records that go with their case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import ValidationError

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.intake.appending import Appended
from impactmonitor.intake.form_reading import Placed, Reported, read_form
from impactmonitor.intake.measurements_csv import ENDING as CSV
from impactmonitor.intake.measurements_csv import measurements_in
from impactmonitor.intake.reading import WORKBOOK
from impactmonitor.intake.record_names import free_name
from impactmonitor.intake.reports import added_to, rows_of
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.validation import problems_of, shown
from impactmonitor.plain import read_json
from impactmonitor.problems import InvalidInput, Problem, errors
from impactmonitor_api.work.known import new_errors

MOST = 200
"""Records in one JSON body."""


@dataclass(frozen=True, slots=True)
class InBody(Placed):
    """A record of a JSON body.

    Attributes
    ----------
    place : str
        Its path in the body; empty where it is the whole body.
    """

    place: str = ""

    def located(self, problem: Problem, name: str) -> Problem:
        """A problem about a field of the record, with its place in the body."""
        return replace(problem, path=".".join(part for part in (self.place, name) if part))


@dataclass(frozen=True, slots=True)
class Received:
    """A record that goes with its case.

    Attributes
    ----------
    name : str
        The id that it gave itself, or that it gets.
    record : Mapping
        Its fields as plain values, without a status.
    is_submitted : bool
        Whether it is ready to be decided about, and no draft.
    """

    name: str
    record: dict[str, Any]
    is_submitted: bool


def reported_in(body: bytes, ending: str) -> Reported:
    """What a body reports.

    Parameters
    ----------
    body : bytes
        A JSON object or list, a CSV file, or a form that was filled in.
    ending : str
        ``.json``, ``.csv`` or ``.xlsx``; a form is read in a process of its own.

    Returns
    -------
    Reported
        A record that does not say that it is a draft is submitted.

    Raises
    ------
    InvalidInput
        If the bytes are no such file; ``approved-by-decision`` for a record that says itself
        that it is approved.
    """
    if ending == WORKBOOK:
        with TemporaryDirectory(prefix="impactmonitor-") as place:
            path = Path(place) / f"form{WORKBOOK}"
            path.write_bytes(body)
            found = read_form(path)
    else:
        found = rows_of(measurements_in(body)) if ending == CSV else _in_json(body)
    approved = [
        one.located(Problem("approved-by-decision", f"rows.{i}.status"), "status")
        for i, one in enumerate(found.records)
        if one.record.status == "approved"
    ]
    records = tuple(map(_submitted, found.records))
    return replace(found, records=records, problems=(*found.problems, *approved))


def _submitted(one: Placed) -> Placed:
    if "status" in one.record.model_fields_set and one.record.status == "draft":
        return one
    return replace(one, record=one.record.model_copy(update={"status": "submitted"}))


def _in_json(body: bytes) -> Reported:
    document = read_json(body)
    tree = document.tree
    if not isinstance(tree, dict | list):
        raise InvalidInput(
            [*document.problems, Problem("not-a-mapping", "", {"value": shown(tree)})]
        )
    if isinstance(tree, list) and len(tree) > MOST:
        params = {"count": len(tree), "most": MOST}
        raise InvalidInput([*document.problems, Problem("too-many-at-once", "", params)])
    several = list(enumerate(tree)) if isinstance(tree, list) else [("", tree)]
    records, problems = list[Placed](), list(errors(document.problems))
    for place, value in several:
        try:
            records.append(InBody(Measurement.model_validate(value), place=str(place)))
        except ValidationError as error:
            found = problems_of(error, Measurement)
            problems += [p.moved_to(str(place)) if place != "" else p for p in found]
    return Reported(tuple(records), tuple(problems))


def added(base: Case, reported: Reported, catalogue: Catalogue, language: Language) -> Appended:
    """A case with what was reported, of which nothing is left to mend.

    Parameters
    ----------
    base : Case
        With every record that counts or may come to count.
    reported : Reported
        What was read.
    catalogue : Catalogue
        In which references are looked up.
    language : {"nl", "en"}
        Of lessons, where a form does not say.

    Raises
    ------
    InvalidInput
        With everything that is wrong because of what was added, each with its place in the body.
    """
    appended = added_to(base, reported, catalogue, False, language)
    found = new_errors(base, appended.case, catalogue)
    if found:
        raise InvalidInput([_in_body(appended, problem) for problem in found])
    return appended


def _in_body(appended: Appended, problem: Problem) -> Problem:
    """A problem at its place in the body; under ``case`` where it is about something else."""
    located = appended.located(problem)
    return problem.moved_to("case") if located is problem else located


def received(appended: Appended, taken: Sequence[str]) -> Iterator[Received]:
    """The records that were added, each with a name.

    Parameters
    ----------
    appended : Appended
        A case with what was added.
    taken : sequence of str
        Names of other records of the case, also of those that count nowhere.
    """
    names = {*taken, *(record.id for record in appended.case.measurements)}
    for one in appended.added.values():
        name = one.record.id or free_name(one.record, names)
        names.add(name)
        fields = one.record.model_dump(mode="json", by_alias=True, exclude_unset=True)
        fields.pop("status", None)
        yield Received(name, {**fields, "id": name}, one.record.status == "submitted")
