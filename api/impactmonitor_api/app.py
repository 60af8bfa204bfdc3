"""The application: the routes, and what goes around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from impactmonitor.problems import InvalidInput, NotFound, Problem
from impactmonitor.version import __version__
from impactmonitor_api.contract.document import describe
from impactmonitor_api.http.access import Access
from impactmonitor_api.http.catalogues import Catalogues
from impactmonitor_api.http.envelope import Envelope
from impactmonitor_api.http.figures import Figures
from impactmonitor_api.http.misunderstood import methods_of, problems_in
from impactmonitor_api.http.rates import Rates
from impactmonitor_api.http.refusals import Refused, refusal, refused
from impactmonitor_api.http.remembered import Remembered
from impactmonitor_api.jobs.worker import Worker
from impactmonitor_api.routes import (
    additions,
    arrangements,
    assessments,
    audit,
    cases,
    catalogue,
    confirmations,
    conversions,
    decisions,
    differences,
    evaluations,
    frameworks,
    health,
    jobs,
    kept,
    keys,
    known,
    measurements,
    rankings,
    simulations,
    workbooks,
)
from impactmonitor_api.settings import Settings
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.migrating import migrate

ROUTERS = (
    evaluations.router,
    simulations.router,
    conversions.router,
    cases.router,
    differences.router,
    assessments.router,
    measurements.router,
    decisions.router,
    confirmations.router,
    known.router,
    kept.router,
    additions.router,
    jobs.router,
    keys.router,
    audit.router,
    health.router,
    arrangements.router,
    catalogue.router,
    frameworks.router,
    rankings.router,
    workbooks.router,
)


def create_app(settings: Settings) -> FastAPI:
    """The service.

    Parameters
    ----------
    settings : Settings
        How it runs. The tables of its database are brought up to date before it answers.

    Examples
    --------
    >>> app = create_app(Settings("sqlite://"))
    >>> "/v1/evaluations" in app.openapi()["paths"]
    True
    """
    database = Database(settings.database_url)
    figures = Figures()
    catalogues = Catalogues(database)
    worker = None
    if settings.has_worker:
        worker = Worker(database, catalogues.at, settings, figures.count_job)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        migrate(database)
        if worker is not None:
            worker.start()
        yield
        if worker is not None:
            await run_sync(worker.stop)
        database.close()

    app = FastAPI(
        title="impactmonitor",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.database = database
    app.state.figures = figures
    app.state.worker = worker
    rates = Rates(settings.requests_per_minute)
    app.state.access = Access(database, settings.key_memory_seconds, rates)
    app.state.remembered = Remembered()
    app.state.catalogues = catalogues
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(InvalidInput, _invalid)
    app.add_exception_handler(NotFound, _missing)
    app.add_middleware(Envelope, max_bytes=settings.max_bytes, figures=figures)
    app.state.routers = ROUTERS
    for router in ROUTERS:
        app.include_router(router)
    describe(app)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """What we refuse, and what the framework refuses before us."""
    if isinstance(error, Refused):
        return refusal(request, error)
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        methods = methods_of(request)
        params = {"method": request.method, "methods": methods}
        headers = {"Allow": methods}
        return refusal(request, refused(405, "method-not-there", params=params, headers=headers))
    if error.status_code == 404:
        return refusal(request, refused(404, "route-not-found"))
    return refusal(request, refused(error.status_code, "request-unreadable"))


async def _misunderstood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(one["loc"][0] == "path" for one in error.errors()):
        return refusal(request, refused(404, "thing-not-found"))
    return refusal(request, Refused(422, problems_in(error)))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidInput)
    return refusal(request, Refused(422, error.problems))


async def _missing(request: Request, error: Exception) -> Response:
    """An id in the body or a parameter that there is not; the route itself is there."""
    assert isinstance(error, NotFound)
    problem: Problem = error.problem
    return refusal(request, Refused(422, [problem]))
