"""A feed as values: one entry for each change, for ever, under an id that never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from writethru.model import Reason
from writethru.publish.safe_text import one_line
from writethru.views import ChangeRow, observed_interval

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
    """

    authority: str
    since: str

    def feed(self, article_id: int | None) -> str:
        """The id of the feed of all changes, or of one article's."""
        return self._tag("changes" if article_id is None else f"article/{article_id}")

    def change(self, article_id: int, number: int) -> str:
        """The id of a change."""
        return self._tag(f"article/{article_id}/change/{number}")

    def alarms(self) -> str:
        """The id of the feed of alarms."""
        return self._tag("alarms")

    def alarm(self, number: int, step: str) -> str:
        """The id of the beginning or the end of an alarm."""
        return self._tag(f"alarm/{number}/{step}")

    def _tag(self, specific: str) -> str:
        return f"tag:{self.authority},{self.since}:{specific}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as feeds carry it.

    Attributes:
        url: the permalink of the change.
        updated: when the new text was first seen.
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
    """

    id: str
    title: str
    self_url: str
    current_url: str
    page_url: str
    entries: tuple[Entry, ...]
    older_url: str = ""
    archived: bool = False

    @property
    def updated(self) -> datetime:
        """The newest ``updated`` of the entries."""
        return max((entry.updated for entry in self.entries), default=EPOCH)


def entry_of(row: ChangeRow, minter: Minter, permalink: str, content: str) -> Entry:
    """The entry of a change; its content is rendered by ``difference``."""
    record = row.record
    alert = f" {_IN_TURN}" if record.reason is Reason.ALTERNATING else ""
    headline = one_line(row.headline) or "No headline"
    outlet = one_line(row.outlet) or "Outlet not known"
    return Entry(
        id=minter.change(record.article_id, record.number),
        title=f"{headline} (change {record.number})",
        url=permalink,
        updated=record.before,
        outlet=outlet,
        summary=f"{one_line(record.summary)} Observed {observed_interval(record)}.{alert}",
        content=content,
        kinds=record.kinds,
        about=row.url if row.url.startswith(("http://", "https://")) else "",
    )
