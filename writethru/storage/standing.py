"""A name for all that can be read now: another one after every commit, whoever made it.

SQLite counts, for each connection, the commits of all others (``PRAGMA data_version``); a connection that never writes
therefore sees every one, of other processes too. PostgreSQL shows which transactions are visible: two equal snapshots
see the same, and what is visible only ever grows, so that equal names before and after some reads mean that all of
them saw one state. Neither costs more in a larger archive.
"""

from __future__ import annotations

from threading import Lock
from typing import Any
from uuid import uuid4

from sqlalchemy import literal_column, select

from writethru.storage.connect import Database
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import refusal

_SNAPSHOT = Prepared(select(literal_column("pg_postmaster_start_time()::text || pg_current_snapshot()::text")))


class Standing:
    """Tells one state of a database from another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._watching: Any = None
        self._name = ""
        database.on_close(self.close)

    def name(self) -> str:
        """Of the state that is visible now. Raises StorageError."""
        if self._database.sqlite:
            return self._counted()
        with self._database.read() as connection:
            return str(_SNAPSHOT.value(connection, {}))

    def close(self) -> None:
        """Give up the connection."""
        with self._lock:
            watching, self._watching = self._watching, None
            if watching is not None:
                watching.close()

    def _counted(self) -> str:
        with self._lock:
            if self._watching is None:
                self._watching, self._name = self._database.detached(), uuid4().hex
            try:
                (count,) = self._watching.cursor().execute("PRAGMA data_version").fetchone()
            except self._database.engine.dialect.loaded_dbapi.Error as error:
                raise refusal(error, self._database.url) from error
        return f"{self._name}-{count}"
