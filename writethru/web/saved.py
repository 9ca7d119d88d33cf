"""Saved searches on the pages: keeping one, forgetting it, and the feed of what it found."""

from __future__ import annotations

from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from writethru.api.parameters import LARGEST_ID, Cursor, ItemId
from writethru.api.saved_writes import forget_search, keep_search
from writethru.archive import Archive
from writethru.errors import InputError
from writethru.publish.safe_text import one_line
from writethru.web.feeds import Asked, FeedWriter, Form, Scope
from writethru.web.forms import signed
from writethru.web.rendering import Renderer
from writethru.web.settings import WebSettings
from writethru.web.signing import Viewer

Signed = Annotated[tuple[Viewer, dict[str, str]], Depends(signed)]


class SavedSearchRoutes:
    """Saved searches over one archive."""

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.root = settings.root
        self.writer = FeedWriter(archive, settings, renderer)

    def router(self) -> APIRouter:
        """All of them."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/searches/{search_id}", self.page, methods=["GET", "HEAD"])
        router.add_api_route("/searches/{search_id}/feed.{form}", self.feed, methods=["GET", "HEAD"])
        router.add_api_route("/searches", self.keep, methods=["POST"])
        router.add_api_route("/searches/forget", self.forget, methods=["POST"])
        return router

    def page(self, search_id: ItemId) -> Response:
        """What it finds now, on the page of search."""
        return self._to(self.archive.search.saved_search(search_id).query, 307)

    def feed(self, request: Request, search_id: ItemId, form: Form, cursor: Cursor = "") -> Response:
        """Words that came and words that went, one entry each, for ever."""
        saved = self.archive.search.saved_search(search_id)
        fetch = partial(self.archive.happenings.found, search_id)
        path, title = f"/searches/{search_id}", f"search “{one_line(saved.name, 120)}”"
        scope = Scope(f"search/{search_id}", path, title, fetch)
        return self.writer.answer(request, Asked(scope, cursor, form))

    def keep(self, given: Signed) -> Response:
        """Keep a search under a name."""
        viewer, fields = given
        kept = keep_search(self.archive, viewer.actor, fields.get("name", ""), fields.get("q", ""))
        return self._to(kept.query, 303)

    def forget(self, given: Signed) -> Response:
        """Forget one, and its feed."""
        viewer, fields = given
        number = fields.get("number", "")
        if not (number.isascii() and number.isdigit() and 1 <= int(number[:12]) <= LARGEST_ID):
            raise InputError("must be the number of a saved search", key="number")
        forget_search(self.archive, viewer.actor, int(number))
        return self._to("", 303)

    def _to(self, query: str, code: int) -> Response:
        asked = f"?{urlencode({'q': query})}" if query else ""
        return RedirectResponse(f"{self.root}/search{asked}", code, headers={"cache-control": "no-store"})
