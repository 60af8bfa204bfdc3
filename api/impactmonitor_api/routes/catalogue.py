"""Look-ups in the catalogue: indicators, values and discount schemes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from impactmonitor.catalogue.kinds import SECTIONS
from impactmonitor.catalogue.search import find, matching
from impactmonitor.report.entries import entry_document
from impactmonitor_api.contract.catalogue import (
    CatalogueOut,
    IndicatorOut,
    IndicatorPage,
    SchemeOut,
    SchemePage,
    ValueOut,
    ValuePage,
)
from impactmonitor_api.http.catalogue_paging import Place, place_of
from impactmonitor_api.http.once import json_answer
from impactmonitor_api.routes.declared import LANGUAGE, Reader, refusals
from impactmonitor_api.routes.looking_up import (
    IndicatorId,
    SchemeId,
    ValueId,
    Words,
    one_answer,
    page_answer,
)
from impactmonitor_api.storage import additions

router = APIRouter(tags=["catalogue"])

WhichPage = Annotated[Place, Depends(place_of)]


@router.get(
    "/v1/catalogue",
    operation_id="readCatalogue",
    summary="See which catalogue you work with",
    response_model=CatalogueOut,
    responses=refusals(),
)
def catalogue(request: Request, caller: Reader) -> Response:
    """See the edition of the catalogue, the version of your own additions, and what it has."""
    with request.app.state.database.reading() as session:
        version = additions.newest_version(session, caller.organisation_id)
        known = request.app.state.catalogues.at(session, caller.organisation_id, version)
    counts: dict[str, int] = {section: len(getattr(known, section)) for section in SECTIONS}
    counts |= {
        "frameworks": len(known.frameworks.frameworks),
        "scales": len(known.frameworks.scales),
        "effect_cards": len(known.effect_cards.cards),
        "topics": len(known.suggestions.topics),
        "target_groups": len(known.suggestions.target_groups),
    }
    return json_answer({"edition": known.edition, "additions_version": version, "counts": counts})


@router.get(
    "/v1/indicators",
    operation_id="listIndicators",
    summary="List indicators",
    response_model=IndicatorPage,
    dependencies=[LANGUAGE],
    responses=refusals(),
)
def indicators(request: Request, caller: Reader, page: WhichPage, q: Words = "") -> Response:
    """List or search what can be measured, in the order of the catalogue."""
    return page_answer(
        request, caller, page, lambda known: find(known, q, "indicators"), entry_document
    )


@router.get(
    "/v1/indicators/{indicator_id}",
    operation_id="readIndicator",
    summary="Read an indicator",
    response_model=IndicatorOut,
    dependencies=[LANGUAGE],
    responses=refusals(404),
)
def indicator(request: Request, caller: Reader, indicator_id: IndicatorId) -> Response:
    """Read an indicator, with the value that it is worth."""
    return one_answer(
        request, caller, lambda known: known.indicators.get(indicator_id), entry_document
    )


@router.get(
    "/v1/values",
    operation_id="listValues",
    summary="List values",
    response_model=ValuePage,
    dependencies=[LANGUAGE],
    responses=refusals(),
)
def values(request: Request, caller: Reader, page: WhichPage, q: Words = "") -> Response:
    """List or search what things are worth, in the order of the catalogue."""
    return page_answer(
        request, caller, page, lambda known: find(known, q, "values"), entry_document
    )


@router.get(
    "/v1/values/{value_id}",
    operation_id="readValue",
    summary="Read a value",
    response_model=ValueOut,
    dependencies=[LANGUAGE],
    responses=refusals(404),
)
def value(request: Request, caller: Reader, value_id: ValueId) -> Response:
    """Read a value with all its editions; also found by its id and an edition."""
    return one_answer(
        request, caller, lambda known: (known.value(value_id) or (None,))[0], entry_document
    )


@router.get(
    "/v1/discount-schemes",
    operation_id="listDiscountSchemes",
    summary="List discount schemes",
    response_model=SchemePage,
    dependencies=[LANGUAGE],
    responses=refusals(),
)
def schemes(request: Request, caller: Reader, page: WhichPage, q: Words = "") -> Response:
    """List or search discount schemes, in the order of the catalogue."""
    return page_answer(
        request, caller, page, lambda known: matching(known.schemes.values(), q), entry_document
    )


@router.get(
    "/v1/discount-schemes/{scheme_id}",
    operation_id="readDiscountScheme",
    summary="Read a discount scheme",
    response_model=SchemeOut,
    dependencies=[LANGUAGE],
    responses=refusals(404),
)
def scheme(request: Request, caller: Reader, scheme_id: SchemeId) -> Response:
    """Read the rates that somebody prescribes, and where."""
    return one_answer(request, caller, lambda known: known.schemes.get(scheme_id), entry_document)
