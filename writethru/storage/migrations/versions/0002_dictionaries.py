"""Keyframes are packed with a dictionary learnt from the archive itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table; what is stored already was packed without one."""
    op.create_table(
        "dictionaries",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_dictionaries"),
        sa.UniqueConstraint("generation", name="uq_dictionaries_generation"),
    )
    op.add_column("versions", sa.Column("dictionary", sa.Text(), nullable=False, server_default=""))
