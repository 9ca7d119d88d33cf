"""The journal of notifications; of ``tables.metadata``."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

notices = Table(
    "notices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("rule", Characters, nullable=False, doc="by its name"),
    Column("target", Characters, nullable=False, doc="by its name; its address stands in the rules file only"),
    Column("article_id", Id, nullable=False, index=True),
    Column("what", Characters, nullable=False, doc="change, absence, or stated with its number"),
    Column("at", Moment, nullable=False, doc="when the change was first seen, or the absence settled"),
    Column(
        "number",
        Integer,
        nullable=False,
        doc="of the change when this was noted; 0 = of `absences`; below 0 = stated",
    ),
    Column("noted_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False, doc="when it is to be sent"),
    Column("state", Characters, nullable=False, doc="pending, sending, sent or dropped"),
    Column("until_at", Moment, doc="while it is being sent: when that is taken to have died"),
    Column("tries", Integer, nullable=False, doc="how often sending failed or was broken off"),
    Column("settled_at", Moment, doc="when it was sent or dropped"),
    Column("detail", Characters, nullable=False, server_default="", doc="for a person; never an address of a target"),
    UniqueConstraint("rule", "target", "article_id", "what", "at", name="uq_notices_once"),
    Index("ix_notices_state_due_at", "state", "due_at"),
    info={"holds": "What a rule wants told to a target, once each: noted, then sent; a journal, never emptied."},
)
