"""Text as pieces for the readers of this package: words, numbers in digits, and single signs, each with its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from writethru.text.numbers import DIGITS

_PIECE = re.compile(rf"(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<digits>{DIGITS})|(?P<sign>\S)")


class Piece(NamedTuple):
    """One piece; white space is not a piece of its own but ``spaced`` on the next one.

    Attributes:
        text: as written.
        lower: in lower case.
        start, end: characters of the text.
        kind: ``digits``, ``word`` or ``sign``.
        spaced: white space stands before it.
    """

    text: str
    lower: str
    start: int
    end: int
    kind: str
    spaced: bool


def pieces_of(text: str) -> list[Piece]:
    """All pieces, in order."""
    found: list[Piece] = []
    last = 0
    for match in _PIECE.finditer(text):
        start, end = match.span()
        written = match[0]
        # the tuple at once: the call of a named tuple's own constructor costs as much as the rest of the loop
        found.append(_made(Piece, (written, written.lower(), start, end, match.lastgroup, start > last)))
        last = end
    return found


_made = tuple.__new__
