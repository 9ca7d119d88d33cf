"""Start tags with attributes by the thousand: the parser compares each with each, so they go before it sees them."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 2_000
"""Attributes of one tag. Honest tags have a few dozen; so many take the parser a hundredth of a second."""

_SMALL = 100_000  # bytes; a page so small cannot hold enough of them to matter
_LONG = 8_000  # bytes between two ">" that could be such a tag
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(rb"[\s/]+[^\s/=]")
_OPENS = re.compile(rb"<[A-Za-z][^\s/>]*")


def without_overlong_tags(page: bytes) -> bytes:
    """The page, its tags with more than ``MOST`` attributes bare of them. Time grows with the page's length."""
    if len(page) <= _SMALL:
        return page
    pieces = page.split(b">")
    long = [number for number, piece in enumerate(pieces) if len(piece) > _LONG]
    for number in long:
        pieces[number] = _bared(pieces[number])
    return b">".join(pieces) if long else page


def _bared(piece: bytes) -> bytes:
    """A piece that ends where a tag may end: with the tag alone, if what stands in it are too many attributes."""
    at = piece.rfind(b"<")
    opens = _OPENS.match(piece, at) if at >= 0 else None
    if opens is None or len(piece) - at <= _LONG:
        return piece
    unquoted = _QUOTED.sub(b"", piece[opens.end() :])
    # Behind a quote that stays open stands a value with ">" in it, not attributes.
    outside = re.split(rb"[\"']", unquoted, maxsplit=1)[0]
    return piece[: opens.end()] if len(_NAME.findall(outside)) > MOST else piece
