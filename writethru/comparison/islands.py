"""Tidying an alignment of words the way a person would mark it.

A block is (place in old, place in new, count): a stretch of words that both sides keep.
"""

from __future__ import annotations

from collections.abc import Sequence

from writethru.comparison.longest_common import LONG, Pairs, word_weight

Block = tuple[int, int, int]

ABSORB_BASE, ABSORB_SHARE, ABSORB_MOST = 6.0, 0.3, 20
"""An island of kept words between two replacements is given up if it weighs at most
ABSORB_BASE + ABSORB_SHARE * LONG * (words of the smaller replacement), and no more than
ABSORB_MOST. Swept on arXivEdits train (base 0-10, share 0-0.5, most 10-30): flat around this."""

_PAIRED = frozenset('"“”«»()[]„')
_SLIDES = 12


def blocks_of(pairs: Pairs) -> list[Block]:
    """Pairs of places, drawn together where both sides run on."""
    blocks: list[Block] = []
    start = 0
    for at in range(1, len(pairs) + 1):
        if at < len(pairs):
            (i, j), (i2, j2) = pairs[at - 1], pairs[at]
            if i2 == i + 1 and j2 == j + 1:
                continue
        blocks.append((*pairs[start], at - start))
        start = at
    return blocks if pairs else []


def slide(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Where an insertion or removal can stand in several places, take the last balanced one.

    "A, B, C" from "A, C" can gain ", B" or "B,"; people mark the later one, and never one
    quotation mark of a pair.
    """
    if len(blocks) < 2:
        return blocks
    tidy = list(blocks)
    for at in range(1, len(tidy)):
        (i, j, before), (i2, j2, after) = tidy[at - 1], tidy[at]
        gap_old, gap_new = i2 - i - before, j2 - j - before
        if gap_old and gap_new:
            continue
        words, start, end = (new, j + before, j2) if gap_new else (old, i + before, i2)
        step = _best_slide(words, start, end, (before - 1, after - 1))
        tidy[at - 1] = (i, j, before + step)
        tidy[at] = (i2 + step, j2 + step, after - step)
    return tidy


def _best_slide(words: Sequence[str], start: int, end: int, room: tuple[int, int]) -> int:
    """By how many words to move the range ``start:end`` whose neighbours repeat its ends."""
    right = 0
    while right < room[1] and words[start + right] == words[end + right]:
        right += 1
    left = 0
    while left < room[0] and words[start - left - 1] == words[end - left - 1]:
        left += 1
    if _PAIRED.isdisjoint(words[start - left : end + right]):
        return right
    for step in range(right, max(-left, right - _SLIDES) - 1, -1):
        if _balanced(words[start + step : end + step]):
            return step
    return right


def _balanced(words: Sequence[str]) -> bool:
    """Does every opening sign have its closing one, in order?"""
    if words.count('"') % 2:
        return False
    for opening, closing in ("()", "[]", "“”", "«»", "„“"):
        depth = 0
        for word in words:
            depth += (word == opening) - (word == closing)
            if depth < 0:
                return False
        if depth and opening != "„":
            return False
    return True


def absorb(blocks: list[Block], old: Sequence[str], sizes: tuple[int, int]) -> list[Block]:
    """Give up islands of kept words that only chance left between two replacements."""
    kept = list(blocks)
    at = 0
    while at < len(kept):
        before = kept[at - 1] if at else (0, 0, 0)
        after = kept[at + 1] if at + 1 < len(kept) else (*sizes, 0)
        if _is_island(kept[at], before, after, old):
            del kept[at]
            at = max(0, at - 1)
        else:
            at += 1
    return kept


def _is_island(block: Block, before: Block, after: Block, old: Sequence[str]) -> bool:
    i, j, count = block
    if count > ABSORB_MOST // 4:
        return False
    left = i - before[0] - before[2], j - before[1] - before[2]
    right = after[0] - i - count, after[1] - j - count
    if not (all(left) and all(right)):
        return False
    weight = sum(map(word_weight, old[i : i + count]))
    limit = ABSORB_BASE + ABSORB_SHARE * LONG * min(max(left), max(right))
    return weight <= min(limit, ABSORB_MOST)
