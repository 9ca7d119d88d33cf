"""``add``: one look at each URL to find out what it is, then watch it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from writethru.errors import WritethruError
from writethru.model import Article, Source, SourceKind
from writethru.sources.discover import Discovery, Page, discover
from writethru.sources.sections import article_links, links_of
from writethru.text.urls import canonical, host_of
from writethru.watch.visit import Visit

if TYPE_CHECKING:
    from writethru.watch.loop import Watcher


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one URL.

    Attributes:
        kind: ``feed``, ``sitemap``, ``section``, ``url-list`` or ``article``; "" where it could not be added.
        known: it was watched already.
        found: articles that it brought.
        error: why it could not be added, "" if it was.
        note: what else a person should know.
    """

    url: str
    kind: str = ""
    known: bool = False
    found: int = 0
    error: str = ""
    note: str = ""

    @property
    def ok(self) -> bool:
        """It is watched now."""
        return not self.error

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "url": self.url,
            "kind": self.kind,
            "known": self.known,
            "found": self.found,
            "error": self.error,
            "note": self.note,
        }

    def sentence(self) -> str:
        """For people."""
        if self.error:
            return f"not added: {self.url}: {self.error}"
        found = f"; {self.found} new articles" if self.found else ""
        note = f" ({self.note})" if self.note else ""
        already = "already " if self.known else ""
        return f"{already}watching {self.kind} {self.url}{found}{note}"


LISTS: Final = {
    Page.FEED: SourceKind.FEED,
    Page.SITEMAP: SourceKind.SITEMAP,
    Page.URL_LIST: SourceKind.URL_LIST,
}
"""Pages that are watched as sources."""

LEAST_LINKS: Final = 3
"""A page with so many links that look like articles is a section worth watching."""


def add_urls(watcher: Watcher, urls: Sequence[str]) -> list[Added]:
    """Look at each URL once and watch what it turns out to be; one failure never stops the others."""
    done: list[Added] = []
    for given in urls:
        try:
            done += _Adding(watcher).add(canonical(given))
        except WritethruError as error:
            done.append(Added(given, error=error.message))
    return done


class _Adding:
    """Adds one URL, and what a page at it advertises."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._store = watcher.store

    def add(self, url: str, *, followed: bool = False) -> list[Added]:
        known = self._known(url)
        if known is not None:
            return [known]
        visit = self._watcher.visitor.visit(url, on_behalf="add")
        problem = _problem(visit)
        if problem:
            return [Added(url, error=problem)]
        exchange = visit.exchange
        if exchange is None:
            return [Added(url, error="no answer")]
        found = discover(exchange.body, exchange.header("content-type"), exchange.final_url)
        return self._take(url, visit, found, followed=followed)

    def _known(self, url: str) -> Added | None:
        if self._store.withheld.holds(url):
            return Added(url, error="its article was withdrawn from this archive")
        article = self._store.find_article(url)
        if article is not None and article.next_look_at is not None:
            return Added(url, "article", known=True)
        kind = next((source.kind for source in self._store.sources() if source.url == url), None)
        return None if kind is None else Added(url, kind.value, known=True)

    def _take(self, url: str, visit: Visit, found: Discovery, *, followed: bool) -> list[Added]:
        if found.page in LISTS and (found.page is not Page.URL_LIST or found.urls):
            return [self._add_source(LISTS[found.page], url, visit, found)]
        if found.page is Page.ARTICLE:
            return [self._add_article(url, visit, found)]
        if found.feeds and not followed:
            note = f"advertised by {url}"
            feeds = (
                [feed.url for feed in found.feeds[:1]] if found.page is not Page.OPML else [f.url for f in found.feeds]
            )
            return [_noted(added, note) for feed in feeds for added in self.add(feed, followed=True)]
        if found.page is Page.SECTION and self._links_to_articles(visit):
            return [self._add_source(SourceKind.SECTION, url, visit, found)]
        words = "; ".join(found.notes) or found.ground.value.replace("_", " ")
        return [Added(url, error=f"neither a feed nor an article ({words}), and it advertises no feed")]

    def _links_to_articles(self, visit: Visit) -> bool:
        exchange = visit.exchange
        if exchange is None:
            return False
        links = links_of(exchange.body, exchange.header("content-type"), exchange.final_url)
        return len(article_links(links, ())) >= LEAST_LINKS

    def _add_source(self, kind: SourceKind, url: str, visit: Visit, found: Discovery) -> Added:
        with self._store.transaction():
            source = self._source(kind, url, visit, found)
            done = self._watcher.looker.read_source(source, visit)
        return Added(url, kind.value, found=done.found, note="; ".join(found.notes))

    def _source(self, kind: SourceKind, url: str, visit: Visit, found: Discovery) -> Source:
        host = host_of(url)
        outlet = self._store.outlet(found.outlet or found.title or host, host)
        source, _ = self._store.add_source(kind, url, outlet_id=outlet.id, at=visit.at, next_look_at=visit.at)
        return source

    def _add_article(self, url: str, visit: Visit, found: Discovery) -> Added:
        """The look that found out what it is counts as its first."""
        with self._store.transaction():
            article = self._article(url, visit, found)
            done = self._watcher.looker.record_visit(article, visit)
        return Added(url, "article", note=f"first look: {done.outcome}" if done.outcome else "")

    def _article(self, url: str, visit: Visit, found: Discovery) -> Article:
        known = self._store.find_article(url)
        if known is not None:
            return known
        outlet_id = self._store.outlet(found.outlet, host_of(url)).id if found.outlet else None
        return self._store.add_article(
            url, host=host_of(url), outlet_id=outlet_id, at=visit.at, next_look_at=visit.at, reason="named by hand"
        )


def _problem(visit: Visit) -> str:
    """Why nothing can be made of a visit, "" if something can."""
    if visit.not_before is not None:
        return f"its host asks for time ({visit.detail}) until {visit.not_before:%Y-%m-%d %H:%M} UTC; add it again then"
    if visit.failure is not None:
        return visit.detail or visit.failure.value
    status = visit.exchange.status if visit.exchange is not None else None
    return "" if status == 200 else f"the server answered {status}"


def _noted(added: Added, note: str) -> Added:
    return replace(added, note=note)
