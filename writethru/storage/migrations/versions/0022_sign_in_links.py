"""Links that sign somebody in once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from writethru.storage.columns import Characters, Id, Moment

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sign_in_links",
        sa.Column("digest", Characters, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("until_at", Moment, nullable=False),
        sa.Column("anywhere", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sign_in_links"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sign_in_links_user_id_users"),
    )
    op.create_index("ix_sign_in_links_user_id", "sign_in_links", ["user_id"])
