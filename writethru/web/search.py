"""The page of search."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from writethru.api.parameters import Cursor
from writethru.archive import Archive
from writethru.errors import MalformedQuery
from writethru.search.query import LONGEST_QUERY
from writethru.web.rendering import Renderer

QueryText = Annotated[str, Query(max_length=LONGEST_QUERY)]


class SearchRoutes:
    """Search over one archive, as a page that works without scripts."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer

    def router(self) -> APIRouter:
        """The page."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/search", self.search, methods=["GET", "HEAD"])
        return router

    def search(
        self, request: Request, q: QueryText = "", cursor: Cursor = "", order: Literal["best", "newest"] = "best"
    ) -> Response:
        """The form, and what was found."""
        page, fault, saved = None, "", self.archive.search.saved()
        if q.strip():
            try:
                page = self.archive.search.find(q, cursor=cursor, order=order)
            except MalformedQuery as error:
                fault = error.message
        this = next((one for one in saved if one.query == q), None)
        context = {"q": q, "order": order, "page": page, "fault": fault, "cursor": cursor, "saved": saved, "this": this}
        return self.renderer.page(request, "search.html", 400 if fault else 200, **context)
