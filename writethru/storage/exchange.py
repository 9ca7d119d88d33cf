"""Tables as an export has them: which, with which columns, row by row out of the database and into an empty one.

Columns and their meanings are the tables' own. What is packed in the database is plain here: a version's text, an
extraction, a change. ``put`` goes through the same functions as the record itself, so an import makes the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Boolean, Connection, Float, Integer, Table, and_, exists, func, insert, select, text, tuple_

from writethru.errors import MalformedInput
from writethru.model import ArticleText, Capture, Medium, NewCapture, Outcome, Reason, TimeBasis
from writethru.storage import changes as changes_
from writethru.storage import codec
from writethru.storage import versions as versions_
from writethru.storage.columns import Characters, Moment, storable
from writethru.storage.connect import Database
from writethru.storage.dialect import insert_if_new
from writethru.storage.queue_tables import hosts
from writethru.storage.store import LogEntry
from writethru.storage.tables import (
    aliases,
    appearances,
    articles,
    captures,
    change_log,
    changes,
    edits,
    extractions,
    outlets,
    sources,
    versions,
)

PAGE: Final = 500
"""Rows read at a time; of versions fewer, because their texts are read with them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an export; ``kind`` is int, float, text, time, bool, list or json."""

    name: str
    kind: str
    meaning: str
    may_be_null: bool = False


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One table of an export.

    Attributes:
        key: its order, and what pages of it are read by.
        without: columns that only say how something is stored.
        extra: what they are plainly.
        lists: columns of codes, joined by spaces in the database.
        since: the time by which a row is new.
    """

    table: Table
    key: tuple[str, ...]
    without: tuple[str, ...] = ()
    extra: tuple[Field, ...] = ()
    lists: tuple[str, ...] = ()
    since: str = ""

    @property
    def holds(self) -> str:
        """What the table is for."""
        return str(self.table.info["holds"])


_CONTENT = Field("content", "json", "the text exactly: `ArticleText.to_dict()`; blocks are [kind, text, gap]")
_TEXT = Field("text", "text", "the running text, for reading and searching")
EXCHANGED: Final[Mapping[str, Exchanged]] = {
    "outlets": Exchanged(outlets, ("id",)),
    "sources": Exchanged(sources, ("id",), since="added_at"),
    "articles": Exchanged(articles, ("id",), since="added_at"),
    "aliases": Exchanged(aliases, ("article_id", "key"), since="last_seen_at"),
    "captures": Exchanged(captures, ("id",), since="captured_at"),
    "extractions": Exchanged(
        extractions, ("capture_id",), ("form",), (Field("form", "json", "what was read, without the text"),)
    ),
    "versions": Exchanged(
        versions,
        ("article_id", "number"),
        ("keyframe", "size", "packed", "dictionary"),
        (_TEXT, _CONTENT),
        since="seen_at",
    ),
    "appearances": Exchanged(appearances, ("article_id", "ordinal"), since="last_seen_at"),
    "changes": Exchanged(
        changes,
        ("article_id", "number"),
        ("form",),
        (Field("form", "json", "the difference exactly: `Change.to_dict()`"),),
        ("kinds",),
        "before_at",
    ),
    "edits": Exchanged(edits, ("article_id", "change", "position"), lists=("kinds",)),
}
"""Every table of an export, in the order in which they can be taken in."""


def fields_of(name: str) -> tuple[Field, ...]:
    """The columns of an export's table."""
    return fields_in(EXCHANGED[name])


def fields_in(table: Exchanged) -> tuple[Field, ...]:
    """The columns of a table as it is exchanged."""
    own = (
        Field(column.name, _kind(column.name, column.type, table), column.doc or "", bool(column.nullable))
        for column in table.table.columns
        if column.name not in table.without
    )
    return (*own, *table.extra)


def _kind(name: str, kind: Any, table: Exchanged) -> str:
    if name in table.lists:
        return "list"
    if isinstance(kind, Moment):
        return "time"
    if isinstance(kind, Boolean):
        return "bool"
    if isinstance(kind, Float):
        return "float"
    return "int" if isinstance(kind, Integer) else "text"


