"""Words held in memory say what the database would say, of counts and of who has them."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from writethru.analyse import story_holders
from writethru.analyse.story_counts import HeldCounts
from writethru.analyse.story_holders import ASKED
from writethru.analyse.story_words import HeldWords
from writethru.storage.store import Store

TERMS = range(1, 9)


def by_the_tables(store: Store, worth: dict[int, float], days: tuple[int, int] | None) -> dict[int, float]:
    found: dict[int, float] = defaultdict(float)
    for posting in store.stories.neighbours(worth, days, ASKED):
        found[posting.article_id] += worth[posting.term]
    return found


def by_memory(words: HeldWords, worth: dict[int, float], days: tuple[int, int] | None) -> dict[int, float]:
    (found,) = words.holders([words.asking(list(worth), list(worth.values()))], [days])
    return dict(zip(found.articles.tolist(), found.shared.tolist(), strict=True))


def entered(
    words: HeldWords, draw: random.Random, count: int, first: int = 1
) -> dict[int, tuple[int | None, set[int]]]:
    """So many articles of thirty days, one in ten of none, under some of the terms; the first under more of them."""
    found = {}
    for article_id in range(first, first + count):
        day = None if draw.random() < 0.1 else draw.randrange(-5, 25)
        terms = {term for term in TERMS if draw.random() < 1 / term}
        words.counts.add(terms | {0}, 1)
        words.begin_lists(term for term in terms if words.counts.of(term) == 1)
        words.enter(article_id, day, terms)
        found[article_id] = day, terms
    return found


def test_who_has_words_is_answered_as_the_tables_would(store: Store) -> None:
    draw = random.Random(2)
    words, reader = HeldWords(store.stories), HeldWords(store.stories)
    worth = {term: 1.0 + term / 8 for term in TERMS}
    for start in range(1, 241, 60):
        some = entered(words, draw, 60, start)
        gone, (day, terms) = next(iter(some.items()))
        words.counts.add(terms | {0}, -1)
        words.take_out(gone, day, terms)
        asked = {days: by_memory(words, worth, days) for days in (None, (0, 4), (20, 24), (-5, 40))}
        with store.transaction():
            words.write()
        reader.clear()  # what it read before is older than what was written since
        for days, found in asked.items():
            assert found == by_the_tables(store, worth, days) == by_memory(reader, worth, days)


def test_what_several_ask_at_once_is_what_each_is_told_alone_however_few_lists_are_held(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_holders, "MOST_LISTS", 2 * len(TERMS))
    draw = random.Random(3)
    words, few = HeldWords(store.stories), HeldWords(store.stories)
    entered(words, draw, 120)
    with store.transaction():
        words.write()
    asked = [(draw.sample(TERMS, 3), draw.choice([None, (0, 4), (3, 20)])) for _ in range(40)]
    asking = [words.asking(sorted(terms), [1 + term / 8 for term in sorted(terms)]) for terms, _ in asked]
    for one, alone, (_, days) in zip(words.holders(asking, [days for _, days in asked]), asking, asked, strict=True):
        (again,) = few.holders([few.asking(alone.numbers, alone.worth.tolist())], [days])
        assert dict(zip(*map(list, one), strict=True)) == dict(zip(*map(list, again), strict=True))
    for slot in range(1_000, 1_000 + 3 * len(TERMS)):
        words.begin_lists([slot])  # more than there is room for
    assert by_memory(words, {1: 1.0}, None) == by_the_tables(store, {1: 1.0}, None)


def test_counts_are_those_of_the_tables_before_and_after_writing(store: Store) -> None:
    counts = HeldCounts(store.stories)
    counts.add({0, 5}, 1)
    counts.add({0, 5, 6}, 1)
    counts.add({6}, -1)
    assert [counts.of(term) for term in (0, 5, 6, 7)] == [2, 2, 0, 0]
    assert store.stories.counts([0]) == {0: 0}
    counts.write()
    assert store.stories.counts([0, 5, 6]) == {0: 2, 5: 2, 6: 0}


def test_words_of_a_vocabulary_are_counted_by_article(store: Store) -> None:
    counts = HeldCounts(store.stories)
    words = [f"word{number}" for number in range(3000)]  # more than the arrays begin with
    counts.add_article(counts.vocabulary.places(words), 1)
    counts.add_article(counts.vocabulary.places(words[:2]), 1)
    counts.write()
    assert counts.at(counts.vocabulary.places(["word1", "word2", "word2999", "none"])).tolist() == [2, 1, 1, 0]
    again = HeldCounts(store.stories)
    assert again.of(0) == 2
    assert again.at(again.vocabulary.places(["none", "word2999", "word0"])).tolist() == [0, 1, 2]
