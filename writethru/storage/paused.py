"""A paused article or source has no next look, whoever writes one: a look that was under way, a feed, a hub."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Case, ColumnElement, Table, bindparam, case, exists, literal_column, null

from writethru.storage.safety_tables import pauses


def is_paused(kind: str, table: Table) -> ColumnElement[bool]:
    """Whether the row is paused."""
    pause = exists().where(pauses.c.kind == literal_column(f"'{kind}'"), pauses.c.subject_id == table.c.id)
    return pause.correlate(table)


def unless_paused(kind: str, table: Table) -> Case[Any]:
    """The parameter ``due_at``, or NULL where the row is paused."""
    due = bindparam("due_at", type_=table.c.next_look_at.type)
    return case((is_paused(kind, table), null()), else_=due)
