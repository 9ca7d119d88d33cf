"""Grams are kept in buckets: the index is made anew from the change log.

The old tables go at once, against decision 0160: a worker of the release before that followed the log with them would
move the position past articles which the new index has not, and withdraw articles without taking them out of it. It
is refused now, and goes on watching; what it would have found is found by the next one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing is in the index yet; pairs that were found stay."""
    op.create_table(
        "gram_state",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("moved", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gram_state"),
    )
    op.create_table(
        "gram_recent",
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("postings", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_gram_recent"),
    )
    for table, key, content in (("gram_buckets", "id", "postings"), ("gram_articles", "article_id", "grams")):
        op.create_table(
            table,
            sa.Column(key, ID, autoincrement=False, nullable=False),
            sa.Column(content, sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint(key, name=f"pk_{table}"),
        )
    for table in ("reuse_grams", "reuse_articles"):
        op.drop_table(table)
    op.execute("DELETE FROM analyses WHERE name = 'reuse'")
