"""The table of workers; of ``tables.metadata``."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, Table

from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

workers = Table(
    "workers",
    metadata,
    Column("worker", Characters, primary_key=True, doc="its leases bear this name"),
    Column("host", Characters, nullable=False, doc="the machine's name there"),
    Column("pid", Id, nullable=False),
    Column("version", Characters, nullable=False, doc="of the software"),
    Column("began_at", Moment, nullable=False, doc="first beat, by the database's clock"),
    Column("beat_at", Moment, nullable=False, doc="last beat, by the database's clock"),
    Column("skew", Id, nullable=False, doc="microseconds that its clock is ahead of the database's"),
    Column("looks", Id, nullable=False, doc="since it began"),
    Column("failed", Id, nullable=False, doc="looks that failed by a fault of ours"),
    Column("errors", Integer, nullable=False, doc="looks to which no usable answer came"),
    Column("per_minute", Float, nullable=False, doc="looks a minute between the last two beats"),
    sqlite_with_rowid=False,
    info={"holds": "Who watches: a row for each worker that has not ended in good order."},
)
