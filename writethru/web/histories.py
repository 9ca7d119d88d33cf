"""Pages of all changes and all versions of an article, for histories that are too long for its own page."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from writethru.api.parameters import Cursor, ItemId
from writethru.archive import Archive
from writethru.web.rendering import Renderer


class HistoryRoutes:
    """Lists of one article's history, a page at a time."""

    def __init__(self, archive: Archive, page_size: int, renderer: Renderer) -> None:
        self.archive = archive
        self.page_size = page_size
        self.renderer = renderer

    def router(self) -> APIRouter:
        """All routes."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/articles/{article_id}/changes", self.changes, methods=["GET", "HEAD"])
        router.add_api_route("/articles/{article_id}/versions", self.versions, methods=["GET", "HEAD"])
        return router

    def changes(self, request: Request, article_id: ItemId, cursor: Cursor = "") -> Response:
        """Changes, newest first."""
        page = self.archive.changes(article_id=article_id, limit=self.page_size, cursor=cursor)
        return self._list(request, article_id, noun="change", rows=page.rows, cursor=cursor, following=page.cursor)

    def versions(self, request: Request, article_id: ItemId, cursor: Cursor = "") -> Response:
        """Versions by number."""
        page = self.archive.histories.versions(article_id, limit=self.page_size, cursor=cursor)
        rows = page.versions
        return self._list(request, article_id, noun="version", rows=rows, cursor=cursor, following=page.cursor)

    def _list(self, request: Request, article_id: int, **what: Any) -> Response:
        summary = self.archive.histories.summary(article_id)
        total = summary.changes if what["noun"] == "change" else summary.versions
        return self.renderer.page(request, "history.html", summary=summary, total=total, **what)