class ExchangeTables:
    """See ``exchange_store.ExchangeStore``."""

    def __init__(self, database: Database, texts: versions_.Texts) -> None:
        self._database = database
        self._texts = texts

    def snapshot(self) -> AbstractContextManager[None]:
        """All that is read inside is of one moment."""
        return self._database.snapshot()

    def mark(self) -> list[int]:
        """What the record has come to; another mark, another record."""
        with self._database.read() as connection:
            tables = (change_log.c.seq, captures.c.id, articles.c.id, sources.c.id)
            counted = [int(connection.execute(select(func.max(column))).scalar() or 0) for column in tables]
            looks = connection.execute(select(func.sum(appearances.c.looks))).scalar() or 0
        return [*counted, int(looks)]

    def rows(self, name: str, since: datetime | None) -> Iterator[list[dict[str, Any]]]:
        """All rows, some at a time, in the order of the key."""
        table = EXCHANGED[name]
        after: tuple[Any, ...] | None = None
        while True:
            with self._database.read() as connection:
                query = _page(table, after, since, in_bytes=not self._database.sqlite)
                found = connection.execute(query).mappings().all()
                rows = [self._row(connection, name, dict(row)) for row in found]
            if rows:
                yield rows
                after = tuple(found[-1][key] for key in table.key)
            if len(rows) < PAGE:
                return

    def is_used(self) -> bool:
        """Is there an article, an outlet or a source?"""
        with self._database.read() as connection:
            asked = (select(exists(select(table))) for table in (articles, outlets, sources))
            return any(bool(connection.execute(query).scalar()) for query in asked)

    def put(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Some more rows of a table of an empty archive. Raises MalformedInput."""
        with self._database.write() as connection:
            _PUT[name](self, connection, name, rows)

    def finish(self) -> None:
        """All rows are there: followers of the change log begin with them, and new ids after them."""
        with self._database.write() as connection:
            ids = connection.execute(select(articles.c.id).order_by(articles.c.id)).scalars().all()
            if not self._database.sqlite:
                for table in (outlets, sources, articles, captures):
                    connection.execute(
                        text(
                            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608 (constants)
                            f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
                        )
                    )
        now = datetime.now(UTC)
        for article_id in ids:
            self._database.note(LogEntry(0, now, "rebuilt", article_id, 0))

    def _row(self, connection: Connection, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        table = EXCHANGED[name]
        found = {key: value for key, value in row.items() if key not in table.without}
        for key in table.lists:
            found[key] = found[key].split()
        if name == "versions":
            body = versions_.text(connection, row["article_id"], row["number"], self._texts)
            return {**found, "text": storable(body.text), "content": body.to_dict()}
        if table.extra:
            found["form"] = codec.unpack_form(row["form"])
        return found

    def put_plainly(self, connection: Connection, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """As they are; every host that is looked at is known."""
        if name in ("articles", "sources"):
            for host in {row["host"] for row in rows}:
                insert_if_new(connection, hosts, {"host": host})
        connection.execute(insert(EXCHANGED[name].table), [dict(row) for row in rows])

    def put_extractions(self, connection: Connection, _name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Packed again."""
        packed = [{**row, "form": codec.pack_form(row["form"])} for row in rows]
        connection.execute(insert(extractions), packed)

    def put_versions(self, connection: Connection, _name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Each after the one before it, held against its digest."""
        for row in rows:
            look = _look(row)
            body = _text_of(row)
            new = versions_.NewVersion(row["article_id"], body, look, row["extractor"])
            if versions_.add(connection, new, self._texts) != row["number"] or body.digest() != row["digest"]:
                key = f"versions: {row['article_id']}/{row['number']}"
                raise MalformedInput("this version's text is not the one that its digest names", key=key)

    def put_changes(self, connection: Connection, _name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """With the edits that follow from them."""
        for row in rows:
            flat = [changes_.spelled(row[c.name]) if c.name == "kinds" else row[c.name] for c in changes_.COLUMNS]
            changes_.add(connection, changes_.record_of(flat), row["form"])

    def put_edits(self, _connection: Connection, _name: str, _rows: Iterable[Mapping[str, Any]]) -> None:
        """They came with their changes."""


_PUT: Final[Mapping[str, Callable[..., None]]] = {
    **dict.fromkeys(EXCHANGED, ExchangeTables.put_plainly),
    "extractions": ExchangeTables.put_extractions,
    "versions": ExchangeTables.put_versions,
    "changes": ExchangeTables.put_changes,
    "edits": ExchangeTables.put_edits,
}


def _page(table: Exchanged, after: tuple[Any, ...] | None, since: datetime | None, *, in_bytes: bool) -> Any:
    """The next rows; ``in_bytes``: texts are to be ordered by their bytes, as SQLite orders them."""
    own = [table.table.c[name] for name in table.key]
    columns = [c.collate("C") if in_bytes and isinstance(c.type, Characters) else c for c in own]
    query = select(table.table).order_by(*columns).limit(PAGE)
    if after is not None:
        types = [column.type for column in own]
        query = query.where(tuple_(*columns) > tuple_(*after, types=types))
    if since is not None:
        query = query.where(_is_new(table, since))
    return query


def _is_new(table: Exchanged, since: datetime) -> Any:
    """Rows without a time of their own are as new as what they belong to."""
    if table.since:
        return table.table.c[table.since] >= since
    if table.table is extractions:
        look = select(captures.c.id).where(captures.c.id == extractions.c.capture_id, captures.c.captured_at >= since)
        return look.exists()
    if table.table is edits:
        owner = and_(changes.c.article_id == edits.c.article_id, changes.c.number == edits.c.change)
        return select(changes.c.number).where(owner, changes.c.before_at >= since).exists()
    return table.table.c.id.is_not(None)


def _text_of(row: Mapping[str, Any]) -> ArticleText:
    try:
        return ArticleText.from_dict(row["content"])
    except (KeyError, ValueError, TypeError) as error:
        key = f"versions: {row['article_id']}/{row['number']}"
        raise MalformedInput("this version's content is no text", key=key) from error


def _look(row: Mapping[str, Any]) -> Capture:
    """A look with just what a version keeps of it."""
    known = NewCapture(
        "", row["seen_at"], TimeBasis(row["basis"]), Medium.HTTP, Outcome.EDITED, Reason.FIRST_SEEN, label=row["label"]
    )
    return Capture(0, row["article_id"], known)
