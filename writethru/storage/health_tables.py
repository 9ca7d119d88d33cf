"""Tables of how outlets and sources are: what the looks of each hour came to, and alarms."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, UniqueConstraint

from writethru.model import Outcome
from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

outlet_hours = Table(
    "outlet_hours",
    metadata,
    Column("outlet_id", Id, primary_key=True, autoincrement=False, doc="0 where the outlet is not known"),
    Column("hour_at", Moment, primary_key=True, autoincrement=False, doc="the beginning of the hour"),
    Column("found", Integer, nullable=False, doc="articles that were new"),
    *(Column(outcome.value, Integer, nullable=False, doc="looks with this outcome") for outcome in Outcome),
    Column("lengths", Characters, nullable=False, doc="how many pages were read to which length, JSON"),
    sqlite_with_rowid=False,
    info={"holds": "What the looks at an outlet's articles came to in one hour; made again from the captures."},
)

source_hours = Table(
    "source_hours",
    metadata,
    Column("source_id", Id, primary_key=True, autoincrement=False),
    Column("hour_at", Moment, primary_key=True, autoincrement=False, doc="the beginning of the hour"),
    Column("looks", Integer, nullable=False),
    Column("failed", Integer, nullable=False, doc="of these looks"),
    Column("found", Integer, nullable=False, doc="articles that were new"),
    sqlite_with_rowid=False,
    info={"holds": "What the looks at a source came to in one hour; made again from the source looks."},
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("subject", Characters, nullable=False, doc="outlet or source"),
    Column("subject_id", Id, nullable=False),
    Column("alarm", Characters, nullable=False, doc="what is wrong"),
    Column("begun_at", Moment, nullable=False, doc="when it was noticed"),
    Column("ended_at", Moment, doc="when its end was noticed, NULL while it lasts"),
    Column("lasting", Integer, doc="1 while it lasts, then NULL: of each kind one lasts at a time"),
    Column("why", Characters, nullable=False, server_default="", doc="for a person"),
    UniqueConstraint("subject", "subject_id", "alarm", "lasting", name="uq_incidents_lasting"),
    info={"holds": "Alarms, each from its beginning to its end; one of a kind lasts at a time."},
)
