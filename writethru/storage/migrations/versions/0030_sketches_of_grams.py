"""Which grams nobody has is told by sketches; they are made as postings are moved on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """There is none yet. A worker of the release before moves postings without them, and they are begun anew."""
    op.create_table(
        "gram_sketches",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("moved", ID, nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gram_sketches"),
    )
    for name, value in (("sketched", "-1"), ("taken", "0")):
        op.add_column("gram_state", sa.Column(name, ID, nullable=False, server_default=value))
