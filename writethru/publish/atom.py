"""Atom (RFC 4287) with feed paging and archiving (RFC 5005), built as a tree, never glued."""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from writethru.publish.feed import Entry, Feed, minter_of
from writethru.publish.moments import rfc3339
from writethru.publish.safe_text import mark_controls
from writethru.publish.tombstone import TOMBSTONES, add_tombstones, deleted_entries

MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"

_ATOM: Final = "http://www.w3.org/2005/Atom"
_HISTORY: Final = "http://purl.org/syndication/history/1.0"
_PREFIXES: Final[Any] = {None: _ATOM, "fh": _HISTORY, "at": TOMBSTONES}
"""The document's own: the standard library's are one table for the process, which any library may change."""


def atom(feed: Feed, generator: str) -> bytes:
    """The Atom document of a feed.

    Args:
        feed: what it says.
        generator: name of the software.
    """
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=_PREFIXES)
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", rfc3339(feed.updated))
    _text(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", feed.title)
    _text(root, "generator", generator)
    _link(root, "self", feed.self_url, "application/atom+xml")
    _link(root, "alternate", feed.page_url, "text/html")
    if feed.hub_url:
        _link(root, "hub", feed.hub_url, "")
    _history(root, feed)
    add_tombstones(root, deleted_entries(feed.withdrawn, minter_of(feed.id)))
    for entry in feed.entries:
        _entry(root, entry)
    etree.cleanup_namespaces(root)
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _history(root: etree._Element, feed: Feed) -> None:
    if feed.archived:
        etree.SubElement(root, f"{{{_HISTORY}}}archive")
        _link(root, "current", feed.current_url, "application/atom+xml")
    _link(root, "first", feed.current_url, "application/atom+xml")
    if feed.older_url:
        _link(root, "next", feed.older_url, "application/atom+xml")
        _link(root, "prev-archive", feed.older_url, "application/atom+xml")


def _entry(root: etree._Element, entry: Entry) -> None:
    element = etree.SubElement(root, f"{{{_ATOM}}}entry")
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "updated", rfc3339(entry.updated))
    _text(element, "published", rfc3339(entry.updated))
    _text(etree.SubElement(element, f"{{{_ATOM}}}author"), "name", entry.outlet)
    _link(element, "alternate", entry.url, "text/html")
    if entry.about:
        _link(element, "related", entry.about, "")
    for kind in entry.kinds:
        etree.SubElement(element, f"{{{_ATOM}}}category", {"term": mark_controls(kind)})
    _text(element, "summary", entry.summary)
    _text(element, "content", entry.content).set("type", "html")


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = mark_controls(text)
    return element


def _link(parent: etree._Element, relation: str, href: str, media_type: str) -> None:
    attributes = {"rel": relation, "href": mark_controls(href)}
    if media_type:
        attributes["type"] = media_type
    etree.SubElement(parent, f"{{{_ATOM}}}link", attributes)
