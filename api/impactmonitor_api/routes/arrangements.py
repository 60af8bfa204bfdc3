"""Arrange the financing of a case that is sent along; nothing is kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from impactmonitor.financing.arranging import Asked
from impactmonitor.financing.result import DRAWS, SEED
from impactmonitor.model.financing import Wholeness
from impactmonitor_api.contract.arrangements import Arrangement
from impactmonitor_api.contract.schemas import CASE_BODY
from impactmonitor_api.http.bodies import Body, ending_of
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import json_answer
from impactmonitor_api.routes.declared import LANGUAGE, Reader, refusals
from impactmonitor_api.routes.evaluations import ScenarioName
from impactmonitor_api.work.arranging import arranged

router = APIRouter(tags=["work out"])

MOST_DRAWS = 65_536
MOST_SEED = 2**53 - 1

Whole = Annotated[
    Wholeness | None,
    Query(description="In what nobody may lose; by default what the case says.",
          examples=["value"]),
]  # fmt: skip
ByYear = Annotated[
    bool | None,
    Query(description="Whether nobody advances money in any year, or pays the same every year; "
          "by default what the case says.", examples=[True]),
]  # fmt: skip
DrawCount = Annotated[
    int,
    Query(ge=0, le=MOST_DRAWS, description="Draws for how sure it is; 0 for none.",
          examples=[DRAWS]),
]  # fmt: skip
Seed = Annotated[
    int,
    Query(ge=0, le=MOST_SEED, description="The same number gives the same answer again.",
          examples=[SEED]),
]  # fmt: skip


@router.post(
    "/v1/arrangements",
    operation_id="arrange",
    summary="Find payments after which nobody loses",
    response_model=Arrangement,
    dependencies=[LANGUAGE],
    responses=refusals(415),
    openapi_extra=CASE_BODY,
)
def arrange(
    request: Request,
    caller: Reader,
    body: Body,
    scenario: ScenarioName = None,
    whole: Whole = None,
    by_year: ByYear = None,
    draws: DrawCount = DRAWS,
    seed: Seed = SEED,
) -> Response:
    """Find the smallest payments between actors after which nobody is worse off.

    Send the case as JSON, YAML or a case workbook. The answer is the object that
    `impactmonitor arrange --json` prints: the result of the case, with the payments and how sure
    everybody is of them under `financing.arrangement`.
    """
    ending = ending_of(request)
    language = language_of(request.headers.get("accept-language", ""))
    catalogue = request.app.state.catalogues.now_of(caller.organisation_id)
    asked = Asked(whole, by_year, draws, seed)
    found = arranged(body, ending, catalogue, scenario, asked, language)
    return json_answer(found, headers={"Content-Language": language})
