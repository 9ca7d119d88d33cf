"""The routes of the pages: read a view, choose a template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Literal

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from writethru.api.parameters import Cursor, ItemId
from writethru.api.reuse_forms import third_name
from writethru.archive import Archive
from writethru.lives import SentenceLife
from writethru.mementos import has_mementos
from writethru.model import Capture, Reason
from writethru.reuse.drawing import to_svg
from writethru.reuse.verdict import Verdict, in_words, is_made
from writethru.text.wording import counted
from writethru.views import ArticleView
from writethru.web.blame import blamed, is_short
from writethru.web.difference import LARGEST_PAGE
from writethru.web.lifeline import SYMBOLS, life_line
from writethru.web.looks import runs
from writethru.web.rendering import EXPLAINED, Renderer
from writethru.web.security import RAW_POLICY
from writethru.web.settings import WebSettings
from writethru.web.shared import altered_sentences, marked_side, shared_rows
from writethru.web.writing import writing_context

LISTED_RUNS = 60
"""Runs of looks on an article's page; the API has them all."""

RETURNS = frozenset({Reason.RETURNED, Reason.ALTERNATING, Reason.ALTERNATED})
"""Reasons of changes back to a text that was there before."""

SHOWN_CHANGES = 12
SHOWN_VERSIONS = 10
"""How many changes and versions stand open on an article's page; older ones are folded."""

LISTED_CHANGES = 30
LISTED_VERSIONS = 60
"""How many stand there at all, open or folded; all of them are on pages of their own."""

HOW = MappingProxyType(
    {
        "first": "in the oldest text",
        "added": "added",
        "rewritten": "reworded",
        "moved": "moved and reworded",
        "split": "made by splitting a sentence",
        "merged": "made from several sentences",
        "layout": "set otherwise",
        "restored": "brought back",
    }
)
"""What brought a wording, in words."""


