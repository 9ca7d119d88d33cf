"""The routes of events and storylines; all are reads, editors rule on the command line and in Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response
from typing_extensions import TypedDict

from writethru.analyse.stories import SEVERAL
from writethru.api import story_forms as forms
from writethru.api.paging import Pager
from writethru.api.parameters import LARGEST_ID, Accepts, Cursor, ItemId, Least, Limit
from writethru.archive import Archive


class EventPage(TypedDict):
    """One page of events, the last to happen first."""

    items: list[forms.EventRowForm]
    next: str | None


class StoryPage(TypedDict):
    """One page of storylines, the last to happen first."""

    items: list[forms.StoryRowForm]
    next: str | None


class JournalForm(TypedDict):
    """Lines of the journal of memberships, in order."""

    items: list[dict[str, Any]]


class StoryApi:
    """The endpoints of events and storylines, over one archive."""

    def __init__(self, archive: Archive, pager: Pager) -> None:
        self.archive = archive
        self.pager = pager

    def events(self, request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
        """Events, the last to happen first."""
        rows, following = self.archive.stories.events(limit=limit, cursor=cursor)
        return self.pager.answer(request, [forms.event_row_form(row) for row in rows], following)

    def stories(self, request: Request, limit: Limit = 50, cursor: Cursor = "", least: Least = SEVERAL) -> Response:
        """Storylines of several articles (``least``), the last to happen first."""
        rows, following = self.archive.stories.storylines(least=least, limit=limit, cursor=cursor)
        return self.pager.answer(request, [forms.story_row_form(row) for row in rows], following)

    def event(self, event_id: ItemId) -> Response:
        """An event with its articles and why each is in it; a merged one answers with what it went into."""
        return JSONResponse(forms.event_form(self.archive.stories.event(event_id)))

    def story(self, story_id: ItemId) -> Response:
        """A storyline: its events in time, and how they hang together."""
        return JSONResponse(forms.story_form(self.archive.stories.story(story_id)))

    def article_events(self, article_id: ItemId) -> Response:
        """The events of an article, or why it is in none and where it might belong."""
        stories = self.archive.stories
        return JSONResponse(forms.article_form(stories.of_article(article_id), stories.undecided(article_id)))

    def journal(
        self,
        after: Annotated[int, Query(ge=0, le=LARGEST_ID, description="Lines after this number.")] = 0,
        limit: Limit = 50,
    ) -> Response:
        """The journal of memberships: everything that ever happened to them."""
        entries = self.archive.stories.log(after=after, limit=limit)
        return JSONResponse({"items": [forms.log_form(entry) for entry in entries]})


def add_story_routes(router: APIRouter, archive: Archive, pager: Pager) -> None:
    """Events and storylines beside the other routes of the API."""
    api = StoryApi(archive, pager)
    reads: Sequence[tuple[str, Callable[..., Response], Any, Sequence[str]]] = (
        ("/events", api.events, EventPage, ("limit", "cursor")),
        ("/events/{event_id}", api.event, forms.EventForm, ()),
        ("/stories", api.stories, StoryPage, ("limit", "cursor", "least")),
        ("/stories/{story_id}", api.story, forms.StoryForm, ()),
        ("/articles/{article_id}/events", api.article_events, forms.ArticleEventsForm, ()),
        ("/memberships", api.journal, JournalForm, ("after", "limit")),
    )
    for path, endpoint, model, parameters in reads:
        router.add_api_route(path, endpoint, response_model=model, dependencies=[Depends(Accepts(*parameters))])
