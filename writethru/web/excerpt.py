"""The words that changed, with a little of what stands around them."""

from __future__ import annotations

import re
from itertools import takewhile
from operator import eq
from typing import Final

from writethru.comparison import Segment

CONTEXT: Final = 60
"""Characters of unchanged text shown on each side of the change."""

_WORD_START: Final = re.compile(r"\S+\s*$")
_WORD_END: Final = re.compile(r"^\s*\S+")


def excerpt_segments(old: str, new: str) -> tuple[Segment, ...]:
    """What differs between two short texts, marked, between what they share at either end.

    Marks never cut through a word: "1.5 million" to "15 million" marks both numbers whole.
    """
    if not old or not new:
        return tuple(Segment(text, mark) for text, mark in ((old, "removed"), (new, "added")) if text)
    if old == new:
        return (Segment(old),)
    start = _shared_start(old, new)
    end = _shared_end(old[start:], new[start:])
    parts = (
        Segment(_last(old[:start])),
        Segment(old[start : len(old) - end], "removed"),
        Segment(new[start : len(new) - end], "added"),
        Segment(_first(old[len(old) - end :])),
    )
    return tuple(part for part in parts if part.text)


def _shared_start(old: str, new: str) -> int:
    """How many characters of whole words both begin with."""
    shared = _shared(old, new)
    if _between_words(old, shared) and _between_words(new, shared):
        return shared
    return shared - len(_match(_WORD_START, old[:shared]))


def _shared_end(old: str, new: str) -> int:
    """How many characters of whole words both end with."""
    shared = _shared(old[::-1], new[::-1])
    if _between_words(old, len(old) - shared) and _between_words(new, len(new) - shared):
        return shared
    return shared - len(_match(_WORD_END, old[len(old) - shared :]))


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(takewhile(bool, map(eq, one, other)))


def _between_words(text: str, at: int) -> bool:
    return at in (0, len(text)) or text[at - 1].isspace() or text[at].isspace()


def _match(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""


def _last(text: str) -> str:
    """The end of the shared beginning, cut between words."""
    if len(text) <= CONTEXT:
        return text
    return "… " + text[-CONTEXT:].partition(" ")[2]


def _first(text: str) -> str:
    """The beginning of the shared end, cut between words."""
    if len(text) <= CONTEXT:
        return text
    return text[:CONTEXT].rpartition(" ")[0] + " …"
