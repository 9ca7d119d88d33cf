"""The routes of ``/api/v1``: reads of the archive, and the comparison of two posted texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Body, Depends, Query, Request
from starlette.responses import JSONResponse, Response
from typing_extensions import TypedDict

from writethru.api import json_forms as forms
from writethru.api import watch_forms
from writethru.api.history_forms import ArticleHistoryForm, article_history_form
from writethru.api.paging import Pager
from writethru.api.parameters import LARGEST_ID, Accepts, Cursor, ItemId, Limit
from writethru.api.problem_forms import ErrorForm
from writethru.api.reuse_forms import PairDetailForm, PairForm, StemmaForm, pair_detail_form, pair_form, stemma_form
from writethru.api.search_routes import add_search_routes
from writethru.api.statement_routes import add_statement_routes
from writethru.api.story_routes import add_story_routes
from writethru.archive import Archive
from writethru.errors import InputError
from writethru.model import ArticleText
from writethru.views import Page

Row = TypeVar("Row")

LARGEST_TEXT = 1_000_000
"""Characters of one posted text: well past any article, little enough to compare in bounded time."""


class ArticlePage(TypedDict):
    """One page of articles; ``next`` is the URL of the next page, or null."""

    items: list[forms.ArticleForm]
    next: str | None


class ChangePage(TypedDict):
    """One page of changes, newest first."""

    items: list[forms.ChangeForm]
    next: str | None


class CapturePage(TypedDict):
    """One page of looks at an article, oldest first."""

    items: list[watch_forms.CaptureForm]
    next: str | None


class VersionList(TypedDict):
    """One page of an article's versions by number, and the runs of sightings in which they stood there."""

    items: list[forms.VersionForm]
    next: str | None
    appearances: list[forms.AppearanceForm]


class OutletList(TypedDict):
    """All outlets."""

    items: list[watch_forms.OutletForm]


class PairList(TypedDict):
    """Pairs of articles that share text."""

    items: list[PairForm]
    total: int


class PostedText(TypedDict, total=False):
    """A text with its fields."""

    headline: str
    standfirst: str
    byline: str
    dateline: str
    text: str


class Posted(TypedDict):
    """Two texts to compare: plain text with paragraphs separated by newlines, or texts with fields."""

    old: str | PostedText
    new: str | PostedText


