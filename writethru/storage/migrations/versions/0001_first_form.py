"""The first form of the archive.

Texts are ``text``, times microseconds since 1970 as ``bigint``; see ``tables`` for what each holds.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "change_log",
        sa.Column("seq", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_change_log"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, server_default="{}"),
        sa.PrimaryKeyConstraint("host", name="pk_hosts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "leases",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_leases"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_leases_worker", "leases", ["worker"])
    op.create_table(
        "outlets",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_outlets"),
        sa.UniqueConstraint("name", name="uq_outlets_name"),
    )
    op.create_table(
        "articles",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("outlet_id", ID, nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("next_look_at", sa.BigInteger(), nullable=True),
        sa.Column("next_look_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=False, server_default=""),
        sa.Column("last_modified", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_articles_outlet_id"),
    )
    op.create_index("ix_articles_host_next_look_at", "articles", ["host", "next_look_at"])
    op.create_table(
        "sources",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("outlet_id", ID, nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("next_look_at", sa.BigInteger(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=False, server_default=""),
        sa.Column("last_modified", sa.Text(), nullable=False, server_default=""),
        sa.Column("body_digest", sa.Text(), nullable=False, server_default=""),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_look_at", sa.BigInteger(), nullable=True),
        sa.Column("last_news_at", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_sources_outlet_id"),
        sa.UniqueConstraint("key", name="uq_sources_key"),
    )
    op.create_index("ix_sources_host_next_look_at", "sources", ["host", "next_look_at"])
    op.create_table(
        "aliases",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_aliases"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_aliases_article_id"),
    )
    op.create_index("ix_aliases_article_id", "aliases", ["article_id"])
    op.create_table(
        "captures",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("final_url", sa.Text(), nullable=False, server_default=""),
        sa.Column("peer", sa.Text(), nullable=False, server_default=""),
        sa.Column("content_type", sa.Text(), nullable=False, server_default=""),
        sa.Column("body_digest", sa.Text(), nullable=False, server_default=""),
        sa.Column("payload_digest", sa.Text(), nullable=False, server_default=""),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("offset", ID, nullable=True),
        sa.Column("length", ID, nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("part", sa.Text(), nullable=False, server_default=""),
        sa.Column("label", sa.Text(), nullable=False, server_default=""),
        sa.Column("stated_change", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False, server_default=""),
        sa.Column("etag", sa.Text(), nullable=False, server_default=""),
        sa.Column("last_modified", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_captures_article_id"),
    )
    op.create_index("ix_captures_article_id_captured_at", "captures", ["article_id", "captured_at", "id", "outcome"])
    op.create_index("ix_captures_record_id", "captures", ["record_id"])
    op.create_table(
        "source_looks",
        sa.Column("id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body_digest", sa.Text(), nullable=False, server_default=""),
        sa.Column("detail", sa.Text(), nullable=False, server_default=""),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("offset", ID, nullable=True),
        sa.Column("length", ID, nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_source_looks"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_source_looks_source_id"),
    )
    op.create_index("ix_source_looks_record_id", "source_looks", ["record_id"])
    op.create_index("ix_source_looks_source_id_looked_at", "source_looks", ["source_id", "looked_at"])
    op.create_table(
        "versions",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False, server_default=""),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("keyframe", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_versions"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_versions_article_id"),
    )
    op.create_table(
        "appearances",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name="pk_appearances"),
        sa.ForeignKeyConstraint(
            ["article_id", "version_number"],
            ["versions.article_id", "versions.number"],
            name="fk_appearances_article_id_version_number",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "changes",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("to_version", sa.Integer(), nullable=False),
        sa.Column("after_at", sa.BigInteger(), nullable=False),
        sa.Column("before_at", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("significance", sa.Float(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_changes"),
        sa.ForeignKeyConstraint(
            ["article_id", "from_version"],
            ["versions.article_id", "versions.number"],
            name="fk_changes_article_id_from_version",
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "to_version"],
            ["versions.article_id", "versions.number"],
            name="fk_changes_article_id_to_version",
        ),
    )
    op.create_index("ix_changes_before_at", "changes", ["before_at", "article_id", "number"])
    op.create_table(
        "extractions",
        sa.Column("capture_id", ID, autoincrement=False, nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("text_digest", sa.Text(), nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("capture_id", name="pk_extractions"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_extractions_capture_id"),
    )
    op.create_table(
        "edits",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("change", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "change", "position", name="pk_edits"),
        sa.ForeignKeyConstraint(
            ["article_id", "change"], ["changes.article_id", "changes.number"], name="fk_edits_article_id_change"
        ),
        sqlite_with_rowid=False,
    )
