"""Counts over the whole archive: taken when asked while it is small, kept with their time when it is large."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, delete, func, select

from writethru.storage import queue
from writethru.storage.columns import Moment
from writethru.storage.connect import Database
from writethru.storage.dialect import inserting
from writethru.storage.prepared import Prepared
from writethru.storage.tables import articles, captures, changes, edits, outlets, sources, versions
from writethru.storage.tally_store import COUNTED_WHEN_ASKED, SHARE, Status
from writethru.storage.tally_tables import kept_counts

_OUTCOME: Final = "outcome:"
_TOOK: Final = "milliseconds"
_GROWING: Final = ("articles", "versions", "changes", "edits", "retired")

_now = bindparam("now", type_=Moment)


def _count(table: Table, *only: Any) -> Any:
    return select(func.count()).select_from(table).where(*only).scalar_subquery()


_COUNTS = Prepared(
    select(
        _count(articles),
        _count(versions),
        _count(changes),
        _count(edits),
        _count(articles, articles.c.retired_at.is_not(None)),
    )
)
_OUTCOMES = Prepared(select(captures.c.outcome, func.count()).group_by(captures.c.outcome))
_FEW = Prepared(select(_count(outlets), _count(sources), _count(sources, sources.c.next_look_at <= _now)))
_DUE = Prepared(select(func.count()).where(articles.c.pace == bindparam("pace"), articles.c.next_look_at <= _now))
_NEXT_PACE = Prepared(select(func.min(articles.c.pace)).where(articles.c.pace > bindparam("after")))
_NEWEST = Prepared(select(func.max(captures.c.id)))
_KEPT = Prepared(select(kept_counts.c.name, kept_counts.c.number, kept_counts.c.counted_at))
_FORGET = Prepared(delete(kept_counts))
_KEEP = inserting(kept_counts)


class Tally:
    """See ``tally_store.TallyStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, now: datetime) -> Status:
        """Everything, now."""
        with self._database.read() as connection:
            return _status(connection, now, _counted(connection))

    def keep(self, now: datetime) -> bool:
        """Count and keep, if it is time."""
        with self._database.read() as connection:
            if _is_small(connection) or _is_young(connection, now):
                return False
            begun = time.perf_counter()
            counts = _counted(connection)
        counts[_TOOK] = int((time.perf_counter() - begun) * 1000)
        rows = [{"name": name, "number": number, "counted_at": now} for name, number in counts.items()]
        with self._database.write() as connection:
            _FORGET.run(connection, {})
            _KEEP.each(connection, rows)
        return True


def status(connection: Connection, now: datetime) -> Status:
    """What there is, and what is due by ``now``; of a large archive as it was last counted, if it ever was."""
    if not _is_small(connection):
        rows = _KEPT.rows(connection, {})
        if rows:
            counts = {str(name): int(number) for name, number, _ in rows}
            return replace(_status(connection, now, counts), counted_at=rows[0][2])
    return _status(connection, now, _counted(connection))


def _counted(connection: Connection) -> dict[str, int]:
    """What grows with the archive, by name."""
    counts = dict(zip(_GROWING, map(int, _COUNTS.rows(connection, {})[0]), strict=True))
    outcomes = {f"{_OUTCOME}{outcome}": int(number) for outcome, number in _OUTCOMES.rows(connection, {})}
    return {**counts, **outcomes}


def _status(connection: Connection, now: datetime, counts: Mapping[str, int]) -> Status:
    """With what costs no more in a larger archive: it is counted anew."""
    few, reading, due = _FEW.rows(connection, {"now": now})[0]
    outcomes = {name.removeprefix(_OUTCOME): counts[name] for name in sorted(counts) if name.startswith(_OUTCOME)}
    return Status(
        articles=counts["articles"],
        versions=counts["versions"],
        changes=counts["changes"],
        edits=counts["edits"],
        retired=counts["retired"],
        outlets=int(few),
        sources=int(reading),
        due=int(due) + _due(connection, now),
        captures=sum(outcomes.values()),
        outcomes=outcomes,
        next_look_at=queue.next_due_at(connection),
    )


def _due(connection: Connection, now: datetime) -> int:
    """Articles that are due: as much work as there are, in the index of each class of waits."""
    found, pace = 0, _NEXT_PACE.value(connection, {"after": -1})
    while pace is not None:
        found += int(_DUE.value(connection, {"pace": pace, "now": now}))
        pace = _NEXT_PACE.value(connection, {"after": pace})
    return found


def _is_small(connection: Connection) -> bool:
    return int(_NEWEST.value(connection, {}) or 0) <= COUNTED_WHEN_ASKED


def _is_young(connection: Connection, now: datetime) -> bool:
    rows = _KEPT.rows(connection, {})
    took = next((number for name, number, _ in rows if name == _TOOK), 0)
    return bool(rows) and now - rows[0][2] < timedelta(milliseconds=SHARE * took)
