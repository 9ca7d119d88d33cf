"""The change log that later analyses follow.

Lines are numbered when their transaction commits, one transaction after the other, so
that a follower who has read up to a number never misses a line that commits later.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from writethru.storage.dialect import inserting
from writethru.storage.prepared import Prepared
from writethru.storage.store import LogEntry
from writethru.storage.tables import change_log

_INSERT = inserting(change_log, without="seq")
_SINCE = Prepared(
    select(change_log.c.seq, change_log.c.at, change_log.c.kind, change_log.c.article_id, change_log.c.number)
    .where(change_log.c.seq > bindparam("seq"))
    .order_by(change_log.c.seq)
    .limit(bindparam("limit"))
)


def append(connection: Connection, entries: Sequence[LogEntry]) -> None:
    """Add lines at the end; their ``seq`` is given here."""
    _INSERT.each(
        connection,
        [{"at": e.at, "kind": e.kind, "article_id": e.article_id, "number": e.number} for e in entries],
    )


def since(connection: Connection, seq: int, limit: int) -> list[LogEntry]:
    """Lines after ``seq``, by number."""
    return [LogEntry(*row) for row in _SINCE.rows(connection, {"seq": seq, "limit": limit})]
