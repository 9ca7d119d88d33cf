"""Grams are two words that carry meaning now: the index and its pairs are made anew from the change log."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Empty the index; the analysis begins at the first line again."""
    for table in ("reuse_grams", "reuse_articles", "reuse_pairs"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 (constants)
    op.execute("DELETE FROM analyses WHERE name = 'reuse'")
