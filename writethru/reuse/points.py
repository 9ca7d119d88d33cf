"""Places where two articles have the same word in the same company.

A point is one number: the word of the first article times ``SIDE``, plus the word of the second. It sorts as the
pair would, takes a fraction of its memory, and the point before it on the same diagonal is a subtraction away: two
articles that share nothing but their language have hundreds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Final, NamedTuple

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

Numbers = NDArray[np.int64]


def pair_of(point: int) -> tuple[int, int]:
    """The words of a point."""
    return divmod(point, SIDE)


def points_of(a: Words, b: Words) -> Numbers:
    """Places where both articles have the same word in the same company, in order.

    A pair of neighbouring words that stands in both gives two points; a lone word gives
    one if it is not a function word and rare in both.
    """
    common = {key: number for number, key in enumerate(set(a.keys).intersection(b.keys))}
    ours, theirs = _numbered(a.keys, common), _numbered(b.keys, common)
    pairs = _shared_pairs(ours, theirs, len(common))
    found = np.sort(np.concatenate([pairs, pairs + DIAGONAL, _lone_points(ours, theirs, a.marks, len(common))]))
    fresh: NDArray[np.bool_] = np.diff(found, prepend=-1) != 0
    return found[fresh]


def _numbered(keys: Sequence[str], common: Mapping[str, int]) -> Numbers:
    """Words as the numbers of those that both have; -1 for the others."""
    return np.fromiter(map(common.get, keys, repeat(-1)), np.int64, len(keys))


def _shared_pairs(a: Numbers, b: Numbers, count: int) -> Numbers:
    """The points of the first words of shared pairs."""
    (at, ours), (there, theirs) = _neighbours(a, count), _neighbours(b, count)
    found = _joined(ours, theirs, OFTEN)
    if found is not None:
        return at[found // SIDE] * SIDE + there[found % SIDE]
    rows = _places(at, ours), _places(there, theirs)  # a text that repeats itself without end:
    shared = rows[0].keys() & rows[1].keys()  # each time with the same time in the other
    return np.array([i * SIDE + j for pair in shared for i, j in zip(rows[0][pair], rows[1][pair], strict=False)])


def _neighbours(numbers: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """Where two words that both articles have stand side by side, and which two they are."""
    at = np.flatnonzero((numbers[:-1] >= 0) & (numbers[1:] >= 0))
    return at, numbers[at] * count + numbers[at + 1]


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


def _lone_points(a: Numbers, b: Numbers, marks: bytes, count: int) -> Numbers:
    """Places of the words that carry meaning and stand at most twice in both."""
    there = np.flatnonzero(b >= 0)
    which = b[there]
    often = np.bincount(which, minlength=count)
    first, last = np.zeros(count, np.int64), np.zeros(count, np.int64)
    first[which[::-1]], last[which] = there[::-1], there  # what is written last stays
    at = np.flatnonzero((a >= 0) & (np.frombuffer(marks, np.uint8) & Mark.COMMON == 0))
    rare = (often <= 2) & (np.bincount(a[a >= 0], minlength=count) <= 2)
    at = at[rare[a[at]]]
    twice = at[often[a[at]] == 2]
    return np.concatenate([at * SIDE + first[a[at]], twice * SIDE + last[a[twice]]])


def _places(at: Numbers, values: Numbers) -> dict[int, list[int]]:
    """Where each of these values stands."""
    rows: dict[int, list[int]] = {}
    for place, value in zip(at.tolist(), values.tolist(), strict=True):
        rows.setdefault(value, []).append(place)
    return rows


def before(points: Numbers) -> Numbers:
    """For each point the number of that of the words before, on the same diagonal; -1 where there is none."""
    at = np.searchsorted(points, points - DIAGONAL)
    return np.where(points[at] == points - DIAGONAL, at, -1)


class Steps(NamedTuple):
    """From where points may be reached over a few words: step by step, those of one point side by side.

    Attributes:
        to: the numbers of the points, rising.
        source: the numbers of the points before them; for one point by the fewest words of the first article that are
            passed over, then of the second.
        over, up: how many words of the first and of the second article are passed over.
    """

    to: Numbers
    source: Numbers
    over: Numbers
    up: Numbers


def steps(points: Numbers, asked: Numbers, most: int) -> Steps:
    """The steps that lead to the points of these numbers over at most so many words of either article."""
    row = (points[asked] - np.arange(1, most + 2)[:, None] * SIDE).ravel()
    last = np.searchsorted(points, row) - 1
    which = np.flatnonzero((last >= 0) & (points[last] >= row - (most + 1)))
    which = which[np.argsort(which % asked.size, kind="stable")]
    last = last[which]
    count = last + 1 - np.searchsorted(points, row[which] - (most + 1))
    source = np.repeat(last + np.cumsum(count) - count, count) - np.arange(count.sum())
    over, asker = np.divmod(np.repeat(which, count), asked.size)
    to = asked[asker]
    return Steps(to, source, over, points[to] % SIDE - points[source] % SIDE - 1)
