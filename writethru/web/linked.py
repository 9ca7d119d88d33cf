"""A version as JSON-LD, for programs that read schema.org."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from writethru.api.parameters import ItemId
from writethru.archive import Archive
from writethru.publish.linked_article import JSON_LD, news_article
from writethru.web.rendering import Renderer


class LinkedRoutes:
    """Versions as linked data."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer

    def router(self) -> APIRouter:
        """All routes."""
        router = APIRouter(include_in_schema=False)
        path = "/articles/{article_id}/versions/{number}/article.jsonld"
        router.add_api_route(path, self.version, methods=["GET", "HEAD"])
        return router

    def version(self, request: Request, article_id: ItemId, number: ItemId) -> Response:
        """One version as schema.org's NewsArticle."""
        view = self.archive.article(article_id, listed=0)
        version, text = self.archive.version(article_id, number)
        form = news_article(view.summary, version, text, view.appearances, self.renderer.base(request))
        written = json.dumps(form, ensure_ascii=False, indent=1).encode("utf-8", "replace")
        return Response(written, media_type=JSON_LD, headers={"cache-control": "no-cache"})