class Api:
    """The endpoints, over one archive.

    Args:
        archive: what is read.
        pager: makes its pages.
    """

    def __init__(self, archive: Archive, pager: Pager) -> None:
        self.archive = archive
        self.pager = pager

    def articles(self, request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
        """Articles by id."""
        page = self.archive.articles(limit=limit, cursor=cursor)
        return self._page(request, page, forms.article_form)

    def article(self, article_id: ItemId) -> Response:
        """One article with its latest reading, its counts, its addresses and its alerts."""
        return JSONResponse(article_history_form(self.archive.article(article_id)))

    def versions(self, request: Request, article_id: ItemId, limit: Limit = 50, cursor: Cursor = "") -> Response:
        """The versions of an article by number, without their texts."""
        page = self.archive.histories.versions(article_id, limit=limit, cursor=cursor)
        seen = [forms.appearance_form(appearance) for appearance in page.appearances]
        return self.pager.answer(
            request, list(map(forms.version_form, page.versions)), page.cursor, {"appearances": seen}
        )

    def version(self, article_id: ItemId, number: ItemId) -> Response:
        """One version with its text."""
        return JSONResponse(forms.version_text_form(*self.archive.version(article_id, number)))

    def changes(self, request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
        """Changes of all articles, newest first."""
        return self._page(request, self.archive.changes(limit=limit, cursor=cursor), forms.change_form)

    def article_changes(self, request: Request, article_id: ItemId, limit: Limit = 50, cursor: Cursor = "") -> Response:
        """Changes of one article, newest first."""
        page = self.archive.changes(article_id=article_id, limit=limit, cursor=cursor)
        if not page.rows:
            self.archive.article(article_id)  # an article without changes is not a missing article
        return self._page(request, page, forms.change_form)

    def change(self, article_id: ItemId, number: ItemId) -> Response:
        """One change with every edit."""
        return JSONResponse(forms.change_detail_form(self.archive.change(article_id, number)))

    def sentences(self, article_id: ItemId) -> Response:
        """Every sentence of an article: which version brought it, what it was before, and what was lost."""
        return JSONResponse(forms.sentences_form(self.archive.sentences(article_id)))

    def captures(
        self,
        request: Request,
        article: Annotated[int, Query(ge=1, le=LARGEST_ID, description="Id of the article.")],
        limit: Limit = 50,
        cursor: Cursor = "",
    ) -> Response:
        """Looks at one article, oldest first."""
        page = self.archive.histories.captures(article, limit=limit, cursor=cursor)
        return self._page(request, page, watch_forms.capture_form)

    def outlets(self) -> Response:
        """All outlets by name."""
        return JSONResponse({"items": [watch_forms.outlet_form(outlet) for outlet in self.archive.outlets()]})

    def status(self, exact: Annotated[bool, Query(description="Count everything now.")] = False) -> Response:
        """Counts over the whole archive; of a large one as they were last taken, at `counted_at`."""
        return JSONResponse(watch_forms.status_form(self.archive.status(exact=exact)))

    def shared(self, article_id: ItemId) -> Response:
        """Articles of other outlets that share text with one, most shared words first; at most 1,000 of ``total``."""
        items = [pair_form(pair) for pair in self.archive.shared.pairs(article_id)]
        return JSONResponse({"items": items, "total": self.archive.shared.count(article_id)})

    def shared_pair(self, article_id: ItemId, other: ItemId) -> Response:
        """Two articles: what they share, what was changed on the way, and what speaks for the direction."""
        return JSONResponse(pair_detail_form(self.archive.shared.pair(article_id, other)))

    def stemma(self, article_id: ItemId) -> Response:
        """The texts that hang together with an article's, and who descends from whom."""
        return JSONResponse(stemma_form(self.archive.shared.stemma(article_id)))

    def compare(self, posted: Annotated[Posted, Body()]) -> Response:
        """Compare two texts; nothing is stored."""
        from writethru.comparison import compare

        change = compare(_posted_text(posted["old"], "old"), _posted_text(posted["new"], "new"))
        return JSONResponse(change.to_dict())

    def _page(self, request: Request, page: Page[Row], form: Callable[[Row], Any]) -> JSONResponse:
        return self.pager.answer(request, [form(row) for row in page.rows], page.cursor)


def create_router(archive: Archive, base: Callable[[Request], str]) -> APIRouter:
    """The routes of the API, without their prefix.

    Args:
        archive: what is read.
        base: the absolute URL under which a request reached the pages, without a slash at its end.
    """
    pager = Pager(base)
    api = Api(archive, pager)
    router = APIRouter(tags=["archive"], responses={"4XX": {"model": ErrorForm, "description": "What was wrong."}})
    paged, plain = ("limit", "cursor"), ()
    reads: Sequence[tuple[str, Callable[..., Response], Any, Sequence[str]]] = (
        ("/articles", api.articles, ArticlePage, paged),
        ("/articles/{article_id}", api.article, ArticleHistoryForm, plain),
        ("/articles/{article_id}/versions", api.versions, VersionList, paged),
        ("/articles/{article_id}/versions/{number}", api.version, forms.VersionTextForm, plain),
        ("/articles/{article_id}/changes", api.article_changes, ChangePage, paged),
        ("/articles/{article_id}/changes/{number}", api.change, forms.ChangeDetailForm, plain),
        ("/articles/{article_id}/sentences", api.sentences, forms.SentencesForm, plain),
        ("/articles/{article_id}/shared", api.shared, PairList, plain),
        ("/articles/{article_id}/shared/{other}", api.shared_pair, PairDetailForm, plain),
        ("/articles/{article_id}/stemma", api.stemma, StemmaForm, plain),
        ("/changes", api.changes, ChangePage, paged),
        ("/captures", api.captures, CapturePage, ("article", *paged)),
        ("/outlets", api.outlets, OutletList, plain),
        ("/status", api.status, watch_forms.StatusForm, ("exact",)),
    )
    for path, endpoint, model, parameters in reads:
        router.add_api_route(path, endpoint, response_model=model, dependencies=[Depends(Accepts(*parameters))])
    router.add_api_route(
        "/compare", api.compare, methods=["POST"], response_model=dict[str, Any], dependencies=[Depends(Accepts())]
    )
    add_search_routes(router, archive, pager)
    add_story_routes(router, archive, pager)
    add_statement_routes(router, archive)
    return router


def _posted_text(posted: str | PostedText, side: str) -> ArticleText:
    fields: dict[str, str] = {"text": posted} if isinstance(posted, str) else {**posted}  # type: ignore[dict-item]
    if sum(len(value) for value in fields.values()) > LARGEST_TEXT:
        raise InputError(f"a text may have at most {LARGEST_TEXT:,} characters", key=side)
    plain = ArticleText.from_plain(fields.pop("text", ""))
    return ArticleText(**fields, blocks=plain.blocks, tail=plain.tail)
