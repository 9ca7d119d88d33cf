"""Places where two articles have the same word in the same company.

A point is one number: the word of the first article times ``SIDE``, plus the word of the second. It sorts as the
pair would, takes a fraction of its memory, and the point before it on the same diagonal is a subtraction away: two
articles that share nothing but their language have hundreds.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from writethru.reuse.words import MOST_WORDS, Mark, Words

SIDE: Final = 1 << 15
"""More than the words of an article."""
assert SIDE > MOST_WORDS
DIAGONAL: Final = SIDE + 1
"""From a point to that of the next word of both."""
OFTEN: Final = 12
"""A pair of words that repeats itself is looked up at so many of its places, the first ones."""
MOST_POINTS: Final = 100_000
"""Pairs of places that are weighed at most; where there are more, a text repeats itself."""

_MIXED: Final = 0x2545F4914F6CDD1D
"""Makes one number of the hashes of two words; it may be as large as it likes, for numbers of 64 bits wrap around."""

Key = TypeVar("Key", bound=Hashable)
Numbers = NDArray[np.int64]


def pair_of(point: int) -> tuple[int, int]:
    """The words of a point."""
    return divmod(point, SIDE)


def points_of(a: Words, b: Words) -> Numbers:
    """Places where both articles have the same word in the same company, in order.

    A pair of neighbouring words that stands in both gives two points; a lone word gives
    one if it is not a function word and rare in both.
    """
    ours, theirs = _numbered(a.keys), _numbered(b.keys)
    pairs = _shared_pairs(ours, theirs)
    found = np.sort(np.concatenate([pairs, pairs + DIAGONAL, _lone_points(ours, theirs, a.marks)]))
    return found[_changes(found)]


def _numbered(keys: Sequence[str]) -> Numbers:
    """Words as numbers, equal where they are: their hashes, of 64 bits, which Python has at hand."""
    return np.array(list(map(hash, keys)), np.int64)


def _changes(values: Numbers) -> NDArray[np.bool_]:
    """Of values in order: which are not the same as the one before."""
    changes: NDArray[np.bool_] = np.diff(values, prepend=values[:1] - 1) != 0
    return changes


def _shared_pairs(a: Numbers, b: Numbers) -> Numbers:
    """The points of the first words of shared pairs."""
    ours, theirs = (numbers[:-1] * _MIXED + numbers[1:] for numbers in (a, b))
    found = _joined(ours, theirs, OFTEN)
    if found is not None:
        return found
    rows = _places(ours.tolist()), _places(theirs.tolist())  # a text that repeats itself without end:
    common = rows[0].keys() & rows[1].keys()  # each time with the same time in the other
    return np.array([i * SIDE + j for pair in common for i, j in zip(rows[0][pair], rows[1][pair], strict=False)])


def _joined(a: Numbers, b: Numbers, most: int) -> Numbers | None:
    """Points of equal values, at most so many of the second for each of the first; None where they are too many."""
    order = np.argsort(b, kind="stable")
    values = b[order]
    first = np.searchsorted(values, a, "left")
    often = np.minimum(np.searchsorted(values, a, "right") - first, most)
    if often.sum() > MOST_POINTS:
        return None
    begins = np.repeat(first - np.cumsum(often) + often, often)
    return np.repeat(np.arange(len(a)) * SIDE, often) + order[begins + np.arange(begins.size)]


def _lone_points(a: Numbers, b: Numbers, marks: Sequence[int]) -> Numbers:
    """Places of the words that carry meaning and stand at most twice in both."""
    wanted = np.flatnonzero(_is_rare(a) & (np.array(marks, np.int64) & Mark.COMMON == 0))
    there = np.flatnonzero(_is_rare(b))
    found = _joined(a[wanted], b[there], 2)
    assert found is not None  # two for each word of an article
    return wanted[found // SIDE] * SIDE + there[found % SIDE]


def _is_rare(values: Numbers) -> NDArray[np.bool_]:
    """Which stand there at most twice."""
    ordered = np.sort(values)
    rare: NDArray[np.bool_] = np.searchsorted(ordered, values, "right") - np.searchsorted(ordered, values) <= 2
    return rare


def _places(keys: Iterable[Key]) -> dict[Key, list[int]]:
    rows: dict[Key, list[int]] = {}
    for at, key in enumerate(keys):
        rows.setdefault(key, []).append(at)
    return rows


def before(points: Numbers) -> list[int]:
    """For each point the number of that of the words before, on the same diagonal; -1 where there is none."""
    at = np.searchsorted(points, points - DIAGONAL)
    found: list[int] = np.where(points[at] == points - DIAGONAL, at, -1).tolist()
    return found


def by_word(points: Numbers) -> list[tuple[int, int, int]]:
    """For each word of the first article that has points: the word, its first point, and one past its last."""
    words = points // SIDE
    first = np.flatnonzero(_changes(words))
    bounds = pairwise([*first.tolist(), len(points)])
    return [(word, start, end) for word, (start, end) in zip(words[first].tolist(), bounds, strict=True)]
