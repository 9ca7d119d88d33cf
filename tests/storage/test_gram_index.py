"""The tiers of the index of grams: wherever a posting stands, it is found once, and is gone when its article is."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import Connection, update

from writethru.storage import gram_index, gram_kept, open_store
from writethru.storage.gram_tables import gram_state
from writethru.storage.reuse_store import Holder
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import Store

GRAMS = [number * 0x01000193 % 2**32 for number in range(300)]
"""Some of them share a near or a far bucket."""


@pytest.fixture(params=[0, 10_000], ids=["often", "once"])
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiers that are full after a few articles, asked by a process that keeps them and by one that reads them."""
    monkeypatch.setattr(gram_index, "FEW", request.param)
    monkeypatch.setattr(gram_kept, "OFTEN", (2, 64))
    monkeypatch.setattr(gram_kept, "MOST_HELD", 5)
    monkeypatch.setattr(gram_index, "RECENT", 3)
    monkeypatch.setattr(gram_index, "FULL", 2)
    monkeypatch.setattr(gram_index, "MERGED", 3)


def told(chance: random.Random, article_id: int) -> list[Holder]:
    """Some grams of an article, twenty of them neighbours in one near bucket."""
    some = [*chance.sample(GRAMS, 40), *(7 + number for number in chance.sample(range(30), 20))]
    return [Holder(gram, article_id, at, at % 3 == 0, article_id % 4 or None) for at, gram in enumerate(some)]


@pytest.mark.usefixtures("small")
def test_what_was_added_is_found_and_what_was_taken_out_is_not(store: Store) -> None:
    chance = random.Random(3)
    held: dict[int, list[Holder]] = {}
    everything = [*GRAMS, *range(60)]
    for number in range(1, 25):
        held[number] = told(chance, number)
        store.reuse.add_grams(held[number])
        if number % 5 == 0:
            gone = chance.choice(list(held))
            store.reuse.forget(gone)
            del held[gone]
        assert store.reuse.holders(everything) == sorted(one for some in held.values() for one in some)
    assert store.reuse.size()[1] == sum(map(len, held.values()))
    assert store.reuse.holders([GRAMS[5], 2**32 - 1]) == sorted(
        one for some in held.values() for one in some if one.gram == GRAMS[5]
    )


def by_the_release_before(store: Store, holders: list[Holder], monkeypatch: pytest.MonkeyPatch) -> None:
    """Grams enter as a worker puts them there that knows of no sketches."""
    assert isinstance(store, SqlStore)
    with monkeypatch.context() as patched:
        patched.setattr(gram_index, "sketch", lambda *_: None)
        store.reuse.add_grams(holders)
    with store._database.write() as connection:
        connection.execute(update(gram_state).values(sketched=-1))


@pytest.mark.usefixtures("small")
def test_what_an_older_worker_moves_on_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    held: list[Holder] = []
    for number in range(1, 40):
        coming = told(chance, number)
        if number // 8 % 2:
            by_the_release_before(store, coming, monkeypatch)
        else:
            store.reuse.add_grams(coming)
        held += coming
        assert store.reuse.holders([*GRAMS, *range(60)]) == sorted(held)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The buckets that are read by a process that asks often."""
    asked: list[int] = []
    before = gram_kept.contents

    def contents(connection: Connection, numbers: list[int]) -> list[tuple[int, bytes]]:
        asked.extend(numbers)
        return before(connection, numbers)

    monkeypatch.setattr(gram_kept, "contents", contents)
    return asked


@pytest.mark.parametrize("small", [0], indirect=True)
@pytest.mark.usefixtures("small")
def test_buckets_are_read_for_what_may_be_there_alone_and_for_what_many_have_once(
    store: Store, read: list[int]
) -> None:
    one, other, nobodys = 0x1000_0000, 0x1000_8000, 0x1001_0000  # in three far buckets below one near bucket
    for number in range(1, 10):
        store.reuse.add_grams([Holder(one, number, 1), *([Holder(other, number, 2)] if number < 2 else [])])
    for gram, reads in ((nobodys, 0), (one, 1), (one, 0), (other, 1), (other, 1)):
        read.clear()
        assert len(store.reuse.holders([gram])) == {one: 9, other: 1, nobodys: 0}[gram]
        assert len(read) == reads


@pytest.mark.usefixtures("small")
def test_another_process_sees_what_came_and_what_was_taken_out(store_url: str) -> None:
    one, other = open_store(store_url), open_store(store_url)
    for number in range(1, 6):
        one.reuse.add_grams([Holder(9, number, number)])
        assert [holder.article_id for holder in other.reuse.holders([9])] == list(range(1, number + 1))
    one.reuse.forget(5)
    assert [holder.article_id for holder in other.reuse.holders([9])] == [1, 2, 3, 4]
    one.close()
    other.close()


def test_what_is_undone_is_not_remembered(store: Store) -> None:
    store.reuse.add_grams([Holder(9, 1, 1)])
    with suppress(KeyError), store.transaction():
        store.reuse.add_grams([Holder(9, 2, 1)])
        assert len(store.reuse.holders([9])) == 2
        raise KeyError
    assert store.reuse.holders([9]) == [Holder(9, 1, 1)]
    store.reuse.add_grams([Holder(9, 3, 1)])
    assert [holder.article_id for holder in store.reuse.holders([9])] == [1, 3]


def test_a_snapshot_older_than_what_is_kept_sees_its_own_moment(store: Store) -> None:
    def added() -> int:
        store.reuse.add_grams([Holder(9, 2, 1)])
        return len(store.reuse.holders([9]))

    store.reuse.add_grams([Holder(9, 1, 1)])
    with ThreadPoolExecutor(1) as elsewhere, store.reuse.snapshot():
        assert len(store.reuse.holders([9])) == 1
        assert elsewhere.submit(added).result() == 2
        assert store.reuse.holders([9]) == [Holder(9, 1, 1)]
    assert len(store.reuse.holders([9])) == 2
