"""What a fetched page is: a feed, an article, a section that advertises feeds, a list. Pure.

A decision of the house: it returns the verdict with a reason code, so that
``writethru add`` can say why it took a URL for what it took it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from writethru.errors import InputError
from writethru.extraction import extract
from writethru.extraction.decoding import decode
from writethru.model import Extraction, Sign
from writethru.sources.feeds import Feed, read_feed
from writethru.sources.limits import MAX_PAGE_BYTES
from writethru.sources.opml import read_opml
from writethru.sources.page_head import Tags, base_of, canonical_or_none, head_tags, same_site, stated_urls
from writethru.sources.sitemaps import read_sitemap
from writethru.sources.sniff import InputKind, kind_of, why_unknown
from writethru.text.tokens import word_list

ARTICLE_WORDS = 80
"""A page with a marked headline and this many words of running text is taken for an article."""

MAX_ADVERTISED = 50
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"}
)
_SECTION_TYPES = frozenset({"website", "blog", "profile"})


class Page(StrEnum):
    """What a fetched page is."""

    FEED = "feed"
    ARTICLE = "article"
    SECTION = "section"  # a home or section page
    URL_LIST = "url-list"
    SITEMAP = "sitemap"
    OPML = "opml"
    OTHER = "other"


class Ground(StrEnum):
    """Why it is taken for that; shown to the user."""

    PARSED = "parsed"  # it reads as that format
    HOME_PATH = "home_path"  # the URL has no path
    STATED_ARTICLE = "stated_article"  # og:type or article:published_time
    STATED_SECTION = "stated_section"  # og:type website
    LISTING = "listing"  # links and headings, little text
    RUNNING_TEXT = "running_text"  # a headline and enough text
    LITTLE_TEXT = "little_text"  # neither text enough nor links
    WALLED = "walled"  # a bot check or a consent wall stands before it
    EMPTY = "empty"
    UNKNOWN_FORMAT = "unknown_format"


@dataclass(frozen=True, slots=True)
class AdvertisedFeed:
    """A feed that a page names in ``<link rel=alternate>``; a title with "comments" goes last."""

    url: str
    title: str = ""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a page is and what it leads to.

    Attributes:
        canonical_url: the page's own statement, where it is of the same site; else None.
        feed: read, where the page is one.
        feeds: advertised by a page, or listed by OPML.
        urls: of a URL list or a sitemap; canonical.
        sitemaps: of a sitemap index.
        title: of the page or feed.
        outlet: name, or "".
        notes: for a person.
    """

    page: Page
    ground: Ground
    canonical_url: str | None = None
    feed: Feed | None = None
    feeds: tuple[AdvertisedFeed, ...] = ()
    urls: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    title: str = ""
    outlet: str = ""
    notes: tuple[str, ...] = ()


def discover(body: bytes, content_type: str, url: str) -> Discovery:
    """Say what was fetched. Never raises an ``InputError``: what cannot be read is ``OTHER``.

    Args:
        body: decoded body.
        content_type: the HTTP header's value, or "".
        url: where it was fetched, after redirects.
    """
    if len(body) > MAX_PAGE_BYTES:
        return Discovery(Page.OTHER, Ground.UNKNOWN_FORMAT, notes=("too large for a page",))
    kind = kind_of(body[:65_536], urlsplit(url).path)
    try:
        return _READERS.get(kind, _other)(body, content_type, url)
    except InputError as error:
        return Discovery(Page.OTHER, Ground.UNKNOWN_FORMAT, notes=(error.message,))


def _other(body: bytes, content_type: str, url: str) -> Discovery:  # noqa: ARG001
    return Discovery(Page.OTHER, Ground.UNKNOWN_FORMAT, notes=(why_unknown(body[:65_536], urlsplit(url).path),))


def _empty(body: bytes, content_type: str, url: str) -> Discovery:  # noqa: ARG001
    return Discovery(Page.OTHER, Ground.EMPTY, notes=("the answer has no content",))


def _feed(body: bytes, content_type: str, url: str) -> Discovery:
    feed = read_feed(body, url, content_type)
    return Discovery(Page.FEED, Ground.PARSED, feed=feed, title=feed.title, outlet=feed.outlet, notes=feed.notes)


