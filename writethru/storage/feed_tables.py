"""The table of disappearances and returns; of ``tables.metadata``."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

absences = Table(
    "absences",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("at", Moment, primary_key=True, autoincrement=False, doc="of the look that settled it"),
    Column("step", Characters, nullable=False, doc="disappeared or returned"),
    Column("after_at", Moment, doc="when the article was last seen before, NULL if it never was"),
    Column("first_at", Moment, nullable=False, doc="first look at which it was not there"),
    Column("last_at", Moment, nullable=False, doc="last such look, as far as was known then"),
    Column("looks", Integer, nullable=False, doc="how many there were, as far as was known then"),
    Column("reasons", Characters, nullable=False, doc="why it was held to be away: codes with spaces between"),
    Index("ix_absences_at", "at", "article_id"),
    info={"holds": "When an article was found to have disappeared or to be back; made again from its captures."},
)
