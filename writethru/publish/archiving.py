"""Where one feed document ends and the next older one begins, for good (RFC 5005, section 4).

A reader walks back through archive documents until it meets an address it knows, so those
addresses and their contents must not shift when new entries arrive at the front, nor wander far
when an import brings old ones. Documents therefore end at entries picked by a digest of their own
id (content-defined chunking), not by counting from the front.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from writethru.storage.feed_store import ABSENT, FeedRow
from writethru.views import Page

LONGEST: Final = 8
"""A document never has more than this many times ``size`` entries; by chance one in 3,000 would."""

Fetch = Callable[[int, str], Page[FeedRow]]
"""Reads a page of entries, newest first: (limit, cursor) → page."""


@dataclass(frozen=True, slots=True)
class Document:
    """The entries of one feed document and the cursor of the next older one, "" at the end."""

    rows: tuple[FeedRow, ...]
    older: str


def document(fetch: Fetch, size: int, cursor: str = "") -> Document:
    """Read one feed document.

    Args:
        fetch: reads entries.
        size: mean length of an archive document, least length of the newest one.
        cursor: of an archive document, "" for the newest.
    """
    least = 1 if cursor else size
    rows: list[FeedRow] = []
    following = cursor
    while len(rows) < size * LONGEST:
        page = fetch(size, following)
        end = _end(page.rows, least - len(rows), size)
        if end is not None and (end < len(page.rows) or page.cursor):
            page = fetch(end, following)
            return Document((*rows, *page.rows), page.cursor)
        rows.extend(page.rows)
        following = page.cursor
        if not following:
            break
    return Document(tuple(rows), following)


def _end(rows: Sequence[FeedRow], least: int, size: int) -> int | None:
    """How many of these rows the document takes if it ends among them."""
    return next(_ends(rows, least, size), None)


def _ends(rows: Sequence[FeedRow], least: int, size: int) -> Iterator[int]:
    for position, row in enumerate(rows, start=1):
        if position >= least and _is_last(row, size):
            yield position


def _is_last(row: FeedRow, size: int) -> bool:
    """Whether documents end with this entry: true for one in ``size``, for ever the same ones."""
    name = f"{row.article_id}/{row.ordinal}"
    if row.ordinal == ABSENT:
        name = f"{name}/{row.at.isoformat()}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % size == 0
