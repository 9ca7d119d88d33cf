"""A feed as values: one entry for each change, for ever, under an id that never changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from writethru.errors import InputError
from writethru.model import ChangeRecord, Reason
from writethru.publish.absence import absence_html, absence_words
from writethru.publish.found import came_or_went, found_words
from writethru.publish.safe_text import one_line
from writethru.storage.feed_store import ABSENT, FeedRow
from writethru.storage.search_store import NewMatch
from writethru.storage.withheld_store import Withdrawal
from writethru.views import observed_interval

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""``updated`` of a feed without entries: Atom must have one, and nothing has happened yet."""


NOT_REPORTED: Final = (Reason.ALTERNATED,)
"""Changes that no feed carries: further turns of an alternation whose first one it does."""

_IN_TURN: Final = (
    "Known texts are shown here in turn, as by caches or in a test of two forms; "
    "further turns are kept in the record and not reported one by one."
)


@dataclass(frozen=True, slots=True)
class Minter:
    """Makes the ids of feeds and entries: tag URIs (RFC 4151), independent of where pages are served.

    Attributes:
        authority: a domain name that was ours on ``since``.
        since: ``YYYY[-MM[-DD]]``.
        within: a feed whose entries have ids of their own, "" where a change has one id in all feeds.
    """

    authority: str
    since: str
    within: str = ""

    def feed(self, scope: str) -> str:
        """The id of a feed: ``changes`` for that of everything, ``article/12``, ``outlet/3``, ``kind/figure`` …"""
        return self._tag(scope)

    def change(self, article_id: int, number: int) -> str:
        """The id of a change; 0 is the first text, which no change brought."""
        return self._tag(f"{self.within}article/{article_id}/change/{number}")

    def absence(self, article_id: int, step: str, at: datetime) -> str:
        """The id of a disappearance or a return."""
        return self._tag(f"article/{article_id}/{step}/{at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}")

    def alarms(self) -> str:
        """The id of the feed of alarms."""
        return self._tag("alarms")

    def alarm(self, number: int, step: str) -> str:
        """The id of the beginning or the end of an alarm."""
        return self._tag(f"alarm/{number}/{step}")

    def _tag(self, specific: str) -> str:
        return f"tag:{self.authority},{self.since}:{specific}"


def minter_of(feed_id: str) -> Minter:
    """The minter that made a feed's id, and makes those of its entries: a saved search says more of a change."""
    named, _, scope = feed_id.removeprefix("tag:").partition(":")
    authority, _, since = named.partition(",")
    return Minter(authority, since, f"{scope}/" if scope.startswith("search/") else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, disappearance or return as feeds carry it.

    Attributes:
        url: the permalink of the change; of the article, for one that was away.
        updated: when the new text was first seen, or the article was found away or back.
        content: the difference as HTML, readable without styles.
        about: URL of the article itself, "" where none is known.
    """

    id: str
    title: str
    url: str
    updated: datetime
    outlet: str
    summary: str
    content: str
    kinds: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed document.

    Attributes:
        self_url: of this document.
        current_url: of the newest document of the same feed.
        page_url: of the page for people.
        older_url: of the archive document with the entries just before these, "" at the end.
        archived: this is an archive document (RFC 5005, section 4), not the newest.
        hub_url: of the WebSub hub that is told of news of this feed, "" for none.
        withdrawn: articles whose entries are taken back, newest first; Atom has tombstones for them.
    """

    id: str
    title: str
    self_url: str
    current_url: str
    page_url: str
    entries: tuple[Entry, ...]
    older_url: str = ""
    archived: bool = False
    hub_url: str = ""
    withdrawn: tuple[Withdrawal, ...] = ()

    @property
    def updated(self) -> datetime:
        """The newest ``updated`` of the entries."""
        return max((entry.updated for entry in self.entries), default=EPOCH)


def entry_of(row: FeedRow, minter: Minter, base: str, content: str = "") -> Entry:
    """The entry of a row.

    Args:
        base: where the pages are.
        content: of a change, rendered by ``difference``, or of what a search found; an absence needs none.
    """
    if row.found is not None:
        return _found(row, row.found.match, minter, base, content)
    if row.record is not None:
        return _change(row, row.record, minter, base, content)
    if row.step is None or row.absence is None:
        raise InputError("neither a change nor an absence", key=minter.absence(row.article_id, "", row.at))
    return Entry(
        id=minter.absence(row.article_id, row.step, row.at),
        title=f"{_headline(row)} ({row.step.value})",
        url=f"{base}/articles/{row.article_id}",
        updated=row.at,
        outlet=_outlet(row),
        summary=absence_words(row.absence),
        content=absence_html(row.absence),
        kinds=(row.step.value,),
        about=_about(row),
    )


def _change(row: FeedRow, record: ChangeRecord, minter: Minter, base: str, content: str) -> Entry:
    return Entry(
        id=minter.change(row.article_id, row.ordinal),
        title=f"{_headline(row)} (change {row.ordinal})",
        url=f"{base}/articles/{row.article_id}/changes/{row.ordinal}",
        updated=row.at,
        outlet=_outlet(row),
        summary=summary_of(record),
        content=content,
        kinds=record.kinds,
        about=_about(row),
    )


def _found(row: FeedRow, match: NewMatch, minter: Minter, base: str, content: str) -> Entry:
    """What a saved search found: a change, and what it did to the words; or the first text that was seen."""
    if row.record is not None:
        entry = _change(row, row.record, minter, base, content)
        title = f"{_headline(row)} (change {row.ordinal}: {came_or_went(match)})"
        summary = f"{found_words(match)} {entry.summary}"
        return replace(entry, title=title, summary=summary, kinds=(match.event, *entry.kinds))
    return Entry(
        id=minter.change(row.article_id, ABSENT),
        title=f"{_headline(row)} (first text: {came_or_went(match)})",
        url=f"{base}/articles/{row.article_id}/versions/{match.version}",
        updated=row.at,
        outlet=_outlet(row),
        summary=found_words(match),
        content=content,
        kinds=(match.event,),
        about=_about(row),
    )


def _headline(row: FeedRow) -> str:
    return one_line(row.headline) or "No headline"


def _outlet(row: FeedRow) -> str:
    return one_line(row.outlet) or "Outlet not known"


def _about(row: FeedRow) -> str:
    return row.url if row.url.startswith(("http://", "https://")) else ""


def summary_of(record: ChangeRecord) -> str:
    """A change in a line or two: what, when, and whether texts are shown in turn."""
    alert = f" {_IN_TURN}" if record.reason is Reason.ALTERNATING else ""
    return f"{one_line(record.summary)} Observed {observed_interval(record)}.{alert}"
