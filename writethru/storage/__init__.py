"""Tables, migrations and queries for SQLite and PostgreSQL.

Values from ``model`` go in and come out; no caller sees SQL. May import ``model``,
``errors``, ``config``, ``text`` and ``comparison`` (to store a change); nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from writethru.storage.store import Store

__all__ = ["open_store"]


def open_store(url: str) -> Store:
    """Open an archive's database; a new one is made, an older schema is migrated.

    Args:
        url: a path (``writethru.db``), ``sqlite:///path`` or
            ``postgresql://user:password@host/name`` (the database must exist).

    Raises:
        DatabaseUnreachable: no server answers there within a few seconds, or it refuses us.
        SchemaTooNew: a newer Writethru made it.
        StorageError: the URL or the file is not usable; the message says why.
    """
    # SQLAlchemy takes a while to load: only who opens a database waits for it
    from writethru.storage.connect import Database
    from writethru.storage.sqlstore import SqlStore

    database = Database(url)
    try:
        database.prepare()
    except BaseException:
        database.close()
        raise
    return SqlStore(database)
