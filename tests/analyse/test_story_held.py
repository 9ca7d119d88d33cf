"""What is held in memory between two articles: written together, only where it changed, and never believed too long."""

from __future__ import annotations

from datetime import UTC, datetime

from writethru.analyse.story_held import HeldStories
from writethru.analyse.story_lately import Lately
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


def test_the_last_few_are_kept() -> None:
    few: Lately[int, int] = Lately(2)
    for number in range(4):
        few.put(number, number)
        assert few.get(0) == 0, "what is asked for stays"
    few.put(9, 9)
    assert few.get(1) is None
    few.drop(0)
    assert few.get(0) is None
