"""Simulate a case that is sent along: at once, or as a job."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.uncertainty.simulation import DRAWS, SEED
from impactmonitor_api.contract.jobs import ACCEPTED, SIMULATED
from impactmonitor_api.contract.schemas import CASE_BODY
from impactmonitor_api.http.bodies import JSON, Body, ending_of
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import json_answer
from impactmonitor_api.http.preferences import prefers_later
from impactmonitor_api.routes.declared import LANGUAGE, ONCE, Reader, refusals
from impactmonitor_api.routes.evaluations import ScenarioName
from impactmonitor_api.routes.later import PREFERENCE, queued
from impactmonitor_api.storage import additions
from impactmonitor_api.work.simulations import Drawing, check_simulation, simulated

router = APIRouter(tags=["work out"])

MOST_DRAWS = 1 << 24
"""One request may not keep a worker busy for days."""

MOST_SEED = 2**63 - 1

Draws = Annotated[
    int,
    Query(
        description="How many cases to calculate; rounded up to a multiple of 8, and a power of 2 "
        "is best. Many draws become a job.",
        ge=1,
        le=MOST_DRAWS,
        examples=[4096],
    ),
]
Seed = Annotated[
    int,
    Query(description="The same number gives the same answer again.", ge=0, le=MOST_SEED,
          examples=[1]),
]  # fmt: skip
Method = Annotated[
    Literal["sobol", "mc"],
    Query(description="`sobol` (evenly spread) or `mc` (plain chance).", examples=["sobol"]),
]
ValueRanges = Annotated[
    bool,
    Query(description="Use the published ranges of catalogue values.", examples=[False]),
]


@router.post(
    "/v1/simulations",
    operation_id="simulate",
    summary="Simulate a case",
    dependencies=[ONCE, LANGUAGE, PREFERENCE],
    responses={200: SIMULATED, 202: ACCEPTED, **refusals(415)},
    openapi_extra=CASE_BODY,
)
def simulate(
    request: Request,
    caller: Reader,
    body: Body,
    draws: Draws = DRAWS,
    seed: Seed = SEED,
    method: Method = "sobol",
    scenario: ScenarioName = None,
    value_ranges: ValueRanges = False,
) -> Response:
    """Work out how sure the result of a case is, what it depends on and what to measure first.

    The answer is the object that `impactmonitor simulate --json` prints; nothing is kept. Many
    draws, or `Prefer: respond-async`, give a job. What is wrong with the case is said at once.
    """
    ending = ending_of(request)
    language = language_of(request.headers.get("accept-language", ""))
    version, catalogue = _catalogue(request, caller.organisation_id)
    drawing = Drawing(draws, seed, method, scenario, value_ranges)
    if draws <= request.app.state.settings.draws_at_once and not prefers_later(request):
        found = simulated(body, ending, catalogue, drawing, language)
        return json_answer(found, headers={"Content-Language": language})
    check_simulation(body, ending, catalogue, drawing)
    options: dict[str, Any] = {
        "drawing": asdict(drawing),
        "ending": ending,
        "language": language,
        "additions_version": version,
        "media_type": JSON,
    }
    return queued(request, caller, body, "simulation", options)


def _catalogue(request: Request, organisation_id: str) -> tuple[int, Catalogue]:
    """The catalogue of an organisation as it is now, and the version of its additions."""
    with request.app.state.database.reading() as session:
        version = additions.newest_version(session, organisation_id)
        return version, request.app.state.catalogues.at(session, organisation_id, version)
