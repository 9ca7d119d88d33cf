"""The routes of the feeds: of all, an article, an outlet, a section, a kind; as Atom, JSON Feed and RSS."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from threading import Lock
from types import MappingProxyType
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from writethru.alerts import Step
from writethru.api.parameters import Cursor, ItemId
from writethru.archive import Archive
from writethru.errors import NotInArchive
from writethru.model import ChangeRecord
from writethru.publish import atom, json_feed, rss
from writethru.publish.alarms import alarm_feed, names_of
from writethru.publish.archiving import Document, Fetch, document
from writethru.publish.difference import difference_html
from writethru.publish.feed import Feed, Minter, entry_of, minter_of
from writethru.publish.found import found_html
from writethru.publish.safe_text import one_line
from writethru.publish.words import KINDS
from writethru.storage.facets import LONGEST_SECTION
from writethru.storage.feed_store import FeedRow, Selection
from writethru.storage.withheld_store import Withdrawal
from writethru.web.rendering import Renderer, matches
from writethru.web.settings import WebSettings

KEPT_CONTENTS = 2_000
"""Rendered differences kept in memory (a few kB each): feeds are asked for often and change little."""

LISTED_ALARMS = 100
"""Alarms in their feed, besides all that last."""

REVISION = 2
"""Raised when entries are built in a new way, so that readers fetch them again."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a feed."""

    media_type: str
    write: Callable[[Feed, str], bytes]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "atom": Format(atom.MEDIA_TYPE, atom.atom),
        "json": Format(json_feed.MEDIA_TYPE, lambda feed, _: json_feed.json_feed(feed)),
        "rss": Format(rss.MEDIA_TYPE, rss.rss),
    }
)
"""By the ending of a feed's address."""

Form = Literal["atom", "json", "rss"]
SectionName = Annotated[str, Path(min_length=1, max_length=LONGEST_SECTION)]


