"""What was read last time, what was learnt of outlets, rules that were used, and readings that were replaced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing that is stored changes; an article's memory begins with its next accepted look."""
    _memories()
    _rules()
    op.create_table(
        "former_versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_former_versions"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_former_versions_article_id"),
    )
    op.create_index("ix_former_versions_article_id", "former_versions", ["article_id"])


def _memories() -> None:
    op.create_table(
        "article_memories",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False, server_default=""),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_memories"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_memories_article_id"),
    )
    op.create_table(
        "profile_states",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("learnt_at", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("host", "serial", name="pk_profile_states"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "template_changes",
        sa.Column("capture_id", ID, nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("capture_id", name="pk_template_changes"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_template_changes_capture_id"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_template_changes_article_id"),
    )
    op.create_index("ix_template_changes_host", "template_changes", ["host"])
    op.create_index("ix_template_changes_article_id", "template_changes", ["article_id"])


def _rules() -> None:
    op.create_table(
        "site_rules",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_site_rules"),
    )
