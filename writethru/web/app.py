"""Putting the application together: middleware, errors, pages, feeds, API."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from writethru import __version__
from writethru.api.problems import HTTP_CODES, problem_response, status_of
from writethru.api.reading import Allowance, EntityTags, RateLimit
from writethru.api.routes import create_router
from writethru.api.writes import create_write_router
from writethru.archive import Archive
from writethru.errors import WritethruError
from writethru.web.change import ChangeRoutes
from writethru.web.dossier import DossierRoutes
from writethru.web.explained import ExplainedRoutes
from writethru.web.feed_index import FeedIndexRoutes
from writethru.web.feeds import FeedRoutes
from writethru.web.histories import HistoryRoutes
from writethru.web.kept_pages import KeptPages
from writethru.web.link_pages import LinkRoutes
from writethru.web.linked import LinkedRoutes
from writethru.web.mementos import MementoRoutes
from writethru.web.metrics import Metrics
from writethru.web.outlet import OutletRoutes
from writethru.web.pages import PageRoutes
from writethru.web.paper import PaperRoutes
from writethru.web.rendering import Renderer
from writethru.web.river import RiverRoutes
from writethru.web.saved import SavedSearchRoutes
from writethru.web.search import SearchRoutes
from writethru.web.security import BodyLimit, SecurityHeaders, SharedReads
from writethru.web.settings import WebSettings
from writethru.web.signing import SigningIn
from writethru.web.statements import StatementRoutes
from writethru.web.stories import StoryRoutes
from writethru.web.watching import WatchingRoutes
from writethru.web.websub import WebSubRoutes
from writethru.web.workers import WorkersRoutes
from writethru.web.writing import WritingRoutes

API_ROOT = "/api/v1"


def create_app(archive: Archive, settings: WebSettings | None = None) -> FastAPI:
    """The whole web face over one archive: pages, feeds, API, metrics. Writing needs a session or a token.

    Args:
        archive: what is shown; it may be shared with other threads.
        settings: titles, sizes and the public address.
    """
    settings = settings or WebSettings()
    renderer = Renderer(settings)
    metrics = Metrics(archive)
    app = FastAPI(
        title=f"{settings.title}: API",
        version=__version__,
        openapi_url=f"{API_ROOT}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(RiverRoutes(archive, settings.page_size, renderer).router())
    app.include_router(ChangeRoutes(archive, renderer).router())
    app.include_router(LinkedRoutes(archive, renderer).router())
    app.include_router(OutletRoutes(archive, renderer).router())
    app.include_router(HistoryRoutes(archive, settings.page_size, renderer).router())
    app.include_router(PageRoutes(archive, settings, renderer).router())
    app.include_router(WatchingRoutes(archive, renderer).router())
    app.include_router(WorkersRoutes(archive, renderer, settings.root).router())
    app.include_router(SearchRoutes(archive, renderer).router())
    app.include_router(SavedSearchRoutes(archive, settings, renderer).router())
    app.include_router(ExplainedRoutes(archive, renderer).router())
    app.include_router(FeedRoutes(archive, settings, renderer).router())
    app.include_router(FeedIndexRoutes(archive, renderer).router())
    app.include_router(MementoRoutes(archive, renderer).router())
    app.include_router(StoryRoutes(archive, settings, renderer).router())
    app.include_router(PaperRoutes(archive, renderer).router())
    app.include_router(DossierRoutes(archive, settings, renderer).router())
    app.include_router(StatementRoutes(archive, settings, renderer).router())
    app.include_router(create_router(archive, renderer.base), prefix=API_ROOT)
    app.include_router(create_write_router(archive), prefix=API_ROOT)
    writing = WritingRoutes(archive, settings, renderer)
    app.include_router(writing.router())
    app.include_router(LinkRoutes(archive, renderer, writing).router())
    app.include_router(metrics.router())
    if settings.base_url:
        app.include_router(WebSubRoutes(archive).router())
    app.mount("/static", StaticFiles(directory=str(files("writethru.web") / "static")), name="static")
    _add_errors(app, renderer)
    app.add_middleware(SigningIn, archive=archive, private=settings.private, root=settings.root, api=API_ROOT)
    app.add_middleware(EntityTags, prefix=API_ROOT)
    if not settings.private:
        app.add_middleware(KeptPages, standing=archive.river.standing)
    app.add_middleware(metrics.middleware)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    if settings.requests_per_second:
        allowance = Allowance(settings.requests_per_second, settings.requests_at_once)
        app.add_middleware(RateLimit, prefix=API_ROOT, allowance=allowance)
    app.add_middleware(SharedReads, prefix=f"{API_ROOT}/", origins=settings.allow_origins)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    return app


def _add_errors(app: FastAPI, renderer: Renderer) -> None:
    """Each error in one shape: JSON under the API's root, a page elsewhere."""

    def answer(request: Request, status: int, error: tuple[str, str, str]) -> Response:
        if request.url.path.startswith(API_ROOT):
            return problem_response(status, *error)
        return renderer.error(request, status, *error)

    @app.exception_handler(WritethruError)
    def on_own(request: Request, error: WritethruError) -> Response:
        return answer(request, status_of(error), (error.code, error.key, error.message))

    @app.exception_handler(RequestValidationError)
    def on_invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
        in_path = first["loc"][0] == "path"
        return answer(request, 404 if in_path else 400, ("not_found" if in_path else "input", key, first["msg"]))

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        code = HTTP_CODES.get(error.status_code, "error")
        return answer(request, error.status_code, (code, request.url.path, str(error.detail)))

    @app.exception_handler(Exception)
    def on_unforeseen(request: Request, error: Exception) -> Response:  # noqa: ARG001
        return answer(request, 500, ("error", request.url.path, "an error of ours; it was logged"))
