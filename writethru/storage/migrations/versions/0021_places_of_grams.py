"""Grams say whether they are quoted and whose outlet they are: the index is made anew from the change log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table anew; the analysis begins at the first line again."""
    op.drop_table("reuse_grams")
    op.create_table(
        "reuse_grams",
        sa.Column("gram", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("outlet_id", ID),
        sa.PrimaryKeyConstraint("gram", "article_id", name="pk_reuse_grams"),
        sqlite_with_rowid=False,
    )
    for table in ("reuse_articles", "reuse_pairs"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 (constants)
    op.execute("DELETE FROM analyses WHERE name = 'reuse'")