@dataclass(frozen=True, slots=True)
class Scope:
    """One feed: of what, under which name and address.

    Attributes:
        tag: what its id ends in; never changed.
        path: of its page, under the root; the feed's documents stand below it.
        title: after the record's own; "" = the newest headline of each document.
        fetch: reads its entries, newest first: (limit, cursor) → page.
        page: of its page, where that is another one than ``path``.
    """

    tag: str
    path: str
    title: str
    fetch: Fetch
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which document of which feed was asked for."""

    scope: Scope
    cursor: str
    form: Form


class FeedWriter:
    """Answers with documents of any feed, in any format: whoever has a ``Scope`` has its feed.

    Args:
        archive: where differences are read.
        settings, renderer: as for the pages.
    """

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.settings = settings
        self.renderer = renderer
        self.minter = Minter(settings.authority, settings.tag_since)
        self.contents = Contents(archive)

    def answer(self, request: Request, asked: Asked) -> Response:
        """The document, or 304 before any difference is rendered."""
        found = document(asked.scope.fetch, self.settings.feed_size, asked.cursor)
        base = self.renderer.base(request)
        title = f"{self.settings.title}: {asked.scope.title or _headline(found, asked.scope)}"
        withdrawn = self._withdrawn(asked)
        state = f"{REVISION} {base} {asked.scope.tag} {asked.form} {asked.cursor} {title} {self._hub(asked)} {found}"
        state = f"{state} {withdrawn}" if withdrawn else state
        headers = _headers(state, found)
        if matches(request, headers["etag"]):
            return Response(status_code=304, headers=headers)
        feed = replace(self._feed(base, asked, found, title), withdrawn=withdrawn)
        return self.written(feed, asked.form, headers)

    def written(self, feed: Feed, form: str, headers: dict[str, str]) -> Response:
        """A feed in one of the formats."""
        chosen = FORMATS[form]
        return Response(chosen.write(feed, self.renderer.generator), headers=headers, media_type=chosen.media_type)

    def _withdrawn(self, asked: Asked) -> tuple[Withdrawal, ...]:
        """What the newest Atom document takes back; the other formats have no word for it."""
        return () if asked.cursor or asked.form != "atom" else tuple(self.archive.safety.withdrawals())

    def _hub(self, asked: Asked) -> str:
        """The hub that is told of news: of the one feed that it is told of, no other."""
        return self.settings.hub_url if (asked.scope.path, asked.form) == ("", "atom") else ""

    def _feed(self, base: str, asked: Asked, found: Document, title: str) -> Feed:
        scope = asked.scope
        current = f"{base}{scope.path}/feed.{asked.form}"
        name = self.minter.feed(scope.tag)
        minter = minter_of(name)
        return Feed(
            id=name,
            title=title,
            self_url=_document_url(current, asked.cursor),
            current_url=current,
            page_url=f"{base}{scope.path if scope.page is None else scope.page}",
            entries=tuple(entry_of(row, minter, base, self.contents.of(row)) for row in found.rows),
            older_url=_document_url(current, found.older) if found.older else "",
            archived=bool(asked.cursor),
            hub_url=self._hub(asked),
        )


class FeedRoutes:
    """The feeds over one archive."""

    def __init__(self, archive: Archive, settings: WebSettings, renderer: Renderer) -> None:
        self.archive = archive
        self.renderer = renderer
        self.writer = FeedWriter(archive, settings, renderer)

    def router(self) -> APIRouter:
        """All feeds."""
        router = APIRouter(include_in_schema=False)
        feeds: Sequence[tuple[str, Callable[..., Response]]] = (
            ("/feed.{form}", self.everything),
            ("/alarms.{form}", self.alarms),
            ("/articles/{article_id}/feed.{form}", self.article),
            ("/outlets/{outlet_id}/feed.{form}", self.outlet),
            ("/sections/{section}/feed.{form}", self.section),
            ("/kinds/{kind}/feed.{form}", self.kind),
        )
        for path, feed in feeds:
            router.add_api_route(path, feed, methods=["GET", "HEAD"])
        return router

    def everything(self, request: Request, form: Form, cursor: Cursor = "") -> Response:
        """All changes, disappearances and returns."""
        return self._selected(request, Scope("changes", "", "all changes", self._of(Selection()), "/"), cursor, form)

    def article(self, request: Request, article_id: ItemId, form: Form, cursor: Cursor = "") -> Response:
        """Those of one article; its title is the newest headline of the document."""
        name = f"article/{article_id}"
        scope = Scope(name, f"/articles/{article_id}", "", self._of(Selection((article_id,))))
        return self._selected(request, scope, cursor, form)

    def outlet(self, request: Request, outlet_id: ItemId, form: Form, cursor: Cursor = "") -> Response:
        """Those of one outlet's articles."""
        name = next((one.name for one in self.archive.outlets() if one.id == outlet_id), None)
        if name is None:
            raise NotInArchive("there is no such outlet", key=outlet_id)
        fetch = self._of(Selection.outlet(outlet_id))
        scope = Scope(f"outlet/{outlet_id}", f"/outlets/{outlet_id}", one_line(name, 160), fetch)
        return self._selected(request, scope, cursor, form)

    def section(self, request: Request, section: SectionName, form: Form, cursor: Cursor = "") -> Response:
        """Those of articles in sections of one name, at any outlet."""
        path = f"/sections/{quote(section, safe='')}"
        fetch = self._of(Selection.section(section))
        scope = Scope(f"section/{quote(section)}", path, f"section “{one_line(section)}”", fetch, "/")
        return self._selected(request, scope, cursor, form)

    def kind(self, request: Request, kind: str, form: Form, cursor: Cursor = "") -> Response:
        """Those of one kind."""
        if kind not in (*KINDS, *Step):
            raise NotInArchive("there is no such kind; /about lists them", key=one_line(kind, 40))
        scope = Scope(f"kind/{kind}", f"/kinds/{kind}", f"kind “{kind}”", self._of(Selection.kind(kind)), "/")
        return self._selected(request, scope, cursor, form)

    def alarms(self, request: Request, form: Form) -> Response:
        """Alarms."""
        health = self.archive.health(incidents=LISTED_ALARMS)
        names = names_of(health, {source.id: source for source in self.archive.sources()})
        writer = self.writer
        base, name = self.renderer.base(request), f"alarms.{form}"
        feed = alarm_feed(health, names, writer.minter, base, name, writer.settings.title)
        headers = _validated(repr(feed))
        if matches(request, headers["etag"]):
            return Response(status_code=304, headers=headers)
        return writer.written(feed, form, headers)

    def _selected(self, request: Request, scope: Scope, cursor: str, form: Form) -> Response:
        return self.writer.answer(request, Asked(scope, cursor, form))

    def _of(self, selection: Selection) -> Fetch:
        return partial(self.archive.happenings.page, selection)


class Contents:
    """Rendered differences, the most recently used ones kept."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: OrderedDict[ChangeRecord, str] = OrderedDict()
        self._lock = Lock()

    def of(self, row: FeedRow) -> str:
        """The content of an entry; "" for one that is neither a change nor what a search found."""
        difference = "" if row.record is None else self._difference(row.record)
        if row.found is None:
            return difference
        match = row.found.match
        known = self._archive.search
        passages = () if row.record else known.passages(row.found.search_id, match.article_id, match.version)
        return found_html(match, difference, passages)

    def _difference(self, record: ChangeRecord) -> str:
        with self._lock:
            if record in self._kept:
                self._kept.move_to_end(record)
                return self._kept[record]
        content = difference_html(self._archive.happenings.difference(record), record)
        with self._lock:
            self._kept[record] = content
            if len(self._kept) > KEPT_CONTENTS:
                self._kept.popitem(last=False)
        return content


def _headline(found: Document, scope: Scope) -> str:
    """The newest headline in a document; what was published once keeps its title."""
    if not found.rows:
        return f"{scope.tag.replace('/', ' ')}, no changes"
    return one_line(found.rows[0].headline, 160) or "No headline"


def _headers(state: str, found: Document) -> dict[str, str]:
    """Validators. Only the ETag is honoured: an import may add old changes without a newer date."""
    headers = _validated(state)
    if found.rows:
        newest = max(row.at for row in found.rows)
        headers["last-modified"] = format_datetime(min(newest, datetime.now(UTC)), usegmt=True)
    return headers


def _validated(state: str) -> dict[str, str]:
    digest = hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()
    return {"etag": f'W/"{digest[:24]}"', "cache-control": "public, max-age=300, must-revalidate"}


def _document_url(current: str, cursor: str) -> str:
    return f"{current}?{urlencode({'cursor': cursor})}" if cursor else current
