"""A page saved as HTML: which URL it had and when it was saved, where the file says so. Pure.

Nothing is guessed from the file's name. See docs/reference/sources.md for the order of signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from writethru.sources.page_head import HEAD_CHARS, Tags, base_of, canonical_or_none, head_tags, same_site, stated_urls

_TAIL_CHARS = 20_000  # where archives write their comment
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,8192}?)\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,8192})\s+saved date:\s*([^\n]{1,100})", re.I
)
_WAYBACK_TIME = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d \w{3} \d\d, \d{4}) AND RETRIEVED FROM")
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
    tags = head_tags(top)
    base = saved.url or base_of(tags)
    stated = stated_urls(tags, base)
    if saved.url and (not stated or not same_site(stated[0][1], saved.url)):
        return _saved_there(saved, stated)
    if stated:
        sign, url = stated[0]
        aliases = (saved.url,) if saved.url and saved.url != url else ()
        return PageAddress(url, aliases, saved.saved_at, (f"URL from {sign}",))
    old = _split_address(tags)
    return PageAddress(old, (), saved.saved_at, (f"URL from {_OLD_SIGN}",) if old else ("no URL on the page",))


def _saved_there(saved: PageAddress, stated: list[tuple[str, str]]) -> PageAddress:
    """The place a page was saved from wins over a canonical link to another site: that is a reprint's source."""
    notes = ["URL from the save comment"]
    if stated:
        notes.append(f"the page names {stated[0][1]} as its source; kept apart")
    return PageAddress(saved.url, (), saved.saved_at, tuple(notes))


def _saved(top: str, tail: str) -> PageAddress:
    """What the program that saved the page wrote into it."""
    if match := _SINGLE_FILE.search(top):
        return PageAddress(canonical_or_none(match[1], ""), saved_at=_js_time(match[2]))
    wayback = _WAYBACK_TIME.search(tail)
    moment = _time(wayback[1], "%H:%M:%S %b %d, %Y") if wayback else None
    match = _SAVED_FROM.search(top)
    return PageAddress((canonical_or_none(match[1], "")) if match else None, saved_at=moment)


def _js_time(stated: str) -> datetime | None:
    match = _JS_DATE.match(stated)
    return _time(f"{match['date']} {match['zone']}", "%b %d %Y %H:%M:%S %z") if match else None


def _time(stated: str, form: str) -> datetime | None:
    try:
        moment = datetime.strptime(stated, form)  # noqa: DTZ007 (the archive's stamps are UTC; the other form has %z)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


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
    hosts = {
        url.split("/", 3)[2]: url for raw in twins if (url := canonical_or_none(raw, "")) and url.endswith(f"/{name}")
    }
    if not name or len(hosts) != 1:
        return None
    return canonical_or_none(urljoin(next(iter(hosts.values())), path), "")


def _is_html_alternate(attributes: dict[str, str]) -> bool:
    return "alternate" in attributes.get("rel", "").lower().split() and attributes.get("type", "") == "text/html"
