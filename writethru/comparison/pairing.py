"""Which changed sentence became which: similar ones, splits and merges.

Candidates come from an inverted index over words, so the work follows the number of
shared rare words and not the number of pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import NamedTuple
from unicodedata import normalize

from writethru.comparison.words import common_prefix
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
REST_CARRIED = 0.80
"""Or it must carry this share of the words that the other parts left over."""
LEAST_CARRIED = 12
"""Characters of words that it must carry at least."""
CONTAINED = 0.90
"""A sentence of which so much stands in another of the same place became part of it, or was part of it."""
LEAST_CONTAINED = 16
"""Characters of words that must be contained for that."""
RESPELLED = 0.70
"""Share of characters that the only two sentences of a place have in common at their ends."""

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
Texts = Sequence[str]


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
        if score >= (IN_PLACE if same_place else ELSEWHERE) or (same_place and _contained(olds[i], news[j])):
            scored.append((-score - (PLACE_BONUS if same_place else 0.0), i, j))
    scored.sort()
    for _, i, j in scored:
        if to_new[i] < 0 and to_old[j] < 0:
            to_new[i] = j
            to_old[j] = i


def _contained(a: Words, b: Words) -> bool:
    """Do nearly all words of the shorter stand in the other?"""
    least = min(a.weight, b.weight)
    return least >= LEAST_CONTAINED and sum(map(len, a.words & b.words)) >= CONTAINED * least


def link_leftovers(texts: tuple[Texts, Texts], places: Places, to_new: list[int], to_old: list[int]) -> None:
    """Link the only two unlinked sentences of a place that are too short for words: ``Presenter:``, ``Presenters:``."""
    olds, news = (
        _only_one([item for item, partner in enumerate(links) if partner < 0], place)
        for links, place in ((to_new, places[0]), (to_old, places[1]))
    )
    for place, i in olds.items():
        j = news.get(place, -1)
        if i >= 0 and j >= 0 and _respelled(texts[0][i], texts[1][j]):
            to_new[i] = j
            to_old[j] = i


def _respelled(a: str, b: str) -> bool:
    head = common_prefix(a, b)
    tail = common_prefix(a[head:][::-1], b[head:][::-1])
    return head + tail >= RESPELLED * max(len(a), len(b))


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


def _only_one(sentences: Iterable[int], places: Sequence[int]) -> dict[int, int]:
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
            nlargest(MAX_CANDIDATES, sorted(shared), key=shared.__getitem__)  # of equals the first
            if len(shared) > MAX_CANDIDATES
            else shared
        )
        pairs += [(i, j) for j in best]
    return pairs


def split_parts(whole: Words, part: Words, neighbours: Sequence[tuple[int, Words]]) -> list[int]:
    """Which neighbours of ``part`` are parts of ``whole`` too.

    A neighbour is one if most of its words stand in ``whole`` beyond those that the parts
    before it account for, or if it carries most of what they left over. The fullest come first.
    """
    rest = Counter(whole.listed)
    rest.subtract(part.listed)
    found = []
    bags = [(item, Counter(words.listed)) for item, words in neighbours]
    while bags:
        shares = [_share(bag, rest) for _, bag in bags]
        best = max(range(len(bags)), key=shares.__getitem__)
        if shares[best] < 1.0:
            break
        item, bag = bags.pop(best)
        found.append(item)
        rest.subtract(bag)
    return found


def _share(bag: Counter[str], rest: Counter[str]) -> float:
    """How far a neighbour is above the bar of being a part: 1 at the bar."""
    shared = sum(len(word) * min(count, rest[word]) for word, count in bag.items() if rest[word] > 0)
    if not shared:
        return 0.0
    size = sum(len(word) * count for word, count in bag.items())
    left = sum(len(word) * count for word, count in rest.items() if count > 0)
    carried = shared / left / REST_CARRIED if shared >= LEAST_CARRIED else 0.0
    return max(shared / size / PART_COVERED, carried)
