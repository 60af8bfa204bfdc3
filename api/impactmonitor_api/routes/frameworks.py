"""Look-ups among frameworks and effect cards."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.messages import Language
from impactmonitor.model.cards import EffectCard
from impactmonitor.model.frameworks import Framework
from impactmonitor.report.card_screen import card_document
from impactmonitor.report.framework_document import framework_document, framework_summary
from impactmonitor.report.searching import find_cards, find_frameworks
from impactmonitor_api.contract.effect_cards import EffectCardOut, EffectCardPage
from impactmonitor_api.contract.frameworks import FrameworkOut, FrameworkPage
from impactmonitor_api.routes.catalogue import WhichPage
from impactmonitor_api.routes.declared import LANGUAGE, Reader, refusals
from impactmonitor_api.routes.looking_up import CardId, FrameworkId, Words, one_answer, page_answer

router = APIRouter(tags=["catalogue"])


def _summary(_: Catalogue, framework: Framework, language: Language) -> dict[str, Any]:
    return framework_summary(framework, language)


def _whole(catalogue: Catalogue, framework: Framework, language: Language) -> dict[str, Any]:
    return framework_document(catalogue.frameworks, catalogue, framework, language)


def _card(_: Catalogue, card: EffectCard, language: Language) -> dict[str, Any]:
    return card_document(card, language)


@router.get(
    "/v1/frameworks",
    operation_id="listFrameworks",
    summary="List frameworks",
    response_model=FrameworkPage,
    dependencies=[LANGUAGE],
    responses=refusals(),
)
def frameworks(request: Request, caller: Reader, page: WhichPage, q: Words = "") -> Response:
    """List or search what is asked about a project beside euros."""

    def find(known: Catalogue) -> list[Framework]:
        return find_frameworks(known.frameworks.frameworks.values(), q)

    return page_answer(request, caller, page, find, _summary)


@router.get(
    "/v1/frameworks/{framework_id}",
    operation_id="readFramework",
    summary="Read a framework",
    response_model=FrameworkOut,
    dependencies=[LANGUAGE],
    responses=refusals(404),
)
def framework(request: Request, caller: Reader, framework_id: FrameworkId) -> Response:
    """Read a framework with all its questions, levels and labels."""
    return one_answer(
        request, caller, lambda known: known.frameworks.frameworks.get(framework_id), _whole
    )


@router.get(
    "/v1/effect-cards",
    operation_id="listEffectCards",
    summary="List effect cards",
    response_model=EffectCardPage,
    dependencies=[LANGUAGE],
    responses=refusals(),
)
def effect_cards(request: Request, caller: Reader, page: WhichPage, q: Words = "") -> Response:
    """List or search what research found about sizes of effects."""

    def find(known: Catalogue) -> list[EffectCard]:
        return find_cards(known.effect_cards.cards.values(), q)

    return page_answer(request, caller, page, find, _card)


@router.get(
    "/v1/effect-cards/{card_id}",
    operation_id="readEffectCard",
    summary="Read an effect card",
    response_model=EffectCardOut,
    dependencies=[LANGUAGE],
    responses=refusals(404),
)
def effect_card(request: Request, caller: Reader, card_id: CardId) -> Response:
    """Read an effect card: what was found, for whom, how sure, and what to mind."""
    return one_answer(request, caller, lambda known: known.effect_cards.cards.get(card_id), _card)
