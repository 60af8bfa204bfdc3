"""Things that a path names; what is another organisation's is not found."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from sqlalchemy.orm import Session

from impactmonitor_api.http.refusals import Refused, refused
from impactmonitor_api.storage import cases
from impactmonitor_api.storage.keys import Caller
from impactmonitor_api.storage.tables import CaseVersion, StoredCase

_UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_EXAMPLE = "3f0c1a52-1f5e-4c4b-9d0e-6f3f0e5f2a11"
MOST_VERSIONS = 2**31 - 1

CaseId = Annotated[str, Path(description="`id` of the case.", pattern=_UUID, examples=[_EXAMPLE])]
JobId = Annotated[str, Path(description="`id` of the job.", pattern=_UUID, examples=[_EXAMPLE])]
MeasurementId = Annotated[
    str, Path(description="`id` of the measurement.", pattern=_UUID, examples=[_EXAMPLE])
]
EvaluationId = Annotated[
    str, Path(description="`id` of the evaluation.", pattern=_UUID, examples=[_EXAMPLE])
]
OtherEvaluationId = Annotated[
    str | None,
    Query(alias="from", description="`id` of the evaluation to start from; by default the one "
          "that was kept before it.", pattern=_UUID, examples=[_EXAMPLE]),
]  # fmt: skip
KeyId = Annotated[str, Path(description="`id` of the key.", pattern=_UUID, examples=[_EXAMPLE])]
VersionNumber = Annotated[
    int, Path(description="Which version.", ge=1, le=MOST_VERSIONS, examples=[1])
]


def not_found() -> Refused:
    """There is no such thing, or it is another organisation's: nobody can tell which."""
    return refused(404, "thing-not-found")


def found_case(session: Session, caller: Caller, case_id: str) -> StoredCase:
    """A case of the caller's organisation.

    Raises
    ------
    Refused
        404 if there is none.
    """
    case = cases.find_case(session, caller.organisation_id, case_id)
    if case is None:
        raise not_found()
    return case


def found_version(session: Session, case: StoredCase, version: int) -> CaseVersion:
    """A version of a case.

    Raises
    ------
    Refused
        404 if there is none.
    """
    found = cases.version_of(session, case, version)
    if found is None:
        raise not_found()
    return found
