"""Who may write, what was done by whom, what was paused, and what was withdrawn."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; they are empty: nobody may write, nothing is withdrawn."""
    _signing_in()
    _doings()
    _withdrawing()


def _signing_in() -> None:
    op.create_table(
        "users",
        sa.Column("id", ID, nullable=False),
        *_texts("name", "role", "password"),
        _moment("added_at"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )
    op.create_table(
        "sessions",
        *_texts("digest"),
        sa.Column("user_id", ID, nullable=False),
        _moment("until_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_table(
        "tokens",
        sa.Column("id", ID, nullable=False),
        *_texts("digest", "name", "role"),
        _moment("added_at"),
        *(sa.Column(name, sa.BigInteger()) for name in ("until_at", "used_at", "revoked_at")),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )
    op.create_table(
        "login_failures",
        *_texts("key"),
        sa.Column("failures", sa.Integer(), nullable=False),
        _moment("until_at"),
        sa.PrimaryKeyConstraint("key", name="pk_login_failures"),
    )


def _doings() -> None:
    op.create_table(
        "journal",
        sa.Column("id", ID, nullable=False),
        _moment("at"),
        *_texts("who", "action", "subject", "detail"),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pauses",
        *_texts("kind"),
        sa.Column("subject_id", ID, autoincrement=False, nullable=False),
        _moment("at"),
        *_texts("who"),
        sa.PrimaryKeyConstraint("kind", "subject_id", name="pk_pauses"),
    )


def _withdrawing() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        _moment("at"),
        *_texts("who", "reason", "evidence"),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_withdrawals"),
    )
    op.create_table(
        "withheld_rows",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        *_texts("table_name"),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_withheld_rows"),
    )
    op.create_index("ix_withheld_rows_article_id", "withheld_rows", ["article_id"])
    op.create_table(
        "withheld_urls",
        *_texts("digest"),
        sa.Column("article_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_withheld_urls"),
    )
    op.create_index("ix_withheld_urls_article_id", "withheld_urls", ["article_id"])
    op.create_table(
        "withheld_captures",
        sa.Column("capture_id", ID, autoincrement=False, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("record_id", sa.Text()),
        sa.PrimaryKeyConstraint("capture_id", name="pk_withheld_captures"),
    )
    op.create_index("ix_withheld_captures_article_id", "withheld_captures", ["article_id"])
    op.create_index("ix_withheld_captures_record_id", "withheld_captures", ["record_id"])


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False)
