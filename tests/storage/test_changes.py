"""Changes and their edits: the same on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from tests.storage.made import NOON, after, article, change, store_version
from writethru.comparison import compare
from writethru.errors import NotInArchive, StorageError
from writethru.storage import open_store
from writethru.storage.connect import Database
from writethru.storage.store import Store
from writethru.storage.tables import changes, edits


def history(store: Store, url: str, states: int) -> int:
    """An article with so many versions and their changes; its id."""
    article_id = article(store, url).id
    texts = [
        store_version(store, article_id, after(n), f"{n} ships left.").extraction.article_text for n in range(states)
    ]
    for number in range(1, states):
        record = change(article_id, number)
        store.add_change(record, compare(texts[number - 1], texts[number]).to_dict())
    return article_id


def test_record_and_form_come_back(store: Store) -> None:
    article_id = article(store).id
    old, new = (
        store_version(store, article_id, after(n), body).extraction.article_text
        for n, body in enumerate(["12 were killed.\n\nIt rained \ud83d\n.", "21 were killed.\n\nIt rained \ud83d\n."])
    )
    form = compare(old, new).to_dict()
    store.add_change(change(article_id, 1), form)
    assert store.change(article_id, 1) == (change(article_id, 1), form)


def test_every_edit_has_a_row(store: Store, store_url: str) -> None:
    article_id = article(store).id
    for n in range(2):
        store_version(store, article_id, after(n), str(n))
    sentence = {"text": "About 12 were killed near the pier.", "marks": [[6, 8], [21, 35]]}
    form: dict[str, Any] = {
        "edits": [
            {"op": "rewritten", "where": "headline", "kinds": ["figure", "name"], "old": [sentence], "new": []},
            {"op": "added", "where": "paragraph", "kinds": [{"code": "hedge"}], "old": "", "new": "x" * 500},
            {"op": "moved"},
        ]
    }
    store.add_change(change(article_id, 1, edits=3), form)
    database = Database(store_url)
    with database.read() as connection:
        rows = connection.execute(select(edits).order_by(edits.c.position)).all()
        figures = select(edits.c.position).where(edits.c.kinds.contains(" figure ", autoescape=True))
        found = connection.execute(figures).scalars().all()
    database.close()
    assert [tuple(row) for row in rows] == [
        (article_id, 1, 0, "rewritten", "headline", " figure name ", "12 … near the pier.", ""),
        (article_id, 1, 1, "added", "paragraph", " hedge ", "", "x" * 80),
        (article_id, 1, 2, "moved", "", "", "", ""),
    ]
    assert found == [0]


def test_a_change_without_edits(store: Store) -> None:
    article_id = article(store).id
    for n in range(2):
        store_version(store, article_id, after(n), "no visible difference")
    store.add_change(change(article_id, 1, kinds=(), edits=0), {"edits": []})
    assert store.change(article_id, 1) == (change(article_id, 1, kinds=(), edits=0), {"edits": []})


@pytest.mark.parametrize("number", [0, 2])
def test_not_there(store: Store, number: int) -> None:
    article_id = history(store, "https://a.example/", 2)
    with pytest.raises(NotInArchive):
        store.change(article_id, number)


def test_damage_is_noticed_and_named(store: Store, store_url: str) -> None:
    article_id = history(store, "https://a.example/", 2)
    database = Database(store_url)
    with database.write() as connection:
        connection.execute(update(changes).values(form=b"junk"))
    database.close()
    fresh = open_store(store_url)
    with pytest.raises(StorageError, match=f"change 1 of article {article_id} is damaged.*rebuild"):
        fresh.change(article_id, 1)
    fresh.close()


def test_the_same_number_twice_is_refused(store: Store) -> None:
    article_id = history(store, "https://a.example/", 2)
    with pytest.raises(StorageError, match="contradicts"):
        store.add_change(change(article_id, 1), {"edits": []})


class TestListing:
    @pytest.fixture
    def two(self, store: Store) -> tuple[int, int]:
        """Two articles, four changes each, at the same times."""
        return history(store, "https://a.example/", 5), history(store, "https://b.example/", 5)

    def test_newest_first_then_by_article_and_number(self, store: Store, two: tuple[int, int]) -> None:
        listed = [(record.before, record.article_id, record.number) for record in store.changes()]
        assert listed == sorted(listed, reverse=True)
        assert len(listed) == 8

    def test_pages_join_without_gap_or_overlap(self, store: Store, two: tuple[int, int]) -> None:
        listed = list(store.changes())
        paged = []
        key = None
        while page := store.changes(limit=3, before=key):
            paged += page
            key = (page[-1].before, page[-1].article_id, page[-1].number)
        assert paged == listed

    def test_of_one_article(self, store: Store, two: tuple[int, int]) -> None:
        listed = store.changes(article_id=two[1], limit=2, before=(after(5), two[1], 4))
        assert [(record.article_id, record.number) for record in listed] == [(two[1], 3), (two[1], 2)]

    def test_none(self, store: Store) -> None:
        assert list(store.changes(limit=5, before=(NOON, 1, 1))) == []
