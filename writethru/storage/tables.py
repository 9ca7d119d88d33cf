"""The tables, once for both databases.

Columns that hold a time (``Moment``) end in ``_at``; enumerations are stored by value,
so that a database can be read by hand.
Version texts, extractions and changes are packed (see ``codec``).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
)

from writethru.storage.columns import Characters, Id, Moment

SCHEMA_TABLE = "writethru_schema"
"""Where the schema's revision stands; its name tells our databases from others'."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Characters, nullable=False, server_default="")


outlets = Table(
    "outlets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Characters, nullable=False, unique=True),
    _text("host"),
    info={"holds": "Publishers."},
)

sources = Table(
    "sources",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Characters, nullable=False),
    Column("key", Characters, nullable=False, unique=True),
    Column("url", Characters, nullable=False),
    Column("host", Characters, nullable=False),
    Column("outlet_id", Id, ForeignKey("outlets.id")),
    Column("added_at", Moment, nullable=False),
    Column("next_look_at", Moment),
    _text("etag"),
    _text("last_modified"),
    _text("body_digest"),
    Column("failures", Integer, nullable=False),
    Column("last_look_at", Moment),
    Column("last_news_at", Moment),
    _text("last_error"),
    Index("ix_sources_host_next_look_at", "host", "next_look_at"),
    info={"holds": "Where an outlet's articles are found, each with its own timer."},
)

source_looks = Table(
    "source_looks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source_id", Id, ForeignKey("sources.id"), nullable=False),
    Column("looked_at", Moment, nullable=False),
    Column("status", Integer),
    _text("body_digest"),
    _text("detail"),
    Column("file", Characters),
    Column("offset", Id),
    Column("length", Id),
    Column("record_id", Characters, index=True),
    Index("ix_source_looks_source_id_looked_at", "source_id", "looked_at"),
    info={"holds": "One look at a source each, with where its evidence stands."},
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Characters, nullable=False),
    Column("host", Characters, nullable=False),
    Column("outlet_id", Id, ForeignKey("outlets.id")),
    Column("added_at", Moment, nullable=False),
    Column("next_look_at", Moment),
    _text("next_look_reason"),
    Column("retired_at", Moment),
    _text("etag"),
    _text("last_modified"),
    Index("ix_articles_host_next_look_at", "host", "next_look_at"),
    info={"holds": "One piece at one canonical URL each, with its timer."},
)

aliases = Table(
    "aliases",
    metadata,
    Column("key", Characters, primary_key=True),
    Column("url", Characters),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False, index=True),
    Column("kind", Characters, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    info={
        "holds": "Every URL of an article, its canonical one too; a URL belongs to one article at most. "
        "The key is the URL itself; only for one too long to be a key it is a digest, and url is set."
    },
)

captures = Table(
    "captures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False),
    Column("url", Characters, nullable=False),
    Column("captured_at", Moment, nullable=False),
    Column("basis", Characters, nullable=False),
    Column("medium", Characters, nullable=False),
    Column("outcome", Characters, nullable=False),
    Column("reason", Characters, nullable=False),
    Column("status", Integer),
    _text("final_url"),
    _text("peer"),
    _text("content_type"),
    _text("body_digest"),
    _text("payload_digest"),
    Column("file", Characters),
    Column("offset", Id),
    Column("length", Id),
    Column("record_id", Characters, index=True),
    _text("part"),
    _text("label"),
    Column("stated_change", Boolean, nullable=False),
    _text("detail"),
    _text("etag"),
    _text("last_modified"),
    Index("ix_captures_article_id_captured_at", "article_id", "captured_at", "id", "outcome"),
    info={"holds": "One look at an article each; never changed, except that a rebuild may decide it anew."},
)

extractions = Table(
    "extractions",
    metadata,
    Column("capture_id", Id, ForeignKey("captures.id"), primary_key=True, autoincrement=False),
    Column("extractor", Characters, nullable=False),
    Column("text_digest", Characters, nullable=False),
    Column("form", LargeBinary, nullable=False),
    info={"holds": "What one extractor read from one capture, without the text."},
)

versions = Table(
    "versions",
    metadata,
    Column("article_id", Id, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", Characters, nullable=False),
    Column("headline", Characters, nullable=False),
    Column("words", Integer, nullable=False),
    _text("label"),
    Column("seen_at", Moment, nullable=False),
    Column("basis", Characters, nullable=False),
    Column("extractor", Characters, nullable=False),
    Column("keyframe", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    info={"holds": "A distinct state of an article's text each; the text is packed against the version before."},
)

appearances = Table(
    "appearances",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("version_number", Integer, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("basis", Characters, nullable=False),
    Column("looks", Integer, nullable=False),
    ForeignKeyConstraint(["article_id", "version_number"], ["versions.article_id", "versions.number"]),
    sqlite_with_rowid=False,
    info={"holds": "One unbroken run of sightings of a version each."},
)

changes = Table(
    "changes",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("from_version", Integer, nullable=False),
    Column("to_version", Integer, nullable=False),
    Column("after_at", Moment, nullable=False),
    Column("before_at", Moment, nullable=False),
    Column("basis", Characters, nullable=False),
    Column("summary", Characters, nullable=False),
    Column("kinds", Characters, nullable=False),
    Column("significance", Float, nullable=False),
    Column("edits", Integer, nullable=False),
    Column("reason", Characters, nullable=False),
    Column("form", LargeBinary, nullable=False),
    ForeignKeyConstraint(["article_id", "from_version"], ["versions.article_id", "versions.number"]),
    ForeignKeyConstraint(["article_id", "to_version"], ["versions.article_id", "versions.number"]),
    Index("ix_changes_before_at", "before_at", "article_id", "number"),
    info={"holds": "Between two consecutive appearances each; it happened in the interval (after_at, before_at]."},
)

edits = Table(
    "edits",
    metadata,
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("change", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("op", Characters, nullable=False),
    Column("place", Characters, nullable=False),
    Column("kinds", Characters, nullable=False),
    Column("old", Characters, nullable=False),
    Column("new", Characters, nullable=False),
    ForeignKeyConstraint(["article_id", "change"], ["changes.article_id", "changes.number"]),
    sqlite_with_rowid=False,
    info={"holds": "The edits of a change, for finding them; texts are cut, the change's form has them whole."},
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", Characters, primary_key=True),
    Column("state", Characters, nullable=False, server_default="{}"),
    sqlite_with_rowid=False,
    info={"holds": "Every host that articles or sources are at, with robots.txt and back-off as JSON."},
)

leases = Table(
    "leases",
    metadata,
    Column("host", Characters, primary_key=True),
    Column("worker", Characters, nullable=False, index=True),
    Column("until", Moment, nullable=False),
    sqlite_with_rowid=False,
    info={"holds": "Which worker may look at a host, and until when."},
)

change_log = Table(
    "change_log",
    metadata,
    Column("seq", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", Characters, nullable=False),
    Column("article_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    info={"holds": "What later analyses follow, in the order of commits."},
    sqlite_autoincrement=True,
)
