"""The newest articles of an outlet are found by an index."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_articles_outlet_id_id", "articles", ["outlet_id", "id"])
