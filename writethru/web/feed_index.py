"""The page that lists what can be followed and taken along: every feed, the API, Memento, exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from writethru.alerts import Step
from writethru.archive import Archive
from writethru.publish.safe_text import one_line
from writethru.publish.words import KINDS
from writethru.web.rendering import Renderer

MOST_LISTED: Final = 200
"""Outlets and sections on the page; the pages of the others lead to theirs."""

STEPS: Final[Mapping[str, str]] = {
    Step.DISAPPEARED: "articles that disappeared",
    Step.RETURNED: "articles that returned",
}


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """Where a feed stands: its address without the format, and what it is of."""

    path: str
    title: str


def outlet_feed(outlet_id: int, name: str) -> FeedPlace:
    """Of one outlet."""
    return FeedPlace(f"/outlets/{outlet_id}", one_line(name, 120) or "Outlet not known")


def kind_feed(kind: str) -> FeedPlace:
    """Of one kind of edit, of disappearances or returns."""
    return FeedPlace(f"/kinds/{kind}", STEPS.get(kind, f"kind {kind}"))


def section_feed(name: str) -> FeedPlace:
    """Of sections of one name."""
    return FeedPlace(f"/sections/{quote(name, safe='')}", f"section {one_line(name, 80)}")


class FeedIndexRoutes:
    """The page over one archive."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/feeds", self.feeds, methods=["GET", "HEAD"])
        return router

    def feeds(self, request: Request) -> Response:
        """All feeds."""
        return self.renderer.page(
            request,
            "feed_index.html",
            outlets=[outlet_feed(one.id, one.name) for one in self.archive.river.outlets()[:MOST_LISTED]],
            kinds=[kind_feed(kind) for kind in (*KINDS, *STEPS)],
            sections=[section_feed(name) for name in self.archive.river.sections()[:MOST_LISTED]],
            saved=[FeedPlace(f"/searches/{one.id}", one_line(one.name, 100)) for one in self.archive.search.saved()],
        )
