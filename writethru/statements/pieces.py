"""Text as pieces for the readers of this package: words, numbers in digits, and single signs, each with its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from writethru.text.numbers import DIGITS

_PIECE = re.compile(
    rf"(?P<digits>{DIGITS})|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<space>\s+)|(?P<sign>.)", re.DOTALL
)


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
    spaced = False
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "space":
            spaced = True
            continue
        written = match.group()
        found.append(Piece(written, written.lower(), match.start(), match.end(), kind, spaced))
        spaced = False
    return found
