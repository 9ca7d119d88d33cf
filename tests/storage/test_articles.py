"""Outlets, sources, articles and their URLs: the same on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.storage.made import NOON, URL, after, article
from writethru.errors import NotInArchive, StorageError
from writethru.model import Alias, EvidenceRef, Outlet, Source, SourceKind
from writethru.storage.store import Store

LONG = "https://ledger.example/" + "".join(f"{n * 7919 % 100_003:05d}" for n in range(1600))
"""8,023 characters that do not compress: too long for an index entry."""


class TestOutlets:
    def test_made_once(self, store: Store) -> None:
        made = store.outlet("The Ledger", "ledger.example")
        assert store.outlet("The Ledger") == made == Outlet(made.id, "The Ledger", "ledger.example")

    def test_a_host_is_filled_in_and_never_replaced(self, store: Store) -> None:
        store.outlet("The Ledger")
        assert store.outlet("The Ledger", "ledger.example").host == "ledger.example"
        assert store.outlet("The Ledger", "other.example").host == "ledger.example"

    def test_by_name_in_code_point_order(self, store: Store) -> None:
        for name in ("zebra", "Ärger", "Zebra", "a b", "aa"):
            store.outlet(name)
        assert [outlet.name for outlet in store.outlets()] == ["Zebra", "a b", "aa", "zebra", "Ärger"]

    def test_a_name_of_ten_thousand_characters_is_cut(self, store: Store) -> None:
        made = store.outlet("x" * 10_000)
        assert store.outlet("x" * 10_000) == made
        assert len(made.name) == 300


class TestSources:
    def add(self, store: Store, url: str = "https://ledger.example/feed") -> Source:
        source, is_new = store.add_source(SourceKind.FEED, url, outlet_id=None, at=NOON, next_look_at=NOON)
        assert is_new
        return source

    def test_new_then_known(self, store: Store) -> None:
        source = self.add(store)
        again = store.add_source(SourceKind.FEED, source.url, outlet_id=None, at=after(9), next_look_at=None)
        assert again == (source, False)
        assert list(store.sources()) == [source]

    def test_every_field_is_written_back(self, store: Store) -> None:
        outlet = store.outlet("The Ledger")
        changed = replace(
            self.add(store),
            kind=SourceKind.URL_LIST,
            outlet_id=outlet.id,
            next_look_at=after(20),
            etag='"1"',
            last_modified="yesterday",
            body_digest="d" * 64,
            failures=3,
            last_look_at=after(10),
            last_news_at=after(5),
            last_error="no answer",
        )
        store.update_source(changed)
        assert list(store.sources()) == [changed]

    def test_a_source_that_is_not_there(self, store: Store) -> None:
        with pytest.raises(NotInArchive):
            store.update_source(replace(self.add(store), id=99))

    def test_a_file_is_at_no_host(self, store: Store) -> None:
        source, _ = store.add_source(SourceKind.FILE, "dumps/a.txt", outlet_id=None, at=NOON, next_look_at=None)
        assert list(store.sources()) == [source]

    def test_a_look_is_known_by_its_record(self, store: Store) -> None:
        evidence = EvidenceRef("a.warc.gz", 0, 9, "<urn:uuid:5>")
        store.add_source_look(self.add(store).id, NOON, status=200, evidence=evidence)
        store.add_source_look(self.add(store, "https://b.example/").id, NOON, status=None, evidence=None, detail="down")
        assert store.known_record_ids(["<urn:uuid:5>", "<urn:uuid:6>"]) == {"<urn:uuid:5>"}

    def test_a_very_long_url(self, store: Store) -> None:
        source = self.add(store, LONG)
        assert store.add_source(SourceKind.FEED, LONG, outlet_id=None, at=NOON, next_look_at=None) == (source, False)
        assert source.url == LONG


class TestArticles:
    def test_found_by_its_url_and_by_its_id(self, store: Store) -> None:
        made = article(store, due=after(20))
        assert store.find_article(URL) == made == store.article(made.id)
        assert store.find_article(URL + "/") is None

    def test_added_twice_is_one(self, store: Store) -> None:
        made = article(store)
        again = store.add_article(
            URL, host="x.example", outlet_id=None, at=after(1), next_look_at=after(1), reason="again"
        )
        assert again == made
        assert store.status(NOON).articles == 1

    def test_not_there(self, store: Store) -> None:
        with pytest.raises(NotInArchive):
            store.article(7)

    def test_every_field_is_written_back(self, store: Store) -> None:
        made = article(store)
        changed = replace(
            made,
            host="www.ledger.example",
            outlet_id=store.outlet("The Ledger").id,
            next_look_at=after(33),
            next_look_reason="changed 20 min ago",
            retired_at=after(40),
            etag='"é"',
            last_modified="today",
        )
        store.update_article(changed)
        assert store.article(made.id) == changed

    def test_a_new_canonical_url_is_an_alias_too(self, store: Store) -> None:
        made = article(store)
        store.update_article(replace(made, url=URL + "-2"))
        found = store.find_article(URL + "-2")
        assert found is not None
        assert found.id == made.id
        assert store.find_article(URL) == found

    def test_writing_back_one_that_is_not_there(self, store: Store) -> None:
        with pytest.raises(NotInArchive):
            store.update_article(replace(article(store), id=99))

    def test_an_outlet_that_is_not_there(self, store: Store) -> None:
        with pytest.raises(StorageError, match="contradicts"):
            store.update_article(replace(article(store), outlet_id=99))

    def test_a_very_long_url(self, store: Store) -> None:
        made = article(store, LONG)
        assert store.find_article(LONG) == made
        assert [alias.url for alias in store.aliases(made.id)] == [LONG]

    @pytest.mark.parametrize("url", ["https://ledger.example/\0", "https://ledger.example/\ud800"])
    def test_characters_no_text_column_holds(self, store: Store, url: str) -> None:
        assert store.find_article(url) is None
        made = article(store, url)
        assert store.find_article(url) == made
        assert made.url == "https://ledger.example/\N{REPLACEMENT CHARACTER}"


class TestAliases:
    def test_the_canonical_url_is_the_first(self, store: Store) -> None:
        made = article(store)
        assert list(store.aliases(made.id)) == [Alias(URL, "canonical", NOON, NOON)]

    def test_seen_again_the_dates_widen_both_ways(self, store: Store) -> None:
        made = article(store)
        for minutes in (5, 9, 7, -3):
            assert store.add_alias(made.id, URL + "?b", "redirect", after(minutes)) == made.id
        assert list(store.aliases(made.id)) == [
            Alias(URL + "?b", "redirect", after(-3), after(9)),
            Alias(URL, "canonical", NOON, NOON),
        ]

    def test_finds_the_article(self, store: Store) -> None:
        made = article(store)
        store.add_alias(made.id, URL + "?b", "redirect", NOON)
        assert store.find_article(URL + "?b") == made

    def test_belongs_to_the_article_that_had_it_first(self, store: Store) -> None:
        first, second = article(store), article(store, URL + "-2")
        assert store.add_alias(second.id, URL, "redirect", after(4)) == first.id
        assert list(store.aliases(first.id)) == [Alias(URL, "canonical", NOON, NOON)]
        assert len(store.aliases(second.id)) == 1

    def test_of_an_article_that_is_not_there(self, store: Store) -> None:
        with pytest.raises(StorageError):
            store.add_alias(99, URL, "found", NOON)
