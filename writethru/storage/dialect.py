"""What SQLAlchemy spells apart for each database: the upsert, and the lesser of two values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Case,
    Column,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    select,
)

from writethru.storage.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

    Insert = postgresql.Insert | sqlite.Insert


def upsert(connection: Connection, table: Table) -> Insert:
    """An INSERT that takes ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return _insert(connection.dialect.name, table)


def insert_if_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless a unique column has its value already; was it new?"""
    return _if_new(connection.dialect.name, table, tuple(row)).run(connection, row) == 1


def inserting(table: Table, *, without: str = "") -> Prepared:
    """An INSERT of all columns but the one that the database fills in; gives that one back."""
    keys = [column.name for column in table.columns if column.name != without]
    statement = insert(table).returning(table.c[without]) if without else insert(table).inline()
    return Prepared(statement, keys)


class Numbered:
    """An INSERT that numbers its row above all rows of the table and of another one; gives the number back.

    SQLite gives the highest number again once its row is gone; PostgreSQL's sequences never do.
    """

    def __init__(self, table: Table, taken: Column[Any]) -> None:
        following = func.max(_highest(table.c.id), _highest(taken)) + literal_column("1")
        keys = [column.name for column in table.columns if column.name != "id"]
        self._lite = Prepared(insert(table).values(id=following).returning(table.c.id), keys)
        self._other = inserting(table, without="id")

    def value(self, connection: Connection, row: Mapping[str, Any]) -> int:
        """Insert one row."""
        prepared = self._lite if connection.dialect.name == "sqlite" else self._other
        return int(prepared.value(connection, row))


def _highest(column: Column[Any]) -> ColumnElement[int]:
    return func.coalesce(select(func.max(column)).scalar_subquery(), literal_column("0"))


def earlier(column: Column[Any], name: str) -> Case[Any]:
    """The lesser of a column and the parameter ``name`` (LEAST has another name in SQLite)."""
    given = bindparam(name, type_=column.type)
    return case((given < column, given), else_=column)


def later(column: Column[Any], name: str) -> Case[Any]:
    """The greater of a column and the parameter ``name``."""
    given = bindparam(name, type_=column.type)
    return case((given > column, given), else_=column)


def _insert(dialect: str, table: Table) -> Insert:
    # either dialect takes a while to load; most archives need one
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


@cache
def _if_new(dialect: str, table: Table, keys: tuple[str, ...]) -> Prepared:
    # inline: SQLAlchemy would ask for the new key otherwise
    return Prepared(_insert(dialect, table).on_conflict_do_nothing().inline(), keys)


@cache
def replacing(dialect: str, table: Table) -> Prepared:
    """An INSERT of whole rows that takes the place of those with their keys."""
    statement = _insert(dialect, table)
    rest = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return _over(statement, table, rest)


@cache
def adding(dialect: str, table: Table, column: str) -> Prepared:
    """An INSERT of whole rows that adds to the number which a row with its key has already."""
    statement = _insert(dialect, table)
    return _over(statement, table, {column: table.c[column] + statement.excluded[column]})


def _over(statement: Insert, table: Table, changes: Mapping[str, Any]) -> Prepared:
    keys = [column.name for column in table.primary_key.columns]
    whole = statement.on_conflict_do_update(index_elements=keys, set_=changes).inline()
    return Prepared(whole, [column.name for column in table.columns])
