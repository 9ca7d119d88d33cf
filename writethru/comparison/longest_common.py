"""Common subsequences of words: weighted and sparse for sentences, exact and bit-parallel for more.

Three roads, by the number of places where a word of one side stands on the other:

* few (any real sentence): the heaviest common subsequence, contiguous words preferred, in
  time proportional to the matching places (Hunt and Szymanski 1977, with weights);
* many: words that stand once on both sides cut the problem into smaller ones (the idea
  of patience diff), each of which begins again;
* nothing stands once: the plain longest common subsequence with one long integer per
  word (Hyyro 2004), within a limit; beyond it nothing is aligned, and the time is bounded.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from writethru.comparison.matching import in_order

Pairs = list[tuple[int, int]]

MAX_PLACES = 1_200
"""Matching places up to which the weighted road is taken: about 1 ms."""
PHRASE = 4
"""Words of a phrase that may stand once where no single word does."""
MAX_BITS = 60_000_000
"""Words of one side times words of the other for the bit-parallel road: about 20 ms, 8 MB."""

SIGN, SHORT, LONG, ADJACENT = 4, 6, 10, 1
"""Weight of a punctuation mark, of a word of up to three letters, of a longer one, and of
following on without a gap. Swept on arXivEdits train: flat from 3/4/10/1 to 5/8/10/6."""


def word_weight(word: str) -> int:
    """How much it says that two sentences share this word."""
    if word.isalnum() or any(map(str.isalnum, word)):
        return SHORT if len(word) <= 3 else LONG
    return SIGN


def common_words(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Pairs (place in old, place in new) of equal words, increasing on both sides."""
    found: Pairs = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i1, i2, j1, j2 = waiting.pop()
        if i1 == i2 or j1 == j2:
            continue
        a, b = old[i1:i2], new[j1:j2]
        places = _places(b)
        single = _single_chain(a, places)
        if single is not None:
            pairs = single
        elif sum([len(places[word]) for word in a if word in places]) <= MAX_PLACES:
            pairs = _heaviest(a, places, len(b))
        else:
            pairs = _anchors(a, b, 1) or _anchors(a, b, PHRASE)
            if pairs:
                waiting += _between(pairs, (i1, i2, j1, j2))
            elif len(a) * len(b) <= MAX_BITS:
                pairs = _longest(a, b, places)
        found += [(i1 + i, j1 + j) for i, j in pairs]
    found.sort()
    return found


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word, []).append(at)
    return places


def _single_chain(old: Sequence[str], places: dict[str, list[int]]) -> Pairs | None:
    """All matching places, if none crosses another: then no other road could give more."""
    pairs = []
    last = -1
    for i, word in enumerate(old):
        found = places.get(word)
        if found is not None:
            if len(found) > 1 or found[0] <= last:
                return None
            last = found[0]
            pairs.append((i, last))
    return pairs


def _heaviest(old: Sequence[str], places: dict[str, list[int]], width: int) -> Pairs:
    """Heaviest common subsequence over the matching places, with a bonus for runs."""
    tree: list[tuple[int, int]] = [(0, -1)] * (width + 1)  # prefix maxima by place in new: (weight, step)
    steps: list[tuple[int, int, int]] = []  # (place in old, place in new, step before)
    above: dict[int, tuple[int, int]] = {-1: (0, -1)}  # both begin together
    last = len(old) - 1, width - 1  # and end together
    for i, word in enumerate(old):
        row: dict[int, tuple[int, int]] = {}
        found = places.get(word)
        if found is None:
            above = row
            continue
        weight = word_weight(word)
        for j in reversed(found):
            best = (0, -1)
            rank = j
            while rank:
                if tree[rank] > best:  # noqa: PLR1730 - a call of max() here costs a third of the time
                    best = tree[rank]
                rank &= rank - 1
            beside = above.get(j - 1)
            if beside is not None and beside[0] + ADJACENT >= best[0]:
                best = (beside[0] + ADJACENT, beside[1])
            steps.append((i, j, best[1]))
            chain = row[j] = (best[0] + weight + ((i, j) == last) * ADJACENT, len(steps) - 1)
            rank = j + 1
            while rank <= width:
                if chain[0] > tree[rank][0]:
                    tree[rank] = chain
                rank += rank & -rank
        above = row
    return _walk(tree, width, steps)


def _walk(tree: list[tuple[int, int]], width: int, steps: list[tuple[int, int, int]]) -> Pairs:
    best = (0, -1)
    while width:
        best = max(best, tree[width])
        width &= width - 1
    pairs = []
    at = best[1]
    while at >= 0:
        i, j, at = steps[at]
        pairs.append((i, j))
    pairs.reverse()
    return pairs


def _anchors(old: Sequence[str], new: Sequence[str], size: int) -> Pairs:
    """First words of phrases of ``size`` words that stand once on both sides, as many as keep their order."""
    phrases_old: Iterable[Hashable] = old
    phrases_new: Iterable[Hashable] = new
    if size > 1:
        phrases_old, phrases_new = (zip(*(side[k:] for k in range(size)), strict=False) for side in (old, new))
    news = _single(phrases_new)
    single = [(i, news[phrase]) for phrase, i in _single(phrases_old).items() if phrase in news]
    return in_order(single)


def _single(phrases: Iterable[Hashable]) -> dict[Hashable, int]:
    """Where each begins that stands once, in order."""
    seen: dict[Hashable, int] = {}
    repeated = set()
    for at, phrase in enumerate(phrases):
        if phrase in seen:
            repeated.add(phrase)
        else:
            seen[phrase] = at
    for phrase in repeated:
        del seen[phrase]
    return seen


def _between(pairs: Pairs, area: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """The areas between neighbouring anchors."""
    i, i2, j, j2 = area
    gaps = []
    for at_old, at_new in [(area[0] + a, area[2] + b) for a, b in pairs]:
        if i < at_old and j < at_new:
            gaps.append((i, at_old, j, at_new))
        i, j = at_old + 1, at_new + 1
    gaps.append((i, i2, j, j2))
    return gaps


def _longest(old: Sequence[str], new: Sequence[str], places: dict[str, list[int]]) -> Pairs:
    """Longest common subsequence; bit j of a row is 0 where the length grows at new[j]."""
    masks = {word: sum(1 << j for j in at) if len(at) < 64 else _mask(at, len(new)) for word, at in places.items()}
    full = (1 << len(new)) - 1
    row = full
    rows = [row]
    for word in old:
        met = row & masks.get(word, 0)
        row = ((row + met) | (row - met)) & full
        rows.append(row)
    return _trace(old, new, rows)


def _mask(places: Sequence[int], width: int) -> int:
    bits = bytearray(width // 8 + 1)
    for j in places:
        bits[j >> 3] |= 1 << (j & 7)
    return int.from_bytes(bits, "little")


def _trace(old: Sequence[str], new: Sequence[str], rows: list[int]) -> Pairs:
    """Walk back from the end: a step of length at (i, j) that row i - 1 lacks is a match."""
    pairs = []
    i, j = len(old), len(new) - 1
    while i and j >= 0:
        bit = 1 << j
        if rows[i] & bit:
            j -= 1
        elif not rows[i - 1] & bit:
            i -= 1
        else:
            pairs.append((i - 1, j))
            i -= 1
            j -= 1
    pairs.reverse()
    return pairs
