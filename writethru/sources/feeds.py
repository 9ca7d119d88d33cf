"""Feeds: RSS and Atom in all their dialects, and JSON Feed. Pure: bytes in, a frozen value out.

Tolerant of everything real feeds do (no dates, relative links, broken XML, wrong encoding
labels) and says in ``notes`` what it had to tolerate.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from writethru.errors import MalformedInput, UnreadableInput
from writethru.sources.limits import MAX_FEED_BYTES, MAX_FEED_ENTRIES, MAX_FEED_TAGS, megabytes
from writethru.sources.sniff import InputKind, kind_of
from writethru.sources.xml_text import XmlText, xml_text
from writethru.text.urls import canonical

_MAX_FIELD_CHARS = 2_000
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.I)
_JSON_FEED_VERSION = "jsonfeed.org/version"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry.

    Attributes:
        url: canonical and absolute.
        published, updated: as the feed writes them, or "".
        guid: the feed's own id for it, or "".
    """

    url: str
    title: str = ""
    published: str = ""
    updated: str = ""
    guid: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What one fetched feed says.

    Attributes:
        format: "RSS 2.0", "Atom 1.0", "JSON Feed 1.1", …
        title: of the feed, or "".
        outlet: its publisher as it names it, else its title; or "".
        home: the site's URL it links to, or "".
        hubs: WebSub hubs it advertises. ``self_url``: the URL it says it has.
        skipped: entries without a usable link, or over the limit.
        notes: what had to be tolerated, for a person.
    """

    format: str
    title: str
    outlet: str
    home: str = ""
    language: str = ""
    self_url: str = ""
    hubs: tuple[str, ...] = ()
    entries: tuple[FeedEntry, ...] = ()
    skipped: int = 0
    notes: tuple[str, ...] = ()


def read_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """Read a feed.

    Args:
        body: decoded body of the response.
        url: where it was fetched, to resolve relative links; "" if not known.
        content_type: the HTTP header's value, or "".

    Raises:
        UnreadableInput: larger than ``MAX_FEED_BYTES``.
        MalformedInput: not a feed; the message says what it is instead.
    """
    if len(body) > MAX_FEED_BYTES:
        raise UnreadableInput(
            f"the feed has {megabytes(len(body))}, over the limit of {megabytes(MAX_FEED_BYTES)}", key=url
        )
    try:
        text = xml_text(body, content_type)
        if text.text.startswith("{"):
            return _read_json(text, url)
        return _read_xml(text, url)
    except MalformedInput as error:
        raise MalformedInput(f"not a feed: {error.message}", key=url) from None
    except UnreadableInput as error:
        raise UnreadableInput(error.message, key=url) from None


def _read_xml(source: XmlText, url: str) -> Feed:
    kind = kind_of(source.text[:65_536].encode("utf-8", "replace"))
    if kind in (InputKind.PAGE, InputKind.SITEMAP, InputKind.OPML, InputKind.URL_LIST, InputKind.NEWS_SNIFFER):
        raise MalformedInput(f"it is of another kind: {kind.value}")
    text, stated = _bounded(source.text)
    parsed = _parsed(text, url)
    if not parsed.get("version") and not parsed.entries:
        raise MalformedInput("no RSS, Atom or JSON Feed is in it")
    raw = parsed.entries[:MAX_FEED_ENTRIES]
    stated = max(stated, len(parsed.entries))
    entries = list(_entries(({**entry, "link": _link(entry)} for entry in raw), url))
    about = parsed.feed
    links = [(link.get("rel", ""), link.get("href", "")) for link in about.get("links", ())]
    notes = _notes(source, entries, stated)
    if parsed.bozo:
        notes = (*notes, f"broken XML: {_field(parsed.get('bozo_exception'))[:200]}")
    return Feed(
        format=_format(parsed.get("version", "")),
        title=_field(about.get("title")),
        outlet=_field(about.get("publisher")) or _field(about.get("title")),
        home=_absolute(_field(about.get("link")), url),
        language=_field(about.get("language")),
        self_url=next((_absolute(href, url) for rel, href in links if rel == "self"), ""),
        hubs=tuple(href for rel, raw_href in links if rel == "hub" and (href := _absolute(raw_href, url))),
        entries=tuple(entries),
        skipped=stated - len(entries),
        notes=notes,
    )


def _bounded(text: str) -> tuple[str, int]:
    """The text without the entries over the limit, and how many entries end in it.

    Raises:
        UnreadableInput: still more than ``MAX_FEED_TAGS`` tags: reading them would take too long.
    """
    ends = [match.end() for match in _ENTRY_END.finditer(text)]
    if len(ends) > MAX_FEED_ENTRIES:
        text = text[: ends[MAX_FEED_ENTRIES - 1]] + text[ends[-1] :]
    if text.count("<") > MAX_FEED_TAGS:
        raise UnreadableInput(f"the feed has more than {MAX_FEED_TAGS:,} tags: no news feed needs that")
    return text, len(ends)


def _parsed(text: str, url: str) -> Any:
    """feedparser's reading of characters that are safe and known to be UTF-8."""
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    return feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)


