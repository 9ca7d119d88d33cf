"""Search over every version: documents, the database's own index of words, saved searches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', columnsize=0, "
        "tokenize=\"ascii tokenchars '.,:~-'\")",
    ),
    "postgresql": (
        "CREATE TABLE search_index (article_id bigint CONSTRAINT pk_search_index PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX ix_search_index_words ON search_index USING gin (words) WITH (fastupdate = off)",
    ),
}


def upgrade() -> None:
    """Make the tables; what is stored already is read from the change log when search first follows it."""
    op.create_table(
        "search_documents",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_search_documents"),
    )
    op.create_table(
        "saved_searches",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_searches"),
        sa.UniqueConstraint("name", name="uq_saved_searches_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_matches",
        sa.Column("seq", ID, nullable=False),
        sa.Column("search_id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_search_matches"),
        sa.UniqueConstraint(
            "search_id", "article_id", "ordinal", name="uq_search_matches_search_id_article_id_ordinal"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_matches_search_id_seq", "search_matches", ["search_id", "seq"])
    for statement in INDEX[op.get_bind().dialect.name]:
        op.execute(statement)
