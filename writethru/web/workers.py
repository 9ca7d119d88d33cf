"""The page of workers: for who is signed in, since it names machines."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from writethru.archive import Archive
from writethru.health.fleet import SILENT, State
from writethru.web.rendering import Renderer
from writethru.web.signing import viewer_of


class WorkersRoutes:
    """The page over one archive."""

    def __init__(self, archive: Archive, renderer: Renderer, root: str) -> None:
        self.archive = archive
        self.renderer = renderer
        self.root = root

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/workers", self.workers, methods=["GET", "HEAD"])
        return router

    def workers(self, request: Request) -> Response:
        """Who watches, and who does what is done once."""
        if viewer_of(request) is None:
            return RedirectResponse(f"{self.root}/login?next=/workers", 303)
        fleet = self.archive.store.fleet.fleet(datetime.now(UTC))
        return self.renderer.page(
            request,
            "workers.html",
            fleet=fleet,
            State=State,
            silent=SILENT.total_seconds(),
        )
