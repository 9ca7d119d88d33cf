"""Which changed sentence became which: similar ones, splits and merges.

Candidates come from an inverted index over words, so the work follows the number of
shared rare words and not the number of pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from writethru.text.tokens import word_list

IN_PLACE = 0.38
"""Least similarity of two sentences that stand between the same unchanged neighbours."""
ELSEWHERE = 0.52
"""Least similarity of two sentences that stand elsewhere: a move with a rewrite."""
ALONE = 0.60
"""Similarity at which the only two sentences of a place are linked without looking elsewhere."""
PLACE_BONUS = 0.25
MAX_POSTINGS = 40
"""A word that stands in more changed sentences than this proposes no candidates."""
MAX_CANDIDATES = 6
"""Of the candidates a sentence has, so many with the most shared words are looked at."""
PART_COVERED = 0.60
"""A part of a split must find this share of its words in the sentence it came from."""


LONG_WORDS = 14
"""Characters per word above which a text is taken to be in a script without spaces."""
_PRINT = {ord("’"): "'", 0xAD: None}
_SIGNS = ".,;:!?()[]\"'“”‘’«»…–—-"


class Words(NamedTuple):
    """The words of a sentence, letter case set aside; each weighs its length, a stand-in for rarity."""

    words: frozenset[str]
    weight: int
    listed: Sequence[str]


def words_of(text: str) -> Words:
    """The words of a text: what white space parts, or the tokens where there is little of it."""
    lower = text.lower()
    if not lower.isascii():
        lower = normalize("NFC", lower.translate(_PRINT))
    listed = [word.strip(_SIGNS) for word in lower.split()]
    if len(listed) * LONG_WORDS < len(lower) or "://" in lower:
        listed = word_list(lower)
    words = frozenset(listed)
    return Words(words, sum(map(len, words)), listed)


def similarity(a: Words, b: Words) -> float:
    """Dice coefficient of two sets of words by weight, 0..1; 1 where neither has a word, but only signs."""
    total = a.weight + b.weight
    return 2 * sum(map(len, a.words & b.words)) / total if total else 1.0


Sentences = dict[int, Words]
Places = tuple[Sequence[int], Sequence[int]]


def link_similar(olds: Sentences, news: Sentences, places: Places, to_new: list[int], to_old: list[int]) -> None:
    """Link the most similar first; standing in the same place counts for something.

    Args:
        olds, news: the unlinked sentences, by item.
        places: for every old and every new item, the number of unmoved links before it.
    """
    olds, news = _link_alone(olds, news, places, to_new, to_old)
    scored = []
    for i, j in candidate_pairs(olds, news):
        same_place = places[0][i] == places[1][j]
        score = similarity(olds[i], news[j])
        if score >= (IN_PLACE if same_place else ELSEWHERE):
            scored.append((-score - (PLACE_BONUS if same_place else 0.0), i, j))
    scored.sort()
    for _, i, j in scored:
        if to_new[i] < 0 and to_old[j] < 0:
            to_new[i] = j
            to_old[j] = i


def _link_alone(
    olds: Sentences, news: Sentences, places: Places, to_new: list[int], to_old: list[int]
) -> tuple[Sentences, Sentences]:
    """Link the two sentences of a place that has one on each side, if they are clearly alike; give back the others."""
    alone_old = _only_one(olds, places[0])
    alone_new = _only_one(news, places[1])
    linked = []
    for place, i in alone_old.items():
        j = alone_new.get(place, -1)
        if i >= 0 and j >= 0 and similarity(olds[i], news[j]) >= ALONE:
            to_new[i] = j
            to_old[j] = i
            linked.append((i, j))
    if not linked:
        return olds, news
    gone_old, gone_new = {i for i, _ in linked}, {j for _, j in linked}
    return (
        {i: words for i, words in olds.items() if i not in gone_old},
        {j: words for j, words in news.items() if j not in gone_new},
    )


def _only_one(sentences: Sentences, places: Sequence[int]) -> dict[int, int]:
    """Place -> the sentence there; -1 where there are several."""
    found: dict[int, int] = {}
    for item in sentences:
        found[places[item]] = -1 if places[item] in found else item
    return found


def candidate_pairs(olds: Sentences, news: Sentences) -> list[tuple[int, int]]:
    """Pairs worth a look: those that share the most weight of words that are not everywhere."""
    if len(olds) * len(news) <= MAX_CANDIDATES:
        return [(i, j) for i in olds for j in news]
    index: dict[str, list[int]] = {}
    for j, words in news.items():
        for word in words.words:
            index.setdefault(word, []).append(j)
    pairs = []
    for i, words in olds.items():
        shared: dict[int, int] = {}
        for word in words.words:
            found = index.get(word, ())
            if len(found) <= MAX_POSTINGS:
                for j in found:
                    shared[j] = shared.get(j, 0) + len(word)
        best = (
            sorted(shared, key=lambda j: (-shared[j], j))[:MAX_CANDIDATES] if len(shared) > MAX_CANDIDATES else shared
        )
        pairs += [(i, j) for j in best]
    return pairs


def split_parts(whole: Words, part: Words, neighbours: Sequence[tuple[int, Words]]) -> list[int]:
    """Which neighbours of ``part`` are parts of ``whole`` too.

    A neighbour is one if most of its words stand in ``whole`` beyond those that ``part``
    already accounts for.
    """
    rest = Counter(whole.listed)
    rest.subtract(part.listed)
    found = []
    for item, words in neighbours:
        bag = Counter(words.listed)
        shared = sum(len(word) * min(count, rest[word]) for word, count in bag.items() if rest[word] > 0)
        if shared and shared >= PART_COVERED * sum(map(len, words.listed)):
            found.append(item)
            rest.subtract(bag)
    return found
