"""Words that moved within their sentence: neither added nor removed, only elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from writethru.comparison.islands import Block

SHIFT_LETTERS = 4
"""A shifted stretch must hold a word of at least this many characters, not all capitals; short
ones stand anywhere, and count only where each stands alone in its gap. Swept on arXivEdits train
(3 to 6): exact 0.802, 0.822, 0.820, 0.818; with short ones alone in their gaps, and none inside
one gap, 0.852 instead of 0.842."""
MAX_PLACES = 2_000
"""Matching places above which no shifts are sought (a sentence repeating itself)."""


def shifted_words(old: Sequence[str], new: Sequence[str], blocks: Sequence[Block]) -> tuple[set[int], set[int]]:
    """Places of shifted words on both sides: longest equal stretches outside the blocks first."""
    free_old = _outside(blocks, 0, len(old))
    free_new = _outside(blocks, 1, len(new))
    candidates = _candidates(old, new, free_old, free_new)
    if not candidates:
        return set(), set()
    gap_old, gap_new = _gaps(blocks, 0, len(old)), _gaps(blocks, 1, len(new))
    used: tuple[set[int], set[int]] = (set(), set())
    for negative, i, j in candidates:
        olds, news = range(i, i - negative), range(j, j - negative)
        if used[0].isdisjoint(olds) and used[1].isdisjoint(news):
            here, there = bisect_right(gap_old.starts, i) - 1, bisect_right(gap_new.starts, j) - 1
            alone = gap_old.holds(here, olds, gap_new) and gap_new.holds(there, news, gap_old)
            if alone or (here != there and _tells(old[i : i - negative])):
                used[0].update(olds)
                used[1].update(news)
    return used


class _Gaps(NamedTuple):
    """The gaps between the blocks of one side, by number; the other side has as many."""

    starts: list[int]
    ends: list[int]

    def holds(self, gap: int, words: range, other: _Gaps) -> bool:
        """Does this gap hold just these words, and nothing on the other side?"""
        return self.starts[gap] == words.start and self.ends[gap] == words.stop and other.starts[gap] == other.ends[gap]


def _gaps(blocks: Sequence[Block], side: int, size: int) -> _Gaps:
    return _Gaps([0, *(b[side] + b[2] for b in blocks)], [*(b[side] for b in blocks), size])


def _outside(blocks: Sequence[Block], side: int, size: int) -> list[int]:
    free: list[int] = []
    end = 0
    for block in blocks:
        free += range(end, block[side])
        end = block[side] + block[2]
    return free + list(range(end, size))


def _candidates(
    old: Sequence[str], new: Sequence[str], free_old: Sequence[int], free_new: Sequence[int]
) -> list[tuple[int, int, int]]:
    """(minus length, place in old, place in new) of equal stretches, longest first."""
    places: dict[str, list[int]] = {}
    for j in free_new:
        places.setdefault(new[j], []).append(j)
    if sum(len(places.get(old[i], ())) for i in free_old) > MAX_PLACES:
        return []
    lengths: dict[tuple[int, int], int] = {}
    for i in reversed(free_old):
        for j in places.get(old[i], ()):
            lengths[i, j] = lengths.get((i + 1, j + 1), 0) + 1
    return sorted((-length, i, j) for (i, j), length in lengths.items())


def _tells(words: Sequence[str]) -> bool:
    return any(len(word) >= SHIFT_LETTERS and word[0].isalpha() and not word.isupper() for word in words)
