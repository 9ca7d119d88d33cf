"""How much a database does for some questions, and which indexes it uses; measured, not guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.storage.statements import asked
from writethru.storage.connect import Database

_LITE_INDEX = re.compile(r"USING (?:COVERING )?INDEX (\w+)")
_LITE_KEY = re.compile(r"(?:SEARCH|SCAN) (\w+) USING (?:INTEGER )?PRIMARY KEY")


@dataclass(frozen=True, slots=True)
class Work:
    """What was done for one question.

    Attributes:
        indexes: that were used; in SQLite ``key of TABLE`` where a table's own key was.
        amount: rows read by PostgreSQL, kept or not; steps of SQLite's machine.
    """

    indexes: frozenset[str]
    amount: int


def work_of(database: Database, ask: Callable[[], object]) -> Work:
    """Ask, note the reading statements, and have each explained as it is done once more."""
    ask()
    database._drop_kept()  # or SQLite's writing connection, which is there already, would not be watched
    with asked(database) as statements:
        ask()
    measure = _lite if database.sqlite else _postgres
    with database.engine.connect() as connection:
        found = [measure(connection, sql, parameters) for sql, parameters in statements]
    return Work(frozenset().union(*(one.indexes for one in found)), sum(one.amount for one in found))


def _lite(connection: Any, sql: str, parameters: Any) -> Work:
    raw = connection.connection.dbapi_connection
    plan = " | ".join(str(row[-1]) for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", parameters))
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    raw.set_progress_handler(step, 1)
    try:
        raw.execute(sql, parameters).fetchall()
    finally:
        raw.set_progress_handler(None, 1)
    keys = {f"key of {table}" for table in _LITE_KEY.findall(plan)}
    return Work(frozenset({*_LITE_INDEX.findall(plan), *keys}), steps[0])


def _postgres(connection: Any, sql: str, parameters: Any) -> Work:
    cursor = connection.connection.cursor()
    cursor.execute("SET LOCAL enable_seqscan = off")  # a small table is read whole by choice, not for want
    cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", parameters)
    (row,) = cursor.fetchall()
    plan = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    nodes = list(_nodes(plan[0]["Plan"]))
    return Work(frozenset(node["Index Name"] for node in nodes if "Index Name" in node), sum(map(_rows, nodes)))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("Plans", ()):
        yield from _nodes(part)


def _rows(node: dict[str, Any]) -> int:
    """Kept or thrown away, each time that it was run."""
    thrown = sum(value for name, value in node.items() if name.startswith("Rows Removed by"))
    return int((node["Actual Rows"] + thrown) * node["Actual Loops"])
