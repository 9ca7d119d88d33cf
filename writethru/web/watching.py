"""The page of what is watched: queue, sources, outlets, alarms, and what all looks came to."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from writethru.archive import Archive
from writethru.publish.alarms import names_of
from writethru.web.rendering import Renderer
from writethru.web.sparkline import spark
from writethru.web.writing import writing_context

LISTED_ALARMS: Final = 20
"""Alarms on the page, besides all that last; the feed has more."""

NEXT_LOOKS: Final = 12
"""Of the queue, the earliest."""


class WatchingRoutes:
    """The page over one archive."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/watching", self.watching, methods=["GET", "HEAD"])
        return router

    def watching(self, request: Request) -> Response:
        """All of it."""
        health, sources = self.archive.health(incidents=LISTED_ALARMS), self.archive.sources()
        return self.renderer.page(
            request,
            "watching.html",
            status=self.archive.status(),
            queue=self.archive.store.listing.next_looks(NEXT_LOOKS),
            sources=sources,
            outlet_names={outlet.id: outlet.name for outlet in self.archive.outlets()},
            health=health,
            names=names_of(health, {source.id: source for source in sources}),
            spark=spark,
            **writing_context(request, self.archive),
        )
