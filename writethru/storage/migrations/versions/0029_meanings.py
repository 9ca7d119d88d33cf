"""What an encoder made of articles is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """None was read by one yet."""
    op.create_table(
        "story_meanings",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("made_of", sa.Text(), nullable=False),
        sa.Column("grains", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_story_meanings"),
    )
