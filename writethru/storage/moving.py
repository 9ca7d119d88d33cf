"""All rows of one database into another, of either kind: the same archive afterwards, or nothing."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, Integer, Table, func, insert, select, text

from writethru import storage
from writethru.errors import InputError, StorageError
from writethru.storage import address
from writethru.storage.connect import Database
from writethru.storage.tables import metadata

CHUNK: Final = 500
"""Rows read and written together."""

LEFT: Final = frozenset({"leases", "search_documents"})
"""Leases are of workers at this moment; documents for search belong to an index that each database keeps as it does."""

ALSO_GIVEN: Final = {"articles": ("withdrawals", "article_id"), "captures": ("withheld_captures", "capture_id")}
"""Numbers that were given and are not to be given again."""

Progress = Callable[[int, int | None, str], None]


def move(source_url: str, target_url: str, progress: Progress | None = None) -> dict[str, int]:
    """Copy every table, all of one moment, in one transaction of the target.

    Args:
        source_url: an archive; it is read, and brought up to today's schema first if it is older.
        target_url: an empty database.
        progress: told after each table.

    Returns:
        Rows by table.

    Raises:
        InputError: the target is not empty, or is the source.
        StorageError: either database does not answer or refuses, or rows were lost on the way (nothing is kept then).
    """
    if address.parse(source_url) == address.parse(target_url):
        raise InputError("source and target are the same database", key=target_url)
    source, target = Database(source_url), Database(target_url)
    try:
        source.prepare()
        target.prepare()
        with source.snapshot(), source.read() as old, target.write() as new:
            return _move_all(old, new, progress or (lambda _done, _total, _what: None))
    finally:
        source.close()
        target.close()


def tables() -> list[Table]:
    """Every table of an archive, each after those that it refers to."""
    for module in pkgutil.iter_modules(storage.__path__):
        if module.name.endswith("tables"):
            importlib.import_module(f"{storage.__name__}.{module.name}")
    return [table for table in metadata.sorted_tables if table.name not in LEFT]


def _move_all(old: Connection, new: Connection, progress: Progress) -> dict[str, int]:
    listed = tables()
    used = next((table.name for table in listed if table.name != "identity" and _count(new, table)), "")
    if used:
        raise InputError("the target is not an empty archive", key=used)
    rows: dict[str, int] = {}
    for done, table in enumerate(listed, 1):
        rows[table.name] = _move(old, new, table)
        progress(done, len(listed), table.name)
    if new.dialect.name != "sqlite":
        for table in listed:
            _go_on_counting(new, table)
    return rows


def _move(old: Connection, new: Connection, table: Table) -> int:
    """One table; its rows are counted on both sides."""
    new.execute(table.delete())
    query = select(table).order_by(*table.primary_key.columns)
    for some in old.execution_options(yield_per=CHUNK).execute(query).partitions():
        new.execute(insert(table), [dict(row._mapping) for row in some])
    before, after = _count(old, table), _count(new, table)
    if before != after:
        raise StorageError(f"{before} rows became {after}; nothing was kept", key=table.name)
    return after


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _go_on_counting(new: Connection, table: Table) -> None:
    """PostgreSQL's next number of a table comes after the highest that was ever given."""
    columns = [column for column in table.primary_key.columns if isinstance(column.type, Integer)]
    for column in columns if len(table.primary_key.columns) == 1 else ():
        names = {"table": table.name, "column": column.name}
        counter = new.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), names).scalar()
        if counter is None:
            continue
        other, given = ALSO_GIVEN.get(table.name, (table.name, column.name))
        highest = text(
            f"SELECT greatest((SELECT max({column.name}) FROM {table.name}), (SELECT max({given}) FROM {other}))"  # noqa: S608
        )
        number = new.execute(highest).scalar()
        if number is not None:
            new.execute(
                text("SELECT setval(CAST(:counter AS regclass), :number)"), {"counter": counter, "number": number}
            )
