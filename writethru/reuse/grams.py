"""What of an article goes into the index that finds its partners: grams, each with its place.

A gram is two neighbouring words that carry meaning; function words between them are passed over, so that
an editor who puts in or changes one leaves the gram whole. At least one of the two is no name (two names
stand together everywhere), and either both are quoted or neither: what both articles quote counts for
nothing, what one has in quotation marks and the other has not may be copied. Two articles may be partners
if they share grams that lie close in both, the rarer the better: chance shares a gram here and there,
copying shares rare ones in a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from math import log
from typing import Any, Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from writethru.reuse.words import Mark, Words

REACH: Final = 8
"""Words from the first to the second word of a gram."""
CLOSE: Final = 40
"""Words between two grams that count as close, in both articles."""
SHEAR: Final = 12
"""Words by which the distance may differ between the articles: what was put in or left out."""
MOST_HOLDERS: Final = 32
"""A gram that so many articles have is a stock phrase, or a text that everybody prints: no further article
enters under it. It bounds what a new article costs, whatever the size of the archive, and costs some recall where
copies are hard to find (``bench/README.md``)."""
ENOUGH: Final = 4.8
"""Closeness from which a partner is worth reading: two grams that four articles have, or more that are commoner."""


class Gram(NamedTuple):
    """A gram: its 32-bit hash, the number of its first word, and whether it is quoted."""

    hash: int
    at: int
    quoted: bool = False


GRAM: Final = np.dtype([("gram", np.uint32), ("at", np.int32), ("quoted", np.bool_)])
"""A ``Gram``."""
Grams = NDArray[Any]
"""Rows of ``GRAM``, by hash, each hash once."""
Hit = tuple[int, int, float]
"""A gram that an indexed article shares: its place here and there, and how rare it is (``RARITY``)."""


def grams(words: Words) -> tuple[Gram, ...]:
    """The grams of an article, by place; a repeated one stands once, at its first place."""
    rows = gram_rows(words)
    return tuple(map(_gram, rows[np.argsort(rows["at"])].tolist()))


def gram_rows(words: Words) -> Grams:
    """The same as an array, by hash."""
    marks = np.frombuffer(words.marks, np.uint8)
    stretch = np.cumsum(np.diff(marks & Mark.QUOTED, prepend=marks[:1] & Mark.QUOTED) != 0)
    bearing = np.flatnonzero(marks & Mark.COMMON == 0)
    one, other = bearing[:-1], bearing[1:]
    whole = (other - one <= REACH) & (marks[one] & marks[other] & Mark.NAME == 0) & (stretch[one] == stretch[other])
    keys, at = words.keys, one[whole]
    pairs = [f"{keys[i]} {keys[j]}" for i, j in zip(at.tolist(), other[whole].tolist(), strict=True)]
    hashes = np.array([crc32(pair.encode("utf-8", "surrogatepass")) for pair in pairs], np.uint32)
    values, first = np.unique(hashes, return_index=True)
    rows = np.empty(len(values), GRAM)
    rows["gram"], rows["at"], rows["quoted"] = values, at[first], marks[at[first]] & Mark.QUOTED > 0
    return rows


_gram: Final[Callable[[tuple[int, int, bool]], Gram]] = partial(tuple.__new__, Gram)
"""``Gram._make`` without its check, as for places of words."""


def closeness(hits: Iterable[Hit]) -> float:
    """How rare the shared grams are that lie closest together in both articles; 0 where no two do."""
    rows = sorted(set(hits))
    best = 0.0
    for end, (here, there, rarity) in enumerate(rows):
        found, before, at = 0.0, here, end - 1
        while at >= 0 and here - rows[at][0] <= CLOSE:
            earlier, where, rare = rows[at]
            if earlier < before and -SHEAR <= (here - earlier) - (there - where) <= SHEAR:
                found += rare
                before = earlier
            at -= 1
        if found:
            best = max(best, found + rarity)
    return best


RARITY: Final = (0.0, *(log(1.5 * MOST_HOLDERS / holders) for holders in range(1, MOST_HOLDERS + 1)))
"""By how many articles have a gram. Never nothing, however many: a dozen such grams in a row are a text that everybody
prints."""
