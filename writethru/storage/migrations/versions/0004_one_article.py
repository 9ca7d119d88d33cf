"""Addresses that turn out to be one article, records that refer to an earlier payload, and WebSub."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing that is stored changes."""
    op.add_column("articles", sa.Column("payload", sa.Text(), nullable=False, server_default=""))
    op.add_column("articles", sa.Column("same_as", ID, nullable=True))
    op.create_index("ix_articles_same_as", "articles", ["same_as"])
    op.create_index("ix_versions_digest", "versions", ["digest"])
    op.create_table(
        "subscriptions",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=True),
        sa.Column("delivered_at", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("source_id", name="pk_subscriptions"),
        sa.UniqueConstraint("token", name="uq_subscriptions_token"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_subscriptions_source_id"),
    )
