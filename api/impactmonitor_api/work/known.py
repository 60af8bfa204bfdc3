"""The case as it is known: what was written, what was measured since, and what bearers said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import find_problems
from impactmonitor.intake.record_names import named
from impactmonitor.model.case import Case
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.record import FrozenDict
from impactmonitor.model.validation import problems_of
from impactmonitor.problems import InvalidInput, Problem, errors

Standing = Literal["draft", "submitted", "approved", "rejected"]
"""How far a record has come; only what is approved counts, and what is rejected counts nowhere."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A measurement that is kept beside its case.

    Attributes
    ----------
    name : str
        Its id among the measurements of the case.
    record : Mapping
        Its fields as plain values, without a status.
    status : {"draft", "submitted", "approved", "rejected"}
        What was decided about it last.
    """

    name: str
    record: Mapping[str, Any]
    status: Standing


@dataclass(frozen=True, slots=True)
class Said:
    """What the bearer of an effect said about it."""

    effect: str
    actor: str
    confirmation: str


def case_of(document: str) -> Case:
    """The case of a document that was kept.

    Raises
    ------
    InvalidInput
        If this version of the engine no longer reads it.
    """
    try:
        return Case.model_validate(json.loads(document))
    except ValidationError as error:
        raise InvalidInput(problems_of(error, Case)) from None


def known_case(case: Case, records: Sequence[StoredRecord], said: Iterable[Said]) -> Case:
    """A case with the measurements that were approved and what bearers said last.

    Parameters
    ----------
    case : Case
        As it was written.
    records : sequence of StoredRecord
        The oldest first; only those that are approved are added.
    said : iterable of Said
        The oldest first; of an effect and an actor the last counts. What is about an effect or
        an actor that the case does not have is left out.
    """
    approved = [one for one in records if one.status == "approved"]
    measured = with_records(case, approved, records) if approved else case
    return with_confirmations(measured, said)


def with_records(
    case: Case, counting: Iterable[StoredRecord], known: Iterable[StoredRecord]
) -> Case:
    """A case with records added to its measurements.

    Parameters
    ----------
    case : Case
        Its own measurements get names where they have none, so that others can restate them; in
        the same document they always get the same ones.
    counting : iterable of StoredRecord
        Those to add, in their order.
    known : iterable of StoredRecord
        Also those that do not count: a record that restates one of them restates instead what
        that one restated, or nothing.
    """
    added = list(counting)
    own = named(case.measurements)
    restated = {one.name: one.record.get("restates") for one in known}
    there = {record.id for record in own} | {one.name for one in added}
    more = [_measurement(one, there, restated) for one in added]
    return case.model_copy(update={"measurements": (*own, *more)})


def _measurement(
    one: StoredRecord, there: set[str | None], restated: Mapping[str, str | None]
) -> Measurement:
    record = Measurement.model_validate(
        {
            **one.record,
            "id": one.name,
            "status": "draft" if one.status == "rejected" else one.status,
        }
    )
    name, seen = record.restates, {one.name}
    while name is not None and name not in there:
        seen.add(name)
        following = restated.get(name)
        name = None if following in seen else following
    return record if name == record.restates else record.model_copy(update={"restates": name})


def with_confirmations(case: Case, said: Iterable[Said]) -> Case:
    """A case with what bearers said about its effects.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "effects": {"help": {"quantity": 9, "unit_value": 50, "falls_to": "city",
    ...                          "domain": "social"}},
    ... })
    >>> case = with_confirmations(case, [Said("help", "city", "contested")])
    >>> case.effects["help"].confirmation
    {'city': 'contested'}
    """
    effects = dict(case.effects)
    for one in said:
        effect = effects.get(one.effect)
        if effect is not None and one.actor in case.actors:
            whole = FrozenDict({**effect.confirmation, one.actor: one.confirmation})
            effects[one.effect] = effect.model_copy(update={"confirmation": whole})
    return case if effects == case.effects else case.model_copy(
        update={"effects": FrozenDict(effects)}
    )  # fmt: skip


def new_errors(before: Case, after: Case, catalogue: Catalogue) -> list[Problem]:
    """What is wrong with a case that was not wrong with it before.

    Parameters
    ----------
    before, after : Case
        The same, but for what was added at the end of a section.
    catalogue : Catalogue
        In which references are looked up.
    """
    known = {(p.code, p.path) for p in errors(find_problems(before, catalogue))}
    return [p for p in errors(find_problems(after, catalogue)) if (p.code, p.path) not in known]
