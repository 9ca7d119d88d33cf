"""Articles found in a span of time are found by an index."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_articles_added_at", "articles", ["added_at"])
