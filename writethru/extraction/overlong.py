"""Start tags with attributes by the thousand: the parser compares each with each, so they go before it sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

MOST: Final = 2_000
"""Attributes of one tag. Honest tags have a few dozen; so many take the parser a hundredth of a second."""

_SMALL = 100_000  # bytes; a page so small cannot hold enough of them to matter
_LONG = 8_000  # bytes between two ">" that could be such a tag
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(rb"[\s/]+[^\s/=]")
# Asked only of a page with many more ">" than "<": its tags hold them in quotes. Nothing is tried twice.
_QUOTING_TAG = re.compile(rb"(<[A-Za-z][^\s/>]*+)((?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+)>")
_OPENS = re.compile(rb"<[A-Za-z][^\s/>]*")


def without_overlong_tags(page: bytes) -> bytes:
    """The page, its tags with more than ``MOST`` attributes bare of them. Time grows with the page's length."""
    if len(page) <= _SMALL:
        return page
    kept, start = [], 0
    for begin, end in _long_pieces(page):
        kept += [page[start:begin], _bared(page[begin:end])]
        start = end
    page = b"".join([*kept, page[start:]]) if kept else page
    return _QUOTING_TAG.sub(_bared_tag, page) if page.count(b">") > page.count(b"<") + MOST else page


def _bared_tag(tag: re.Match[bytes]) -> bytes:
    """A tag whole with its quoted values: with its name alone, if its attributes are too many."""
    opens, attributes = tag[1], tag[2]
    too_many = len(attributes) > _LONG and len(_NAME.findall(_QUOTED.sub(b"", attributes))) > MOST
    return opens + b">" if too_many else tag[0]


def _long_pieces(page: bytes) -> Iterator[tuple[int, int]]:
    """[begin, end) of what stands between two ">" more than ``_LONG`` bytes apart; most of the page is leapt over."""
    begin = 0
    while len(page) - begin > _LONG:
        last = page.rfind(b">", begin, begin + _LONG + 1)
        if last < 0:
            end = page.find(b">", begin)
            end = len(page) if end < 0 else end
            yield begin, end
            last = end
        begin = last + 1


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
