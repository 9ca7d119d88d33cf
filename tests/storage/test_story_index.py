"""Who has an article's words: bounded for each word, within days, and with those that have no day."""

from __future__ import annotations

from writethru.storage.store import Store
from writethru.storage.story_index import MOST_AT_ONCE
from writethru.storage.story_store import Posting

DAYS = {1: 10, 2: 12, 3: 12, 4: 30, 5: None}


def indexed(store: Store) -> Store:
    """Five articles that have word 7; the third has word 9 too."""
    with store.transaction():
        for article_id, day in DAYS.items():
            store.stories.index(Posting(term, day, article_id) for term in ([7, 9] if article_id == 3 else [7]))
    return store


def test_the_latest_of_each_word_come_first_and_so_many_only(store: Store) -> None:
    found = indexed(store).stories.neighbours([9, 7], None, 3)
    assert found == [Posting(9, 12, 3), Posting(7, 30, 4), Posting(7, 12, 3), Posting(7, 12, 2)]


def test_within_days_and_as_many_without_one(store: Store) -> None:
    found = indexed(store).stories.neighbours([7, 8], (10, 12), 2)
    assert found == [Posting(7, 12, 3), Posting(7, 12, 2), Posting(7, None, 5)]


def test_more_words_than_one_question_has(store: Store) -> None:
    words = [*range(1000, 1000 + 2 * MOST_AT_ONCE), 7]
    assert [one.article_id for one in indexed(store).stories.neighbours(words, None, 9)] == [4, 3, 2, 1, 5]


def test_no_words_find_nothing(store: Store) -> None:
    assert indexed(store).stories.neighbours([], (0, 99), 9) == []
