"""What a site says about its articles: RSS 2.0, Atom and a front page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from writethru.press.moments import iso
from writethru.press.plays import Article, Site, Version
from writethru.press.template import encode

Listing = Sequence[tuple[Article, Version]]
"""Articles with the version that stands, the newest first."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 (section 2.2) does not allow."""


def rss(site: Site, listing: Listing, base: str) -> bytes:
    """RSS 2.0; ``base`` is what stands before an article's path. Stable bytes while nothing in it changes."""
    items = "".join(_RSS_ITEM.format(**_entry(a, v, base)) for a, v in listing)
    built = max((v.time for _, v in listing), default=datetime(1970, 1, 1, tzinfo=UTC))
    return encode(_RSS.format(**_head(site, base), built=_rfc822(built), items=items))


def atom(site: Site, listing: Listing, base: str) -> bytes:
    """Atom 1.0 (RFC 4287)."""
    entries = "".join(_ATOM_ENTRY.format(**_entry(a, v, base)) for a, v in listing)
    built = max((v.time for _, v in listing), default=datetime(1970, 1, 1, tzinfo=UTC))
    return encode(_ATOM.format(**_head(site, base), built=iso(built), entries=entries))


def front_page(site: Site, listing: Listing, base: str) -> bytes:
    """The home page of a site that has no page of its own at ``/``: what the feed lists."""
    items = "".join(
        f'<li><a href="{escape(base + a.path)}">{escape(v.headline)}</a> <p>{escape(v.summary)}</p></li>\n'
        for a, v in listing
    )
    return encode(_FRONT.format(lang=escape(site.language), title=escape(site.name), base=escape(base), items=items))


def _head(site: Site, base: str) -> dict[str, str]:
    return {"title": _xml(site.feed_title or site.name), "base": _xml(base), "lang": _xml(site.language)}


def _entry(article: Article, version: Version, base: str) -> dict[str, str]:
    published = version.published or article.appeared
    return {
        "title": _xml(version.headline),
        "url": _xml(base + article.path),
        "summary": _xml(version.summary),
        "published": _rfc822(published),
        "published_iso": iso(published),
        "updated": iso(version.time),
    }


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


_RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>{title}</title>
<link>{base}/</link>
<description>{title}</description>
<language>{lang}</language>
<lastBuildDate>{built}</lastBuildDate>
<atom:link href="{base}/feed.xml" rel="self" type="application/rss+xml"/>
{items}</channel>
</rss>
"""

_RSS_ITEM = """<item>
<title>{title}</title>
<link>{url}</link>
<guid isPermaLink="true">{url}</guid>
<pubDate>{published}</pubDate>
<description>{summary}</description>
</item>
"""

_ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">
<title>{title}</title>
<id>{base}/</id>
<updated>{built}</updated>
<link rel="alternate" href="{base}/"/>
<link rel="self" href="{base}/atom.xml"/>
<author><name>{title}</name></author>
{entries}</feed>
"""

_ATOM_ENTRY = """<entry>
<title>{title}</title>
<id>{url}</id>
<link rel="alternate" href="{url}"/>
<published>{published_iso}</published>
<updated>{updated}</updated>
<summary>{summary}</summary>
</entry>
"""

_FRONT = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>{title}</title>
<link rel="alternate" type="application/rss+xml" title="{title}" href="{base}/feed.xml"></head>
<body><header><h1>{title}</h1></header>
<main><ul class="front">
{items}</ul></main>
</body>
</html>
"""
