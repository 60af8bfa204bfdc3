"""Rank cases that are sent along; nothing is kept."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from impactmonitor.scoring.robust_ranking import Draws
from impactmonitor_api.contract.rankings import NewRanking, Ranking
from impactmonitor_api.http.bodies import Body, said
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import json_answer
from impactmonitor_api.routes.declared import LANGUAGE, Reader, body_of, refusals
from impactmonitor_api.work.ranking import ranked

router = APIRouter(tags=["work out"])


@router.post(
    "/v1/rankings",
    operation_id="rank",
    summary="Rank cases",
    response_model=Ranking,
    dependencies=[LANGUAGE],
    responses=refusals(415),
    openapi_extra=body_of(NewRanking),
)
def rank(request: Request, caller: Reader, body: Body) -> Response:
    """Rank cases by their score in a framework, and say how sure that is.

    What is to be mended in a case is placed under `cases.0`, `cases.1`, and so on. The answer is
    the object that `impactmonitor rank --json` prints.
    """
    wanted = said(request, body, NewRanking)
    language = language_of(request.headers.get("accept-language", ""))
    catalogue = request.app.state.catalogues.now_of(caller.organisation_id)
    draws = Draws(wanted.draws, wanted.seed, wanted.max_multiplier)
    found = ranked(wanted.cases, wanted.framework, draws, catalogue, language)
    return json_answer(found, headers={"Content-Language": language})
