"""Hourly sums and alarms, the archive's identity, and the roots of sealed days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OUTCOMES = ("same", "edited", "suspect", "blocked", "teaser", "gone", "moved", "error")


def upgrade() -> None:
    """Nothing that is stored changes; sums begin with what is looked at from now on."""
    op.add_column("extractions", sa.Column("words", sa.Integer(), nullable=True))
    op.add_column("source_looks", sa.Column("found", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_captures_captured_at", "captures", ["captured_at"])
    op.create_index("ix_source_looks_looked_at", "source_looks", ["looked_at"])
    op.create_table(
        "outlet_hours",
        sa.Column("outlet_id", ID, nullable=False, autoincrement=False),
        sa.Column("hour_at", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("found", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in OUTCOMES),
        sa.Column("lengths", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("outlet_id", "hour_at", name="pk_outlet_hours"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_hours",
        sa.Column("source_id", ID, nullable=False, autoincrement=False),
        sa.Column("hour_at", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "hour_at", name="pk_source_hours"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incidents",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("alarm", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("lasting", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
        sa.UniqueConstraint("subject", "subject_id", "alarm", "lasting", name="uq_incidents_lasting"),
    )
    op.create_table(
        "identity",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_identity"),
    )
    op.create_table(
        "seals",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_seals"),
    )
