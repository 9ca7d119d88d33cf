"""The most significant of many changes are found in an index alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from writethru.storage.migrations.online import NewIndex, build, drop

revision = "0024"
down_revision = "0023"

_RANKED = NewIndex("ix_changes_ranked", "changes", ("before_at", "article_id", "number", "significance", "reason"))


def beside(connection: sa.Connection) -> None:
    """The wider index, then the narrower one is not needed any more."""
    build(connection, _RANKED)
    drop(connection, "ix_changes_before_at")


def upgrade() -> None:
    """The same, where it was not done beside."""
    beside(op.get_bind())
