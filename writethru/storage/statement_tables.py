"""The tables of statements; of ``tables.metadata``."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table

from writethru.storage.columns import Characters, Id
from writethru.storage.tables import metadata

statement_units = Table(
    "statement_units",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("digest", Characters, primary_key=True, doc="of the reader, the language and the paragraphs' text"),
    Column("form", LargeBinary, nullable=False, doc="figures, times and attributions with their places, packed"),
    sqlite_with_rowid=False,
    info={"holds": "What was read of a paragraph of an article, once for all versions that have it."},
)

statement_versions = Table(
    "statement_versions",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False, doc="of the version"),
    Column("digest", Characters, nullable=False, doc="of the version's text when it was read"),
    Column("reader", Characters, nullable=False, doc="name and version of what it was read by"),
    Column("language", Characters, nullable=False, doc='by its own words, "" where that cannot be told'),
    Column("written", Characters, nullable=False, doc='the day that relative times are meant from, or ""'),
    Column("basis", Characters, nullable=False, doc="what that day rests on, as in `story_articles`"),
    Column("left_out", Integer, nullable=False, doc="units that are more than are read of one version"),
    Column("form", LargeBinary, nullable=False, doc="its units in order: digest and first block, packed"),
    sqlite_with_rowid=False,
    info={"holds": "Which readings of paragraphs make up what a version states."},
)
