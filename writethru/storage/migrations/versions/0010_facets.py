"""Under what each change can be found: its outlet, its kinds and its article's section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from writethru.storage.facets import facets_of, section_of

revision = "0010"
down_revision = "0009"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_STEP: Final = 1_000
_CHANGES = sa.text(
    "SELECT c.before_at, c.article_id, c.number, c.kinds, a.outlet_id FROM changes c "
    "JOIN articles a ON a.id = c.article_id WHERE (c.article_id, c.number) > (:article, :number) "
    "ORDER BY c.article_id, c.number LIMIT :most"
)
_READING = sa.text(
    "SELECT e.form FROM captures l JOIN extractions e ON e.capture_id = l.id "
    "WHERE l.article_id = :article AND l.captured_at = :at ORDER BY l.id DESC LIMIT 1"
)
_ADD = sa.text(
    "INSERT INTO change_facets (facet, before_at, article_id, number) VALUES (:facet, :before_at, :article_id, :number)"
)


def upgrade() -> None:
    """Make the table and fill it from the changes that are stored, a thousand at a time."""
    op.create_table(
        "change_facets",
        sa.Column("facet", sa.Text(), nullable=False),
        sa.Column("before_at", sa.BigInteger(), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("facet", "before_at", "article_id", "number", name="pk_change_facets"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_change_facets_article_id", "change_facets", ["article_id"])
    connection = op.get_bind()
    last = (0, 0)
    while True:
        found = connection.execute(_CHANGES, {"article": last[0], "number": last[1], "most": _STEP}).all()
        rows = [row for change in found for row in _rows(connection, change)]
        if rows:
            connection.execute(_ADD, rows)
        if len(found) < _STEP:
            return
        last = (found[-1][1], found[-1][2])


def _rows(connection: sa.Connection, change: Any) -> Iterator[dict[str, Any]]:
    before, article_id, number, kinds, outlet_id = change
    packed = connection.execute(_READING, {"article": article_id, "at": before}).scalar()
    for facet in facets_of(kinds.split(), outlet_id, section_of(packed and bytes(packed))):
        yield {"facet": facet, "before_at": before, "article_id": article_id, "number": number}
