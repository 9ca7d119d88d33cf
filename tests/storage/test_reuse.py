"""The index of grams, on both databases."""

from __future__ import annotations

import pytest

from tests.storage.made import after, store_version
from writethru.errors import NotInArchive
from writethru.storage.gram_buckets import AT_ONCE
from writethru.storage.reuse_store import About, Holder, PairLine, ReusePair
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


def pair(a_id: int, b_id: int, words: int, verdict: str = "wholly") -> ReusePair:
    """A pair that shares so many words."""
    return ReusePair(
        a_id, 1, b_id, 2, verdict, "a", 0.75, 0.5, 0.9, words, {"passages": [], "evidence": [{"words": "é"}]}
    )


def test_pairs_are_listed_with_what_they_share_and_without(store: Store) -> None:
    kept = [pair(2, 1, 40), pair(3, 1, 90), pair(2, 3, 10, "partly"), pair(4, 5, 60)]
    for one in kept:
        store.reuse.keep_pair(one)
    reuse = store.reuse
    assert [p.words for p in reuse.pairs()] == [90, 60, 40, 10]
    assert reuse.pairs(1, limit=1) == [kept[1]]
    assert (reuse.count(), reuse.count(1), reuse.count(9)) == (4, 2, 0)
    assert reuse.lines([1, 2]) == [
        PairLine(2, 1, "wholly", "a", 0.5, 0.9),
        PairLine(2, 3, "partly", "a", 0.5, 0.9),
        PairLine(3, 1, "wholly", "a", 0.5, 0.9),
    ]
    assert reuse.among([1, 2, 4]) == [kept[0]]
    assert [line[:2] for line in reuse.lines_among(range(1, 1_100))] == [(2, 1), (2, 3), (3, 1), (4, 5)]
    assert reuse.lines([]) == reuse.lines_among([]) == []


def test_a_pair_takes_the_place_of_the_one_before(store: Store) -> None:
    store.reuse.keep_pair(pair(1, 2, 40))
    store.reuse.keep_pair(pair(1, 2, 41, "partly"))
    assert store.reuse.pairs() == [pair(1, 2, 41, "partly")]


def test_what_is_known_of_an_article_beside_its_texts(store: Store) -> None:
    outlet = store.outlet("Harbour Gazette", "gazette.example")
    article = store.add_article(
        "https://gazette.example/1", host=outlet.host, outlet_id=outlet.id, at=after(0), next_look_at=None, reason="new"
    )
    assert store.reuse.about(article.id) == About("https://gazette.example/1", "gazette.example", "Harbour Gazette")
    store_version(store, article.id, after(1), "A fire.", published="2026-03-03T09:00:00Z", agency="AFP")
    store_version(store, article.id, after(2), "A fire burned.", published="2026-03-03T10:00:00Z", agency="dpa")
    about = store.reuse.about(article.id)
    assert (about.published, about.agency) == ("2026-03-03T10:00:00Z", "dpa")
    with pytest.raises(NotInArchive):
        store.reuse.about(99)
