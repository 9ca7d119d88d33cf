"""The routes of ``/api/v1`` that write: with a token of the role editor, or admin to withdraw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request
from fastapi.security import HTTPBearer
from starlette.responses import JSONResponse, Response
from typing_extensions import TypedDict

from writethru.api.correcting import add_correction_writes
from writethru.api.fleet_routes import add_fleet_routes
from writethru.api.parameters import Accepts, ItemId
from writethru.api.problem_forms import ErrorForm
from writethru.api.saved_writes import add_saved_writes
from writethru.archive import Archive
from writethru.errors import InputError, NotSignedIn
from writethru.safety.actors import Actor

MOST_URLS = 20
"""Addresses of one request: each is looked at once before the answer comes."""

_bearer = HTTPBearer(auto_error=False, description="A token made by `writethru token add`.")


class Urls(TypedDict):
    """Addresses to watch."""

    urls: list[str]


class Withdrawal(TypedDict, total=False):
    """Why an article is withdrawn, and whether its evidence is destroyed for good."""

    reason: str
    destroy_evidence: bool


class AddedForm(TypedDict):
    """What became of one address."""

    url: str
    kind: str
    known: bool
    found: int
    error: str
    note: str


class AddedList(TypedDict):
    """What became of each address."""

    items: list[AddedForm]


class DoneForm(TypedDict):
    """What was done, and to which articles or source."""

    done: str
    ids: list[int]


class Writes:
    """The endpoints that write, over one archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def actor(self, request: Request) -> Actor:
        """Whose token the request carries. Raises NotSignedIn."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise NotSignedIn("needs a token: Authorization: Bearer wt_…", key="token")
        return self.archive.safety.accounts.of_token(token.strip())

    def watch(self, request: Request, posted: Annotated[Urls, Body()]) -> Response:
        """Watch addresses: each is looked at once to find out what it is. Scope: editor."""
        urls = posted["urls"]
        if not 1 <= len(urls) <= MOST_URLS:
            raise InputError(f"from 1 to {MOST_URLS} addresses in one request", key="urls")
        added = self.archive.safety.watch(self.actor(request), urls)
        return JSONResponse({"items": [one.to_dict() for one in added]})

    def pause_article(self, request: Request, article_id: ItemId) -> Response:
        """No look at an article until it is resumed. Scope: editor."""
        return self._pause(request, "article", article_id)

    def resume_article(self, request: Request, article_id: ItemId) -> Response:
        """An article that was paused is due now. Scope: editor."""
        return self._resume(request, "article", article_id)

    def pause_source(self, request: Request, source_id: ItemId) -> Response:
        """A source is not read until it is resumed. Scope: editor."""
        return self._pause(request, "source", source_id)

    def resume_source(self, request: Request, source_id: ItemId) -> Response:
        """A source that was paused is due now. Scope: editor."""
        return self._resume(request, "source", source_id)

    def _pause(self, request: Request, kind: str, number: int) -> Response:
        self.archive.safety.pause(self.actor(request), kind, number)
        return JSONResponse({"done": "paused", "ids": [number]})

    def _resume(self, request: Request, kind: str, number: int) -> Response:
        done = self.archive.safety.resume(self.actor(request), kind, number)
        return JSONResponse({"done": "resumed" if done else "was not paused", "ids": [number]})

    def withdraw(self, request: Request, article_id: ItemId, posted: Annotated[Withdrawal, Body()]) -> Response:
        """Hide an article and all that were found to be the same, with a reason that all can read. Scope: admin."""
        destroy = posted.get("destroy_evidence", False)
        reason = posted.get("reason", "")
        done = self.archive.safety.withdraw(self.actor(request), article_id, reason, destroy_evidence=destroy)
        return JSONResponse({"done": "withdrawn", "ids": list(done.articles)})

    def restore(self, request: Request, article_id: ItemId) -> Response:
        """Put a withdrawn article back, whose evidence was kept. Scope: admin."""
        return JSONResponse(
            {"done": "restored", "ids": list(self.archive.safety.restore(self.actor(request), article_id))}
        )


def create_write_router(archive: Archive) -> APIRouter:
    """The routes that write, without their prefix."""
    api = Writes(archive)
    router = APIRouter(
        tags=["writing"],
        dependencies=[Depends(_bearer), Depends(Accepts())],
        responses={"4XX": {"model": ErrorForm, "description": "What was wrong."}},
    )
    writes: Sequence[tuple[str, Callable[..., Response], Any]] = (
        ("/watch", api.watch, AddedList),
        ("/articles/{article_id}/pause", api.pause_article, DoneForm),
        ("/articles/{article_id}/resume", api.resume_article, DoneForm),
        ("/sources/{source_id}/pause", api.pause_source, DoneForm),
        ("/sources/{source_id}/resume", api.resume_source, DoneForm),
        ("/articles/{article_id}/withdraw", api.withdraw, DoneForm),
        ("/articles/{article_id}/restore", api.restore, DoneForm),
    )
    for path, endpoint, model in writes:
        router.add_api_route(path, endpoint, methods=["POST"], response_model=model)
    add_saved_writes(router, archive, api.actor)
    add_correction_writes(router, archive, api.actor)
    add_fleet_routes(router, archive, api.actor)
    return router
