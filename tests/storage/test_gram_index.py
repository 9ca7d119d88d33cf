"""The tiers of the index of grams: wherever a posting stands, it is found once, and is gone when its article is."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from writethru.storage import gram_index, open_store
from writethru.storage.reuse_store import Holder
from writethru.storage.store import Store

GRAMS = [number * 0x01000193 % 2**32 for number in range(300)]
"""Some of them share a near or a far bucket."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiers that are full after a few articles."""
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