def _format(version: str) -> str:
    from feedparser.api import SUPPORTED_VERSIONS

    return str(SUPPORTED_VERSIONS.get(version) or "unknown")


def _link(entry: Mapping[str, Any]) -> str:
    """The entry's own page: the alternate link, else a guid that is a permalink."""
    for link in entry.get("links", ()):
        if link.get("rel") == "alternate" and link.get("type", "text/html") in ("text/html", "application/xhtml+xml"):
            return _field(link.get("href"))
    return _field(entry.get("link")) or (_field(entry.get("id")) if entry.get("guidislink") else "")


def _entries(raw: Iterable[Mapping[str, Any]], base: str) -> Iterator[FeedEntry]:
    for entry in raw:
        url = _absolute(_field(entry.get("feedburner_origlink")) or _field(entry.get("link")), base)
        if url:
            yield FeedEntry(
                url=url,
                title=_field(entry.get("title")),
                published=_field(entry.get("published")),
                updated=_field(entry.get("updated")) if "updated" in entry else "",
                guid=_field(entry.get("id")),
            )


def _absolute(href: str, base: str) -> str:
    """The canonical form of a link, "" where it is none that can be watched."""
    if not href:
        return ""
    try:
        return canonical(urljoin(base, href) if base else href)
    except (MalformedInput, ValueError):
        return ""


def _field(value: object) -> str:
    """A feed's value as one line of text, bounded."""
    if value is None or isinstance(value, dict | list | tuple):
        return ""
    return " ".join(str(value)[: 4 * _MAX_FIELD_CHARS].split())[:_MAX_FIELD_CHARS]


def _notes(source: XmlText, entries: list[FeedEntry], stated: int) -> tuple[str, ...]:
    notes = list(source.notes)
    if stated > MAX_FEED_ENTRIES:
        notes.append(f"{stated:,} entries; only the first {MAX_FEED_ENTRIES:,} were read")
    if linkless := min(stated, MAX_FEED_ENTRIES) - len(entries):
        notes.append(f"{linkless} {'entry' if linkless == 1 else 'entries'} without a usable link")
    if entries and not any(entry.published or entry.updated for entry in entries):
        notes.append("no entry has a date")
    if not stated:
        notes.append("no entries")
    return tuple(notes)


def _read_json(source: XmlText, url: str) -> Feed:
    try:
        form = json.loads(source.text)
    except (ValueError, RecursionError):
        raise MalformedInput("broken JSON") from None
    version = _field(form.get("version")) if isinstance(form, dict) else ""
    if _JSON_FEED_VERSION not in version:
        raise MalformedInput("JSON, but not a JSON Feed")
    items = [item for item in _list(form, "items") if isinstance(item, dict)]
    entries = list(_entries(map(_json_entry, items[:MAX_FEED_ENTRIES]), url))
    return Feed(
        format=f"JSON Feed {version.rsplit('/', 1)[-1]}",
        title=_field(form.get("title")),
        outlet=_field(form.get("title")),
        home=_absolute(_field(form.get("home_page_url")), url),
        language=_field(form.get("language")),
        self_url=_absolute(_field(form.get("feed_url")), url),
        hubs=tuple(_json_hubs(form, url)),
        entries=tuple(entries),
        skipped=len(items) - len(entries),
        notes=_notes(source, entries, len(items)),
    )


def _json_entry(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "link": item.get("url") or item.get("external_url"),
        "title": item.get("title"),
        "published": item.get("date_published"),
        "updated": item.get("date_modified"),
        "id": item.get("id"),
    }


def _json_hubs(form: Mapping[str, Any], url: str) -> Iterator[str]:
    for hub in _list(form, "hubs"):
        if isinstance(hub, dict) and (href := _absolute(_field(hub.get("url")), url)):
            yield href


def _list(form: Mapping[str, Any], key: str) -> list[Any]:
    value = form.get(key)
    return value if isinstance(value, list) else []
