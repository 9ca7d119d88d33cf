"""Section pages: links that look like articles, by the shape of addresses that are known to be. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from writethru.extraction.decoding import decode
from writethru.sources.page_head import canonical_or_none, same_site
from writethru.text.urls import host_of

MAX_LINKS: Final = 2_000
"""Links of one page that are looked at; front pages have some hundreds."""

MAX_FOUND: Final = 300
"""Articles taken from one look."""

LEARNT_FROM: Final = 3
"""So many known articles of one shape make it the shape of an article."""

SLUG_WORDS: Final = 3
"""An address with so many words joined by hyphens names a story, not a section."""

TITLE_WORDS: Final = 4
"""A link to an article says a headline; a link to a section says a word or two."""

_WORDS = re.compile(r"[-_+]+")
_NOT_ARTICLES = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|css|js|xml|rss)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: canonical address of the same site, and its words."""

    url: str
    words: int = 0


def links_of(body: bytes, content_type: str, url: str) -> list[Link]:
    """The links of a page that stay on its site, each address once, in page order."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=False)
    try:
        root = etree.fromstring(decode(body, content_type).text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return []
    found: dict[str, int] = {}
    anchors = () if root is None else root.iter("a")
    for _, element in zip(range(MAX_LINKS), anchors, strict=False):
        address = canonical_or_none(element.get("href") or "", url)
        if address and address != url and same_site(address, url):
            words = len("".join(element.itertext()).split())
            found[address] = max(words, found.get(address, 0))
    return [Link(address, words) for address, words in found.items()]


def article_links(links: Iterable[Link], known: Collection[str]) -> list[str]:
    """The links that look like articles.

    Args:
        links: of a section page.
        known: addresses of articles of the same site; with ``LEARNT_FROM`` of one shape, that shape
            decides, otherwise what addresses of articles have in common everywhere.
    """
    learnt = learnt_shapes(known)
    looks_right = (lambda link: shape(link.url) in learnt) if learnt else _looks_like_a_story
    return [link.url for link in links if not _NOT_ARTICLES.search(link.url) and looks_right(link)][:MAX_FOUND]


def learnt_shapes(known: Iterable[str]) -> frozenset[str]:
    """Shapes that several known articles share and that are not just "one word"."""
    counts = Counter(map(shape, known))
    return frozenset(form for form, count in counts.items() if count >= LEARNT_FROM and set(form) - set("/w"))


def shape(url: str) -> str:
    """What kinds of segments an address is made of: ``/y/d/d/slug``, ``/w/slug9``, ``/w?id=9``.

    y: a year; d: one or two digits; 9: a longer number; slug: words joined by hyphens, slug9 with a
    number at its end; x: letters and digits mixed; w: any other word.
    """
    parts = urlsplit(url)
    segments = [_kind(segment) for segment in parts.path.strip("/").split("/")]
    query = "&".join(sorted(f"{n}={_kind(v)}" for n, _, v in (p.partition("=") for p in parts.query.split("&") if p)))
    return "/" + "/".join(segments) + (f"?{query}" if query else "")


def _kind(segment: str) -> str:
    bare = segment.rpartition(".")[0] or segment
    if bare.isascii() and bare.isdigit():
        return "y" if len(bare) == 4 and bare[:2] in ("19", "20", "21") else "d" if len(bare) <= 2 else "9"
    words = [word for word in _WORDS.split(bare) if word]
    numbered = any(word.isdigit() and len(word) > 2 for word in (words[:1] + words[-1:]))
    if len(words) >= SLUG_WORDS:
        return "slug9" if numbered else "slug"
    return "x" if any(char.isdigit() for char in bare) else "w"


def _looks_like_a_story(link: Link) -> bool:
    """Without anything learnt: a slug or a number in the address, and a headline for a link."""
    kinds: Sequence[str] = shape(link.url).partition("?")[0].strip("/").split("/")
    telling = any(kind in ("slug", "slug9", "9", "x") for kind in kinds[-2:]) or "=9" in shape(link.url)
    return telling and link.words >= TITLE_WORDS and not host_of(link.url).startswith(("shop.", "jobs."))
