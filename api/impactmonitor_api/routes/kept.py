"""Results that are kept: never changed, and to be worked out again years later."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor.problems import NotFound, Problem
from impactmonitor_api.contract.differences import Difference
from impactmonitor_api.contract.evaluations import (
    EvaluationOut,
    EvaluationPage,
    InputOut,
    Recomputation,
)
from impactmonitor_api.http.bodies import Body
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.paging import Page, cut, page_of
from impactmonitor_api.routes.allowed import check_may
from impactmonitor_api.routes.declared import LANGUAGE, ONCE, Keeper, Reader, refusals
from impactmonitor_api.routes.differences import EveryLine
from impactmonitor_api.routes.evaluations import ScenarioName
from impactmonitor_api.routes.found import (
    CaseId,
    EvaluationId,
    OtherEvaluationId,
    found_case,
    not_found,
)
from impactmonitor_api.routes.knowing import known_now, open_case
from impactmonitor_api.storage import evaluations
from impactmonitor_api.storage.additions import newest_version
from impactmonitor_api.storage.evaluations import Kept
from impactmonitor_api.storage.keys import Caller
from impactmonitor_api.storage.tables import Organisation, StoredCase, StoredEvaluation
from impactmonitor_api.work.comparing import Side, difference_of
from impactmonitor_api.work.keeping import (
    MOST_MOVED,
    case_in,
    evaluated_input,
    input_from,
    input_of,
    recomputed,
    result_of,
)

router = APIRouter(tags=["evaluations"])


def summary(one: StoredEvaluation) -> dict[str, Any]:
    """A kept result as it stands in a list."""
    return {
        "id": one.id,
        "case_version": one.case_version,
        "additions_version": one.additions_version,
        "scenario": one.scenario,
        "engine": one.engine,
        "catalogue": one.catalogue,
        "input_hash": one.input_hash,
        "by": one.key_id,
        "created_at": one.created_at.isoformat(),
    }


@router.post(
    "/v1/cases/{case_id}/evaluations",
    operation_id="keepEvaluation",
    summary="Evaluate a case and keep the result",
    status_code=201,
    response_model=EvaluationOut,
    dependencies=[ONCE, LANGUAGE],
    responses=refusals(404, 409),
)
def keep(
    request: Request, caller: Keeper, body: Body, case_id: CaseId, scenario: ScenarioName = None
) -> Response:
    """Evaluate a case as it is known now, and keep the result with all that it rests on.

    A kept result is never changed. Viewers cannot keep results.
    """
    check_may(caller, "assess", "edit")
    language = language_of(request.headers.get("accept-language", ""))
    with request.app.state.database.reading() as session:
        case = open_case(session, caller, case_id)
        known = known_now(session, case)
        additions = newest_version(session, caller.organisation_id)
        catalogue = request.app.state.catalogues.at(session, caller.organisation_id, additions)
    given = input_of(known, scenario, language)
    found = evaluated_input(given, catalogue)
    kept = Kept(
        case.version,
        additions,
        scenario,
        found.engine,
        found.catalogue_edition,
        given.hash,
        given.text,
        result_of(found, language),
    )

    def change(session: Session, organisation: Organisation) -> Response:
        stored = open_case(session, caller, case_id)
        made = evaluations.add_evaluation(session, organisation, stored, caller.key_id, kept)
        headers = {"Location": f"/v1/cases/{case_id}/evaluations/{made.id}"}
        return json_answer({**summary(made), "result": json.loads(kept.result)}, 201, headers)

    return changing(request, caller, body, change)


@router.get(
    "/v1/cases/{case_id}/evaluations",
    operation_id="listEvaluations",
    summary="List the kept results of a case",
    response_model=EvaluationPage,
    responses=refusals(404),
)
def listed(
    request: Request, caller: Reader, case_id: CaseId, page: Annotated[Page, Depends(page_of)]
) -> Response:
    """List the results of a case that were kept, and what they rest on, the newest first."""
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        found = evaluations.evaluations_of(session, case, page.before, page.limit + 1)
    rows, following = cut(found, page)
    return json_answer({"items": [summary(row) for row in rows], "next": following})


@router.get(
    "/v1/cases/{case_id}/evaluations/{evaluation_id}",
    operation_id="readEvaluation",
    summary="Read a kept result",
    response_model=EvaluationOut,
    responses=refusals(404),
)
def read(
    request: Request, caller: Reader, case_id: CaseId, evaluation_id: EvaluationId
) -> Response:
    """Read a kept result, in the language in which it was asked for then."""
    with request.app.state.database.reading() as session:
        found = _found(session, caller, case_id, evaluation_id)
    return json_answer({**summary(found), "result": json.loads(found.result)})


@router.get(
    "/v1/cases/{case_id}/evaluations/{evaluation_id}/input",
    operation_id="readEvaluationInput",
    summary="Read what went into a kept result",
    response_model=InputOut,
    responses=refusals(404),
)
def read_input(
    request: Request, caller: Reader, case_id: CaseId, evaluation_id: EvaluationId
) -> Response:
    """Read the case that went into a kept result, and how it was evaluated."""
    with request.app.state.database.reading() as session:
        found = _found(session, caller, case_id, evaluation_id)
    given = input_from(found.input)
    return json_answer(
        {"input_hash": found.input_hash, "case": given.case, "options": given.options}
    )


@router.post(
    "/v1/cases/{case_id}/evaluations/{evaluation_id}/recomputations",
    operation_id="recomputeEvaluation",
    summary="Work a kept result out again",
    response_model=Recomputation,
    dependencies=[LANGUAGE],
    responses=refusals(404),
)
def recompute(
    request: Request, caller: Reader, case_id: CaseId, evaluation_id: EvaluationId
) -> Response:
    """Work a kept result out again, with the engine of now and your additions of then.

    Nothing is kept of it. If the shipped catalogue has a newer edition, that one is used.
    """
    with request.app.state.database.reading() as session:
        found = _found(session, caller, case_id, evaluation_id)
        side = _side(request, session, caller, found, "now")
    now = recomputed(input_from(found.input), found.result, side.catalogue)
    numbers = [
        {"path": one.path, "then": one.then, "now": one.now} for one in now.moved[:MOST_MOVED]
    ]
    return json_answer(
        {
            "is_equal": not now.moved,
            "compared": now.compared,
            "moved": len(now.moved),
            "numbers": numbers,
            "then": {"engine": found.engine, "catalogue": found.catalogue},
            "now": {"engine": now.engine, "catalogue": now.catalogue},
        }
    )


@router.get(
    "/v1/cases/{case_id}/evaluations/{evaluation_id}/difference",
    operation_id="compareEvaluations",
    summary="Hold two kept results against each other",
    response_model=Difference,
    dependencies=[LANGUAGE],
    responses=refusals(404),
)
def difference(
    request: Request,
    caller: Reader,
    case_id: CaseId,
    evaluation_id: EvaluationId,
    other: OtherEvaluationId = None,
    every_line: EveryLine = False,
) -> Response:
    """Show what moved from another kept result of the case to this one, line by line and why.

    Both are worked out with the engine of now. The answer is the object that
    `impactmonitor diff --json` prints.
    """
    language = language_of(request.headers.get("accept-language", ""))
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        new = _found(session, caller, case_id, evaluation_id)
        old = _other(session, case, new, other)
        sides = [
            _side(request, session, caller, one, name) for one, name in ((old, "old"), (new, "new"))
        ]
    found = difference_of(sides[0], sides[1], language, every_line)
    return json_answer(found, headers={"Content-Language": language})


def _found(session: Session, caller: Caller, case_id: str, evaluation_id: str) -> StoredEvaluation:
    case = found_case(session, caller, case_id)
    found = evaluations.find_evaluation(session, case, evaluation_id)
    if found is None:
        raise not_found()
    return found


def _other(
    session: Session, case: StoredCase, new: StoredEvaluation, other: str | None
) -> StoredEvaluation:
    """The kept result that a parameter names; by default the one before."""
    if other is None:
        found = evaluations.evaluation_before(session, new) or new
    else:
        named = evaluations.find_evaluation(session, case, other)
        if named is None:
            raise NotFound(Problem("unknown-evaluation", "from", {"id": other}))
        found = named
    return found


def _side(
    request: Request, session: Session, caller: Caller, kept: StoredEvaluation, name: str
) -> Side:
    """What went into a kept result, with the additions of then."""
    catalogues = request.app.state.catalogues
    catalogue = catalogues.at(session, caller.organisation_id, kept.additions_version)
    return Side(name, case_in(input_from(kept.input)), catalogue, scenario=kept.scenario)
