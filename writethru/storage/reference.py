"""The reference page of the tables, made from the tables themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql

from writethru.storage import (
    corrections,  # noqa: F401 (its table is listed too)
    dossiers,  # noqa: F401 (its table is listed too)
    facet_tables,  # noqa: F401 (its table is listed too)
    feed_tables,  # noqa: F401 (its table is listed too)
    fleet_tables,  # noqa: F401 (its table is listed too)
    gram_tables,  # noqa: F401 (its tables are listed too)
    health_tables,  # noqa: F401 (its tables are listed too)
    notice_tables,  # noqa: F401 (its table is listed too)
    queue_tables,  # noqa: F401 (its tables are listed too)
    reuse_tables,  # noqa: F401 (its table is listed too)
    statement_tables,  # noqa: F401 (its tables are listed too)
    story_tables,  # noqa: F401 (its tables are listed too)
    tally_tables,  # noqa: F401 (its table is listed too)
)
from writethru.storage.codec import KEYFRAME_EVERY, LEVEL
from writethru.storage.columns import Moment
from writethru.storage.migrations import head
from writethru.storage.search_tables import INDEX
from writethru.storage.tables import SCHEMA_TABLE, metadata

INTRODUCTION = f"""# Storage

The tables of an archive, the same in SQLite and in PostgreSQL. The schema's revision stands in
`{SCHEMA_TABLE}` (now `{head()}`); an older schema is migrated when an archive is opened, a newer one is refused.
Read what you like; write through Writethru only.

A *time* is an integer: microseconds since 1970-01-01 in UTC. In SQL: `datetime(captured_at / 1e6, 'unixepoch')`
(SQLite), `to_timestamp(captured_at / 1e6)` (PostgreSQL). Codes are explained in [outcomes](outcomes.md).

*Packed* texts are zstd frames (level {LEVEL}). A version is packed with the version before it as prefix; at least
every {KEYFRAME_EVERY}th stands alone: reading any version takes at most {KEYFRAME_EVERY} decodes. Packed forms are
JSON, with `writethru.storage.codec.FORM_PREFIX` as prefix. What no text column can hold (NUL, lone surrogates)
is U+FFFD in the columns and exact in what is packed.

Beside the tables stands `{INDEX}`, the database's own index of words (an FTS5 table without content in SQLite, a
table of `tsvector` under a GIN index in PostgreSQL), made from `search_documents`; `writethru rebuild` makes it anew.
"""


def tables_page() -> str:
    """The page, in Markdown."""
    return "\n".join([INTRODUCTION, *(line for table in _in_order() for line in _table(table))])


def _in_order() -> list[Table]:
    """By name: which module made its tables first is chance."""
    return [metadata.tables[name] for name in sorted(metadata.tables)]


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.info['holds']}\n"
    yield "| column | type | meaning |\n|---|---|---|"
    yield from (_row(column) for column in table.columns)
    indexes = sorted("(" + ", ".join(f"`{column.name}`" for column in index.columns) + ")" for index in table.indexes)
    yield f"\nIndexes beside the key: {', '.join(indexes)}\n" if indexes else ""


def _row(column: Column[Any]) -> str:
    kind = "time" if isinstance(column.type, Moment) else column.type.compile(postgresql.dialect()).lower()  # type: ignore[no-untyped-call]
    marks = [" key" if column.primary_key else "", " or NULL" if column.nullable else ""]
    foreign = [f"→ `{key.target_fullname}`" for key in sorted(column.foreign_keys, key=lambda key: key.target_fullname)]
    return f"| `{column.name}` | {kind}{''.join(marks)} | {'; '.join([column.doc or '', *foreign]).strip('; ')} |"
