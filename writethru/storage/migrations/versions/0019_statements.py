"""Statements: readings of paragraphs, and which of them a version has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; the analysis fills them from the change log."""
    op.create_table(
        "statement_units",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "digest", name="pk_statement_units"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statement_versions",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_statement_versions"),
        sqlite_with_rowid=False,
    )
