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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from writethru.reuse.points import SIDE, Numbers, before, by_word, pair_of, points_of
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

Point = tuple[int, int]
"""A word of the one article and a word of the other."""
Weigh = Callable[[int, int], float]
"""What a point counts for, by the marks of its two words."""


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
    def own(self) -> int:
        """How many of the matched words neither article has in quotation marks."""
        return len(self.pairs) - round(self.quoted * len(self.pairs))

    @property
    def is_quotation(self) -> bool:
        """Mostly quoted speech: shared by quoting, not by copying.

        What stands around long quotations may be copied all the same: then enough of it is the writers' own.
        """
        return self.quoted > 0.5 and self.own < OWN_ENOUGH


def shared_passages(a: Words, b: Words) -> tuple[Passage, ...]:
    """The passages that two articles share in their writers' own words, best first; no word is in two of them."""
    return _disjoint(a, b, points_of(a, b), _own_weight)


def shared_quotations(a: Words, b: Words) -> tuple[Passage, ...]:
    """The stretches of speech that both articles quote, best first; no word is in two of them."""
    if not any(mark & Mark.QUOTED for mark in (*a.marks, *b.marks)):
        return ()
    points = points_of(a, b)
    quoted = _marked(a)[points // SIDE] | _marked(b)[points % SIDE]
    return _disjoint(a, b, points[quoted & Mark.QUOTED > 0], _spoken_weight)


def _marked(words: Words) -> Numbers:
    return np.array(words.marks, np.int64)


def _disjoint(a: Words, b: Words, points: Numbers, weigh: Weigh) -> tuple[Passage, ...]:
    found = []
    free_a, free_b = bytearray(len(a)), bytearray(len(b))
    for chain, score in _chains(points, _weights(a, b, points, weigh)):
        kept = [(i, j) for i, j in map(pair_of, chain) if not free_a[i] and not free_b[j]]
        whole = len(kept) == len(chain)
        passage = _passage(a, b, kept, score if whole else sum(weigh(a.marks[i], b.marks[j]) for i, j in kept))
        if passage is not None:
            free_a[passage.a[0] : passage.a[1]] = b"\1" * (passage.a[1] - passage.a[0])
            free_b[passage.b[0] : passage.b[1]] = b"\1" * (passage.b[1] - passage.b[0])
            found.append(passage)
    return tuple(found)


def _weights(a: Words, b: Words, points: Numbers, weigh: Weigh) -> list[float]:
    """What each point counts for; by a table, because there are few marks and many points."""
    table = np.array([[weigh(one, other) for other in range(_MARKS)] for one in range(_MARKS)])
    found: list[float] = table[_marked(a)[points // SIDE], _marked(b)[points % SIDE]].tolist()
    return found


_MARKS: Final = 8
"""Combinations of the three marks."""


def _own_weight(one: int, other: int) -> float:
    if one & other & Mark.QUOTED:
        return QUOTED_WORD
    mark = one | other
    if mark & Mark.COMMON:
        return COMMON_WORD
    return NAME_WORD if mark & Mark.NAME else OWN_WORD


def _spoken_weight(one: int, _: int) -> float:
    return COMMON_WORD if one & Mark.COMMON else OWN_WORD


def _chains(points: Numbers, weights: Sequence[float]) -> Iterator[tuple[list[int], float]]:
    """Chains of points with their scores, best first; no point is in two of them."""
    best, sources = _scores(points, weights)
    used = bytearray(len(points))
    places = points.tolist()
    for end in sorted((at for at, score in enumerate(best) if score >= ENOUGH), key=lambda at: -best[at]):
        chain = []
        at = end
        while at >= 0 and not used[at]:
            used[at] = 1
            chain.append(places[at])
            at = sources[at]
        score = best[end] - (best[at] if at >= 0 else 0.0)
        if score >= ENOUGH:
            yield chain[::-1], score


class _Row(NamedTuple):
    """The points of one word of the first article: where they begin, their words of the second, their best score."""

    word: int
    first: int
    words: list[int]
    peak: float


def _scores(points: Numbers, weights: Sequence[float]) -> tuple[list[float], list[int]]:
    """For each point the score of the best chain that ends there, and the point before it (-1: none)."""
    best: list[float] = []
    sources = before(points)
    columns = (points % SIDE).tolist()
    rows: list[_Row] = []
    for word, first, end in by_word(points):
        rows = [row for row in rows if row.word >= word - GAP - 1]
        near = [row for row in rows if row.peak > GAP_COST * (word - row.word - 1)]
        for at in range(first, end):
            source = sources[at]
            gain = best[source] if source >= 0 else 0.0
            if source < 0 and near:
                gain, source = _best_before(word, columns[at], near, best)
            best.append(weights[at] + gain)
            if gain <= 0:
                source = -1
            sources[at] = source
        rows.insert(0, _Row(word, first, columns[first:end], max(best[first:end])))
    return best, sources


def _best_before(i: int, j: int, rows: Sequence[_Row], best: Sequence[float]) -> tuple[float, int]:
    """The best chain that this point may go on, and its last point; the nearest of those that score the same.

    A row from which even its best score, less what the gap costs, is no gain is passed over unread.
    """
    gain, source = 0.0, -1
    for row in rows:
        over = i - row.word - 1
        if row.peak - GAP_COST * over <= gain:
            continue
        for at in range(bisect_left(row.words, j) - 1, -1, -1):
            up = j - row.words[at] - 1
            if up > GAP:
                break
            left = best[row.first + at] - GAP_COST * max(over, up) - SHEAR_COST * abs(over - up)
            if left > gain:
                gain, source = left, row.first + at
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
