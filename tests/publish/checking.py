"""Feed documents held to their specifications: Atom to its grammar, JSON Feed and RSS to their rules; and read anew."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
from lxml import etree

ATOM, HISTORY = "http://www.w3.org/2005/Atom", "http://purl.org/syndication/history/1.0"
NAMES = {"a": ATOM, "fh": HISTORY}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ABSOLUTE = re.compile(r"https?://[^\s]+")
_GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))

_FEED = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "next_url": str,
    "language": str, "authors": list, "items": list, "hubs": list,
}  # fmt: skip
_ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str,
    "date_published": str, "date_modified": str, "authors": list, "tags": list, "language": str,
}  # fmt: skip


@dataclass(frozen=True)
class Read:
    """What a reader sees of a document."""

    ids: list[str]
    updated: list[str]
    contents: list[str]
    older: str
    archived: bool


def atom_of(content: bytes) -> Read:
    """An Atom document that follows its grammar, and the rules of RFC 4287 and 5005 that no grammar holds."""
    root = etree.fromstring(content)
    assert _GRAMMAR.validate(root), _GRAMMAR.error_log.last_error
    entries = root.findall("a:entry", NAMES)
    ids = [entry.findtext("a:id", "", NAMES) for entry in entries]
    assert len(set(ids)) == len(ids)
    for element in (root, *entries):
        alternates = [link for link in element.findall("a:link", NAMES) if link.get("rel") == "alternate"]
        assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates) == 1
    updated = [entry.findtext("a:updated", "", NAMES) for entry in entries]
    assert root.findtext("a:updated", "", NAMES) == max(updated, default="1970-01-01T00:00:00Z", key=_moment)
    contents = [entry.findtext("a:content", "", NAMES) for entry in entries]
    archived = root.find("fh:archive", NAMES) is not None
    assert archived == bool(_related(root, "current"))
    assert len(_related(root, "self")) == 1
    return Read(ids, updated, contents, "".join(_related(root, "prev-archive")), archived)


def json_of(content: bytes) -> Read:
    """A JSON Feed 1.1 document that follows its specification."""
    form = json.loads(content)
    _typed(form, _FEED, ("version", "title", "items"))
    assert form["version"] == "https://jsonfeed.org/version/1.1"
    assert all(ABSOLUTE.fullmatch(form[name]) for name in ("home_page_url", "feed_url", "next_url") if name in form)
    assert form.get("next_url") != form["feed_url"]
    for hub in form.get("hubs", []):
        assert set(hub) == {"type", "url"}
    for item in form["items"]:
        _typed(item, _ITEM, ("id",))
        assert item.get("content_html") or item.get("content_text")
        assert all(RFC3339.fullmatch(item[name]) for name in ("date_published", "date_modified") if name in item)
        assert all(ABSOLUTE.fullmatch(item[name]) for name in ("url", "external_url") if name in item)
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
        assert all(set(author) <= {"name", "url", "avatar"} and author for author in item["authors"])
    items = form["items"]
    ids, dates = [item["id"] for item in items], [item["date_modified"] for item in items]
    assert len(set(ids)) == len(ids)
    return Read(ids, dates, [item["content_html"] for item in items], form.get("next_url", ""), False)


def rss_of(content: bytes) -> Read:
    """An RSS 2.0 document that follows its specification."""
    root = etree.fromstring(content)
    assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
    channel = root[0]
    own = {"title", "link", "description", "language", "lastBuildDate", "generator", "item"}
    assert {child.tag for child in channel if not child.tag.startswith("{")} <= own
    assert all(len(channel.findall(name)) == 1 for name in ("title", "link", "description"))
    assert parsedate_to_datetime(channel.findtext("lastBuildDate", "")).tzinfo
    items = channel.findall("item")
    for item in items:
        assert item.findtext("title") or item.findtext("description")
        assert ABSOLUTE.fullmatch(item.findtext("link", ""))
        assert item.find("guid").get("isPermaLink") == "false"
        assert parsedate_to_datetime(item.findtext("pubDate", "")).tzinfo
    ids = [item.findtext("guid", "") for item in items]
    assert len(set(ids)) == len(ids)
    archived = channel.find("fh:archive", NAMES) is not None
    return Read(
        ids,
        [item.findtext("pubDate", "") for item in items],
        [item.findtext("description", "") for item in items],
        "".join(_related(channel, "prev-archive")),
        archived,
    )


CHECKS = {"atom": atom_of, "json": json_of, "rss": rss_of}


def read_by_another(content: bytes) -> list[str]:
    """The ids that feedparser sees; it must find no fault (JSON Feed it cannot read)."""
    seen = feedparser.parse(content)
    assert not seen.bozo, seen.get("bozo_exception")
    assert all("updated_parsed" in dict(entry) or "published_parsed" in dict(entry) for entry in seen.entries)
    return [entry.id for entry in seen.entries]


def _related(element: Any, relation: str) -> list[str]:
    return [link.get("href", "") for link in element.findall("a:link", NAMES) if link.get("rel") == relation]


def _typed(form: dict[str, Any], known: dict[str, type], needed: Iterable[str]) -> None:
    assert set(needed) <= set(form)
    wrong = [name for name in form if name not in known or not isinstance(form[name], known[name])]
    assert not wrong, wrong


def _moment(text: str) -> tuple[str, str]:
    whole, _, fraction = text.rstrip("Z").partition(".")
    return whole, fraction
