"""The pages of storylines and events: read what was told, choose a template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from writethru.analyse.stories import SEVERAL
from writethru.analyse.telling import SideText, StoryTelling
from writethru.api.parameters import Cursor, ItemId, Least
from writethru.archive import Archive
from writethru.publish.safe_text import one_line
from writethru.reuse.drawing import to_svg
from writethru.storage.feed_store import Selection
from writethru.text.wording import counted
from writethru.web.feeds import Asked, FeedWriter, Form, Scope
from writethru.web.rendering import Renderer
from writethru.web.settings import WebSettings
from writethru.web.story_line import story_line

SHOWN_ALONE: Final = 12
"""Sentences that only one text has, listed before the rest is folded into a number."""
SHOWN_PASSAGES: Final = 60
NOBODY: Final = (0,)
"""No article has this number: a selection of none would be one of all."""

LINKS: Final = {
    "continues": "continues",
    "revives": "takes up again, after a silence,",
    "reaction": "is a reaction to",
    "recap": "looks back on",
    "same-kind": "is of the same kind as, but not the same story as,",
}
"""How a later event hangs together with an earlier one, in words."""
BASES: Final = {
    "published": "as published",
    "dateline": "by its dateline",
    "address": "by its address",
    "seen": "when first seen",
    "inferred": "inferred from the other articles",
    "none": "not known",
}
"""What the time of an article rests on, in words."""


@dataclass(frozen=True, slots=True)
class Told:
    """Characters of a block: ``shared``, ``quoted`` or plain ("")."""

    text: str
    mark: str


class StoryRoutes:
    """The pages of storylines over one archive."""

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.settings = settings
        self.renderer = renderer
        self.writer = FeedWriter(archive, settings, renderer)

    def router(self) -> APIRouter:
        """All of them."""
        router = APIRouter(include_in_schema=False)
        pages: Sequence[tuple[str, Callable[..., Response]]] = (
            ("/stories", self.stories),
            ("/stories/{story_id}", self.story),
            ("/stories/{story_id}/feed.{form}", self.feed),
            ("/events/{event_id}", self.event),
            ("/articles/{article_id}/stories", self.of_article),
        )
        for path, page in pages:
            router.add_api_route(path, page, methods=["GET", "HEAD"])
        return router

    def stories(self, request: Request, cursor: Cursor = "", least: Least = SEVERAL) -> Response:
        """Storylines with their latest events, the last to happen first."""
        stories = self.archive.stories
        rows, following = stories.storylines(least=least, limit=self.settings.page_size, cursor=cursor)
        return self.renderer.page(
            request, "stories.html", stories=rows, cursor=cursor, following=following, least=least, several=SEVERAL
        )

    def story(self, request: Request, story_id: ItemId) -> Response:
        """One storyline over time and outlets."""
        telling = self.archive.tellings.story(story_id)
        if telling.story.id != story_id:
            return RedirectResponse(f"{self.settings.root}/stories/{telling.story.id}", status_code=308)
        return self.renderer.page(
            request,
            "story.html",
            telling=telling,
            story=telling.story,
            line=story_line(telling),
            sources=independent(telling),
            titles={row.id: row.title for row in telling.story.events},
            stemma=Markup(to_svg(telling.shared.drawn)) if telling.shared.drawn.links else "",  # noqa: S704 (to_svg escapes)
            link_words=LINKS,
            basis_of=BASES,
        )

    def feed(self, request: Request, story_id: ItemId, form: Form, cursor: Cursor = "") -> Response:
        """Every change of the storyline's articles, one entry each."""
        story = self.archive.stories.story(story_id)
        selection = Selection(tuple(self.archive.tellings.article_ids(story.id)) or NOBODY)
        title = one_line(story.title, 160) or "a story without a title"
        fetch = partial(self.archive.happenings.page, selection)
        scope = Scope(f"story/{story.id}", f"/stories/{story.id}", title, fetch)
        return self.writer.answer(request, Asked(scope, cursor, form))

    def event(self, request: Request, event_id: ItemId) -> Response:
        """One event: all outlets' latest texts by what they share."""
        telling = self.archive.tellings.event(event_id)
        if telling.event.row.id != event_id:
            return RedirectResponse(f"{self.settings.root}/events/{telling.event.row.id}", status_code=308)
        return self.renderer.page(
            request,
            "event.html",
            telling=telling,
            event=telling.event,
            sides=[(side, told_blocks(side)) for side in telling.texts],
            sources=sources_line(telling.shared.independent, telling.event.row.articles),
            passages=telling.passages[:SHOWN_PASSAGES],
            more_passages=max(0, len(telling.passages) - SHOWN_PASSAGES),
            shown_alone=SHOWN_ALONE,
            stemma=Markup(to_svg(telling.shared.drawn)) if telling.shared.drawn.links else "",  # noqa: S704 (to_svg escapes)
            basis_of=BASES,
        )

    def of_article(self, request: Request, article_id: ItemId) -> Response:
        """Leads to an article's event; where it is in none, says why."""
        events = self.archive.stories.of_article(article_id)
        if len(events) == 1:
            return RedirectResponse(f"{self.settings.root}/events/{events[0].event_id}", status_code=307)
        return self.renderer.page(
            request,
            "article_stories.html",
            summary=self.archive.article(article_id).summary,
            events=events,
            undecided=self.archive.stories.undecided(article_id),
        )


def independent(telling: StoryTelling) -> str:
    """How many sources of a storyline are independent, in words."""
    return sources_line(telling.shared.independent, len(telling.articles))


def sources_line(independent_texts: int, articles: int) -> str:
    """
    >>> sources_line(3, 9), sources_line(1, 1)
    ('Independent texts: 3 of 9 articles', 'Independent texts: 1 of 1 article')
    """
    return f"Independent texts: {independent_texts} of {counted(articles, 'article')}"


def told_blocks(side: SideText) -> list[tuple[str, list[Told]]]:
    """The blocks of a text in pieces, what others have too marked."""
    found = []
    for number, block in enumerate(side.text.blocks):
        pieces, at = [], 0
        for span in side.spans:
            if span.block != number:
                continue
            pieces.append(Told(block.text[at : span.start], ""))
            pieces.append(Told(block.text[span.start : span.end], "quoted" if span.quoted else "shared"))
            at = span.end
        pieces.append(Told(block.text[at:], ""))
        found.append((block.kind.value, [piece for piece in pieces if piece.text]))
    return found
