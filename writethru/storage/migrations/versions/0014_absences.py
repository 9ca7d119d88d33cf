"""When articles were found to have disappeared or to be back, from the captures that are stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from writethru.storage.facets import facets_of, section_of

revision = "0014"
down_revision = "0013"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AWAY = ("gone", "moved")
HOUR = 3_600 * 1_000_000

INSERT_FACET = "INSERT INTO change_facets (facet, before_at, article_id, number) VALUES (:facet, :at, :article, 0)"
INSERT_ABSENCE = (
    "INSERT INTO absences (article_id, at, step, after_at, first_at, last_at, looks, reasons)"
    " VALUES (:article, :at, :step, :after, :first, :last, :looks, :reasons)"
)


def upgrade() -> None:
    """Make the table and fill it."""
    op.create_table(
        "absences",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("after_at", sa.BigInteger()),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "at", name="pk_absences"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_absences_article_id"),
    )
    op.create_index("ix_absences_at", "absences", ["at", "article_id"])
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """An article at a time, and only those that ever were away."""
    away = sa.text("SELECT DISTINCT article_id FROM captures WHERE outcome IN ('gone', 'moved') ORDER BY article_id")
    for article_id in [row[0] for row in connection.execute(away)]:
        _fill_article(connection, article_id)


def _fill_article(connection: sa.Connection, article_id: int) -> None:
    looks = connection.execute(
        sa.text(
            "SELECT captured_at, outcome, reason FROM captures WHERE article_id = :article"
            " AND basis IN ('observed', 'stated') AND outcome IN ('gone', 'moved', 'same', 'edited', 'teaser')"
            " ORDER BY captured_at, id"
        ),
        {"article": article_id},
    )
    steps = [{"article": article_id, **step} for step in _steps([tuple(look) for look in looks])]
    if not steps:
        return
    connection.execute(sa.text(INSERT_ABSENCE), steps)
    rows = [
        {"facet": facet, "at": step["at"], "article": article_id}
        for step in steps
        for facet in facets_of((step["step"],), *_about(connection, step))
    ]
    connection.execute(sa.text(INSERT_FACET), rows)


def _about(connection: sa.Connection, step: dict[str, Any]) -> tuple[int | None, str]:
    """Outlet and section, as they were before the article was away."""
    given = {"article": step["article"], "at": step["first"] if step["after"] is None else step["after"]}
    outlet_id = connection.execute(sa.text("SELECT outlet_id FROM articles WHERE id = :article"), given).scalar()
    packed = connection.execute(
        sa.text(
            "SELECT e.form FROM captures c JOIN extractions e ON e.capture_id = c.id WHERE c.article_id = :article"
            " AND c.captured_at <= :at ORDER BY c.captured_at DESC, c.id DESC LIMIT 1"
        ),
        given,
    ).scalar()
    return outlet_id, section_of(packed and bytes(packed))


def _steps(looks: list[tuple[int, str, str]]) -> Iterator[dict[str, Any]]:
    """Disappearances and returns, as ``alerts`` tells them."""
    after: int | None = None
    run: list[tuple[int, str]] = []
    told = False
    for at, outcome, reason in looks:
        if outcome in AWAY:
            run.append((at, reason))
            span = at - run[0][0]
            if not told and ((len(run) >= 3 and span >= 2 * HOUR) or (len(run) >= 2 and span >= 24 * HOUR)):
                told = True
                yield _step("disappeared", at, after, run)
            continue
        if told:
            yield _step("returned", at, after, run)
        after, run, told = at, [], False


def _step(step: str, at: int, after: int | None, run: list[tuple[int, str]]) -> dict[str, Any]:
    reasons = " ".join(dict.fromkeys(reason for _, reason in run))
    first, last = run[0][0], run[-1][0]
    return {"at": at, "step": step, "after": after, "first": first, "last": last, "looks": len(run), "reasons": reasons}
