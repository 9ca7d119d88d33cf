"""The part of ``SqlStore`` that tells which archive this is: its name, and the roots of its sealed days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from writethru.storage import identity
from writethru.storage.connect import Database


class BelongingStore:
    """See ``store.Store`` for what each method promises."""

    _database: Database

    def identity(self) -> str:
        """The name that its evidence folder bears too."""
        with self._database.read() as connection:
            return identity.of_archive(connection)

    def name_archive(self, name: str) -> str:
        """Give it a name unless it has one."""
        with self._database.write() as connection:
            return identity.name_archive(connection, name)

    def noted_seals(self) -> Mapping[str, str]:
        """Day to root."""
        with self._database.read() as connection:
            return identity.noted_seals(connection)

    def note_seals(self, roots: Mapping[str, str], at: datetime) -> None:
        """Note roots; one that is noted stays."""
        with self._database.write() as connection:
            identity.note_seals(connection, roots, at)
