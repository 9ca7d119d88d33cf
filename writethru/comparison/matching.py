"""Linking equal items of two rows, and telling what stayed in place from what moved.

``to_new[i]`` is the partner of old item ``i`` or -1; ``to_old`` is the reverse.
Everything here is linear, or n log n, whatever the texts hold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise


def link_equal(xs: Sequence[str], ys: Sequence[str], to_new: list[int], to_old: list[int]) -> None:
    """Link items with equal text, each at most once.

    First texts that stand once on both sides, then neighbours of linked items, then
    what repeats, in order.
    """
    places_old = _places(xs, to_new)
    places_new = _places(ys, to_old)
    repeated = []
    for text, olds in places_old.items():
        news = places_new.get(text)
        if news is None:
            continue
        if len(olds) == 1 and len(news) == 1:
            to_new[olds[0]] = news[0]
            to_old[news[0]] = olds[0]
        else:
            repeated.append((olds, news))
    if repeated:
        _link_neighbours(xs, ys, to_new, to_old)
        for olds, news in repeated:
            _link_in_order(olds, news, to_new, to_old)


def _places(texts: Sequence[str], linked: Sequence[int]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        if linked[at] < 0:
            places.setdefault(text, []).append(at)
    return places


def _link_neighbours(xs: Sequence[str], ys: Sequence[str], to_new: list[int], to_old: list[int]) -> None:
    """Spread links to equal, unlinked neighbours: forwards, then backwards."""
    for step, order in ((1, range(-1, len(xs))), (-1, range(len(xs), -1, -1))):
        for i in order:
            j = _partner(i, to_new, len(ys))
            if j is None:
                continue
            i2, j2 = i + step, j + step
            if 0 <= i2 < len(xs) and 0 <= j2 < len(ys) and to_new[i2] < 0 and to_old[j2] < 0 and xs[i2] == ys[j2]:
                to_new[i2] = j2
                to_old[j2] = i2


def _partner(i: int, to_new: Sequence[int], ys: int) -> int | None:
    """Partner of ``i``; the places before the first and after the last item are partners too."""
    if i < 0:
        return -1
    if i == len(to_new):
        return ys
    return to_new[i] if to_new[i] >= 0 else None


def _link_in_order(olds: Iterable[int], news: Iterable[int], to_new: list[int], to_old: list[int]) -> None:
    free_old = [i for i in olds if to_new[i] < 0]
    free_new = [j for j in news if to_old[j] < 0]
    for i, j in zip(free_old, free_new, strict=False):
        to_new[i] = j
        to_old[j] = i


def in_order(links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most links, of those given by increasing old, that increase on the new side too."""
    if all(earlier[1] < later[1] for earlier, later in pairwise(links)):
        return list(links)
    moved = moved_links(links, [1] * len(links))
    return [link for link in links if link[0] not in moved]


def moved_links(links: Sequence[tuple[int, int]], weights: Sequence[int]) -> set[int]:
    """Old items of the links that are not part of the heaviest increasing subsequence.

    Args:
        links: (old, new) pairs by increasing old.
        weights: what each link weighs, so that the little moves past the large.
    """
    if all(earlier[1] < later[1] for earlier, later in pairwise(links)):
        return set()
    runs = _runs(links)
    heads = [links[start][1] for start, _ in runs]
    run_weights = [sum(weights[start:end]) for start, end in runs]
    kept = heaviest_increasing(heads, run_weights)
    return {links[at][0] for k, (start, end) in enumerate(runs) if k not in kept for at in range(start, end)}


def _runs(links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of links that are neighbours on both sides, as (start, end) in ``links``."""
    runs = []
    start = 0
    for at in range(1, len(links) + 1):
        if at == len(links) or links[at][0] != links[at - 1][0] + 1 or links[at][1] != links[at - 1][1] + 1:
            runs.append((start, at))
            start = at
    return runs


def heaviest_increasing(values: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Places of the heaviest strictly increasing subsequence of distinct ``values``.

    n log n, with a Fenwick tree of prefix maxima over the ranks of the values.
    """
    ranks = sorted(values)
    tree = [(0, -1)] * (len(values) + 1)  # (weight, place) of the best chain ending in the range
    before = [-1] * len(values)
    best = (0, -1)
    for at, value in enumerate(values):
        rank = bisect_left(ranks, value) + 1
        weight, before[at] = _best_below(tree, rank - 1)
        chain = (weight + weights[at], at)
        best = max(best, chain)
        _raise(tree, rank, chain)
    kept = set()
    at = best[1]
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def _best_below(tree: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    best = (0, -1)
    while rank > 0:
        best = max(best, tree[rank])
        rank &= rank - 1
    return best


def _raise(tree: list[tuple[int, int]], rank: int, chain: tuple[int, int]) -> None:
    while rank < len(tree):
        if chain[0] > tree[rank][0]:
            tree[rank] = chain
        rank += rank & -rank
