"""The routes of search: hits, saved searches, and what they found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response
from typing_extensions import TypedDict

from writethru.api.paging import Pager
from writethru.api.parameters import Accepts, Cursor, ItemId, Limit
from writethru.api.search_forms import (
    MatchForm,
    SavedSearchForm,
    SearchHitForm,
    hit_form,
    match_form,
    saved_search_form,
)
from writethru.archive import Archive
from writethru.errors import InputError
from writethru.search.query import LONGEST_QUERY

QueryText = Annotated[str, Query(max_length=LONGEST_QUERY, description="What to look for; docs/how-to/search.md.")]
HitLimit = Annotated[int, Query(ge=1, le=100, description="Hits of one page.")]


class SearchPageForm(TypedDict):
    """One page of hits; ``lag`` is how many lines of the change log search has not seen yet."""

    items: list[SearchHitForm]
    next: str | None
    lag: int


class SavedSearchList(TypedDict):
    """All saved searches."""

    items: list[SavedSearchForm]


class MatchPage(TypedDict):
    """One page of what a saved search found, in the order in which it was found."""

    items: list[MatchForm]
    next: str | None


class SearchApi:
    """The endpoints of search, over one archive."""

    def __init__(self, archive: Archive, pager: Pager) -> None:
        self.archive = archive
        self.pager = pager

    def search(
        self,
        request: Request,
        q: QueryText,
        limit: HitLimit = 20,
        cursor: Cursor = "",
        order: Literal["best", "newest"] = "best",
    ) -> Response:
        """Articles in some version of which the query matches, removed text too; with the versions it stood in."""
        page = self.archive.search.find(q, limit=limit, cursor=cursor, order=order)
        items = [hit_form(hit) for hit in page.hits]
        return self.pager.answer(request, items, page.cursor, {"lag": page.lag})

    def searches(self) -> Response:
        """Saved searches by id."""
        return JSONResponse({"items": [saved_search_form(one) for one in self.archive.search.saved()]})

    def saved_search(self, search_id: ItemId) -> Response:
        """One saved search."""
        return JSONResponse(saved_search_form(self.archive.search.saved_search(search_id)))

    def matches(self, request: Request, search_id: ItemId, limit: Limit = 50, cursor: Cursor = "") -> Response:
        """What a saved search found: words that came, words that went; oldest first, and it only grows."""
        self.archive.search.saved_search(search_id)
        if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
            raise InputError("not a cursor of this listing; start again without one", key=cursor)
        found = self.archive.search.matches(search_id, int(cursor or 0), limit + 1)
        following = str(found[limit - 1].seq) if len(found) > limit else ""
        return self.pager.answer(request, [match_form(one) for one in found[:limit]], following)


def add_search_routes(router: APIRouter, archive: Archive, pager: Pager) -> None:
    """Search beside the other routes of the API."""
    api = SearchApi(archive, pager)
    reads: tuple[tuple[str, Callable[..., Response], Any, tuple[str, ...]], ...] = (
        ("/search", api.search, SearchPageForm, ("q", "limit", "cursor", "order")),
        ("/searches", api.searches, SavedSearchList, ()),
        ("/searches/{search_id}", api.saved_search, SavedSearchForm, ()),
        ("/searches/{search_id}/matches", api.matches, MatchPage, ("limit", "cursor")),
    )
    for path, endpoint, model, parameters in reads:
        router.add_api_route(path, endpoint, response_model=model, dependencies=[Depends(Accepts(*parameters))])
