"""Shared passages: stretches of two articles that are one text, edited or not.

Equal words of both articles are points in a plane (word of the one, word of the other).
A passage is a chain of points that rises in both, with small gaps where words were
changed, put in or left out. Chains are scored: a writer's own word counts in full, a name
or a function word in part (two accounts of one happening share names without copying),
a quoted word nothing, and every unmatched word takes off. It is local alignment
(Smith and Waterman 1981) over sparse points instead of the full matrix.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from writethru.reuse.common_words import COMMON_WORDS
from writethru.reuse.words import Mark, Words

GAP = 9
"""At most so many unmatched words in a row, on either side, inside a passage."""
GAP_COST = 0.3
"""Taken off for each unmatched word (of the side with more of them)."""
SHEAR_COST = 0.15
"""Taken off for each word that one side has more than the other in a gap."""
OWN_WORD, NAME_WORD, COMMON_WORD, QUOTED_WORD = 1.0, 0.35, 0.4, 0.0
ENOUGH = 5.5
"""Score from which a chain is a passage."""
OWN_ENOUGH = 15
"""Matched words outside quotation marks from which a passage is copied, however much of it is quoted."""
OFTEN = 12
"""A pair of words that repeats itself is looked up at so many of its places, the first ones."""
MOST_POINTS = 100_000
"""Pairs of places that are weighed at most; where there are more, a text repeats itself."""

Key = TypeVar("Key", str, tuple[str, str])
Point = tuple[int, int]
"""A word of the one article and a word of the other."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of both articles.

    Attributes:
        a, b: half-open ranges of words in the two ``Words``.
        pairs: matched words, ``(word of a, word of b)``, rising in both.
        score: see the module docstring.
        quoted: share of the matched words inside quotation marks on either side.
    """

    a: tuple[int, int]
    b: tuple[int, int]
    pairs: tuple[Point, ...]
    score: float
    quoted: float

    @property
    def is_quotation(self) -> bool:
        """Mostly quoted speech: shared by quoting, not by copying.

        What stands around long quotations may be copied all the same: then enough of it is the writers' own.
        """
        return self.quoted > 0.5 and len(self.pairs) * (1 - self.quoted) < OWN_ENOUGH


def shared_passages(a: Words, b: Words) -> tuple[Passage, ...]:
    """The passages that two articles share in their writers' own words, best first; no word is in two of them."""
    points = _points(a, b)
    return _disjoint(a, b, points, _own_weights(a, b, points))


def shared_quotations(a: Words, b: Words) -> tuple[Passage, ...]:
    """The stretches of speech that both articles quote, best first; no word is in two of them."""
    if not any(mark & Mark.QUOTED for mark in (*a.marks, *b.marks)):
        return ()
    points = [(i, j) for i, j in _points(a, b) if (a.marks[i] | b.marks[j]) & Mark.QUOTED]
    return _disjoint(a, b, points, {(i, j): COMMON_WORD if a.marks[i] & Mark.COMMON else OWN_WORD for i, j in points})


def _disjoint(a: Words, b: Words, points: Sequence[Point], weights: Mapping[Point, float]) -> tuple[Passage, ...]:
    found = []
    free_a, free_b = bytearray(len(a)), bytearray(len(b))
    for chain, score in _chains(points, weights):
        kept = [point for point in chain if not free_a[point[0]] and not free_b[point[1]]]
        whole = len(kept) == len(chain)
        passage = _passage(a, b, kept, score if whole else sum(weights[point] for point in kept))
        if passage is not None:
            free_a[passage.a[0] : passage.a[1]] = b"\1" * (passage.a[1] - passage.a[0])
            free_b[passage.b[0] : passage.b[1]] = b"\1" * (passage.b[1] - passage.b[0])
            found.append(passage)
    return tuple(found)


def _points(a: Words, b: Words) -> list[Point]:
    """Places where both articles have the same word in the same company, in order.

    A pair of neighbouring words that stands in both gives two points; a lone word gives
    one if it is not a function word and rare in both.
    """
    found: set[Point] = set()
    for i, j in _shared_pairs(a.keys, b.keys):
        found.add((i, j))
        found.add((i + 1, j + 1))
    found.update(_lone_points(a, b))
    return sorted(found)


