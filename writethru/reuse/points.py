"""Places where two articles have the same word in the same company.

A point is one number: the word of the first article times ``SIDE``, plus the word of the second. It sorts as the
pair would, takes a fraction of its memory, and the point before it on the same diagonal is a subtraction away: two
articles that share nothing but their language have hundreds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence, Set
from itertools import pairwise
from typing import Final, TypeVar

from writethru.reuse.common_words import COMMON_WORDS
from writethru.reuse.words import MOST_WORDS, Words

SIDE: Final = 1 << 15
"""More than the words of an article."""
assert SIDE > MOST_WORDS
DIAGONAL: Final = SIDE + 1
"""From a point to that of the next word of both."""
OFTEN: Final = 12
"""A pair of words that repeats itself is looked up at so many of its places, the first ones."""
MOST_POINTS: Final = 100_000
"""Pairs of places that are weighed at most; where there are more, a text repeats itself."""

Key = TypeVar("Key", bound=Hashable)


def pair_of(point: int) -> tuple[int, int]:
    """The words of a point."""
    return divmod(point, SIDE)


def points_of(a: Words, b: Words) -> list[int]:
    """Places where both articles have the same word in the same company, in order.

    A pair of neighbouring words that stands in both gives two points; a lone word gives
    one if it is not a function word and rare in both.
    """
    found = _shared_pairs(a.keys, b.keys)
    found.update([point + DIAGONAL for point in found])
    found.update(_lone_points(a, b))
    return sorted(found)


def _shared_pairs(a: Sequence[str], b: Sequence[str]) -> set[int]:
    """The points of the first words of shared pairs."""
    ours, theirs = list(pairwise(a)), list(pairwise(b))
    common = set(ours).intersection(theirs)
    rows = _places(ours, common), _places(theirs, common)
    found: set[int] = set()
    if sum(len(rows[0][pair]) * min(len(rows[1][pair]), OFTEN) for pair in common) > MOST_POINTS:
        for pair in common:  # a text that repeats itself without end: each time with the same time in the other
            found.update([i * SIDE + j for i, j in zip(rows[0][pair], rows[1][pair], strict=False)])
        return found
    for pair in common:
        often = rows[1][pair][:OFTEN]
        found.update([i * SIDE + j for i in rows[0][pair] for j in often])
    return found


def _lone_points(a: Words, b: Words) -> list[int]:
    """Places of the words that carry meaning and stand at most twice in both."""
    counts = Counter(a.keys), Counter(b.keys)
    rare = {key for key, often in counts[0].items() if often <= 2 and 0 < counts[1].get(key, 0) <= 2} - COMMON_WORDS
    rows = _places(a.keys, rare), _places(b.keys, rare)
    return [i * SIDE + j for key in rare for i in rows[0][key] for j in rows[1][key]]


def _places(keys: Sequence[Key], wanted: Set[Key]) -> dict[Key, list[int]]:
    rows: dict[Key, list[int]] = {key: [] for key in wanted}
    for at, key in enumerate(keys):
        if key in wanted:
            rows[key].append(at)
    return rows
