"""Articles are grouped some at once, and come to the same whatever shares a transaction, journal and all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from bench.events_scale import Press
from tests.analyse.told import FIRE, FLOOD, OTHER, tell
from writethru.analyse import events, story_held, story_holders, story_reading, story_sketches
from writethru.analyse import follow as following
from writethru.analyse.events import EventAnalysis
from writethru.analyse.follow import TOGETHER, follow
from writethru.analyse.story_held import WAITING
from writethru.analyse.story_reading import Read
from writethru.events.features import features_of
from writethru.events.moments import Basis, When
from writethru.storage import open_store
from writethru.storage.store import Store

TABLES = {
    "story_articles": "article_id, digest, minute, basis, cluster, undecided",
    "story_terms": "term, day, article_id",
    "story_counts": "term, articles",
    "story_events": "id, story_id, redirect, first_minute, last_minute, form",
    "story_members": "article_id, event_id, main, score, form",
    "story_links": "later, earlier, kind, score, form",
    "story_log": "seq, action, article_id, event_id, form",
}


def made(count: int) -> list[Read]:
    """Articles, some of them without a date, some copies of earlier ones, one rewritten."""
    some = [Read(features_of(one.text), When(one.minute, Basis.PUBLISHED)) for one in Press(3).articles(count)]
    for at in range(11, count, 13):
        some[at] = Read(some[at].features, When(None, Basis.NONE))
    for at in range(9, count, 10):
        some[at] = some[at - 5]
    return some


def kept(folder: Path, some: Sequence[Read], together: int) -> dict[str, list[str]]:
    """All that is kept of them, so many to a transaction; the second comes again at the end, as the last one reads."""
    store = open_store(f"sqlite:///{folder / f'{together}.db'}")
    analysis = EventAnalysis(store)
    arriving = [*enumerate(some, 1), (2, some[-1])]
    for start in range(0, len(arriving), together):
        with analysis.several():
            for number, read in arriving[start : start + together]:
                analysis.entered(number, read)
    analysis.caught_up()
    rows = {table: _rows(store, f"SELECT {columns} FROM {table}") for table, columns in TABLES.items()}
    store.close()
    return rows


def _rows(store: Store, sql: str) -> list[str]:
    with store.stories._database.read() as connection:  # type: ignore[attr-defined]
        return sorted(map(repr, connection.execute(text(sql))))


@pytest.mark.parametrize("whole", [None, 3], ids=["as a whole", "by what is near"])
def test_they_come_to_the_same_whatever_shares_a_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: int | None
) -> None:
    if whole is not None:
        monkeypatch.setattr(events, "SETTLED", 0)
        monkeypatch.setattr(events, "WHOLE", whole)
    some = made(64)
    alone = kept(tmp_path, some, 1)
    assert len(alone["story_events"]) > 10
    assert kept(tmp_path, some, 9) == alone


def test_they_come_to_the_same_however_little_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "SETTLED", 0)
    some = made(64)
    alone = kept(tmp_path, some, 8)
    for module, name, most in (
        (story_held, "MOST_ROWS", 10),
        (story_held, "MOST_ARTICLES", 5),
        (story_holders, "MOST_LISTS", 800),
        (story_reading, "MOST_READ", 4),
        (story_sketches, "MOST_SKETCHES", 5),
    ):
        monkeypatch.setattr(module, name, most)
    (tmp_path / "little").mkdir()
    assert kept(tmp_path / "little", some, 8) == alone


def test_what_waits_when_a_run_is_stopped_the_next_one_groups(store: Store) -> None:
    for one in (*FIRE, OTHER):
        tell(store, one)
    done: list[int] = []
    follow(store, EventAnalysis(store), progress=lambda count, *_: done.append(count), stopped=lambda: len(done) == 4)
    assert [one.cluster for one in store.stories.every_article(0, 10)] == [WAITING] * 4
    assert store.stories.memberships(range(1, 5)) == []
    assert follow(store, EventAnalysis(store)).articles == 0
    assert [one.cluster for one in store.stories.every_article(0, 10)] == [1, 1, 1, 4]
    assert not EventAnalysis(store).waits()


def test_an_article_that_is_asked_for_brings_in_those_that_wait(store: Store) -> None:
    read = [Read(features_of(one.text), When(one.minute, Basis.PUBLISHED)) for one in Press(5).articles(3)]
    analysis = EventAnalysis(store)
    with analysis.several():
        for number, one in enumerate(read[:2], 1):
            analysis.entered(number, one)
    assert analysis.waits()
    analysis.entered(3, read[2])
    assert {one.article_id for one in store.stories.memberships(range(1, 4))} == {1, 2, 3}
    assert not analysis.waits()


def test_twenty_are_grouped_whether_or_not_more_come(store: Store) -> None:
    read = [Read(features_of(one.text), When(one.minute, Basis.PUBLISHED)) for one in Press(5).articles(TOGETHER)]
    analysis = EventAnalysis(store)
    with analysis.several():
        for number, one in enumerate(read, 1):
            analysis.entered(number, one)
    assert not analysis.waits()
    assert {one.article_id for one in store.stories.memberships(range(1, TOGETHER + 1))} == set(range(1, TOGETHER + 1))


@pytest.mark.parametrize("together", [1, 3])
def test_what_cannot_be_kept_is_met_alone_and_those_before_it_stand(
    store: Store, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(following, "TOGETHER", together)
    for one in (*FIRE, OTHER, FLOOD):
        tell(store, one)
    real: Callable[[EventAnalysis, int, Read], None] = EventAnalysis.entered

    def fails(self: EventAnalysis, article_id: int, read: Read) -> None:
        real(self, article_id, read)
        if article_id == 5:
            raise RuntimeError("a text that nobody thought of")

    with monkeypatch.context() as broken:
        broken.setattr(EventAnalysis, "entered", fails)
        with pytest.raises(RuntimeError, match="nobody thought of"):
            follow(store, EventAnalysis(store))
    assert [one.article_id for one in store.stories.every_article(0, 10)] == [1, 2, 3, 4]
    assert follow(store, EventAnalysis(store)).articles == 1
    assert [one.article_id for one in store.stories.every_article(0, 10)] == [1, 2, 3, 4, 5]
    assert len({one.event_id for one in store.stories.memberships(range(1, 6))}) == 3
