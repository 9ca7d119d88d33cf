"""How much of an input is read before it is refused: one place for all readers."""

from __future__ import annotations

MAX_PAGE_BYTES = 16 * 2**20
"""One page, dump, HTTP response block or decoded body. The largest real news page seen is 5 MB."""

MAX_LINE_BYTES = 32 * 2**20
"""One line of a versions file: a page escaped as JSON can be twice its size."""

MAX_FEED_BYTES = 8 * 2**20
"""One feed document."""

MAX_FEED_ENTRIES = 1_000
"""Entries taken from one feed; further ones are counted and said."""

MAX_FEED_TAGS = 100_000
"""Tags in those entries: the parser needs up to 60 µs for one in a broken feed, so this bounds a look to seconds."""

MAX_SITEMAP_URLS = 50_000
"""The sitemap protocol's own limit."""

MAX_SITEMAP_BYTES = 50 * 2**20
"""The sitemap protocol's own limit."""

MAX_RATIO = 300
"""Decompressed bytes for one compressed byte. Repeated text reaches about 120 with gzip, a bomb 1,000."""

FREE_BYTES = 16 * 2**20
"""Below this many decompressed bytes no ratio is held against a file."""

MAX_REPORTS = 1_000
"""Bad lines or records of one file that are named; further ones are counted. A file that begins with
so many and nothing good is given up."""

HEAD_BYTES = 64 * 2**10
"""How much of a file is looked at to tell its kind."""


def megabytes(count: int) -> str:
    """A size as messages show it."""
    return f"{count / 2**20:,.0f} MB" if count >= 2**20 else f"{count:,} bytes"
