"""How far each analysis has followed the change log, and which process does it at the moment.

A lease keeps two processes from doing the same work. That nothing is done twice rests not on
it but on ``advance``: the step that moves the position on is committed with what it found, and
only by the holder who read the position that still stands.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from writethru.storage.columns import Moment
from writethru.storage.connect import Database
from writethru.storage.dialect import upsert
from writethru.storage.prepared import Prepared
from writethru.storage.reuse_store import Following
from writethru.storage.tables import analyses

_STATE = Prepared(select(analyses.c.seq, analyses.c.worker).where(analyses.c.name == bindparam("analysis")))
_ADVANCE = Prepared(
    update(analyses)
    .where(
        analyses.c.name == bindparam("analysis"),
        analyses.c.worker == bindparam("by"),
        analyses.c.seq == bindparam("old"),
    )
    .values(seq=bindparam("new"), until_at=bindparam("until", type_=Moment))
)
_RELEASE = Prepared(
    update(analyses)
    .where(analyses.c.name == bindparam("analysis"), analyses.c.worker == bindparam("by"))
    .values(worker="", until_at=None)
)


class Followers:
    """See ``reuse_store.FollowerStore`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, analysis: str) -> Following:
        """How far an analysis is, and who holds it."""
        with self._database.read() as connection:
            row = _STATE.first(connection, {"analysis": analysis})
        return Following() if row is None else Following(int(row[0]), str(row[1]))

    def take(self, analysis: str, worker: str, now: datetime, until: datetime, *, dead: str = "") -> bool:
        """Lease an analysis that is free, ours, expired, or held by ``dead``; did we get it?"""
        table = analyses.c
        free = or_(table.worker.in_(["", worker, dead]), table.until_at < now)
        with self._database.write() as connection:
            made = upsert(connection, analyses).values(name=analysis, seq=0, worker="")
            connection.execute(made.on_conflict_do_nothing())
            taking = update(analyses).where(table.name == analysis, free).values(worker=worker, until_at=until)
            return connection.execute(taking).rowcount == 1

    def advance(self, analysis: str, worker: str, steps: tuple[int, int], until: datetime) -> bool:
        """Move the position from the first to the second of ``steps`` and renew; False: it is no longer ours."""
        values = {"analysis": analysis, "by": worker, "old": steps[0], "new": steps[1], "until": until}
        with self._database.write() as connection:
            return _ADVANCE.run(connection, values) == 1

    def release(self, analysis: str, worker: str) -> None:
        """Give a lease back, if it is ours."""
        with self._database.write() as connection:
            _RELEASE.run(connection, {"analysis": analysis, "by": worker})
