"""The tables of search. The index of words beside them is the database's own (``search_native``)."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.tables import metadata

INDEX = "search_index"
"""Name of the database's own index: an FTS5 table in SQLite, a table of ``tsvector`` in PostgreSQL."""

search_documents = Table(
    "search_documents",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("form", LargeBinary, nullable=False, doc="`SearchDocument.to_form()`, packed"),
    info={"holds": "Every block that ever stood in an article, with its folded words and its versions; for search."},
)

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Characters, nullable=False, unique=True),
    Column("query", Characters, nullable=False, doc="as the reader wrote it"),
    Column("created_at", Moment, nullable=False),
    info={"holds": "Searches that are kept under a name; each is a feed."},
    sqlite_autoincrement=True,
)

search_matches = Table(
    "search_matches",
    metadata,
    Column("seq", Id, primary_key=True, doc="in the order in which they were found"),
    Column("search_id", Id, nullable=False, doc="→ `saved_searches.id`"),
    Column("article_id", Id, nullable=False),
    Column("ordinal", Integer, nullable=False, doc="number of the appearance with which it began or ended to match"),
    Column("version", Integer, nullable=False, doc="number of the version that brought the words, or was without them"),
    Column("event", Characters, nullable=False, doc="began or ended"),
    Column("at", Moment, nullable=False, doc="when that version was first seen"),
    UniqueConstraint("search_id", "article_id", "ordinal", name="uq_search_matches_search_id_article_id_ordinal"),
    Index("ix_search_matches_search_id_seq", "search_id", "seq"),
    info={"holds": "What each saved search has found: words that came into an article, and words that left it."},
    sqlite_autoincrement=True,
)
