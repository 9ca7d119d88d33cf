"""The words that changed, with a little of what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from operator import eq
from typing import Final

from writethru.comparison import Segment
from writethru.comparison.longest_common import common_words

CONTEXT: Final = 60
"""Characters of unchanged text shown on each side of the change."""

_BRIDGE: Final = 6
"""Letters that words shared between two marks must have to part them."""

_TOKEN: Final = re.compile(r"\s+|\S+")
_WORD_START: Final = re.compile(r"\S+\s*$")
_WORD_END: Final = re.compile(r"^\s*\S+")


def excerpt_segments(old: str, new: str) -> tuple[Segment, ...]:
    """What differs between two short texts, marked, between what they share at either end.

    Marks never cut through a word: "1.5 million" to "15 million" marks both numbers whole. Where both texts are cut
    ("…"), what one of them shows further at its end is no difference.
    """
    if not old or not new:
        return tuple(Segment(text, mark) for text, mark in ((old, "removed"), (new, "added")) if text)
    if old == new:
        return (Segment(old),)
    start = _shared_start(old, new)
    end = _shared_end(old[start:], new[start:])
    parts = (
        Segment(_last(old[:start])),
        *_uncut(_marked(old[start : len(old) - end], new[start : len(new) - end]), old, new, end),
        Segment(_first(old[len(old) - end :])),
    )
    return tuple(part for part in parts if part.text)


def _marked(old: str, new: str) -> list[Segment]:
    """Two texts that share neither end, with the runs of words that both have in between left unmarked."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    segments: list[Segment] = []
    at, to = 0, 0
    for first, second, length in _runs(a, b):
        segments += _pair("".join(a[at:first]), "".join(b[to:second]))
        segments.append(Segment("".join(a[first : first + length])))
        at, to = first + length, second + length
    return segments + _pair("".join(a[at:]), "".join(b[to:]))


def _pair(old: str, new: str) -> list[Segment]:
    return [Segment(text, mark) for text, mark in ((old, "removed"), (new, "added")) if text]


def _runs(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Stretches of words that both have, in order: (start in a, start in b, words); "of" alone is no bridge."""
    runs: list[tuple[int, int, int]] = []
    for i, j in common_words(a, b):
        if runs and (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]) == (i, j):
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return [run for run in runs if sum(len(word.strip()) for word in a[run[0] : run[0] + run[2]]) >= _BRIDGE]


def _uncut(segments: list[Segment], old: str, new: str, end: int) -> list[Segment]:
    """Without what stands in only one of two cut texts after the last words they share, if more is marked before."""
    both_cut = old.endswith("…") and new.endswith("…") and end <= len(" …")
    tail = next((n for n, segment in enumerate(reversed(segments)) if not segment.mark), 0)
    if both_cut and tail and any(segment.mark for segment in segments[:-tail]):
        return segments[:-tail]
    return segments


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
