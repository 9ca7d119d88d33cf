"""From what a source lists to articles that are watched: new ones, news of known ones, further sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from writethru.fetch import Exchange
from writethru.model import Article, Source, SourceKind
from writethru.sources.listing import Answer, Listed, Listing, listing_of, news_of
from writethru.sources.websub import hub_links
from writethru.storage.store import Store
from writethru.text.urls import host_of
from writethru.watch.joining import Joiner

PRE_EMPT_PAUSE: Final = timedelta(minutes=5)
"""However often a source says that an article changed, it is not looked at again sooner than this."""

MAX_SITEMAPS: Final = 50
"""Sitemaps followed at one host, however many its indexes name."""

LEARN_FROM: Final = 500
"""Known articles of a host whose addresses show what an article's address looks like."""


class Finder:
    """Takes in listings.

    Args:
        store: articles and sources.
        joiner: says whom a listed address belongs to.
    """

    def __init__(self, store: Store, joiner: Joiner) -> None:
        self._store = store
        self._joiner = joiner

    def listing(self, source: Source, exchange: Exchange, at: datetime) -> Listing:
        """What a fetched source lists.

        Raises:
            InputError: it is not what it was.
        """
        is_section = source.kind is SourceKind.SECTION
        known = self._store.article_urls(host_of(source.url), LEARN_FROM) if is_section else ()
        answer = Answer(exchange.body, exchange.header("content-type"), exchange.final_url, at, known)
        listing = listing_of(source.kind, answer)
        links = hub_links(exchange.header("link"))
        if listing.hubs or "hub" not in links:
            return listing
        return replace(listing, hubs=(links["hub"],), topic=links.get("self") or exchange.final_url)

    def take(self, source: Source, listing: Listing, at: datetime) -> int:
        """Add what is new, pre-empt the timer of what changed; how many articles were new."""
        changed = {entry.url: entry for entry in news_of(listing.entries, source.last_look_at, at)}
        found = 0
        for entry in listing.entries:
            owner = self._joiner.listed(entry.url)
            if owner is None:
                found += self._add(source, entry.url, at)
            elif entry.url in changed:
                self._pre_empt(owner, changed[entry.url], at)
            elif owner.next_look_at is None and owner.retired_at is None:
                self._watch(owner, at, "listed by a source")
        self._follow(source, listing, at)
        return found

    def _add(self, source: Source, url: str, at: datetime) -> int:
        """1 unless the address is a withdrawn article's."""
        if self._store.withheld.holds(url):
            return 0
        reason = "new in a source"
        self._store.add_article(
            url, host=host_of(url), outlet_id=source.outlet_id, at=at, next_look_at=at, reason=reason
        )
        return 1

    def _pre_empt(self, article: Article, entry: Listed, at: datetime) -> None:
        """The source says that it changed after our last look: look now, also at one that was retired."""
        latest = self._store.state(article.id).latest_capture_at
        if latest is None or entry.updated is None or entry.updated <= latest:
            return
        due = max(at, latest + PRE_EMPT_PAUSE)
        if article.next_look_at is None or article.next_look_at > due:
            again = "watched again: " if article.retired_at else ""
            self._watch(article, due, f"{again}its source says that it was updated {entry.updated:%Y-%m-%d %H:%M} UTC")

    def _watch(self, article: Article, due: datetime, reason: str) -> None:
        self._store.update_article(replace(article, next_look_at=due, next_look_reason=reason, retired_at=None, pace=0))

    def _follow(self, source: Source, listing: Listing, at: datetime) -> None:
        """The sitemaps of an index become sources, up to a number."""
        if not listing.children:
            return
        host = host_of(source.url)
        known = [s for s in self._store.sources() if s.kind is SourceKind.SITEMAP and host_of(s.url) == host]
        for child in listing.children[: max(0, MAX_SITEMAPS - len(known))]:
            self._store.add_source(SourceKind.SITEMAP, child, outlet_id=source.outlet_id, at=at, next_look_at=at)
