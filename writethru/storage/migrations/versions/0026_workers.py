"""Workers say that they live."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nobody has said anything."""
    op.create_table(
        "workers",
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", ID, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("beat_at", sa.BigInteger(), nullable=False),
        sa.Column("skew", ID, nullable=False),
        sa.Column("looks", ID, nullable=False),
        sa.Column("failed", ID, nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("per_minute", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name="pk_workers"),
        sqlite_with_rowid=False,
    )
