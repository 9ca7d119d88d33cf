"""Keeping and forgetting saved searches, for every face; the routes that do it with a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Request
from starlette.responses import JSONResponse, Response
from typing_extensions import TypedDict

from writethru.api.parameters import ItemId
from writethru.api.search_forms import SavedSearchForm, saved_search_form
from writethru.archive import Archive
from writethru.safety.actors import Actor, Role
from writethru.storage.search_store import SavedSearch


class SearchToKeep(TypedDict):
    """A query and the name to keep it under."""

    name: str
    query: str


def keep_search(archive: Archive, actor: Actor, name: str, query: str) -> SavedSearch:
    """Keep a search and journal it. Raises NotAllowed, MalformedQuery, InputError."""
    actor.require(Role.EDITOR)
    kept = archive.search.save(name, query)
    archive.safety.wrote(actor, "keep search", f"search {kept.id}", f"{kept.name}: {kept.query}")
    return kept


def forget_search(archive: Archive, actor: Actor, search_id: int) -> SavedSearch:
    """Forget a search with its feed and journal it. Raises NotAllowed, NotInArchive."""
    actor.require(Role.EDITOR)
    kept = archive.search.saved_search(search_id)
    archive.search.forget(search_id)
    archive.safety.wrote(actor, "forget search", f"search {kept.id}", f"{kept.name}: {kept.query}")
    return kept


class SavedWrites:
    """The endpoints, over one archive.

    Args:
        actor: whose token a request carries.
    """

    def __init__(self, archive: Archive, actor: Callable[[Request], Actor]) -> None:
        self.archive = archive
        self.actor = actor

    def keep(self, request: Request, posted: Annotated[SearchToKeep, Body()]) -> Response:
        """Keep a search under a name: it has a feed from now on. Scope: editor."""
        kept = keep_search(self.archive, self.actor(request), posted["name"], posted["query"])
        return JSONResponse(saved_search_form(kept))

    def forget(self, request: Request, search_id: ItemId) -> Response:
        """Forget a saved search and what it found; the answer is what it was. Scope: editor."""
        return JSONResponse(saved_search_form(forget_search(self.archive, self.actor(request), search_id)))


def add_saved_writes(router: APIRouter, archive: Archive, actor: Callable[[Request], Actor]) -> None:
    """Beside the other routes that write."""
    api = SavedWrites(archive, actor)
    for path, endpoint in (("/searches", api.keep), ("/searches/{search_id}/forget", api.forget)):
        router.add_api_route(path, endpoint, methods=["POST"], response_model=SavedSearchForm)
