"""The runs of text in a page's raw bytes, without a tree: a few passes of C code over the bytes.

A run is what stands between two block-level tags; scripts, styles and comments are left out. Runs are
compared as they stand (entities not resolved), so equal runs are equal text in any encoding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

# Within a tag no pattern goes past another "<": a page of tags that never end must not be walked again from each.
_SILENT_OPENS = re.compile(rb"<(?:(script|style|template|noscript|svg)\b[^<>]*>|!--)", re.I)
# Each pattern is one group: what is parted by it alternates with what parts it.
_LINK_OPENS = re.compile(rb"(<[aA](?:\s[^<>]*)?>)")
_LINK_CLOSES = re.compile(rb"(</[aA]\s*>)")
_INLINE = re.compile(
    rb"(</?(?:abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s|samp|small|span"
    rb"|strike|strong|sub|sup|time|tt|u|var|wbr|img|picture|source)(?=[\s/>])[^<>]*>)",
    re.I,
)
_TAGS = re.compile(rb"((?:<[^<>]*+>[ \t\r\n\f]*+)++)")
_SILENT_CLOSES = {
    name: re.compile(rb"</" + name + rb"\s*>", re.I) for name in (b"script", b"style", b"template", b"noscript", b"svg")
} | {b"": re.compile(rb"-->")}
OPENS, CLOSES = b"\x02", b"\x03"
"""Where a link begins and ends in a run."""
_LINKED = re.compile(rb"\x02[^\x03]*\x03")
MARKS = bytes.maketrans(b"\x02\x03\x00", b"   ")
"""Blanks for link marks."""


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
    return [run for piece in _TAGS.split(plain)[::2] if (run := _shown(piece))]


def _shown(piece: bytes) -> bytes:
    """A piece between two tags as a run, b"" where it holds no text."""
    run = b" ".join(piece.split())
    return run if run.strip(b"\x02\x03 ") else b""


class PlacedRuns:
    """The runs of a page, each with its place in the page's bytes, which is worked out when it is asked for.

    Attributes:
        texts: what ``runs`` gives.
    """

    def __init__(self, page: bytes) -> None:
        spoken = list(_spoken(page))
        plain = b"".join(page[start:end] for start, end in spoken)
        self._steps = [_Step([start for start, _ in spoken], [end - start for start, end in spoken], 0)]
        for pattern, mark in ((_LINK_OPENS, OPENS), (_LINK_CLOSES, CLOSES), (_INLINE, b"")):
            parts = pattern.split(plain)
            self._steps.append(_Step.of(parts, mark))
            plain = mark.join(parts[::2])
        self._pieces = _TAGS.split(plain)
        shown = [_shown(piece) for piece in self._pieces[::2]]
        self._numbers = [number for number, run in enumerate(shown) if run]
        self.texts = [run for run in shown if run]
        self._ends: list[int] = []

    def run(self, number: int) -> Run:
        """One run: its beginning without white space and marks before it, its end with them."""
        if not self._ends:
            self._ends = list(accumulate(map(len, self._pieces)))
        at = 2 * self._numbers[number]
        piece, end = self._pieces[at], self._ends[at]
        start = end - len(piece.lstrip(b"\x00\x02\x03 \t\r\n\f"))
        return Run(self.texts[number], self._original(start), self._original(end))

    def _original(self, offset: int) -> int:
        for step in reversed(self._steps):
            offset = step.original(offset)
        return offset


class _Step:
    """What stayed of a text of which parts were taken out: from an offset in what is left to one in what was.

    Args:
        starts: where each part that stayed began.
        lengths: of these parts.
        mark: length of what stands for each part that was taken out.
    """

    def __init__(self, starts: list[int], lengths: list[int], mark: int) -> None:
        self._starts = starts
        self._lengths = lengths
        self._mark = mark
        self._left: list[int] = []

    @classmethod
    def of(cls, parts: list[bytes], mark: bytes) -> _Step:
        """Parts that stayed, alternating with those that were taken out."""
        return cls(
            list(accumulate(map(len, parts[:-1]), initial=0))[::2], [len(part) for part in parts[::2]], len(mark)
        )

    def original(self, offset: int) -> int:
        """Where a character stood."""
        if not self._left:
            self._left = list(accumulate((length + self._mark for length in self._lengths[:-1]), initial=0))
        part = bisect_right(self._left, offset) - 1
        return self._starts[part] + offset - self._left[part]


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


def bare(run: bytes) -> bytes:
    """A run without its link marks."""
    plain = run.translate(MARKS)
    return plain if plain == run else b" ".join(plain.split())


def unlinked(run: bytes) -> bytes:
    """What of a run stands outside links."""
    return _LINKED.sub(b"", run).strip(b"\x02\x03 ")
