"""The table of pairs of articles that share text; part of the same schema as ``tables``."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, Table

from writethru.storage.columns import Characters, Id
from writethru.storage.tables import metadata

reuse_pairs = Table(
    "reuse_pairs",
    metadata,
    Column("a_id", Id, primary_key=True, autoincrement=False, doc="the article whose URL sorts first"),
    Column("a_version", Integer, nullable=False),
    Column("b_id", Id, primary_key=True, autoincrement=False, index=True),
    Column("b_version", Integer, nullable=False),
    Column("verdict", Characters, nullable=False, doc="wholly, partly, common-source or not-derived"),
    Column(
        "source",
        Characters,
        nullable=False,
        server_default="",
        doc='whose text is the earlier one: a, b or "" where nothing decides it',
    ),
    Column("confidence", Float, nullable=False, doc="of the direction, 0 to 1"),
    Column("shared_a", Float, nullable=False, doc="share of a's own words that b has"),
    Column("shared_b", Float, nullable=False, doc="share of b's own words that a has"),
    Column("words", Integer, nullable=False, doc="matched words outside quotation marks"),
    Column("form", Characters, nullable=False, doc="passages, quotations and evidence, JSON"),
    sqlite_with_rowid=False,
    info={"holds": "Two articles that share text each, by the two versions that share most."},
)
