"""Looking at a database without making, migrating or changing anything."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from writethru.model import TimeBasis
from writethru.storage import address, migrations
from writethru.storage.columns import from_micros
from writethru.storage.connect import Database
from writethru.storage.meanings import Meanings


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What a database is like.

    Attributes:
        missing: there is no file, or no schema in it.
        revision: of its schema; ``head`` is the one this Writethru works with.
        fault: what a quick check found, "" for nothing.
        leases: worker and end of each.
    """

    kind: str
    head: str
    missing: bool = False
    revision: str | None = None
    fault: str = ""
    leases: tuple[tuple[str, datetime], ...] = ()

    @property
    def is_older(self) -> bool:
        """It can be migrated."""
        return self.revision in migrations.REVISIONS


def shown(url: str) -> str:
    """The URL without its password. Raises StorageError."""
    return address.shown(address.parse(url))


def look_at(url: str) -> DatabaseState:
    """What this database is like.

    Raises:
        StorageError: it does not answer, or is none of ours.
    """
    state = DatabaseState(address.parse(url).get_backend_name(), migrations.head(), missing=True)
    if _no_file(url):
        return state
    with closing(Database(url)) as database, database.engine.connect() as connection:
        revision = migrations.revision_of(connection)
        if revision is None:
            return state
        if revision != migrations.head():
            return DatabaseState(state.kind, state.head, revision=revision)
        return DatabaseState(state.kind, state.head, False, revision, _fault(connection), _leases(connection))


def newest_look(url: str) -> datetime | None:
    """The time of the newest look of our own, None where there is none. Raises StorageError."""
    if _no_file(url):
        return None
    with closing(Database(url)) as database, database.engine.connect() as connection:
        if migrations.revision_of(connection) != migrations.head():
            return None
        query = text("SELECT max(captured_at) FROM captures WHERE basis = :basis")
        newest = connection.execute(query, {"basis": TimeBasis.OBSERVED.value}).scalar()
    return None if newest is None else from_micros(int(newest))


def encoder_level(url: str) -> float:
    """What the archive was last told of the encoder of events (``MeaningStore.level``). Raises StorageError."""
    if _no_file(url):
        return 0.0
    with closing(Database(url)) as database:
        with database.engine.connect() as connection:
            known = migrations.revision_of(connection) == migrations.head()
        return Meanings(database).level() if known else 0.0


def _no_file(url: str) -> bool:
    parsed = address.parse(url)
    return parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists()


def _fault(connection: Connection) -> str:
    if connection.dialect.name != "sqlite":
        return ""
    said = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    return "" if said == "ok" else str(said)


def _leases(connection: Connection) -> tuple[tuple[str, datetime], ...]:
    rows = connection.execute(text("SELECT worker, until FROM leases"))
    return tuple((str(worker), from_micros(int(until))) for worker, until in rows)
