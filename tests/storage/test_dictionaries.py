"""An archive learns a dictionary from its own texts: the same on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import delete, select, update

from tests.storage.made import NOON, URL, after, article, store_version
from writethru.errors import StorageError
from writethru.storage import dictionaries as dictionaries_
from writethru.storage import open_store
from writethru.storage.connect import Database
from writethru.storage.store import Store
from writethru.storage.tables import dictionaries, versions


def body(n: int) -> str:
    """Articles that have most of their words in common."""
    return "\n\n".join(
        f"The harbour council said on day {n * k % 31} that pier {k} would stay closed." for k in range(30)
    )


def fill(store: Store, count: int) -> list[int]:
    """So many articles of one version; their ids."""
    with store.transaction():
        ids = [article(store, f"{URL}/{n}").id for n in range(count)]
        for n, article_id in enumerate(ids):
            store_version(store, article_id, after(n), body(n))
    return ids


@pytest.fixture
def database(store: Store, store_url: str) -> Iterator[Database]:
    """Beside the store, to look into its tables."""
    database = Database(store_url)
    yield database
    database.close()


def used(database: Database) -> list[str]:
    """The dictionary of each first version, by article."""
    with database.read() as connection:
        return list(connection.execute(select(versions.c.dictionary).order_by(versions.c.article_id)).scalars())


def test_learnt_once_and_used_from_then_on(store: Store, database: Database, store_url: str) -> None:
    ids = fill(store, 90)
    first = dictionaries_.GENERATIONS[0]
    keys = used(database)
    assert set(keys[: first - 1]) == {""}
    assert len(set(keys[first - 1 :])) == 1
    assert keys[-1] != ""
    with database.read() as connection:
        sizes = list(connection.execute(select(versions.c.packed).order_by(versions.c.article_id)).scalars())
    assert len(sizes[80]) < len(sizes[10]) * 0.8
    fresh = open_store(store_url)
    assert [fresh.version_text(article_id, 1).text for article_id in ids] == [body(n) for n in range(90)]
    fresh.close()


def test_a_better_one_replaces_it_and_old_texts_stay_readable(
    store: Store, database: Database, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries_, "GENERATIONS", (64, 96))
    ids = fill(store, 100)
    assert len(set(used(database))) == 3
    fresh = open_store(store_url)
    assert [fresh.version_text(article_id, 1).text for article_id in ids] == [body(n) for n in range(100)]
    fresh.close()


def test_undone_with_its_transaction_it_is_learnt_again(store: Store, database: Database) -> None:
    with suppress(KeyError), store.transaction():
        fill(store, 70)
        raise KeyError
    assert used(database) == []
    ids = fill(store, 90)
    assert store.version_text(ids[-1], 1).text == body(89)
    assert used(database)[-1] != ""


def test_too_little_to_learn_from(store: Store, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries_, "FEWEST", 1000)
    fill(store, 90)
    assert set(used(database)) == {""}


@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_damage_is_noticed_and_named(store: Store, database: Database, store_url: str, damage: str) -> None:
    ids = fill(store, 80)
    key = used(database)[-1]
    with database.write() as connection:
        if damage == "lost":
            connection.execute(delete(dictionaries))
        else:
            connection.execute(update(dictionaries).values(content=b"junk"))
    fresh = open_store(store_url)
    with pytest.raises(StorageError, match=f"dictionary {key} is damaged"):
        fresh.version_text(ids[-1], 1)
    assert fresh.version_text(ids[0], 1).text == body(0)
    fresh.close()


def test_later_versions_use_it_for_their_keyframes(store: Store, database: Database) -> None:
    ids = fill(store, 80)
    for n in range(1, 12):
        store_version(store, ids[0], after(200 + n), body(0).replace("day 0", f"day {n}"))
    with database.read() as connection:
        query = select(versions.c.number, versions.c.dictionary).where(versions.c.article_id == ids[0])
        found = {number: key for number, key in connection.execute(query) if key}
    assert list(found) == [11]
    assert store.version_text(ids[0], 12).text == body(0).replace("day 0", "day 11")
    assert store.status(NOON).versions == 91
