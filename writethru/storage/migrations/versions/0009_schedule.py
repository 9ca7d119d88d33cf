"""What the schedule learns of outlets, looks spent a day, and how closely each article is followed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; every article counts as closely followed until its next look says better."""
    op.create_table(
        "rhythms",
        sa.Column("outlet_id", ID, autoincrement=False, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("outlet_id", name="pk_rhythms"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_rhythms_outlet_id"),
    )
    op.create_table(
        "spendings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "day", name="pk_spendings"),
        sqlite_with_rowid=False,
    )
    op.add_column("articles", sa.Column("pace", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_articles_pace_next_look_at", "articles", ["pace", "next_look_at"])
