"""Migrating a PostgreSQL database while workers write to it: nobody waits long, nothing is lost.

Each step is a transaction of its own, after what it wants done *beside* the writers:

* ``beside(connection)`` of a step's module builds and drops indexes without a lock that writers wait for
  (``build``, ``drop``). It runs outside transactions, may be killed at any point, and is then run again.
* ``upgrade()`` runs in a transaction that waits ``LOCK_SECONDS`` at most for a table. Whoever queued behind it goes on
  then; the step is tried again after a pause, for ``PATIENCE`` seconds. What ``beside`` has done it finds done.

One process migrates; others wait without a snapshot, for which building an index would wait. Decision 0160 has the
rules for steps to come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from time import monotonic, sleep
from typing import Final

import structlog
from sqlalchemy import Connection, Engine, text

from writethru.errors import StorageError
from writethru.storage import migrations

LOCK_SECONDS: Final = 2
"""How long a step waits for a table, and so how long writers may wait behind it."""

PAUSE: Final = 1.0
"""Seconds between two tries: writers are let through."""

PATIENCE: Final = 600.0
"""Seconds for which a step that cannot have its tables is tried again."""

MIGRATION_LOCK: Final = 0x57524954  # "WRIT"; any number that others are unlikely to take
_POLL: Final = 0.1
_LOCK_NOT_AVAILABLE: Final = "55P03"

log = structlog.get_logger("writethru.storage")


@dataclass(frozen=True, slots=True)
class NewIndex:
    """An index on a table that grows with the archive."""

    name: str
    table: str
    columns: tuple[str, ...]

    @property
    def definition(self) -> str:
        """What follows the index's name in ``CREATE INDEX``."""
        return f"{self.name} ON {self.table} ({', '.join(self.columns)})"


def build(connection: Connection, index: NewIndex) -> None:
    """Make an index, unless it is there; a half-made one of a process that was killed is made anew.

    PostgreSQL does it beside its writers where the connection is in no transaction.
    """
    if not _is_free(connection):
        connection.execute(text(f"CREATE INDEX IF NOT EXISTS {index.definition}"))
        return
    query = "SELECT i.indisvalid FROM pg_index i WHERE i.indexrelid = to_regclass(:name)"
    valid = connection.execute(text(query), {"name": index.name}).scalar()
    if valid is False:
        drop(connection, index.name)
    if valid is not True:
        connection.execute(text(f"CREATE INDEX CONCURRENTLY {index.definition}"))


def drop(connection: Connection, name: str) -> None:
    """Take an index away, if it is there; beside the writers, as ``build``."""
    connection.execute(text(f"DROP INDEX {'CONCURRENTLY ' if _is_free(connection) else ''}IF EXISTS {name}"))


def _is_free(connection: Connection) -> bool:
    """Outside transactions."""
    return connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT"


def prepare(engine: Engine) -> None:
    """Make the schema where there is none; else take every missing step, beside whoever writes.

    Raises:
        SchemaTooNew, StorageError: as ``open_store``; steps that were taken stay taken.
    """
    with alone(engine):
        with engine.connect() as connection:
            revision = migrations.check(connection)
        if revision is None:
            with engine.begin() as connection:
                migrations.upgrade(connection)
            return
        for step in migrations.REVISIONS[migrations.REVISIONS.index(revision) + 1 :]:
            module = migrations.module_of(step)
            if hasattr(module, "beside"):
                beside(engine, module.beside)
            with_short_locks(engine, partial(migrations.upgrade, to=step))


def beside(engine: Engine, work: Callable[[Connection], None]) -> None:
    """Outside transactions, waiting as long as it takes: an index is finished when every older transaction is over.

    Nobody queues behind that wait.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET lock_timeout = 0"))
        try:
            work(connection)
        finally:
            connection.invalidate()  # the setting goes with it


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """No other process migrates meanwhile. Who waits here asks again and again, and holds nothing in between."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"key": MIGRATION_LOCK}
        while not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key).scalar():
            sleep(_POLL)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


def with_short_locks(engine: Engine, work: Callable[[Connection], None]) -> None:
    """Do it in a transaction that waits for no lock longer than ``LOCK_SECONDS``; tried again where it had to.

    Raises:
        StorageError: it could not be done for ``PATIENCE`` seconds, or at all.
    """
    until = monotonic() + PATIENCE
    while True:
        try:
            with engine.begin() as connection:
                connection.execute(text(f"SET LOCAL lock_timeout = {1000 * LOCK_SECONDS}"))
                work(connection)
        except StorageError as error:
            if _state_of(error) != _LOCK_NOT_AVAILABLE or monotonic() > until:
                raise
            log.info("a step of the migration waits for other writers", seconds=PAUSE)
            sleep(PAUSE)
        else:
            return


def _state_of(error: StorageError) -> str:
    return str(getattr(error.__cause__, "sqlstate", "") or "")
