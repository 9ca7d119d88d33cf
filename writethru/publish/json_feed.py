"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): the same entries as the Atom feed."""

from __future__ import annotations

import json
from typing import Any, Final

from writethru.publish.feed import Entry, Feed
from writethru.publish.moments import rfc3339
from writethru.publish.safe_text import mark_controls

MEDIA_TYPE: Final = "application/feed+json; charset=utf-8"


def json_feed(feed: Feed) -> bytes:
    """The JSON Feed document of a feed."""
    form: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": mark_controls(feed.title),
        "home_page_url": feed.page_url,
        "feed_url": feed.self_url,
        "authors": [{"name": mark_controls(feed.title)}],
        "language": "en",
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.older_url:
        form["next_url"] = feed.older_url
    if feed.hub_url:
        form["hubs"] = [{"type": "WebSub", "url": feed.hub_url}]
    return json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": mark_controls(entry.title),
        "content_html": mark_controls(entry.content),
        "summary": mark_controls(entry.summary),
        "date_published": rfc3339(entry.updated),
        "date_modified": rfc3339(entry.updated),
        "authors": [{"name": mark_controls(entry.outlet)}],
        "tags": list(entry.kinds),
    }
    if entry.about:
        item["external_url"] = entry.about
    return item
