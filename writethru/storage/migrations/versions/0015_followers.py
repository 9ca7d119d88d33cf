"""Which process follows the change log for each analysis, by a lease."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Nobody holds one."""
    op.add_column("analyses", sa.Column("worker", sa.Text(), nullable=False, server_default=""))
    op.add_column("analyses", sa.Column("until_at", sa.BigInteger(), nullable=True))
