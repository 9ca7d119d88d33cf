"""Shared passages: stretches of two articles that are one text, edited or not.

Equal words of both articles are points in a plane (word of the one, word of the other).
A passage is a chain of points that rises in both, with small gaps where words were
changed, put in or left out. Chains are scored: a writer's own word counts in full, a name
or a function word in part (two accounts of one happening share names without copying),
a quoted word nothing, and every unmatched word takes off. It is local alignment
(Smith and Waterman 1981) over sparse points instead of the full matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from writethru.reuse.points import SIDE, Numbers, before, pair_of, points_of, steps
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


def shared_passages(a: Words, b: Words, points: Numbers | None = None) -> tuple[Passage, ...]:
    """The passages that two articles share in their writers' own words, best first; no word is in two of them.

    Args:
        points: ``points_of`` the two, where they are known.
    """
    return _disjoint(a, b, points_of(a, b) if points is None else points, _own_weight)


def shared_quotations(a: Words, b: Words, points: Numbers | None = None) -> tuple[Passage, ...]:
    """The stretches of speech that both articles quote, best first; no word is in two of them. ``points`` as above."""
    if not a.quoted() and not b.quoted():
        return ()
    points = points_of(a, b) if points is None else points
    quoted = _marked(a)[points // SIDE] | _marked(b)[points % SIDE]
    return _disjoint(a, b, points[quoted & Mark.QUOTED > 0], _spoken_weight)


def _marked(words: Words) -> NDArray[np.uint8]:
    return np.frombuffer(words.marks, np.uint8)


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


def _weights(a: Words, b: Words, points: Numbers, weigh: Weigh) -> NDArray[np.float64]:
    """What each point counts for; by a table, because there are few marks and many points."""
    found: NDArray[np.float64] = _table(weigh)[_marked(a)[points // SIDE], _marked(b)[points % SIDE]]
    return found


@cache
def _table(weigh: Weigh) -> NDArray[np.float64]:
    return np.array([[weigh(one, other) for other in range(_MARKS)] for one in range(_MARKS)])


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


def _chains(points: Numbers, weights: NDArray[np.float64]) -> Iterator[tuple[list[int], float]]:
    """Chains of points with their scores, best first; no point is in two of them."""
    best, sources = _scores(points, weights)
    used = bytearray(len(points))
    ends = [at for at, score in enumerate(best) if score >= ENOUGH]
    for end in sorted(ends, key=lambda at: -best[at]):
        chain = []
        at = end
        while at >= 0 and not used[at]:
            used[at] = 1
            chain.append(at)
            at = sources[at]
        score = best[end] - (best[at] if at >= 0 else 0.0)
        if score >= ENOUGH:
            yield points[chain[::-1]].tolist(), score


def _scores(points: Numbers, weights: NDArray[np.float64]) -> tuple[list[float], list[int]]:
    """For each point the score of the best chain that ends there, and the point before it (-1: none).

    The word right before, in both, is gone on from; where there is none, the best of those that are near, and of
    those that score the same the nearest.
    """
    best: list[float] = weights.tolist()
    diagonal = before(points)
    sources: list[int] = diagonal.tolist()
    near = steps(points, np.flatnonzero(diagonal < 0), GAP)
    gaps = GAP_COST * np.maximum(near.over, near.up)
    shears = SHEAR_COST * np.abs(near.over - near.up)
    leading = zip(near.to.tolist(), near.source.tolist(), gaps.tolist(), shears.tolist(), strict=True)
    to, source, gap, shear = next(leading, _NONE)
    for at, straight in enumerate(sources):
        if straight >= 0:
            if best[straight] > 0:
                best[at] += best[straight]
            else:
                sources[at] = -1
        elif at == to:
            gain = 0.0
            while at == to:
                left = best[source] - gap - shear
                if left > gain:
                    gain, sources[at] = left, source
                to, source, gap, shear = next(leading, _NONE)
            best[at] += gain
    return best, sources


_NONE: Final = (-1, -1, 0.0, 0.0)
"""No step is left."""


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
