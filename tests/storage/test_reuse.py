"""The index of grams, on both databases."""

from __future__ import annotations

from writethru.storage.reuse import AT_ONCE
from writethru.storage.reuse_store import Holder
from writethru.storage.store import Store


def test_what_is_indexed_comes_back_by_gram_and_article(store: Store) -> None:
    one = [Holder(gram, 1, gram, gram % 2 == 1, 5) for gram in range(AT_ONCE + 30)]
    other = [Holder(2**32 - 1, 2, 19_999, True), Holder(7, 2, 3, False, 6)]
    store.reuse.add_grams(one)
    store.reuse.add_grams(other)
    assert store.reuse.holders(range(AT_ONCE + 30)) == sorted([*one, other[1]])
    assert store.reuse.holders([2**32 - 1, 8_888]) == [other[0]]
    assert store.reuse.holders([]) == []


def test_a_gram_stays_where_it_was_first_and_is_taken_out_with_its_article(store: Store) -> None:
    store.reuse.add_grams([Holder(7, 1, 3)])
    store.reuse.add_grams([Holder(7, 1, 90), Holder(8, 1, 91)])
    store.reuse.add_grams([Holder(7, 2, 4)])
    assert store.reuse.holders([7, 8]) == [Holder(7, 1, 3), Holder(7, 2, 4), Holder(8, 1, 91)]
    store.reuse.forget(1)
    assert store.reuse.holders([7, 8]) == [Holder(7, 2, 4)]
    store.reuse.add_grams([])
