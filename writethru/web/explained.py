"""The page that says why a stored page was read as it was."""

from __future__ import annotations

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from writethru.api.parameters import ItemId
from writethru.archive import Archive
from writethru.web.rendering import Renderer

STYLE_KEPT = "public, max-age=3600"


class ExplainedRoutes:
    """How captures were read, and the stylesheet of the copies."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer

    def router(self) -> APIRouter:
        """Both routes."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/captures/{capture_id}/explain", self.explain, methods=["GET", "HEAD"])
        router.add_api_route("/explained.css", self.style, methods=["GET", "HEAD"])
        return router

    def explain(self, request: Request, capture_id: ItemId) -> Response:
        """A copy of the page, each block with verdict and reason."""
        found = self.archive.explained.capture(capture_id)
        page = found.explained
        return self.renderer.page(
            request,
            "explain.html",
            found=found,
            capture=found.capture,
            title=page.title if page else "",
            copy=Markup(page.fragment) if page else "",  # noqa: S704 (explained_copy escapes all of the page's words)
        )

    def style(self) -> Response:
        """How a copy looks."""
        return Response(self.archive.explained.style, media_type="text/css", headers={"cache-control": STYLE_KEPT})