class PageRoutes:
    """The pages over one archive."""

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.settings = settings
        self.renderer = renderer

    def router(self) -> APIRouter:
        """All pages."""
        router = APIRouter(include_in_schema=False)
        pages: Sequence[tuple[str, Callable[..., Response]]] = (
            ("/articles", self.articles),
            ("/articles/{article_id}", self.article),
            ("/articles/{article_id}/versions/{number}", self.version),
            ("/articles/{article_id}/sentences", self.sentences),
            ("/articles/{article_id}/shared", self.shared),
            ("/articles/{article_id}/shared/{other}", self.shared_pair),
            ("/captures/{capture_id}/raw", self.raw),
            ("/about", self.about),
        )
        for path, page in pages:
            router.add_api_route(path, page, methods=["GET", "HEAD"])
        return router

    def articles(self, request: Request, cursor: Cursor = "") -> Response:
        """All articles."""
        page = self.archive.articles(limit=self.settings.page_size, cursor=cursor)
        return self.renderer.page(request, "articles.html", articles=page.rows, cursor=cursor, following=page.cursor)

    def article(self, request: Request, article_id: ItemId, alone: Literal["", "yes"] = "") -> Response:
        """One article and its history; one that turned out to be another leads there, unless asked for alone."""
        view = self.archive.article(article_id, listed=LISTED_CHANGES)
        if view.summary.article.same_as is not None and not alone:
            return RedirectResponse(f"{self.settings.root}/articles/{view.summary.article.same_as}", status_code=308)
        looks = list(runs(view.captures))
        lives = self.archive.sentences(article_id) if is_short(view.appearances, view.versions) else None
        return self.renderer.page(
            request,
            "article.html",
            view=view,
            summary=view.summary,
            count=count_line(view),
            line=life_line(view.appearances, view.captures),
            outages=[run for run in looks if run.outcome in SYMBOLS][: -LISTED_RUNS - 1 : -1],
            blamed=blamed(view.latest, lives.standing) if view.latest and lives else (),
            lost=_that_fit(lives.lost) if lives else (),
            lives=lives,
            how_words=HOW,
            looks=looks[: -LISTED_RUNS - 1 : -1],
            shown_changes=SHOWN_CHANGES,
            shown_versions=SHOWN_VERSIONS,
            versions=view.versions[: -LISTED_VERSIONS - 1 : -1],
            appearances=view.appearances[-LISTED_VERSIONS:],
            looks_left=max(0, len(looks) - LISTED_RUNS),
            explained=last_explained(view.captures),
            paused=writing_context(request, self.archive)["pauses"].get(("article", article_id)),
            memento_url=view.summary.article.url if has_mementos(view.captures) else "",
        )

    def shared(self, request: Request, article_id: ItemId) -> Response:
        """Who shares text with an article, and the tree of descent."""
        view = self.archive.shared.stemma(article_id)
        return self.renderer.page(
            request,
            "shared.html",
            summary=self.archive.article(article_id).summary,
            pairs=(pairs := shared_rows(self.archive, article_id)),
            left_out=self.archive.shared.count(article_id) - len(pairs),
            stemma=view,
            drawing=Markup(to_svg(view.drawn)),  # noqa: S704 (drawing.to_svg escapes all that outlets wrote)
        )

    def shared_pair(self, request: Request, article_id: ItemId, other: ItemId) -> Response:
        """Two articles side by side, what they share marked."""
        view = self.archive.shared.pair(article_id, other)
        derived = view.pair.verdict != Verdict.NOT_DERIVED
        return self.renderer.page(
            request,
            "shared_pair.html",
            view=view,
            pair=view.pair,
            verdict=in_words(view.pair.verdict, view.pair.source, view.pair.form["evidence"], third_name(view)),
            made=is_made(view.pair.source, view.pair.form["evidence"], third=view.third is not None),
            altered=altered_sentences(view.alterations.altered) if derived else [],
            sides=(marked_side(view.a), marked_side(view.b)),
        )

    def version(self, request: Request, article_id: ItemId, number: ItemId) -> Response:
        """The text of one version."""
        view = self.archive.article(article_id, listed=0)
        version, text = self.archive.version(article_id, number)
        return self.renderer.page(
            request,
            "version.html",
            view=view,
            summary=view.summary,
            version=version,
            text=text,
            appearances=[a for a in view.appearances if a.version_number == number],
        )

    def sentences(self, request: Request, article_id: ItemId) -> Response:
        """Every sentence of one article: what brought it, what it was, what was lost."""
        view = self.archive.sentences(article_id)
        standing = _that_fit(view.standing)
        lost = _that_fit(view.lost)
        return self.renderer.page(
            request,
            "sentences.html",
            view=view,
            summary=view.summary,
            standing=standing,
            lost=lost,
            cut=len(view.standing) + len(view.lost) - len(standing) - len(lost),
            how_words=HOW,
        )

    def raw(self, capture_id: ItemId) -> Response:
        """The bytes a look brought: to be kept, never rendered."""
        headers = {
            "content-type": "text/plain",
            "content-disposition": f'attachment; filename="capture-{capture_id}.txt"',
            "content-security-policy": RAW_POLICY,
            "cache-control": "private, max-age=86400",
        }
        body = self.archive.raw_capture(capture_id)
        return Response(body, headers=headers)

    def about(self, request: Request) -> Response:
        """Method, limits, and what the words mean."""
        return self.renderer.page(request, "about.html")


def last_explained(captures: Sequence[Capture]) -> int:
    """The last look whose page was read, and can be shown with what was made of it; 0 where there is none."""
    read = (one for one in reversed(captures) if one.look.medium in EXPLAINED and one.look.body_digest)
    return next((one.id for one in read), 0)


def _that_fit(lives: Sequence[SentenceLife]) -> Sequence[SentenceLife]:
    """As many as a page can hold."""
    room = LARGEST_PAGE // 2
    for at, life in enumerate(lives):
        room -= sum(len(wording.text) for wording in life.wordings)
        if room < 0:
            return lives[:at]
    return lives


def count_line(view: ArticleView) -> str:
    """``3 versions, 3 changes, one of them a return``: counted, not derived from one another."""
    versions = len(view.versions)
    changes = max(0, len(view.appearances) - 1)
    returns = sum(record.reason in RETURNS for record in view.records)
    numbers = ((versions, "version"), (changes, "change"))
    line = ", ".join(counted(number, noun) if number else f"no {noun}s" for number, noun in numbers)
    if returns == 0:
        return line
    some = "one of them a return" if returns == 1 else f"{returns} of them returns"
    return f"{line}, {some}"
