"""What SQLAlchemy spells apart for each database: the upsert, and the lesser of two values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Case, Column, Connection, CursorResult, Table, bindparam, case
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert


def upsert(connection: Connection, table: Table) -> Insert:
    """An INSERT that takes ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return _insert(connection.dialect.name, table)


def insert_if_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless a unique column has its value already; was it new?"""
    return connection.execute(_if_new(connection.dialect.name, table), row).rowcount == 1


def new_id(made: CursorResult[Any]) -> int:
    """The key the database gave to the one row just inserted."""
    key = made.inserted_primary_key
    assert key is not None  # every INSERT of one row has it
    return int(key[0])


def earlier(column: Column[Any], name: str) -> Case[Any]:
    """The lesser of a column and the parameter ``name`` (LEAST has another name in SQLite)."""
    given = bindparam(name, type_=column.type)
    return case((given < column, given), else_=column)


def later(column: Column[Any], name: str) -> Case[Any]:
    """The greater of a column and the parameter ``name``."""
    given = bindparam(name, type_=column.type)
    return case((given > column, given), else_=column)


def _insert(dialect: str, table: Table) -> Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def _if_new(dialect: str, table: Table) -> Insert:
    # SQLAlchemy would ask for the new key, and would drop the row count before we read it
    made = _insert(dialect, table).on_conflict_do_nothing().inline()
    return made.execution_options(preserve_rowcount=True)
