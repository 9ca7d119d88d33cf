"""Which archive this is, and the roots of sealed days as they first were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from writethru.storage.dialect import insert_if_new
from writethru.storage.prepared import Prepared
from writethru.storage.tables import identity, seals

_ARCHIVE = "archive"
_VALUE = Prepared(select(identity.c.value).where(identity.c.name == bindparam("name")))
_SEALS = Prepared(select(seals.c.day, seals.c.root).order_by(seals.c.day))


def of_archive(connection: Connection) -> str:
    """The archive's name for itself, "" before it has one."""
    return _VALUE.value(connection, {"name": _ARCHIVE}) or ""


def name_archive(connection: Connection, name: str) -> str:
    """Give it a name unless it has one; the one it has."""
    insert_if_new(connection, identity, {"name": _ARCHIVE, "value": name})
    return of_archive(connection)


def noted_seals(connection: Connection) -> dict[str, str]:
    """Day to root, in order."""
    return {day: root for day, root in _SEALS.rows(connection, {})}


def note_seals(connection: Connection, roots: Mapping[str, str], at: datetime) -> None:
    """Note roots of days that are not noted yet; a noted one stays as it is."""
    for day, root in roots.items():
        insert_if_new(connection, seals, {"day": day, "root": root, "noted_at": at})
