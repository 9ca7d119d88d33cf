"""Workers say that they live; the database's clock says when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, text

from writethru.health.fleet import FORGOTTEN, TENDING, Beat, Fleet, Job, Worker
from writethru.storage.columns import Moment, from_micros, to_micros
from writethru.storage.connect import Database
from writethru.storage.dialect import upsert
from writethru.storage.fleet_tables import workers
from writethru.storage.prepared import Prepared
from writethru.storage.queue_tables import leases
from writethru.storage.tables import analyses, change_log

_LEASED = (
    select(leases.c.worker, func.count().label("holds"), func.min(leases.c.until, type_=Moment()).label("until"))
    .group_by(leases.c.worker)
    .subquery()
)
_WORKERS = Prepared(
    select(*workers.c, func.coalesce(_LEASED.c.holds, 0), _LEASED.c.until)
    .outerjoin(_LEASED, _LEASED.c.worker == workers.c.worker)
    .order_by(workers.c.host, workers.c.worker)
)
_JOBS = Prepared(
    select(analyses.c.name, analyses.c.worker, analyses.c.until_at, analyses.c.seq).order_by(analyses.c.name)
)
_LAST_LINE = Prepared(select(func.max(change_log.c.seq)))
_GONE = Prepared(delete(workers).where(workers.c.worker == bindparam("name")))
_FORGET = Prepared(delete(workers).where(workers.c.beat_at < bindparam("since", type_=Moment)))
_CLOCK = text("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)")


class Workers:
    """See ``fleet_store.FleetStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def beat(self, beat: Beat, now: datetime) -> None:
        """A worker lives."""
        with self._database.write() as connection:
            here = _clock(connection, now)
            row = {
                "worker": beat.worker, "host": beat.host, "pid": beat.pid, "version": beat.version, "began_at": here,
                "beat_at": here, "skew": to_micros(now) - to_micros(here), "looks": beat.looks, "failed": beat.failed,
                "errors": beat.errors, "per_minute": beat.per_minute,
            }  # fmt: skip
            insert = upsert(connection, workers).values(row)
            said = {name: insert.excluded[name] for name in row if name not in ("worker", "began_at")}
            connection.execute(insert.on_conflict_do_update(index_elements=[workers.c.worker], set_=said))
            _FORGET.run(connection, {"since": here - FORGOTTEN})

    def gone(self, worker: str) -> None:
        """A worker has ended."""
        with self._database.write() as connection:
            _GONE.run(connection, {"name": worker})

    def fleet(self, now: datetime) -> Fleet:
        """All workers, and who does what is done once."""
        with self._database.read() as connection:
            rows = _WORKERS.rows(connection, {})
            line = int(_LAST_LINE.value(connection, {}) or 0)
            jobs = tuple(_job(row, line) for row in _JOBS.rows(connection, {}))
            return Fleet(_clock(connection, now), tuple(map(_worker, rows)), jobs)


def _worker(row: Sequence[Any]) -> Worker:
    name, host, pid, version, began, beat_at, skew, *counts, holds, until = row
    return Worker(Beat(name, host, pid, version, *counts), began, beat_at, timedelta(microseconds=skew), holds, until)


def _job(row: Sequence[Any], line: int) -> Job:
    name, holder, until, seq = row
    return Job(name, holder, until, None if name == TENDING else line - seq)


def _clock(connection: Connection, now: datetime) -> datetime:
    """SQLite's clock is this machine's."""
    if connection.dialect.name == "sqlite":
        return now
    return from_micros(int(connection.execute(_CLOCK).scalar_one()))
