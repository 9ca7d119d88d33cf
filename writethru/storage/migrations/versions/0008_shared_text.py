"""An index that finds shared text, the pairs found, and how far analyses have followed the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; what is stored already is read when the analyses first run."""
    op.create_table(
        "analyses",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_analyses"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reuse_grams",
        sa.Column("gram", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gram", "article_id", name="pk_reuse_grams"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reuse_articles",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("grams", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_reuse_articles"),
    )
    op.create_table(
        "reuse_pairs",
        sa.Column("a_id", ID, nullable=False),
        sa.Column("a_version", sa.Integer(), nullable=False),
        sa.Column("b_id", ID, nullable=False),
        sa.Column("b_version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, server_default=""),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("shared_a", sa.Float(), nullable=False),
        sa.Column("shared_b", sa.Float(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("a_id", "b_id", name="pk_reuse_pairs"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reuse_pairs_b_id", "reuse_pairs", ["b_id"])