def _sitemap(body: bytes, content_type: str, url: str) -> Discovery:  # noqa: ARG001
    sitemap = read_sitemap(body, url)
    outlet = next((entry.outlet for entry in sitemap.entries if entry.outlet), "")
    urls = tuple(entry.url for entry in sitemap.entries)
    return Discovery(Page.SITEMAP, Ground.PARSED, urls=urls, sitemaps=sitemap.children, outlet=outlet)


def _opml(body: bytes, content_type: str, url: str) -> Discovery:  # noqa: ARG001
    feeds = tuple(AdvertisedFeed(outline.url, outline.title) for outline in read_opml(body))
    return Discovery(Page.OPML, Ground.PARSED, feeds=feeds)


def _url_list(body: bytes, content_type: str, url: str) -> Discovery:  # noqa: ARG001
    lines = (line.strip() for line in decode(body, content_type).text.splitlines())
    found = (canonical_or_none(line, "") for line in lines if line and not line.startswith("#"))
    return Discovery(Page.URL_LIST, Ground.PARSED, urls=tuple(dict.fromkeys(link for link in found if link)))


def _page(body: bytes, content_type: str, url: str) -> Discovery:
    tags = head_tags(decode(body, content_type).text)
    read = extract(body, url, content_type=content_type)
    page, ground = judge(read, tags, url)
    return Discovery(
        page,
        ground,
        canonical_url=next((stated for _, stated in stated_urls(tags, url) if same_site(stated, url)), None),
        feeds=_advertised(tags, url),
        title=read.headline,
        outlet=read.outlet,
        notes=read.notes,
    )


def _dump(body: bytes, content_type: str, url: str) -> Discovery:
    read = extract(body, url, content_type=content_type)
    page, ground = judge(read, [], url)
    return Discovery(page, ground, title=read.headline, outlet=read.outlet, notes=read.notes)


def judge(read: Extraction, tags: Tags, url: str) -> tuple[Page, Ground]:
    """Article or section, from the page's own statements first, from its looks second."""
    stated = _stated(tags)
    if read.signs & {Sign.CHALLENGE, Sign.CONSENT}:
        return Page.OTHER, Ground.WALLED
    if urlsplit(url).path in ("", "/") and not urlsplit(url).query:
        return Page.SECTION, Ground.HOME_PATH
    if stated.get("og:type") == "article" or "article:published_time" in stated:
        return Page.ARTICLE, Ground.STATED_ARTICLE
    if Sign.LISTING in read.signs:
        return Page.SECTION, Ground.LISTING
    words = len(word_list(read.text))
    if read.headline and words >= ARTICLE_WORDS and Sign.SOFT_404 not in read.signs:
        return Page.ARTICLE, Ground.RUNNING_TEXT
    if stated.get("og:type") in _SECTION_TYPES:
        return Page.SECTION, Ground.STATED_SECTION
    return Page.OTHER, Ground.LITTLE_TEXT


def _stated(tags: Tags) -> dict[str, str]:
    metas = (attributes for tag, attributes in tags if tag == "meta")
    pairs = ((a.get("property", a.get("name", "")).lower(), a.get("content", "").strip().lower()) for a in metas)
    return {name: value for name, value in pairs if name and value}


def _advertised(tags: Tags, url: str) -> tuple[AdvertisedFeed, ...]:
    """Feeds of ``<link rel=alternate>``, in page order, those of comments last."""
    base = urljoin(url, base_of(tags))
    found: dict[str, AdvertisedFeed] = {}
    for tag, attributes in tags:
        kind = attributes.get("type", "").partition(";")[0].strip().lower()
        if tag == "link" and "alternate" in attributes.get("rel", "").lower().split() and kind in _FEED_TYPES:
            link = canonical_or_none(attributes.get("href", ""), base)
            if link:
                found.setdefault(link, AdvertisedFeed(link, attributes.get("title", ""), kind))
    ordered = sorted(found.values(), key=lambda feed: "comment" in f"{feed.url} {feed.title}".lower())
    return tuple(ordered[:MAX_ADVERTISED])


_READERS = {
    InputKind.FEED: _feed,
    InputKind.SITEMAP: _sitemap,
    InputKind.OPML: _opml,
    InputKind.URL_LIST: _url_list,
    InputKind.PAGE: _page,
    InputKind.NEWS_SNIFFER: _other,
    InputKind.DUMP: _dump,
    InputKind.EMPTY: _empty,
}
