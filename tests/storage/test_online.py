"""A PostgreSQL database is migrated while workers write: no writer waits for it, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest
from sqlalchemy import Connection, text

from tests import postgres
from tests.storage.made import after, article, change, store_version
from writethru.storage import migrations, open_store
from writethru.storage.connect import Database
from writethru.storage.migrations import online
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import Store

URL = "https://ledger.example"
BEFORE = "0023"


@pytest.fixture
def url(postgres_server: postgres.Server) -> Iterator[str]:
    """A database of the release before the first index that was built beside writers."""
    made = postgres_server.new_database()
    database = Database(made)
    with database.write() as connection:
        migrations.upgrade(connection, BEFORE)
    database.close()
    yield made
    postgres_server.drop(made)


def older_worker(url: str) -> SqlStore:
    """A worker that was there before: it does not look at the schema again."""
    return SqlStore(Database(url))


def write(store: Store, number: int) -> None:
    """An article with a change."""
    with store.transaction():
        made = article(store, f"{URL}/{number}")
        for state in range(2):
            store_version(store, made.id, after(number + state), f"{number} ferries, state {state}")
        store.add_change(replace(change(made.id, 1), before=after(number)), {"edits": []})


def is_waiting(connection: Connection, what: str) -> bool:
    """Whether a statement that begins like this waits for others."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE :what AND wait_event_type = 'Lock'"
    return bool(connection.execute(text(query), {"what": f"{what}%"}).scalar())


def until_waiting(database: Database, what: str, migration: Future[Store]) -> None:
    """Come back when it waits; raises what the migration raised instead."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not is_waiting(connection, what):
            if migration.done():
                migration.result()
                raise AssertionError("the migration waited for nobody")
            time.sleep(0.01)  # the server tells in no other way


def indexes(url: str) -> dict[str, bool]:
    """Of changes: name to whether it can be used."""
    query = (
        "SELECT indexrelid::regclass::text, indisvalid FROM pg_index"
        " WHERE indrelid = 'changes'::regclass AND NOT indisprimary"
    )
    database = Database(url)
    with database.read() as connection:
        found = {str(name): bool(valid) for name, valid in connection.execute(text(query))}
    database.close()
    return found


def test_two_workers_write_while_a_large_index_is_built(url: str) -> None:
    one, two = older_worker(url), older_worker(url)
    write(one, 0)
    over, database = Event(), Database(url)

    def work(store: Store, first: int) -> int:
        done = 0
        while not over.is_set():
            write(store, first + done)
            done += 1
        return done

    with ThreadPoolExecutor(3) as pool:
        with database.write() as old:  # a transaction that is older than the index
            old.execute(text("UPDATE changes SET summary = 'held'"))
            migration = pool.submit(open_store, url)
            until_waiting(database, "CREATE INDEX CONCURRENTLY", migration)
            write(one, 1)  # nobody queues behind the wait
            assert not migration.done()
            writing = [pool.submit(work, one, 1_000), pool.submit(work, two, 2_000)]
        migrated = migration.result()
        write(two, 2)
        over.set()
        written = sum(future.result() for future in writing)
    assert indexes(url) == {"ix_changes_ranked": True}
    assert len(migrated.changes()) == 3 + written
    with database.write() as connection:  # and all of it is in the index
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        found = connection.execute(text("SELECT count(*) FROM changes WHERE before_at > 0")).scalar()
    assert found == 3 + written
    for store in (one, two, migrated, database):
        store.close()


def test_an_index_that_a_killed_migration_left_half_made_is_made_anew(url: str) -> None:
    database = Database(url)
    index = online.NewIndex("ix_changes_ranked", "changes", ("before_at",))
    online.beside(database.engine, lambda connection: online.build(connection, index))
    with database.write() as connection:
        connection.execute(
            text("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_changes_ranked'::regclass")
        )
    database.close()
    open_store(url).close()
    assert indexes(url) == {"ix_changes_ranked": True}


def test_a_step_that_needs_a_table_lets_writers_through_and_tries_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, database = older_worker(url), Database(url)
    write(worker, 0)
    holder = database.engine.connect()
    held = holder.begin()
    holder.execute(text("UPDATE articles SET pace = 1"))
    tries: list[int] = []

    def between(_seconds: float) -> None:
        """The step gave up its place for now."""
        write(worker, 1 + len(tries))
        tries.append(len(tries))
        if len(tries) == 2:
            held.commit()

    monkeypatch.setattr(online, "sleep", between)
    monkeypatch.setattr(online, "LOCK_SECONDS", 0.02)
    online.with_short_locks(
        database.engine, lambda connection: connection.execute(text("ALTER TABLE articles ADD mood text")) and None
    )
    write(worker, 9)
    assert len(tries) == 2
    with database.read() as connection:
        rows = connection.execute(text("SELECT pace, mood FROM articles ORDER BY id")).all()
    assert rows == [(1, None), *[(0, None)] * 3]
    holder.close()
    for store in (worker, database):
        store.close()
