"""Tables of what is looked at when: hosts, leases, what was spent, and how often outlets change."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table

from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

hosts = Table(
    "hosts",
    metadata,
    Column("host", Characters, primary_key=True, doc="with its port, if that is not the scheme's own"),
    Column("state", Characters, nullable=False, server_default="{}", doc="robots.txt and back-off, JSON"),
    sqlite_with_rowid=False,
    info={"holds": "Every host that articles or sources are at, with robots.txt and back-off as JSON."},
)

rhythms = Table(
    "rhythms",
    metadata,
    Column("outlet_id", Id, ForeignKey("outlets.id"), primary_key=True, autoincrement=False),
    Column("form", Characters, nullable=False, doc="counts of changes seen and expected, JSON"),
    info={"holds": "When each outlet changes its articles, as far as was seen."},
)

spendings = Table(
    "spendings",
    metadata,
    Column("name", Characters, primary_key=True, doc="a host, or `*` for all"),
    Column("day", Integer, primary_key=True, autoincrement=False, doc="days since 1970, UTC"),
    Column("looks", Integer, nullable=False, doc="looks at articles leased that day"),
    sqlite_with_rowid=False,
    info={"holds": "What was spent of daily budgets of looks."},
)

leases = Table(
    "leases",
    metadata,
    Column("host", Characters, primary_key=True),
    Column("worker", Characters, nullable=False, index=True, doc="who may look there"),
    Column("until", Moment, nullable=False, doc="and how long"),
    sqlite_with_rowid=False,
    info={"holds": "Which worker may look at a host, and until when."},
)
