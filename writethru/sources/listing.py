"""What a fetched source lists, whatever its kind: addresses with the times it states for them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from writethru.errors import MalformedInput
from writethru.model import SourceKind
from writethru.sources.discover import Page, discover
from writethru.sources.feeds import read_feed
from writethru.sources.sections import article_links, links_of
from writethru.sources.sitemaps import Sitemap, SitemapEntry, read_sitemap

NEWS_SPAN: Final = timedelta(days=3)
"""Of a sitemap, what is dated before that is an archive, not news; the news extension itself asks for two days."""

MAX_UNDATED: Final = 1_000
"""A sitemap without dates is taken for a list of news up to this length."""

MAX_CHILDREN: Final = 10
"""Sitemaps of an index that are followed, the last modified ones."""

CLOCK_SKEW: Final = timedelta(minutes=10)
"""How far a server's clock may be wrong before what it dates in the future is not believed."""

FEW: Final = 10
"""Below so many dated entries, all may have been updated at once."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One listed address; ``updated`` is when the source says that it last changed, None if it does not."""

    url: str
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """All that one look at a source brought.

    Attributes:
        children: further sources to read (sitemaps of an index).
        hubs, topic: WebSub: where a subscription may be asked for, and for which address.
        left_out: entries that are too old or too many.
    """

    entries: tuple[Listed, ...]
    children: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    topic: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A fetched source.

    Attributes:
        at: when it was fetched.
        known: addresses of articles at its host, to learn from what an article's looks like.
    """

    body: bytes
    content_type: str
    url: str
    at: datetime
    known: Collection[str] = ()


def listing_of(kind: SourceKind, answer: Answer) -> Listing:
    """What a source lists, each address once, in its order.

    Raises:
        InputError: it is not what it was.
    """
    if kind is SourceKind.FEED:
        return _feed(answer)
    if kind is SourceKind.SITEMAP:
        return sitemap_listing(read_sitemap(answer.body, answer.url), answer.at)
    if kind is SourceKind.SECTION:
        links = article_links(links_of(answer.body, answer.content_type, answer.url), answer.known)
        return Listing(tuple(Listed(url) for url in links))
    found = discover(answer.body, answer.content_type, answer.url)
    if found.page is Page.SITEMAP:
        return sitemap_listing(read_sitemap(answer.body, answer.url), answer.at)
    if not found.urls:
        raise MalformedInput("no longer a list of URLs", key=answer.url)
    return Listing(tuple(Listed(url) for url in dict.fromkeys(found.urls)))


def _feed(answer: Answer) -> Listing:
    feed = read_feed(answer.body, answer.url, answer.content_type)
    times = {entry.url: stated_moment(entry.updated) or stated_moment(entry.published) for entry in feed.entries}
    entries = tuple(Listed(url, updated) for url, updated in times.items())
    return Listing(entries, hubs=feed.hubs, topic=feed.self_url or answer.url)


def sitemap_listing(sitemap: Sitemap, at: datetime) -> Listing:
    """The news of a sitemap, and which of an index's sitemaps to follow."""
    dated = [(entry, _entry_moment(entry)) for entry in sitemap.entries]
    undated = len(dated) <= MAX_UNDATED and not any(moment for _, moment in dated)
    recent = [Listed(entry.url, moment) for entry, moment in dated if undated or _is_recent(moment, at)]
    entries = tuple({listed.url: listed for listed in recent}.values())
    children = children_to_follow(sitemap.index, at)
    left_out = len(sitemap.entries) - len(recent) + len(sitemap.index) - len(children)
    return Listing(entries, children=children, left_out=left_out)


def children_to_follow(index: Iterable[SitemapEntry], at: datetime) -> tuple[str, ...]:
    """Of an index, the sitemaps that change now, or say that they hold news; newest first, few."""
    dated = [(stated_moment(entry.modified), entry.url) for entry in index]
    chosen = [(moment or at, url) for moment, url in dated if _is_recent(moment, at) or _names_news(url)]
    if not chosen and not any(moment for moment, _ in dated):
        chosen = [(at, url) for _, url in dated[-1:] + dated[:1]]
    ordered = sorted(chosen, key=lambda pair: pair[0], reverse=True)
    return tuple(dict.fromkeys(url for _, url in ordered))[:MAX_CHILDREN]


def news_of(entries: Iterable[Listed], since: datetime | None, now: datetime) -> list[Listed]:
    """Entries that the source says changed after ``since`` (its last look); none where it says so of nearly all.

    Some feeds stamp every entry with the time of the request: that says nothing about any of them.
    """
    dated = [entry for entry in entries if entry.updated is not None]
    fresh = [
        entry
        for entry in dated
        if entry.updated is not None
        and entry.updated <= now + CLOCK_SKEW
        and (since is None or entry.updated > since - CLOCK_SKEW)
    ]
    stamped = since is not None and len(dated) >= FEW and len(fresh) > len(dated) * 0.8
    return [] if stamped else fresh


def stated_moment(text: str) -> datetime | None:
    """A time as feeds and sitemaps write it (ISO 8601 or RFC 5322), in UTC; None without a time of day and a zone."""
    if not text or len(text) > 100:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def _entry_moment(entry: SitemapEntry) -> datetime | None:
    return _day_or_moment(entry.modified) or _day_or_moment(entry.published)


def _day_or_moment(text: str) -> datetime | None:
    """A day stands for its first moment: right enough to tell news from an archive."""
    if len(text) == len("2031-03-03"):
        return stated_moment(f"{text}T00:00:00+00:00")
    return stated_moment(text)


def _is_recent(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment >= at - NEWS_SPAN


def _names_news(url: str) -> bool:
    return "news" in url.rpartition("/")[2].lower()
