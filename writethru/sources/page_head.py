"""What an HTML page's head says of its own address. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from writethru.errors import MalformedInput
from writethru.text.urls import canonical, host_of

HEAD_CHARS = 1_000_000
"""Signs stand near the top; what comes after this many characters is not searched."""

Tags = list[tuple[str, dict[str, str]]]
"""Names and attributes, in page order."""

_WAYBACK_URL = re.compile(
    r"^https?://web\.archive\.org/(?:web/)?(?P<stamp>\d{14})(?:[a-z]{2}_)?/(?P<url>https?:.+)$", re.S
)


def head_tags(html: str) -> Tags:
    """All ``<link>``, ``<meta>`` and ``<base>`` tags, outside comments and scripts."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", recover=True, remove_comments=True, huge_tree=False)
    try:
        root = etree.fromstring(html[:HEAD_CHARS].encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return []
    if root is None:
        return []
    return [
        (str(element.tag), {str(k).lower(): str(v).strip() for k, v in element.attrib.items()})
        for element in root.iter("link", "meta", "base")
    ]


def base_of(tags: Tags) -> str:
    """The ``<base href>``, "" where there is none."""
    return next((a.get("href", "") for tag, a in tags if tag == "base"), "")


def stated_urls(tags: Tags, base: str) -> list[tuple[str, str]]:
    """(sign, canonical URL) of what the page calls itself, in order of trust.

    A statement that points to a home page is left out: sites that put one on every page
    would have all their articles merged.

    Args:
        base: to resolve relative links, or "".
    """
    stated = ((sign, canonical_or_none(raw, base)) for sign, raw in _marks(tags))
    return [(sign, url) for sign, url in stated if url and not is_home(url)]


def _marks(tags: Tags) -> Iterator[tuple[str, str]]:
    """The signs in order of trust, with their raw URLs."""
    for tag, attributes in tags:
        if tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            yield "rel=canonical", attributes.get("href", "")
    for tag, attributes in tags:
        if tag == "meta" and attributes.get("property", attributes.get("name", "")).lower() == "og:url":
            yield "og:url", attributes.get("content", "")


def canonical_or_none(raw: str, base: str) -> str | None:
    """The canonical form of a stated URL, out of an archive's rewriting; None where it is none."""
    try:
        absolute = urljoin(base, raw.strip()) if base else raw.strip()
        archived = _WAYBACK_URL.match(absolute)
        return canonical(archived["url"] if archived else absolute)
    except (MalformedInput, ValueError):
        return None


def is_home(url: str) -> bool:
    """Whether a canonical URL is that of a site's front door."""
    return url.split("/", 3)[3] == ""


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one site: equal hosts, or one host inside the other, ``www.`` and the like aside."""
    first, second = (re.sub(r"^(?:www|m|mobile|amp)\.", "", host_of(url)) for url in (one, other))
    return f".{first}".endswith(f".{second}") or f".{second}".endswith(f".{first}")
