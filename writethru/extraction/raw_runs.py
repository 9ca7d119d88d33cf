"""The runs of text in a page's raw bytes, without a tree: a few passes of C code over the bytes.

A run is what stands between two block-level tags; scripts, styles and comments are left out. Runs are
compared as they stand (entities not resolved), so equal runs are equal text in any encoding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Within a tag no pattern goes past another "<": a page of tags that never end must not be walked again from each.
_SILENT_OPENS = re.compile(rb"<(?:(script|style|template|noscript|svg)\b[^<>]*>|!--)", re.I)
_LINK_OPENS = re.compile(rb"<[aA](?:\s[^<>]*)?>")
_LINK_CLOSES = re.compile(rb"</[aA]\s*>")
_INLINE = re.compile(
    rb"</?(?:abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s|samp|small|span"
    rb"|strike|strong|sub|sup|time|tt|u|var|wbr|img|picture|source)(?=[\s/>])[^<>]*>",
    re.I,
)
_TAG = re.compile(rb"<[^<>]*>")
_TOKEN = re.compile(rb"<[^<>]*>|[^<]+|<")
_SILENT_CLOSES = {
    name: re.compile(rb"</" + name + rb"\s*>", re.I) for name in (b"script", b"style", b"template", b"noscript", b"svg")
} | {b"": re.compile(rb"-->")}
OPENS, CLOSES = b"\x02", b"\x03"
"""Where a link begins and ends in a run."""
_LINKED = re.compile(rb"\x02[^\x03]*\x03")
_MARKS = bytes.maketrans(b"\x02\x03\x00", b"   ")


@dataclass(frozen=True, slots=True)
class Run:
    """One run with its place: ``text`` with link marks, as it stands in ``page[start:end]``."""

    text: bytes
    start: int
    end: int


def runs(page: bytes) -> list[bytes]:
    """The runs of a stretch of a page, in order, white space collapsed, empty ones left out."""
    plain = b"".join(page[start:end] for start, end in _spoken(page))
    plain = _LINK_CLOSES.sub(CLOSES, _LINK_OPENS.sub(OPENS, plain))
    plain = _INLINE.sub(b"", plain)
    return [run for piece in _TAG.split(plain) if (run := b" ".join(piece.split())) and run.strip(b"\x02\x03 ")]


def placed_runs(page: bytes) -> list[Run]:
    """The same with the place of each; slower."""
    plain = _hushed(page)
    plain = _LINK_OPENS.sub(lambda found: _padded(OPENS, found), plain)
    plain = _LINK_CLOSES.sub(lambda found: _padded(CLOSES, found), plain)
    plain = _INLINE.sub(lambda found: _padded(b"", found), plain)
    return list(_placed(plain))


def _spoken(page: bytes) -> Iterator[tuple[int, int]]:
    """The stretches between scripts, styles and comments; one that never ends hides nothing."""
    at, start = 0, 0
    endless: set[bytes] = set()
    for found in _SILENT_OPENS.finditer(page):
        name = (found[1] or b"").lower()
        if found.start() < at or name in endless:
            continue
        closed = _SILENT_CLOSES[name].search(page, found.end())
        if closed is None:
            endless.add(name)
            continue
        yield start, found.start()
        at = start = closed.end()
    yield start, len(page)


def _hushed(page: bytes) -> bytes:
    """The page, as long as it was, with NUL characters for scripts, styles and comments."""
    parts, at = [], 0
    for start, end in _spoken(page):
        parts += [b"\x00" * (start - at), page[start:end]]
        at = end
    return b"".join(parts)


def _padded(mark: bytes, found: re.Match[bytes]) -> bytes:
    return mark + b"\x00" * (len(found.group()) - len(mark))


def _placed(plain: bytes) -> Iterator[Run]:
    for found in _TOKEN.finditer(plain):
        piece = found.group()
        if piece[:1] == b"<" and len(piece) > 1:
            continue
        text = b" ".join(piece.replace(b"\x00", b"").split())
        if text.strip(b"\x02\x03 "):
            blank = len(piece) - len(piece.lstrip(b"\x00\x02\x03 \t\r\n\f"))
            yield Run(text, found.start() + blank, found.end())


def bare(run: bytes) -> bytes:
    """A run without its link marks."""
    return b" ".join(run.translate(_MARKS).split())


def unlinked(run: bytes) -> bytes:
    """What of a run stands outside links."""
    return _LINKED.sub(b"", run).strip(b"\x02\x03 ")
