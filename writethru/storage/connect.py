"""Connections and transactions of one archive."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, event, exc, text

from writethru.errors import NotInArchive, StorageError
from writethru.storage import address, articles, log, migrations
from writethru.storage.prepared import command
from writethru.storage.refusals import translator
from writethru.storage.store import LogEntry

LOG_LOCK = 0x57524955  # the number after that of migrations


@dataclass(slots=True)
class _Active:
    """A transaction in progress in one thread."""

    connection: Connection
    log: list[LogEntry] = field(default_factory=list)
    failed: bool = False
    locked: set[int] = field(default_factory=set)


class Database:
    """An engine with per-thread transactions that nest.

    In SQLite one thread of this process writes at a time and takes the database's
    write lock at the start; other processes wait for it. Readers never wait.
    """

    def __init__(self, given: str) -> None:
        url = address.parse(given)
        self.url = address.shown(url)
        self.sqlite = url.get_backend_name() == "sqlite"
        if self.sqlite:
            address.check_file(Path(url.database or ""))
        self.engine: Engine = address.engine(url)
        event.listen(self.engine, "handle_error", translator(self.url))
        if self.sqlite:
            event.listen(self.engine, "begin", _begin)
        self._writers = self.engine.execution_options(writing=True)
        # what one method reads is of one moment, as it is in SQLite anyway
        self._readers = self.engine if self.sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        self._writer = threading.Lock()
        self._kept: Connection | None = None  # SQLite's writing connection; only who has the lock may use it
        self._local = threading.local()
        self._closing: list[Callable[[], None]] = []

    def close(self) -> None:
        """Give up all connections."""
        for close in self._closing:
            close()
        with self._write_lock():
            self._drop_kept()
        self.engine.dispose()

    def on_close(self, close: Callable[[], None]) -> None:
        """Call this when the database is closed."""
        self._closing.append(close)

    def detached(self) -> Any:
        """A connection of the driver's own, which the caller closes."""
        connection = self.engine.raw_connection()
        connection.detach()
        return connection

    def prepare(self) -> None:
        """Make or migrate the schema; two processes may do so at once.

        Raises:
            DatabaseUnreachable, SchemaTooNew, StorageError: see ``open_store``.
        """
        with self.engine.connect() as connection:
            revision = migrations.check(connection)
        if self.sqlite:
            self._use_wal()
        if revision == migrations.head():
            return
        if not self.sqlite:
            from writethru.storage.migrations import online

            online.prepare(self.engine)
            return
        with self._writers.begin() as connection:
            if migrations.check(connection) != migrations.head():
                migrations.upgrade(connection)

    def _use_wal(self) -> None:
        """Readers beside a writer. The switch ignores the busy timeout, so it waits here."""
        until = monotonic() + address.BUSY_SECONDS
        raw = self.engine.raw_connection()
        try:
            while True:
                try:
                    raw.cursor().execute("PRAGMA journal_mode=WAL")
                except Exception as error:
                    if "locked" not in str(error) or monotonic() > until:
                        raise StorageError("the file cannot be switched to WAL mode", key=self.url) from error
                    sleep(0.05)
                else:
                    return
        finally:
            raw.close()

    # transactions

    def active(self) -> _Active | None:
        """This thread's transaction, if it is in one."""
        return getattr(self._local, "active", None)

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; an inner one is undone alone, and the outermost commits."""
        active = self.active()
        return self._outermost() if active is None else self._inner(active)

    @contextmanager
    def _outermost(self) -> Iterator[None]:
        with self._write_lock(), self._begin() as connection:
            active = self._local.active = _Active(connection)
            try:
                yield
                self._finish(active)
            finally:
                self._local.active = None

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with self._writing() as connection, connection.begin():
            yield connection

    def _writing(self) -> AbstractContextManager[Connection]:
        """A connection to write with. SQLite's one writer keeps its own: a transaction is short beside a checkout."""
        return self._keeping() if self.sqlite else self._checkout(self._writers)

    @contextmanager
    def _keeping(self) -> Iterator[Connection]:
        if self._kept is None:
            self._kept = self._writers.connect()
        try:
            yield self._kept
        except BaseException:
            self._drop_kept()  # whatever state it is in, the next writer begins afresh
            raise

    def _drop_kept(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    @contextmanager
    def _checkout(self, engine: Engine) -> Iterator[Connection]:
        try:
            connection = engine.connect()
        except exc.TimeoutError as error:
            raise StorageError("all connections are in use; try again", key=self.url) from error
        with connection:
            yield connection

    def _write_lock(self) -> AbstractContextManager[Any]:
        return self._one_writer() if self.sqlite else nullcontext()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if not self._writer.acquire(timeout=address.BUSY_SECONDS):
            raise StorageError(f"another thread has been writing for {address.BUSY_SECONDS} s; try again", key=self.url)
        try:
            yield
        finally:
            self._writer.release()

    def _finish(self, active: _Active) -> None:
        """Write the log and see that there is still a whole transaction to commit."""
        self._check(active)
        if active.log:
            if not self.sqlite:
                # followers read by number: numbers must be given in the order of commits
                active.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOG_LOCK})
            log.append(active.connection, active.log)
            self._check(active)

    def _check(self, active: _Active) -> None:
        """A driver may commit what is left of a broken transaction, or nothing, in silence."""
        gone = self.sqlite and not _in_transaction(active.connection)
        if active.failed or gone:
            raise StorageError("an earlier write of this transaction failed; all of it is undone", key=self.url)

    @contextmanager
    def _inner(self, active: _Active) -> Iterator[None]:
        self._check(active)
        mark = len(active.log)
        command(active.connection, "SAVEPOINT inner_one")
        try:
            yield
            self._check(active)
        except BaseException:
            active.failed = True  # until the savepoint is restored
            del active.log[mark:]
            if not self.sqlite or _in_transaction(active.connection):
                command(active.connection, "ROLLBACK TO SAVEPOINT inner_one")
                command(active.connection, "RELEASE SAVEPOINT inner_one")
                active.failed = False
            raise
        command(active.connection, "RELEASE SAVEPOINT inner_one")

    @contextmanager
    def write(self, of_article: int = 0) -> Iterator[Connection]:
        """For one write method: in the thread's transaction, or in one of its own.

        Args:
            of_article: what is written follows from what is stored of this article, so
                no other writer may come between.
        """
        active = self.active()
        if active is None:
            with self._outermost(), self._failing(self._current()) as connection:
                yield connection
        else:
            self._check(active)
            with self._failing(active) as connection:
                self._lock(active, of_article)
                yield connection

    def _current(self) -> _Active:
        active: _Active = self._local.active
        return active

    @contextmanager
    def _failing(self, active: _Active) -> Iterator[Connection]:
        try:
            yield active.connection
        except NotInArchive:
            raise
        except BaseException:
            active.failed = True
            raise

    @contextmanager
    def read(self, of_article: int = 0) -> Iterator[Connection]:
        """For one read method: sees this thread's own uncommitted writes.

        Args:
            of_article: in a transaction, no other writer may change this article from
                here on, so that what is read still holds when it is acted on.
        """
        active = self.active()
        held = getattr(self._local, "snapshot", None)
        if active is None and held is not None:
            yield held
        elif active is None:
            with self._checkout(self._readers) as connection, connection.begin():
                yield connection
        else:
            self._check(active)
            try:
                self._lock(active, of_article)
                yield active.connection
            except StorageError:
                active.failed = True
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What this thread reads inside, outside transactions, is all of one moment."""
        with self._checkout(self._readers) as connection, connection.begin():
            self._local.snapshot = connection
            try:
                yield
            finally:
                self._local.snapshot = None

    def _lock(self, active: _Active, article_id: int) -> None:
        """SQLite's writer is alone anyway; in PostgreSQL the article's row is locked once."""
        if article_id and not self.sqlite and article_id not in active.locked:
            articles.lock(active.connection, article_id)
            active.locked.add(article_id)

    def note(self, entry: LogEntry) -> None:
        """Keep a line of the change log until the transaction commits."""
        active = self.active()
        if active is None:
            with self._outermost():
                self._current().log.append(entry)
        else:
            active.log.append(entry)


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: one that upgrades later could be refused in the middle."""
    writing = connection.get_execution_options().get("writing", False)
    command(connection, "BEGIN IMMEDIATE" if writing else "BEGIN")


def _in_transaction(connection: Connection) -> bool:
    return bool(connection.connection.dbapi_connection.in_transaction)  # type: ignore[union-attr]
