"""When all was read, events and storylines are a function of the set of articles, whatever order they came in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.analyse.told import FIRE, FLOOD, OTHER, tell
from writethru.analyse.events import SMALL, EventAnalysis
from writethru.analyse.follow import follow
from writethru.analyse.story_reading import Read
from writethru.events.features import Features
from writethru.events.moments import Basis, When
from writethru.storage import open_store
from writethru.storage.store import Store

Parts = set[frozenset[int]]


def made(seed: int) -> list[Read]:
    """Articles of two sagas, which come at different times in each order: their words are common or rare meanwhile."""
    chosen = random.Random(seed)
    some = []
    for at in range(28):
        saga, event = at % 2, at // 2 % 3
        words = {f"saga{saga}{n}": 3.0 for n in chosen.sample(range(9), 6)}
        words |= {f"event{saga}{event}{n}": 2.0 for n in chosen.sample(range(8), 3)}
        words |= {f"any{n}": 1.0 for n in chosen.sample(range(40), 12)}
        some.append(Read(Features(dict(sorted(words.items()))), When(event * 1440, Basis.PUBLISHED)))
    return some


def parts(store: Store, count: int) -> tuple[Parts, Parts]:
    """The articles of each event, and of each storyline."""
    event = {one.article_id: one.event_id for one in store.stories.memberships(range(1, count + 1)) if one.main}
    story = {one.id: one.story_id for one in store.stories.events(event.values())}
    by_story = {article: story[one] for article, one in event.items()}
    return _classes(event), _classes(by_story)


def _classes(of: dict[int, int]) -> Parts:
    return {frozenset(one for one in of if of[one] == label) for label in of.values()}


def read_in(
    folder: Path, some: Sequence[Read], order: Sequence[int]
) -> tuple[tuple[Parts, Parts], tuple[Parts, Parts]]:
    """What they come to before and after all was read, by their place in the set and not by their id."""
    store = open_store(f"sqlite:///{folder / 'a.db'}")
    analysis = EventAnalysis(store)
    for number, at in enumerate(order, 1):
        analysis.entered(number, some[at])
    found = []
    for _ in range(2):
        found.append(
            tuple({frozenset(order[one - 1] for one in part) for part in whole} for whole in parts(store, len(some)))
        )
        analysis.caught_up()
    store.close()
    return found[0], found[1]  # type: ignore[return-value]


def test_every_order_of_arrival_comes_to_the_same(tmp_path: Path) -> None:
    some = made(1)
    settled = []
    for number in range(3):
        order = random.Random(number).sample(range(len(some)), len(some))
        (tmp_path / str(number)).mkdir()
        settled.append(read_in(tmp_path / str(number), some, order))
    assert len(settled[0][1][0]) > 1
    assert all(after == settled[0][1] for _, after in settled)
    assert any(before != after for before, after in settled)  # the order did tell before


def test_following_settles_at_its_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(SMALL + 1):
        tell(store, (*FIRE, OTHER, FLOOD)[at % 5].at(f"outlet{at}"))
    settled: list[str] = []
    monkeypatch.setattr(EventAnalysis, "settle", lambda self: settled.append(self.name))
    analysis = EventAnalysis(store)
    follow(store, analysis)
    follow(store, analysis)  # nothing is new
    assert settled == ["events"]
