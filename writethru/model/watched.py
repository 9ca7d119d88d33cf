"""Outlets, their sources and articles: what is watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher."""

    id: int
    name: str
    host: str = ""


class SourceKind(StrEnum):
    """Where an outlet's articles are found."""

    FEED = "feed"
    SITEMAP = "sitemap"  # news sitemap, or an index of sitemaps
    SECTION = "section"  # a page that links to articles
    URL_LIST = "url-list"
    PAGE = "page"  # one article the user named
    FILE = "file"  # imported


@dataclass(frozen=True, slots=True)
class Source:
    """One place where articles are found, with its own timer."""

    id: int
    kind: SourceKind
    url: str
    outlet_id: int | None
    added_at: datetime
    next_look_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    body_digest: str = ""
    failures: int = 0
    last_look_at: datetime | None = None
    last_news_at: datetime | None = None  # when it last brought an article that was new
    last_error: str = ""


class SubscriptionState(StrEnum):
    """How far a WebSub subscription has come."""

    WANTED = "wanted"  # the feed names a hub
    ASKED = "asked"  # the hub has not asked back yet
    ACTIVE = "active"
    DENIED = "denied"  # by the hub
    FAILED = "failed"  # the hub could not be asked


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed's subscription at its hub.

    Attributes:
        token: last part of the callback's path, which only the hub is told.
        secret: deliveries are signed with it; never shown.
        asked_at: when the hub was last asked (or first named).
        until: end of the lease, None before there is one.
        delivered_at: of the last delivery whose signature was right.
        detail: what went wrong, for a person.
    """

    source_id: int
    token: str
    hub: str
    topic: str
    secret: str
    state: SubscriptionState
    asked_at: datetime
    until: datetime | None = None
    delivered_at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One piece at one canonical URL. ``url`` is ``urn:sha256:…`` where none is known.

    Attributes:
        payload: where the last accepted page was recorded whole (``watch.revisits``), "" if nowhere.
        same_as: id of the article that this one turned out to be; None while it stands alone.
        pace: class of the wait before its next look (``schedule.choice.pace_of``); 0 is the shortest.
    """

    id: int
    url: str
    host: str
    outlet_id: int | None
    added_at: datetime
    next_look_at: datetime | None = None
    next_look_reason: str = ""
    retired_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    payload: str = ""
    same_as: int | None = None
    pace: int = 0


@dataclass(frozen=True, slots=True)
class Alias:
    """Another URL of an article, dated."""

    url: str
    kind: str  # "canonical" | "redirect" | "found" | "stated" | "contested" | "merged" | "dump-name"
    first_seen: datetime
    last_seen: datetime
