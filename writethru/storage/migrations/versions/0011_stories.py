"""Events and storylines: what they are made of, the index, memberships, links, the journal and rulings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; what is stored already is grouped when the analyses first run."""
    _story_articles()
    _story_terms()
    _story_counts()
    _story_events()
    _story_members()
    _story_links()
    _story_log()
    _story_rulings()


def _story_articles() -> None:
    op.create_table(
        "story_articles",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("minute", ID),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("cluster", ID, nullable=False),
        sa.Column("bag", sa.LargeBinary(), nullable=False),
        sa.Column("undecided", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_story_articles"),
    )
    op.create_index("ix_story_articles_cluster", "story_articles", ["cluster"])
    op.create_index("ix_story_articles_digest", "story_articles", ["digest"])


def _story_terms() -> None:
    op.create_table(
        "story_terms",
        sa.Column("term", ID, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "day", "article_id", name="pk_story_terms"),
        sqlite_with_rowid=False,
    )


def _story_counts() -> None:
    op.create_table(
        "story_counts",
        sa.Column("term", ID, autoincrement=False, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_story_counts"),
        sqlite_with_rowid=False,
    )


def _story_events() -> None:
    op.create_table(
        "story_events",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("redirect", ID),
        sa.Column("first_minute", ID),
        sa.Column("last_minute", ID),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story_events"),
    )
    op.create_index("ix_story_events_story_id", "story_events", ["story_id"])


def _story_members() -> None:
    op.create_table(
        "story_members",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("event_id", ID, autoincrement=False, nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "event_id", name="pk_story_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_members_event_id", "story_members", ["event_id"])


def _story_links() -> None:
    op.create_table(
        "story_links",
        sa.Column("later", ID, autoincrement=False, nullable=False),
        sa.Column("earlier", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("later", "earlier", name="pk_story_links"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_links_earlier", "story_links", ["earlier"])


def _story_log() -> None:
    op.create_table(
        "story_log",
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("article_id", ID),
        sa.Column("event_id", ID),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_story_log"),
    )
    op.create_index("ix_story_log_article_id", "story_log", ["article_id"])
    op.create_index("ix_story_log_event_id", "story_log", ["event_id"])


def _story_rulings() -> None:
    op.create_table(
        "story_rulings",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_story_rulings"),
    )
    op.create_index("ix_story_rulings_article_id", "story_rulings", ["article_id"])
