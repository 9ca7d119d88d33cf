"""An archive made large inside its database: the rows of a few articles again and again, with ids, addresses and times of their own.

What was imported stays as it was read, so pages of a copy show real texts, changes and edits.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select, text

from writethru.storage import search_native
from writethru.storage.columns import Moment
from writethru.storage.search_tables import INDEX
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import Store
from writethru.storage.tables import captures, metadata

COPIED = (
    "articles", "aliases", "captures", "extractions", "versions", "appearances", "changes", "edits", "change_facets",
)  # fmt: skip
MINUTE = 60_000_000
"""A copy lies so many microseconds after its model, times the number of articles between them."""

_OWNERS = {"articles": "id", "extractions": "(SELECT article_id FROM captures WHERE captures.id = capture_id)"}


def grow(store: Store, size: int, *further: str) -> None:
    """Double the articles until there are so many.

    Args:
        further: tables besides ``COPIED`` with an ``article_id``; ``search_index`` on PostgreSQL only.
    """
    assert isinstance(store, SqlStore)
    while (have := count(store)) < size:
        with store._database.write() as connection:
            if connection.dialect.name != "sqlite":
                # no triggers: what is copied was checked when its model was written
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            last = int(connection.execute(select(func.max(captures.c.id))).scalar_one())
            bounds = {"s": have, "c": last, "t": have * MINUTE, "most": min(have, size - have)}
            for name in (*COPIED, *further):
                _copy(connection, name, bounds)


def count(store: Store) -> int:
    """Articles, whose ids are without gaps."""
    assert isinstance(store, SqlStore)
    with store._database.read() as connection:
        return int(connection.execute(text("SELECT max(id) FROM articles")).scalar_one())


def _copy(connection: Connection, name: str, bounds: dict[str, int]) -> None:
    """The rows of the first articles again, for as many new ones."""
    if name == INDEX:
        _copy_index(connection, bounds)
        return
    columns = metadata.tables[name].columns
    values = ", ".join(_value(name, column) for column in columns)
    names = ", ".join(f'"{column.name}"' for column in columns)
    where = f"{_OWNERS.get(name, 'article_id')} <= :most"
    connection.execute(text(f"INSERT INTO {name} ({names}) SELECT {values} FROM {name} WHERE {where}"), bounds)


def _value(name: str, column: Any) -> str:
    if column.name == "article_id" or (name == "articles" and column.name == "id"):
        return f"{column.name} + :s"
    if column.name == "capture_id" or (name == "captures" and column.name == "id"):
        return f"{column.name} + :c"
    if isinstance(column.type, Moment):
        return f"{column.name} + :t"
    if column.name in ("key", "url"):
        return f"{column.name} || '/' || :s"
    return f'"{column.name}"'


def _copy_index(connection: Connection, bounds: dict[str, int]) -> None:
    """PostgreSQL's index of words; the labels of blocks of ids are put right."""
    old = ", ".join(f"'~{name}' || (article_id >> {bits})" for name, bits in search_native.LEVELS)
    new = ", ".join(f"'~{name}' || ((article_id + :s) >> {bits})" for name, bits in search_native.LEVELS)
    words = f"ts_delete(words, ARRAY[{old}]) || array_to_tsvector(ARRAY[{new}])"
    rows = f"SELECT article_id + :s, {words} FROM {INDEX} WHERE article_id <= :most"
    connection.execute(text(f"INSERT INTO {INDEX} (article_id, words) {rows}"), bounds)
