"""What a database is asked: every statement while something runs, and how each would be answered in a large archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from writethru.storage.connect import Database

LARGE = (
    "absences", "aliases", "appearances", "articles", "captures", "change_facets", "change_log", "changes", "edits",
    "extractions", "search_documents", "search_index", "source_looks", "versions",
)  # fmt: skip
"""Tables that grow with an archive."""

_READS = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)


@contextmanager
def asked(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The reading statements of all connections, with their parameters, as they come."""
    statements: list[tuple[str, Any]] = []
    watch = _watch_sqlite if database.sqlite else _watch_postgres

    def checked_out(connection: Any, *_: Any) -> None:
        watch(connection, statements)

    event.listen(database.engine, "checkout", checked_out)
    try:
        yield statements
    finally:
        event.remove(database.engine, "checkout", checked_out)
        database.engine.dispose()


def _watch_sqlite(connection: Any, statements: list[tuple[str, Any]]) -> None:
    connection.set_trace_callback(lambda sql: statements.append((sql, ())) if _READS.match(sql) else None)


def _watch_postgres(connection: Any, statements: list[tuple[str, Any]]) -> None:
    import psycopg

    class Watched(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            if isinstance(query, str) and _READS.match(query):
                statements.append((query, params))
            return super().execute(query, params, **options)

    connection.cursor_factory = Watched


def read_whole(database: Database, statements: list[tuple[str, Any]]) -> list[str]:
    """Of these statements, the plans that read a table which grows with the archive from end to end."""
    with database.engine.connect() as connection:
        raw = connection.connection.cursor()
        if not database.sqlite:
            raw.execute("SET LOCAL enable_seqscan = off")  # a small table is read whole by choice, not for want
        plans = []
        for sql, parameters in statements:
            raw.execute(("EXPLAIN QUERY PLAN " if database.sqlite else "EXPLAIN ") + sql, parameters)
            plans.append("\n".join(str(row[-1]) for row in raw.fetchall()) + f"\n{sql[:3000]}")
    return [plan for plan in plans if _reads_whole(plan)]


def _reads_whole(plan: str) -> bool:
    """In SQLite a scan that ends at a LIMIT is a walk along the row numbers, unless something is sorted first."""
    walks = "\n LIMIT" in plan and "TEMP B-TREE" not in plan
    scans = [
        re.match(r"SCAN (\w+)(?!.* USING| VIRTUAL TABLE INDEX)|.*Seq Scan on (\w+)", line) for line in plan.splitlines()
    ]
    return any(found[2] in LARGE or (found[1] in LARGE and not walks) for found in scans if found)
