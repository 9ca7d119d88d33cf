"""Where articles and their states come from: files, folders, feeds, sitemaps, lists, WARC, comparison pages.

Paths of the user's files and bytes that were fetched enter; items, feed entries and found URLs leave.
May import model, errors, text, extraction, fetch, evidence; nothing here fetches, writes or says what is a version.
"""

from __future__ import annotations

from writethru.sources.found import Found, FoundKind, FoundUrl, ImportItem, Skipped
from writethru.sources.items import read_items
from writethru.sources.sniff import InputKind, kind_of

__all__ = ["Found", "FoundKind", "FoundUrl", "ImportItem", "InputKind", "Skipped", "kind_of", "read_items"]
