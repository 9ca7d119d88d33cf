"""A withdrawn article is in no table any more, and comes back exactly as it was."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, select

from tests.storage.made import NOON, URL, after, article, change, look, store_version
from writethru.errors import NotInArchive, Withdrawn
from writethru.model import EvidenceRef
from writethru.storage.reuse_store import Holder
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import Store
from writethru.storage.tables import metadata
from writethru.storage.withheld import FORGOTTEN, STAYING, _of_article
from writethru.storage.withheld_store import DESTROYED, KEPT, Withdrawal

OTHER = "https://ledger.example/bridge"
WORDS = "quayside orchestra"


def withdrawal(article_id: int, evidence: str = KEPT) -> Withdrawal:
    return Withdrawal(article_id, NOON, "user ida", "court order 7", evidence, 0)


def filled(store: Store) -> tuple[int, int]:
    """Two articles with versions, a change, a memory and shared grams; the first is the one to go."""
    ids = []
    for url, words in ((URL, WORDS), (OTHER, "bridge band")):
        number = article(store, url, due=NOON).id
        with store.transaction():
            for at, end in ((after(1), "played."), (after(2), "played on.")):
                store_version(store, number, at, f"The {words} {end}", headline=f"The {words}")
            store.add_change(change(number, 1), {"edits": [{"op": "added", "old": "", "new": words}]})
            store.keep_memory(number, "d", {"x": words})
            store.reuse.add_grams([Holder(7, number, 1)])
        ids.append(number)
    return ids[0], ids[1]


def everything(store: Store) -> dict[str, list[Any]]:
    """All rows of all tables but the change log."""
    assert isinstance(store, SqlStore)
    with store._database.read() as connection:
        return {name: _rows(connection, name) for name in metadata.tables if name != "change_log"}


def _rows(connection: Connection, name: str) -> list[Any]:
    return sorted(map(repr, connection.execute(select(metadata.tables[name]))))


class TestWithdrawn:
    def test_no_table_has_a_word_of_it(self, store: Store) -> None:
        gone, kept = filled(store)
        store.withheld.withdraw(withdrawal(gone))
        assert isinstance(store, SqlStore)
        with store._database.read() as connection:
            for table in metadata.tables.values():
                of_article = _of_article(table, gone)
                if of_article is not None:
                    assert connection.execute(select(table).where(of_article)).all() == [], table.name
        assert WORDS not in repr({n: r for n, r in everything(store).items() if n != "withheld_rows"})
        assert [row.article.id for row in store.article_summaries()] == [kept]
        assert store.find_article(URL) is None
        assert [(one.gram, one.article_id, one.at) for one in store.reuse.holders([7])] == [(7, kept, 1)]
        assert store.status(NOON).articles == 1

    def test_it_comes_back_as_it_was(self, store: Store) -> None:
        gone, _ = filled(store)
        before = everything(store)
        store.withheld.withdraw(withdrawal(gone))
        store.withheld.restore(gone)
        after_all = everything(store)
        assert {n: r for n, r in after_all.items() if n not in FORGOTTEN} == {
            n: r for n, r in before.items() if n not in FORGOTTEN
        }
        assert store.version_text(gone, 2).text.startswith(f"The {WORDS} played on.")

    def test_every_way_to_it_says_that_it_was_withdrawn(self, store: Store) -> None:
        gone, _ = filled(store)
        capture = store.captures(gone)[0].id
        store.withheld.withdraw(withdrawal(gone))
        ways: list[Any] = [
            lambda: store.article(gone),
            lambda: store.version(gone, 1),
            lambda: store.version_text(gone, 1),
            lambda: store.change(gone, 1),
            lambda: store.capture(capture),
            lambda: store.state(gone),
            lambda: store.withheld.withdraw(withdrawal(gone)),
            lambda: store.add_article(URL, host="h", outlet_id=None, at=NOON, next_look_at=None, reason=""),
        ]
        for way in ways:
            with pytest.raises(Withdrawn) as refused:
                way()
            assert "court order 7" in refused.value.message
        assert store.withheld.holds(URL)
        assert not store.withheld.holds(OTHER)

    def test_its_numbers_are_not_given_again(self, store: Store) -> None:
        kept, gone = filled(store)
        last = store.captures(gone)[-1].id
        store.withheld.withdraw(withdrawal(gone))
        new = article(store, URL + "/new").id
        assert new > gone
        assert store.add_capture(kept, look(after(9))).id > last

    def test_its_records_are_known_and_its_alias_cannot_be_taken(self, store: Store) -> None:
        gone, kept = filled(store)
        ref = EvidenceRef("a.warc.gz", 5, 7, "<urn:uuid:9>")
        store.add_capture(gone, look(after(5), evidence=ref))
        store.withheld.withdraw(withdrawal(gone))
        assert store.known_record_ids(["<urn:uuid:9>", "<urn:uuid:8>"]) == {"<urn:uuid:9>"}
        assert store.withheld.evidence_of(gone) == [ref]
        assert store.withheld.urls_of(gone) == [URL]
        with pytest.raises(Withdrawn):
            store.add_alias(kept, URL, "stated", NOON)

    def test_destroyed_it_cannot_come_back(self, store: Store) -> None:
        gone, _ = filled(store)
        store.withheld.withdraw(withdrawal(gone))
        store.withheld.order_destruction(gone)
        store.withheld.destroy(gone)
        assert "withheld_rows" in everything(store)
        assert everything(store)["withheld_rows"] == []
        assert [one.evidence for one in store.withheld.withdrawals()] == [DESTROYED]
        assert store.withheld.holds(URL)
        with pytest.raises(Withdrawn, match="destroyed"):
            store.withheld.restore(gone)

    def test_how_many_changes_it_had_is_kept(self, store: Store) -> None:
        gone, kept = filled(store)
        store.withheld.withdraw(withdrawal(gone))
        assert store.withheld.withdrawal(gone) == Withdrawal(gone, NOON, "user ida", "court order 7", KEPT, 1)
        assert store.withheld.withdrawal(kept) is None

    def test_what_never_was_is_not_withdrawn(self, store: Store) -> None:
        for way in (lambda: store.withheld.withdraw(withdrawal(7)), lambda: store.withheld.restore(7)):
            with pytest.raises(NotInArchive):
                way()


def test_every_table_is_an_articles_or_is_known_not_to_be() -> None:
    """A table that is added later and refers to articles or captures is covered, or this test says so."""
    refers = {"article_id", "capture_id", "a_id", "b_id"}
    for table in metadata.tables.values():
        names = refers & set(table.c.keys())
        links = {key.column.table.name for key in table.foreign_keys} & {"articles", "captures", "versions", "changes"}
        covered = _of_article(table, 1) is not None
        assert covered == bool(names or links or table.name == "articles") or table.name in STAYING, table.name
