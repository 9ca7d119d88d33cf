"""A page saved as HTML: which URL it had and when it was saved, where the file says so. Pure.

Nothing is guessed from the file's name. See docs/reference/sources.md for the order of signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from writethru.errors import MalformedInput
from writethru.text.urls import canonical, host_of

HEAD_CHARS = 1_000_000
"""Signs stand near the top; what comes after this many characters is not searched."""

Tags = list[tuple[str, dict[str, str]]]
"""Names and attributes, in page order."""

_TAIL_CHARS = 20_000  # where archives write their comment
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,8192}?)\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,8192})\s+saved date:\s*([^\n]{1,100})", re.I
)
_WAYBACK_TIME = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d \w{3} \d\d, \d{4}) AND RETRIEVED FROM")
_WAYBACK_URL = re.compile(
    r"^https?://web\.archive\.org/(?:web/)?(?P<stamp>\d{14})(?:[a-z]{2}_)?/(?P<url>https?:.+)$", re.S
)
_JS_DATE = re.compile(r"^\w{3} (?P<date>\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT(?P<zone>[+-]\d{4})")


@dataclass(frozen=True, slots=True)
class PageAddress:
    """What a saved page says of itself.

    Attributes:
        url: canonical, or None.
        aliases: other canonical URLs it gives for itself.
        saved_at: UTC, or None.
        notes: where the URL was read, and doubts.
    """

    url: str | None = None
    aliases: tuple[str, ...] = ()
    saved_at: datetime | None = None
    notes: tuple[str, ...] = ()


def address_of(html: str) -> PageAddress:
    """The URL and the time a saved page states.

    Args:
        html: its characters.
    """
    top = html[:HEAD_CHARS]
    saved = _saved(top, html[-_TAIL_CHARS:])
    tags = _tags(top)
    base = saved.url or _base(tags)
    marks = ((sign, _canonical(raw, base)) for sign, raw in _marks(tags))
    stated = [(sign, url) for sign, url in marks if url and (not _is_home(url) or url == saved.url)]
    if saved.url and (not stated or not _kin(stated[0][1], saved.url)):
        return _with_aliases(saved, stated)
    if stated:
        sign, url = stated[0]
        return PageAddress(
            url, _others(url, [*stated, ("saved", saved.url or "")]), saved.saved_at, (f"URL from {sign}",)
        )
    old = _split_address(tags)
    return PageAddress(old, (), saved.saved_at, (f"URL from {_OLD_SIGN}",) if old else ("no URL on the page",))


def _with_aliases(saved: PageAddress, stated: list[tuple[str, str]]) -> PageAddress:
    """The place a page was saved from wins over a canonical link to another site: that is a reprint's source."""
    note = f"the page names {stated[0][1]} as its source; kept apart" if stated else ""
    return PageAddress(saved.url, (), saved.saved_at, tuple(n for n in ("URL from the save comment", note) if n))


def _others(url: str, stated: list[tuple[str, str]]) -> tuple[str, ...]:
    found = dict.fromkeys(other for _, other in stated if other and other != url and _kin(url, other))
    return tuple(found)


def _saved(top: str, tail: str) -> PageAddress:
    """What the program that saved the page wrote into it."""
    if match := _SINGLE_FILE.search(top):
        return PageAddress(_canonical(match[1], "") or None, saved_at=_js_time(match[2]))
    wayback = _WAYBACK_TIME.search(tail)
    moment = _time(wayback[1], "%H:%M:%S %b %d, %Y") if wayback else None
    match = _SAVED_FROM.search(top)
    return PageAddress((_canonical(match[1], "") or None) if match else None, saved_at=moment)


def _js_time(stated: str) -> datetime | None:
    match = _JS_DATE.match(stated)
    return _time(f"{match['date']} {match['zone']}", "%b %d %Y %H:%M:%S %z") if match else None


def _time(stated: str, form: str) -> datetime | None:
    try:
        moment = datetime.strptime(stated, form)  # noqa: DTZ007 (the archive's stamps are UTC; the other form has %z)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _base(tags: Tags) -> str:
    return next((a.get("href", "") for tag, a in tags if tag == "base"), "")


def _marks(tags: Tags) -> Iterator[tuple[str, str]]:
    """The signs in order of trust, with their raw URLs."""
    for tag, attributes in tags:
        if tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            yield "rel=canonical", attributes.get("href", "")
    for tag, attributes in tags:
        if tag == "meta" and attributes.get("property", attributes.get("name", "")).lower() == "og:url":
            yield "og:url", attributes.get("content", "")


def _tags(top: str) -> Tags:
    """All ``<link>``, ``<meta>`` and ``<base>`` tags, outside comments and scripts."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", recover=True, remove_comments=True, huge_tree=False)
    try:
        root = etree.fromstring(top.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return []
    if root is None:
        return []
    return [
        (str(element.tag), {str(k).lower(): str(v).strip() for k, v in element.attrib.items()})
        for element in root.iter("link", "meta", "base")
    ]


def _canonical(raw: str, base: str) -> str:
    """The canonical form of a stated URL, out of an archive's rewriting; "" where it is none."""
    try:
        absolute = urljoin(base, raw.strip()) if base else raw.strip()
        archived = _WAYBACK_URL.match(absolute)
        return canonical(archived["url"] if archived else absolute)
    except (MalformedInput, ValueError):
        return ""


def _is_home(url: str) -> bool:
    return url.split("/", 3)[3] == ""


def _kin(one: str, other: str) -> bool:
    """Whether two URLs are of one site: equal hosts, or one host inside the other, ``www.`` and the like aside."""
    first, second = (re.sub(r"^(?:www|m|mobile|amp)\.", "", host_of(url)) for url in (one, other))
    return f".{first}".endswith(f".{second}") or f".{second}".endswith(f".{first}")


_OLD_SIGN = "the page's own path (UKFS_URL) and its low-graphics twin"


def _split_address(tags: Tags) -> str | None:
    """BBC pages of 2003-2010: a path in ``<meta name=UKFS_URL>``, the host only in a twin's link.

    The twin is ``<link rel=alternate type=text/html>`` to a page of the same file name; it
    must be the only such link, or all must name one host.
    """
    paths = {a.get("content", "") for tag, a in tags if tag == "meta" and a.get("name", "").upper() == "UKFS_URL"}
    if len(paths) != 1 or not (path := paths.pop()).startswith("/") or path.startswith("//"):
        return None
    name = path.rsplit("/", 1)[1]
    twins = (a.get("href", "") for tag, a in tags if tag == "link" and _is_html_alternate(a))
    hosts = {url.split("/", 3)[2]: url for raw in twins if (url := _canonical(raw, "")) and url.endswith(f"/{name}")}
    if not name or len(hosts) != 1:
        return None
    return _canonical(urljoin(next(iter(hosts.values())), path), "") or None


def _is_html_alternate(attributes: dict[str, str]) -> bool:
    return "alternate" in attributes.get("rel", "").lower().split() and attributes.get("type", "") == "text/html"
