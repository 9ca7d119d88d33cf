"""What is held in memory between two articles: written together, only where it changed, and never believed too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from writethru.analyse.story_held import MANY, HeldStories
from writethru.analyse.story_lately import Lately
from writethru.analyse.story_reading import Known
from writethru.storage.store import Store
from writethru.storage.story_store import StoryArticle, StoryEvent, StoryLogEntry, StoryMember

EVENT = StoryEvent(1, 1, None, 0, 0, {"names": []})
MEMBER = StoryMember(7, 1, True, 0.5, {"shared": []})


def line(action: str = "assign") -> StoryLogEntry:
    return StoryLogEntry(datetime.now(UTC), action, 7, 1, {})


def held(store: Store) -> HeldStories:
    """One that has put article 7 into event 1."""
    made = HeldStories(store.stories)
    made.begin()
    made.keep_article(StoryArticle(7, "d", 0, "seen", 7, b""))
    made.keep_event(EVENT)
    made.set_memberships(7, [MEMBER])
    made.write_log([line()])
    return made


def test_nothing_is_written_before_the_end_and_all_of_it_then(store: Store) -> None:
    made = held(store)
    assert store.stories.memberships([7]) == []
    assert made.members([1]) == made.memberships([7]) == [MEMBER]
    assert made.story_events(1) == [EVENT]
    assert made.cluster([7], 10) == [7]
    with store.transaction():
        made.write()
    again = HeldStories(store.stories)
    assert again.members([1]) == [MEMBER]
    assert again.events([1]) == [EVENT]
    assert again.cluster([7], 10) == [7]
    assert store.stories.last_line() == 1


def test_what_was_made_of_words_that_were_forgotten_is_not_taken_for_that_of_now(store: Store) -> None:
    known = Known(store)
    before = known.age()
    known.clear()  # from here on words have other numbers
    assert known.age() != before


def test_what_another_wrote_is_seen(store: Store) -> None:
    made = held(store)
    with store.transaction():
        made.write()
    assert made.begin(), "nobody else wrote"
    with store.transaction():
        store.stories.keep_memberships({7: []})
        store.stories.write_log([line("leave")])
    assert not made.begin()
    assert made.members([1]) == []


def test_an_article_that_moves_to_another_group_is_in_one_only(store: Store) -> None:
    made = held(store)
    (article,) = made.articles([7]).values()
    made.keep_article(StoryArticle(article.article_id, "d", 0, "seen", 3, article.bag))
    assert (made.cluster([7], 10), made.cluster([3], 10)) == ([], [7])
    with store.transaction():
        made.write()
    assert store.stories.in_clusters([3, 7]) == [(7, 3)]


def test_the_first_of_an_event_of_many_are_those_of_now(store: Store) -> None:
    made = HeldStories(store.stories)
    made.begin()
    made.keep_event(EVENT)
    for number in range(10, 10 + 2 * MANY):
        made.set_memberships(number, [replace(MEMBER, article_id=number)])

    def first(most: int) -> list[int]:
        return [one.article_id for one in made.first_members(1, most)]

    assert (first(3), first(2), first(3)) == ([10, 11, 12], [10, 11], [10, 11, 12])
    made.set_memberships(500, [replace(MEMBER, article_id=500)])
    made.set_memberships(4, [replace(MEMBER, article_id=4)])
    made.set_memberships(11, [])
    assert first(3) == [4, 10, 12]


def test_copies_that_wait_to_be_written_are_twins(store: Store) -> None:
    made = HeldStories(store.stories)
    made.begin()
    for number in range(1, 200):
        made.keep_article(StoryArticle(number, "d", 0, "seen", number, b""))
        assert made.twins("d", 5) == [*range(1, number + 1)][:5]
        if number % 20 == 0:
            made.write()


def test_the_last_few_are_kept() -> None:
    few: Lately[int, int] = Lately(2)
    for number in range(4):
        few.put(number, number)
        assert few.get(0) == 0, "what is asked for stays"
    few.put(9, 9)
    assert few.get(1) is None
    few.drop(0)
    assert few.get(0) is None
