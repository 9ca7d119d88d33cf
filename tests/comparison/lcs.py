"""The longest common subsequence of two lists of words, plainly: what marks are measured against."""

from __future__ import annotations

from collections.abc import Sequence


def words_apart(old: Sequence[str], new: Sequence[str]) -> int:
    """Words that stand on one side only: bit-parallel length of the LCS after Crochemore et al. (2001)."""
    places: dict[str, int] = {}
    for at, word in enumerate(new):
        places[word] = places.get(word, 0) | 1 << at
    full = (1 << len(new)) - 1
    row = full
    for word in old:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & full
    return len(old) + len(new) - 2 * (len(new) - row.bit_count())
