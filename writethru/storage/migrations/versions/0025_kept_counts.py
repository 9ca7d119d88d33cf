"""Counts over a large archive are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing has been counted."""
    op.create_table(
        "kept_counts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("counted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_kept_counts"),
        sqlite_with_rowid=False,
    )
