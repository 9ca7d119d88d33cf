"""The routes of the feeds: all changes, and each article's, as Atom and as JSON Feed."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from threading import Lock
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from writethru.api.parameters import Cursor, ItemId
from writethru.archive import Archive
from writethru.model import ChangeRecord
from writethru.publish import atom, json_feed
from writethru.publish.alarms import alarm_feed, names_of
from writethru.publish.archiving import Document, document
from writethru.publish.difference import difference_html
from writethru.publish.feed import NOT_REPORTED, Entry, Feed, Minter, entry_of
from writethru.publish.safe_text import one_line
from writethru.views import ChangeRow, Page
from writethru.web.rendering import Renderer, matches
from writethru.web.settings import WebSettings

KEPT_CONTENTS = 2_000
"""Rendered differences kept in memory (a few kB each): feeds are asked for often and change little."""

LISTED_ALARMS = 100
"""Alarms in their feed, besides all that last."""

REVISION = 1
"""Raised when entries are built in a new way, so that readers fetch them again."""


class FeedRoutes:
    """The feeds over one archive."""

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.settings = settings
        self.renderer = renderer
        self.minter = Minter(settings.authority, settings.tag_since)
        self.contents = Contents(archive)

    def router(self) -> APIRouter:
        """All feeds."""
        router = APIRouter(include_in_schema=False)
        feeds: Sequence[tuple[str, Callable[..., Response]]] = (
            ("/feed.atom", self.all_atom),
            ("/feed.json", self.all_json),
            ("/alarms.atom", self.alarms_atom),
            ("/alarms.json", self.alarms_json),
            ("/articles/{article_id}/feed.atom", self.article_atom),
            ("/articles/{article_id}/feed.json", self.article_json),
        )
        for path, feed in feeds:
            router.add_api_route(path, feed, methods=["GET", "HEAD"])
        return router

    def all_atom(self, request: Request, cursor: Cursor = "") -> Response:
        """All changes as Atom."""
        return self._answer(request, Asked(None, cursor, "feed.atom"))

    def all_json(self, request: Request, cursor: Cursor = "") -> Response:
        """All changes as JSON Feed."""
        return self._answer(request, Asked(None, cursor, "feed.json"))

    def article_atom(self, request: Request, article_id: ItemId, cursor: Cursor = "") -> Response:
        """The changes of one article as Atom."""
        return self._answer(request, Asked(article_id, cursor, "feed.atom"))

    def article_json(self, request: Request, article_id: ItemId, cursor: Cursor = "") -> Response:
        """The changes of one article as JSON Feed."""
        return self._answer(request, Asked(article_id, cursor, "feed.json"))

    def alarms_atom(self, request: Request) -> Response:
        """Alarms as Atom."""
        return self._alarms(request, "alarms.atom")

    def alarms_json(self, request: Request) -> Response:
        """Alarms as JSON Feed."""
        return self._alarms(request, "alarms.json")

    def _alarms(self, request: Request, name: str) -> Response:
        health = self.archive.health(incidents=LISTED_ALARMS)
        names = names_of(health, {source.id: source for source in self.archive.sources()})
        feed = alarm_feed(health, names, self.minter, self.renderer.base(request), name, self.settings.title)
        digest = hashlib.sha256(repr(feed).encode("utf-8", "surrogatepass")).hexdigest()
        headers = {"etag": f'W/"{digest[:24]}"', "cache-control": "public, max-age=300, must-revalidate"}
        if matches(request, headers["etag"]):
            return Response(status_code=304, headers=headers)
        if name.endswith(".json"):
            return Response(json_feed.json_feed(feed), headers=headers, media_type=json_feed.MEDIA_TYPE)
        return Response(atom.atom(feed, self.renderer.generator), headers=headers, media_type=atom.MEDIA_TYPE)

    def _answer(self, request: Request, asked: Asked) -> Response:
        """The document, or 304 before any difference is rendered."""
        found = document(partial(self._changes, asked.article_id), self.settings.feed_size, asked.cursor)
        title = self._title(asked.article_id, found)
        base = self.renderer.base(request)
        headers = self._headers(f"{REVISION} {base} {asked} {title} {found}", found)
        if matches(request, headers["etag"]):
            return Response(status_code=304, headers=headers)
        feed = self._feed(base, asked, found, title)
        if asked.name == "feed.json":
            return Response(json_feed.json_feed(feed), headers=headers, media_type=json_feed.MEDIA_TYPE)
        return Response(atom.atom(feed, self.renderer.generator), headers=headers, media_type=atom.MEDIA_TYPE)

    def _changes(self, article_id: int | None, limit: int, cursor: str) -> Page[ChangeRow]:
        return self.archive.changes(article_id=article_id, limit=limit, cursor=cursor, without=NOT_REPORTED)

    def _headers(self, state: str, found: Document) -> dict[str, str]:
        """Validators. Only the ETag is honoured: an import may add old changes without a newer date."""
        digest = hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()
        headers = {"etag": f'W/"{digest[:24]}"', "cache-control": "public, max-age=300, must-revalidate"}
        if found.rows:
            newest = max(row.record.before for row in found.rows)
            headers["last-modified"] = format_datetime(min(newest, datetime.now(UTC)), usegmt=True)
        return headers

    def _title(self, article_id: int | None, found: Document) -> str:
        if article_id is None:
            return f"{self.settings.title}: all changes"
        headline = found.rows[0].headline if found.rows else self.archive.article(article_id).summary.headline
        return f"{self.settings.title}: {one_line(headline, 160) or 'No headline'}"

    def _feed(self, base: str, asked: Asked, found: Document, title: str) -> Feed:
        page = base if asked.article_id is None else f"{base}/articles/{asked.article_id}"
        current = f"{page}/{asked.name}"
        return Feed(
            id=self.minter.feed(asked.article_id),
            title=title,
            self_url=_document_url(current, asked.cursor),
            current_url=current,
            page_url=f"{base}/" if asked.article_id is None else page,
            entries=tuple(self._entry(base, row) for row in found.rows),
            older_url=_document_url(current, found.older) if found.older else "",
            archived=bool(asked.cursor),
        )

    def _entry(self, base: str, row: ChangeRow) -> Entry:
        permalink = f"{base}/articles/{row.record.article_id}/changes/{row.record.number}"
        return entry_of(row, self.minter, permalink, self.contents.of(row.record))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which feed document was asked for."""

    article_id: int | None
    cursor: str
    name: str


class Contents:
    """Rendered differences, the most recently used ones kept."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: OrderedDict[ChangeRecord, str] = OrderedDict()
        self._lock = Lock()

    def of(self, record: ChangeRecord) -> str:
        """The content of a change's entry."""
        with self._lock:
            if record in self._kept:
                self._kept.move_to_end(record)
                return self._kept[record]
        content = difference_html(self._archive.change(record.article_id, record.number))
        with self._lock:
            self._kept[record] = content
            if len(self._kept) > KEPT_CONTENTS:
                self._kept.popitem(last=False)
        return content


def _document_url(current: str, cursor: str) -> str:
    return f"{current}?{urlencode({'cursor': cursor})}" if cursor else current
