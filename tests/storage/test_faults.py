"""Killed writers, a full disk, and several processes at once: nothing is half-written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests import postgres
from tests.storage.made import NOON, after, article, store_version
from writethru.errors import DatabaseUnreachable, StorageError
from writethru.storage import open_store
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import Store

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from tests import postgres
from tests.storage.made import NOON, after, article, store_version
from writethru.storage import open_store

store = open_store(sys.argv[1])
for n in range(int(sys.argv[3])):
    with store.transaction():
        made = article(store, f"https://{sys.argv[2]}.example/{n}", host=f"{sys.argv[2]}.example")
        for state in range(3):
            store_version(store, made.id, after(state), f"{n} {state} " * 50)
            store.log("version", made.id, state + 1, NOON)
        if sys.argv[4] == "stop in the middle":
            print("in the middle", flush=True)
            sys.stdin.readline()
    print(n, flush=True)
"""


@contextmanager
def writer(url: str, name: str, articles: int, how: str = "") -> Iterator[subprocess.Popen[str]]:
    """A process that writes articles of three versions, each in its transaction; killed at the end."""
    command = [sys.executable, "-c", WRITER, url, name, str(articles), how]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def read_line(process: subprocess.Popen[str]) -> str:
    """The next line that the process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def consistent(store: Store) -> int:
    """How many articles there are, all of them whole."""
    summaries = store.article_summaries()
    for summary in summaries:
        assert (summary.captures, summary.versions) == (3, 3)
        number = int(summary.article.url.rsplit("/", 1)[1])
        assert store.version_text(summary.article.id, 3).text == f"{number} 2 " * 50
    assert len(store.log_since(0, 10_000)) == 3 * len(summaries)
    return len(summaries)


def test_a_writer_killed_in_the_middle_leaves_nothing(store: Store, store_url: str) -> None:
    with writer(store_url, "a", 1, "stop in the middle") as process:
        assert read_line(process) == "in the middle"
    assert consistent(store) == 0
    article(store)  # and its lock is gone


def test_a_writer_killed_at_any_time_leaves_whole_transactions(store: Store, store_url: str) -> None:
    with writer(store_url, "a", 10_000) as process:
        while read_line(process) != "20":
            pass
    assert consistent(store) >= 21


def test_two_processes_write_at_once(store: Store, store_url: str) -> None:
    with writer(store_url, "a", 15) as one, writer(store_url, "b", 15) as two:
        for process in (one, two):
            while read_line(process) != "14":
                pass
    assert consistent(store) == 30


class TestFullDisk:
    """SQLite's page limit fails exactly as a full disk does."""

    @pytest.fixture
    def small(self, tmp_path: Path) -> Iterator[SqlStore]:
        store = open_store(str(tmp_path / "x.db"))
        assert isinstance(store, SqlStore)
        limit(store, 90)
        yield store
        store.close()

    def fill(self, store: Store, article_id: int) -> None:
        for n in range(1000):
            store_version(
                store, article_id, after(n), f"{n}: " + "".join(chr(0x4E00 + n * k % 20000) for k in range(900))
            )

    def test_nothing_of_the_transaction_is_kept(self, small: SqlStore) -> None:
        made = article(small)
        with pytest.raises(StorageError, match="full; make room"), small.transaction():
            self.fill(small, made.id)
        assert small.status(NOON).captures == 0
        limit(small, 10_000)
        assert store_version(small, made.id, NOON, "there is room again").number == 1

    def test_a_swallowed_failure_does_not_let_later_writes_through(self, small: SqlStore) -> None:
        made = article(small)
        with pytest.raises(StorageError, match="earlier write"):
            self.swallow(small, made.id)
        assert list(small.outlets()) == []
        assert small.status(NOON).captures == 0

    def swallow(self, small: SqlStore, article_id: int) -> None:
        with small.transaction():
            with suppress(StorageError), small.transaction():
                self.fill(small, article_id)
            limit(small, 10_000)
            small.outlet("too late")


def limit(store: SqlStore, pages: int) -> None:
    """Let the database grow to so many pages of 4 KiB."""
    engine = store._database.engine

    def set_limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(engine, "connect", set_limit)
    engine.dispose()


def test_another_process_that_holds_the_lock_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("writethru.storage.address.BUSY_SECONDS", 0.1)
    url = str(tmp_path / "x.db")
    store = open_store(url)
    with writer(url, "a", 1, "stop in the middle") as process:
        assert read_line(process) == "in the middle"
        assert store.status(NOON).articles == 0  # readers do not wait
        with pytest.raises(StorageError, match="another process has been writing"):
            article(store)
    store.close()


class TestServerGone:
    """PostgreSQL ends our connection; the next one works again."""

    @pytest.fixture
    def server_url(self, postgres_server: postgres.Server) -> Iterator[str]:
        url = postgres_server.new_database("made")
        yield url
        postgres_server.drop(url)

    def end_connections(self, server: postgres.Server, url: str) -> None:
        name = url.rsplit("/", 1)[1]
        server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def test_between_two_calls_nobody_notices(self, postgres_server: postgres.Server, server_url: str) -> None:
        store = open_store(server_url)
        store.outlet("a")
        self.end_connections(postgres_server, server_url)
        assert [outlet.name for outlet in store.outlets()] == ["a"]
        store.close()

    def test_in_a_transaction_all_of_it_is_undone(self, postgres_server: postgres.Server, server_url: str) -> None:
        store = open_store(server_url)

        def write() -> None:
            with store.transaction():
                store.outlet("a")
                self.end_connections(postgres_server, server_url)
                store.outlet("b")

        with pytest.raises(DatabaseUnreachable):
            write()
        assert list(store.outlets()) == []
        store.close()
