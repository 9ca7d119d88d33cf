"""RSS 2.0 (https://www.rssboard.org/rss-specification) for readers that need it: the same entries as the Atom feed.

Ids stand in ``guid``, the outlet in ``dc:creator``; paging and archiving (RFC 5005) are Atom's links.
"""

from __future__ import annotations

from email.utils import format_datetime
from typing import Final

from lxml import etree

from writethru.publish.feed import Entry, Feed
from writethru.publish.safe_text import mark_controls

MEDIA_TYPE: Final = "application/rss+xml; charset=utf-8"

_ATOM: Final = "http://www.w3.org/2005/Atom"
_DUBLIN: Final = "http://purl.org/dc/elements/1.1/"
_HISTORY: Final = "http://purl.org/syndication/history/1.0"


def rss(feed: Feed, generator: str) -> bytes:
    """The RSS document of a feed.

    Args:
        feed: what it says.
        generator: name of the software.
    """
    root = etree.Element("rss", version="2.0", nsmap={"atom": _ATOM, "dc": _DUBLIN, "fh": _HISTORY})
    channel = etree.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.page_url)
    _text(channel, "description", f"{feed.title}: each with the words that differ")
    _text(channel, "language", "en")
    _text(channel, "lastBuildDate", format_datetime(feed.updated))
    _text(channel, "generator", generator)
    _links(channel, feed)
    for entry in feed.entries:
        _item(channel, entry)
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _links(channel: etree._Element, feed: Feed) -> None:
    links = [("self", feed.self_url)]
    if feed.archived:
        etree.SubElement(channel, f"{{{_HISTORY}}}archive")
        links.append(("current", feed.current_url))
    if feed.older_url:
        links += [("next", feed.older_url), ("prev-archive", feed.older_url)]
    if feed.hub_url:
        links.append(("hub", feed.hub_url))
    for relation, href in links:
        attributes = {"rel": relation, "href": mark_controls(href)}
        if relation != "hub":
            attributes["type"] = "application/rss+xml"
        etree.SubElement(channel, f"{{{_ATOM}}}link", attributes)


def _item(channel: etree._Element, entry: Entry) -> None:
    item = etree.SubElement(channel, "item")
    _text(item, "title", entry.title)
    _text(item, "link", entry.url)
    _text(item, "guid", entry.id).set("isPermaLink", "false")
    _text(item, "pubDate", format_datetime(entry.updated))
    _text(item, f"{{{_DUBLIN}}}creator", entry.outlet)
    for kind in entry.kinds:
        _text(item, "category", kind)
    _text(item, "description", entry.content)


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = mark_controls(text)
    return element
