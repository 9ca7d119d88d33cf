"""The table behind filtered listings of changes; of ``tables.metadata``."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

change_facets = Table(
    "change_facets",
    metadata,
    Column("facet", Characters, primary_key=True, doc="`outlet:7`, `kind:figure` or `section:Business`"),
    Column("before_at", Moment, primary_key=True, autoincrement=False, doc="when it was first seen"),
    Column("article_id", Id, primary_key=True, autoincrement=False, index=True),
    Column("number", Integer, primary_key=True, autoincrement=False, doc="of the change; 0 = of `absences`"),
    sqlite_with_rowid=False,
    info={
        "holds": "Under what each change, disappearance and return can be found, in the order of time: one seek "
        "finds the newest of an outlet, a kind or a section in an archive of any size."
    },
)
