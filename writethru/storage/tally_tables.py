"""The table of kept counts; of ``tables.metadata``."""

from __future__ import annotations

from sqlalchemy import Column, Table

from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

kept_counts = Table(
    "kept_counts",
    metadata,
    Column("name", Characters, primary_key=True, doc="a table, `retired`, `outcome:same`, or `milliseconds`"),
    Column("number", Id, nullable=False),
    Column("counted_at", Moment, nullable=False),
    sqlite_with_rowid=False,
    info={"holds": "Counts over a large archive as they last were taken; `milliseconds` says how long that took."},
)
