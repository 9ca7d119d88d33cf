"""Outlets."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, update

from writethru.model import Outlet
from writethru.storage.columns import storable
from writethru.storage.dialect import insert_if_new
from writethru.storage.prepared import Prepared
from writethru.storage.tables import outlets

MAX_NAME_CHARS = 300
"""A longer "name" is a page's accident, and too long for an index."""

_COLUMNS = (outlets.c.id, outlets.c.name, outlets.c.host)
_BY_NAME = Prepared(select(*_COLUMNS).where(outlets.c.name == bindparam("name")))
_ALL = Prepared(select(*_COLUMNS))
_SET_HOST = Prepared(update(outlets).where(outlets.c.id == bindparam("outlet")), ["host"])


def find(connection: Connection, name: str) -> Outlet | None:
    """The outlet of this name."""
    row = _BY_NAME.first(connection, {"name": named(name)})
    return None if row is None else Outlet(*row)


def make(connection: Connection, name: str, host: str) -> Outlet:
    """The outlet of this name, made if new; a host that was not known is filled in."""
    insert_if_new(connection, outlets, {"name": named(name), "host": host})
    found = find(connection, name)
    assert found is not None  # just inserted, or there before
    if host and not found.host:
        _SET_HOST.run(connection, {"outlet": found.id, "host": host})
        return Outlet(found.id, found.name, host)
    return found


def every(connection: Connection) -> list[Outlet]:
    """By name, in code point order on both databases."""
    return sorted((Outlet(*row) for row in _ALL.rows(connection, {})), key=lambda outlet: outlet.name)


def named(name: str) -> str:
    """The name as it is stored."""
    return storable(name)[:MAX_NAME_CHARS]
