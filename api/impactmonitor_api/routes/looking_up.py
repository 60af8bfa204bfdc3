"""What all look-ups in the catalogue have in common: a page of a list, or one entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Path, Query, Request
from starlette.responses import Response

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.messages import Language
from impactmonitor.model.entries import Entry
from impactmonitor_api.http.catalogue_paging import Place, cursor_unknown, cut_at
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import json_answer
from impactmonitor_api.routes.found import not_found
from impactmonitor_api.storage import additions
from impactmonitor_api.storage.keys import Caller

Found = TypeVar("Found", bound=Entry)
Shown = Callable[[Catalogue, Found, Language], dict[str, Any]]

_ID = "^[A-Za-z0-9-]{1,300}$"
IndicatorId = Annotated[
    str, Path(description="Id of the indicator.", pattern=_ID, examples=["treated-falls-avoided"])
]
ValueId = Annotated[str, Path(description="Id of the value.", pattern=_ID, examples=["gp-consult"])]
SchemeId = Annotated[str, Path(description="Id of the scheme.", pattern=_ID, examples=["nl-2026"])]
FrameworkId = Annotated[
    str, Path(description="Id of the framework.", pattern=_ID, examples=["readiness"])
]
CardId = Annotated[
    str, Path(description="Id of the effect card.", pattern=_ID, examples=["EC-FALL-EX-MEDCARE"])
]
Words = Annotated[
    str,
    Query(alias="q", max_length=200, description="Only what has all these words in it, in Dutch "
          "or in English; a word may be a part of a longer one.", examples=["hospital"]),
]  # fmt: skip


def page_answer(
    request: Request,
    caller: Caller,
    place: Place,
    find: Callable[[Catalogue], Sequence[Found]],
    show: Shown[Found],
) -> Response:
    """A page of what is found, in the catalogue that its list began in.

    Parameters
    ----------
    request, caller
        Who asks, and in which language.
    place : Place
        Which part.
    find : callable
        All that the list has, in its order.
    show : callable
        One entry as plain values.

    Raises
    ------
    Refused
        422 for a cursor of another list.
    """
    catalogue, version = _catalogue(request, caller, place.version)
    entries, following = cut_at(find(catalogue), place, version)
    language = language_of(request.headers.get("accept-language", ""))
    items = [show(catalogue, entry, language) for entry in entries]
    return json_answer({"items": items, "next": following}, 200, {"Content-Language": language})


def _catalogue(request: Request, caller: Caller, version: int | None) -> tuple[Catalogue, int]:
    """The catalogue with a version of the additions, by default the present one."""
    with request.app.state.database.reading() as session:
        newest = additions.newest_version(session, caller.organisation_id)
        if version is not None and version > newest:
            raise cursor_unknown()
        chosen = newest if version is None else version
        catalogue = request.app.state.catalogues.at(session, caller.organisation_id, chosen)
    return catalogue, chosen


def one_answer(
    request: Request,
    caller: Caller,
    find: Callable[[Catalogue], Found | None],
    show: Shown[Found],
) -> Response:
    """One entry of the catalogue as it is now.

    Raises
    ------
    Refused
        404 if there is none.
    """
    catalogue = request.app.state.catalogues.now_of(caller.organisation_id)
    found = find(catalogue)
    if found is None:
        raise not_found()
    language = language_of(request.headers.get("accept-language", ""))
    content = show(catalogue, found, language)
    return json_answer(content, headers={"Content-Language": language})
