"""What is paused has no next look, whoever wants one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.storage.made import NOON, after, article
from writethru.errors import NotInArchive
from writethru.model import SourceKind
from writethru.storage.accounts_store import Pause
from writethru.storage.store import Store


def test_an_article_rests_until_it_is_resumed(store: Store) -> None:
    known = article(store, due=NOON)
    store.accounts.pause(Pause("article", known.id, NOON, "user ida"))
    assert store.article(known.id).next_look_at is None
    store.update_article(replace(known, next_look_at=after(5), next_look_reason="a look was under way"))
    store.update_article(replace(known, url=known.url + "/moved", next_look_at=after(5)))
    assert store.article(known.id).next_look_at is None
    assert store.next_due_at() is None
    assert [pause.subject_id for pause in store.accounts.pauses()] == [known.id]
    assert store.accounts.resume("article", known.id, after(9))
    assert not store.accounts.resume("article", known.id, after(9))
    assert store.next_due_at() == after(9)
    store.update_article(replace(store.article(known.id), next_look_at=after(20)))
    assert store.next_due_at() == after(20)


def test_a_source_rests_and_no_hub_wakes_it(store: Store) -> None:
    url = "https://ledger.example/feed"
    known, _ = store.add_source(SourceKind.FEED, url, outlet_id=None, at=NOON, next_look_at=NOON)
    store.accounts.pause(Pause("source", known.id, NOON, "user ida"))
    store.update_source(known)
    store.hasten_source(known.id, NOON)
    assert store.next_due_at() is None
    assert store.accounts.resume("source", known.id, after(3))
    assert store.next_due_at() == after(3)


def test_what_is_not_there_cannot_be_paused(store: Store) -> None:
    for kind in ("article", "source"):
        with pytest.raises(NotInArchive):
            store.accounts.pause(Pause(kind, 7, NOON, "user ida"))
        with pytest.raises(NotInArchive):
            store.accounts.resume(kind, 7, NOON)
