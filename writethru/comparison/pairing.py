"""Which changed sentence became which: similar ones, splits and merges.

Candidates come from an inverted index over words, so the work follows the number of
shared rare words and not the number of pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from writethru.text.tokens import word_list

IN_PLACE = 0.34
"""Least similarity of two sentences that stand between the same unchanged neighbours."""
ELSEWHERE = 0.60
"""Least similarity of two sentences that stand elsewhere: a move with a rewrite."""
PLACE_BONUS = 0.25
MAX_POSTINGS = 40
"""A word standing in more changed sentences than this proposes no candidates."""
PART_COVERED = 0.60
"""A part of a split must find this share of its words in the sentence it came from."""


@dataclass(slots=True)
class Words:
    """The words of a sentence as a bag, each weighing its length (a stand-in for rarity)."""

    bag: Counter[str]
    weight: int = field(init=False)

    def __post_init__(self) -> None:
        self.weight = sum(_weight(word) * count for word, count in self.bag.items())


def words_of(text: str) -> Words:
    """The bag of words of a text; letter case set aside."""
    return Words(Counter(word_list(text.lower())))


def _weight(word: str) -> int:
    return 4 if word[0].isdigit() else min(len(word), 8)


def shared_weight(a: Words, b: Words) -> int:
    """What the words both have weigh."""
    small, large = (a.bag, b.bag) if len(a.bag) <= len(b.bag) else (b.bag, a.bag)
    return sum(_weight(word) * min(count, large[word]) for word, count in small.items() if word in large)


def similarity(a: Words, b: Words) -> float:
    """Weighted Dice coefficient of two bags, 0..1."""
    total = a.weight + b.weight
    return 2 * shared_weight(a, b) / total if total else 0.0


def candidate_pairs(olds: dict[int, Words], news: dict[int, Words]) -> set[tuple[int, int]]:
    """Pairs that share a word which is not everywhere."""
    index: dict[str, list[int]] = {}
    for j, words in news.items():
        for word in words.bag:
            index.setdefault(word, []).append(j)
    pairs: set[tuple[int, int]] = set()
    for i, words in olds.items():
        for word in words.bag:
            found = index.get(word)
            if found is not None and len(found) <= MAX_POSTINGS:
                pairs.update((i, j) for j in found)
    return pairs


def link_similar(
    olds: dict[int, Words],
    news: dict[int, Words],
    places: tuple[Sequence[int], Sequence[int]],
    to_new: list[int],
    to_old: list[int],
) -> None:
    """Link the most similar first; standing in the same place counts for something.

    Args:
        olds, news: the unlinked sentences.
        places: for every old and new item, the number of unmoved links before it.
    """
    scored = []
    for i, j in candidate_pairs(olds, news):
        score = similarity(olds[i], news[j])
        same_place = places[0][i] == places[1][j]
        if score >= (IN_PLACE if same_place else ELSEWHERE):
            scored.append((-score - (PLACE_BONUS if same_place else 0.0), i, j))
    scored.sort()
    for _, i, j in scored:
        if to_new[i] < 0 and to_old[j] < 0:
            to_new[i] = j
            to_old[j] = i


def split_parts(whole: Words, part: Words, neighbours: Sequence[tuple[int, Words]]) -> list[int]:
    """Which neighbours of ``part`` are parts of ``whole`` too.

    A neighbour is one if most of its words stand in ``whole`` beyond those that ``part``
    already accounts for.
    """
    rest = whole.bag - part.bag
    found = []
    for item, words in neighbours:
        if words.weight == 0:
            continue
        shared = shared_weight(words, Words(rest))
        if shared >= PART_COVERED * words.weight:
            found.append(item)
            rest = rest - words.bag
    return found