def _shared_pairs(a: Sequence[str], b: Sequence[str]) -> Iterator[Point]:
    ours, theirs = list(pairwise(a)), list(pairwise(b))
    common = set(ours).intersection(theirs)
    rows = _places(ours, common), _places(theirs, common)
    if sum(len(rows[0][pair]) * min(len(rows[1][pair]), OFTEN) for pair in common) > MOST_POINTS:
        for pair in common:  # a text that repeats itself without end: each time with the same time in the other
            yield from zip(rows[0][pair], rows[1][pair], strict=False)
        return
    for pair in common:
        often = rows[1][pair][:OFTEN]
        for i in rows[0][pair]:
            for j in often:
                yield i, j


def _lone_points(a: Words, b: Words) -> Iterator[Point]:
    """Places of the words that carry meaning and stand at most twice in both."""
    counts = Counter(a.keys), Counter(b.keys)
    rare = {key for key, often in counts[0].items() if often <= 2 and 0 < counts[1][key] <= 2} - COMMON_WORDS
    rows = _places(a.keys, rare), _places(b.keys, rare)
    for key in rare:
        for i in rows[0][key]:
            for j in rows[1][key]:
                yield i, j


def _places(keys: Sequence[Key], wanted: Set[Key]) -> dict[Key, list[int]]:
    rows: dict[Key, list[int]] = {key: [] for key in wanted}
    for at, key in enumerate(keys):
        if key in wanted:
            rows[key].append(at)
    return rows


def _own_weights(a: Words, b: Words, points: Sequence[Point]) -> dict[Point, float]:
    return {(i, j): _own_weight(a.marks[i], b.marks[j]) for i, j in points}


def _own_weight(one: int, other: int) -> float:
    if one & other & Mark.QUOTED:
        return QUOTED_WORD
    mark = one | other
    if mark & Mark.COMMON:
        return COMMON_WORD
    return NAME_WORD if mark & Mark.NAME else OWN_WORD


def _chains(points: Sequence[Point], weights: Mapping[Point, float]) -> Iterator[tuple[list[Point], float]]:
    """Chains of points with their scores, best first; no point is in two of them."""
    best, before = _scores(points, weights)
    used = bytearray(len(points))
    for end in sorted(range(len(points)), key=lambda at: -best[at]):
        if best[end] < ENOUGH:
            return
        chain = []
        at = end
        while at >= 0 and not used[at]:
            used[at] = 1
            chain.append(points[at])
            at = before[at]
        score = best[end] - (best[at] if at >= 0 else 0.0)
        if score >= ENOUGH:
            yield chain[::-1], score


def _scores(points: Sequence[Point], weights: Mapping[Point, float]) -> tuple[list[float], list[int]]:
    """For each point the score of the best chain that ends there, and the point before it (-1: none)."""
    best: list[float] = []
    before: list[int] = []
    places = {point: at for at, point in enumerate(points)}
    rows = _rows(points)
    for i, j in points:
        beside = places.get((i - 1, j - 1))
        if beside is not None:
            gain, source = best[beside], beside
        else:
            gain, source = _best_before((i, j), points, best, rows)
        best.append(weights[i, j] + max(gain, 0.0))
        before.append(source if gain > 0 else -1)
    return best, before


def _rows(points: Sequence[Point]) -> dict[int, tuple[int, int]]:
    """Where the points of each word of the first article begin and end."""
    found: dict[int, tuple[int, int]] = {}
    for at, (i, _) in enumerate(points):
        found[i] = (found[i][0] if i in found else at, at + 1)
    return found


def _best_before(
    point: Point, points: Sequence[Point], best: Sequence[float], rows: Mapping[int, tuple[int, int]]
) -> tuple[float, int]:
    """The best chain that this point may go on, and its last point; the nearest of those that score the same."""
    i, j = point
    gain, source = 0.0, -1
    for row in range(i - 1, i - GAP - 2, -1):
        if row not in rows:
            continue
        first, last = rows[row]
        for earlier in range(bisect_left(points, (row, j), first, last) - 1, first - 1, -1):
            over, up = i - row - 1, j - points[earlier][1] - 1
            if up > GAP:
                break
            left = best[earlier] - GAP_COST * max(over, up) - SHEAR_COST * abs(over - up)
            if left > gain:
                gain, source = left, earlier
    return gain, source


def _passage(a: Words, b: Words, chain: Sequence[Point], score: float) -> Passage | None:
    if score < ENOUGH or not chain:
        return None
    quoted = sum(1 for i, j in chain if (a.marks[i] | b.marks[j]) & Mark.QUOTED)
    return Passage(
        a=(chain[0][0], chain[-1][0] + 1),
        b=(chain[0][1], chain[-1][1] + 1),
        pairs=tuple(chain),
        score=round(score, 6),
        quoted=quoted / len(chain),
    )
