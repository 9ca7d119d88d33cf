"""Which article a page says it is: the address it names against the addresses we know. Pure.

Lenient about spelling on purpose: here an address that merely looks different must not turn an
article's own page into another article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import urlsplit

from writethru.errors import InputError
from writethru.text.urls import canonical, same_page_variants

_FRONT = re.compile(r"^https?://(?:www\.)?")


class Identity(StrEnum):
    """What a page's own address says."""

    SAME = "same"  # it names this article
    OTHER = "other"  # it names another address than this article ever had
    UNKNOWN = "unknown"  # it names none, or one that all pages of its site name


def identity(named: str, named_before: str, urls: Iterable[str]) -> Identity:
    """Which article a page claims to be.

    Args:
        named: canonical form of the address it states, "" if none.
        named_before: the same of the last page that was believed.
        urls: addresses that the article is known to have.
    """
    if not named or is_front_door(named):
        return Identity.UNKNOWN
    if any(same_address(named, url) for url in urls):
        return Identity.SAME
    if named_before and same_address(named, named_before):
        return Identity.UNKNOWN
    return Identity.OTHER


def same_address(one: str, other: str) -> bool:
    """Whether two canonical URLs differ only in scheme, ``www.``, a last slash, or as AMP and mobile addresses do."""
    return bool(_spellings(one) & _spellings(other))


def _spellings(url: str) -> frozenset[str]:
    if url.startswith("urn:"):
        return frozenset({url})
    variants = (url, *same_page_variants(url))
    return frozenset(_FRONT.sub("", variant).rstrip("/") for variant in variants)


def is_front_door(url: str) -> bool:
    """A site's home page, which templates name on every page."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def stated_address(raw: str | None) -> str:
    """The canonical form of what a page states, "" where that is none."""
    try:
        return canonical(raw) if raw else ""
    except InputError:
        return ""
