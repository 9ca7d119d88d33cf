"""Withdrawn articles: every row of one leaves its table, so that no query anywhere can find it.

The rows are kept apart, packed, to be put back as they were. Which rows are an article's
is read off the tables themselves (a column ``article_id``, or a key into ``captures``):
a table that is added later is covered without a word here.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, Table, delete, insert, select, update

from writethru.errors import NotInArchive, Withdrawn
from writethru.model import EvidenceRef
from writethru.storage import codec, dossiers, search_native
from writethru.storage.columns import Moment, from_micros, to_micros
from writethru.storage.connect import Database
from writethru.storage.prepared import command
from writethru.storage.safety_tables import (
    pauses,
    withdrawals,
    withheld_captures,
    withheld_rows,
    withheld_urls,
)
from writethru.storage.search import take_out_words
from writethru.storage.story_tables import story_events, story_links, story_members
from writethru.storage.tables import aliases, articles, captures, changes, metadata
from writethru.storage.withdrawn import absent, holder_of, url_digest, withdrawal_of
from writethru.storage.withheld_store import DESTROYED, Withdrawal

STAYING = frozenset({"change_log", "withdrawals", "withheld_rows", "withheld_urls", "withheld_captures"})
"""Tables with a column ``article_id`` that hold nothing of an article but its number."""

FORGOTTEN = frozenset(
    {
        "gram_articles", "gram_buckets", "gram_recent", "gram_sketches", "gram_state", "reuse_pairs",
        "search_documents", "statement_units", "statement_versions",
    }
)  # fmt: skip
"""Tables that analyses fill again from the record: their rows are not worth keeping."""

ROWS = 200
"""Rows packed together."""


class Withholding:
    """See ``WithheldStore`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Take all rows of an article out."""
        from writethru.storage.gram_index import take_out_grams  # arrays, which take their time to load

        article_id = withdrawal.article_id
        with self._database.write(of_article=article_id) as connection:
            if connection.execute(select(articles.c.id).where(articles.c.id == article_id)).first() is None:
                raise absent(connection, article_id)
            numbered = changes_of(connection, article_id)
            _note_addresses(connection, article_id)
            _note_captures(connection, article_id)
            _overwrite_deleted(connection)
            take_out_words(connection, article_id)
            take_out_grams(connection, article_id)
            _blank_events(connection, article_id)
            _set_aside(connection, article_id)
            dossiers.forget_all(connection)
            connection.execute(insert(withdrawals).values(_fields(replace(withdrawal, changes=numbered))))
            connection.execute(delete(pauses).where(pauses.c.kind == "article", pauses.c.subject_id == article_id))

    def restore(self, article_id: int) -> None:
        """Put the rows back."""
        with self._database.write() as connection:
            found = withdrawal_of(connection, article_id)
            if found is None:
                raise NotInArchive("this article is not withdrawn", key=article_id)
            if found.evidence == DESTROYED:
                raise Withdrawn("its evidence was destroyed, so it cannot be restored", key=article_id)
            _put_back(connection, article_id)
            for table in (withheld_rows, withheld_urls, withheld_captures, withdrawals):
                connection.execute(delete(table).where(table.c.article_id == article_id))

    def order_destruction(self, article_id: int) -> None:
        """Nothing can be restored from now on."""
        with self._database.write() as connection:
            connection.execute(
                update(withdrawals).where(withdrawals.c.article_id == article_id).values(evidence=DESTROYED)
            )

    def destroy(self, article_id: int) -> None:
        """Forget the rows that were kept apart."""
        with self._database.write() as connection:
            _overwrite_deleted(connection)
            connection.execute(delete(withheld_rows).where(withheld_rows.c.article_id == article_id))
            search_native.merge(connection)

    def withdrawal(self, article_id: int) -> Withdrawal | None:
        """Of this article."""
        with self._database.read() as connection:
            return withdrawal_of(connection, article_id)

    def withdrawals(self) -> Sequence[Withdrawal]:
        """Newest first."""
        query = select(withdrawals).order_by(withdrawals.c.at.desc(), withdrawals.c.article_id.desc())
        with self._database.read() as connection:
            return [Withdrawal(*row) for row in connection.execute(query)]

    def at(self, url: str) -> Withdrawal | None:
        """The withdrawal of the article whose address this is."""
        with self._database.read() as connection:
            holder = holder_of(connection, url)
            return None if holder is None else withdrawal_of(connection, holder)

    def holds(self, url: str) -> bool:
        """Is this the address of a withdrawn article?"""
        with self._database.read() as connection:
            return holder_of(connection, url) is not None

    def urls_of(self, article_id: int) -> Sequence[str]:
        """Its addresses, and those that its looks were led to."""
        found: dict[str, None] = {}
        with self._database.read() as connection:
            for name, row in _kept_rows(connection, article_id):
                if name == aliases.name:
                    found[row["url"] or row["key"]] = None
                elif name == captures.name:
                    found |= dict.fromkeys((row["url"], row["final_url"]))
        return [url for url in found if url]

    def used_elsewhere(self, record_ids: Sequence[str]) -> Sequence[str]:
        """Those that other articles' looks rest on."""
        with self._database.read() as connection:
            return [
                record
                for record in record_ids
                if connection.execute(select(captures.c.id).where(captures.c.record_id == record).limit(1)).first()
            ]

    def evidence_of(self, article_id: int) -> Sequence[EvidenceRef]:
        """Where the evidence stands."""
        with self._database.read() as connection:
            rows = [row for name, row in _kept_rows(connection, article_id) if name == captures.name]
        return [
            EvidenceRef(row["file"], row["offset"], row["length"], row["record_id"] or "")
            for row in rows
            if row["file"] is not None
        ]


def _note_addresses(connection: Connection, article_id: int) -> None:
    keys = connection.execute(select(aliases.c.key).where(aliases.c.article_id == article_id)).scalars()
    rows = [{"digest": url_digest(key), "article_id": article_id} for key in keys]
    if rows:
        connection.execute(insert(withheld_urls), rows)


def _note_captures(connection: Connection, article_id: int) -> None:
    of_article = select(captures.c.id, captures.c.article_id, captures.c.record_id).where(
        captures.c.article_id == article_id
    )
    connection.execute(insert(withheld_captures).from_select(["capture_id", "article_id", "record_id"], of_article))


def _overwrite_deleted(connection: Connection) -> None:
    """SQLite leaves what is deleted in the file's free pages unless it is told to overwrite it."""
    if connection.dialect.name == "sqlite":
        command(connection, "PRAGMA secure_delete=ON")


def _blank_events(connection: Connection, article_id: int) -> None:
    """The events that it belongs to may be named after it: they lose name and words until they are found again."""
    member = select(story_members.c.event_id).where(story_members.c.article_id == article_id)
    connection.execute(update(story_events).where(story_events.c.id.in_(member)).values(form="{}"))
    of_event = story_links.c.later.in_(member) | story_links.c.earlier.in_(member)
    connection.execute(delete(story_links).where(of_event))


def _set_aside(connection: Connection, article_id: int) -> None:
    """From the tables that refer to others to those that are referred to."""
    for table, of_article in reversed(list(_tables(article_id))):
        if table.name not in FORGOTTEN:
            rows = [_as_form(table, row._mapping) for row in connection.execute(select(table).where(of_article))]
            for start in range(0, len(rows), ROWS):
                form = codec.pack_form({"rows": rows[start : start + ROWS]})
                connection.execute(
                    insert(withheld_rows).values(article_id=article_id, table_name=table.name, form=form)
                )
        connection.execute(delete(table).where(of_article))


def _put_back(connection: Connection, article_id: int) -> None:
    kept: dict[str, list[dict[str, Any]]] = {}
    for name, row in _kept_rows(connection, article_id):
        kept.setdefault(name, []).append(row)
    for table in metadata.sorted_tables:
        if table.name in kept:
            connection.execute(insert(table), kept[table.name])


def _kept_rows(connection: Connection, article_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    query = (
        select(withheld_rows.c.table_name, withheld_rows.c.form)
        .where(withheld_rows.c.article_id == article_id)
        .order_by(withheld_rows.c.id)
    )
    for name, form in connection.execute(query):
        for row in codec.unpack_form(form)["rows"]:
            yield name, _from_form(metadata.tables[name], row)


def _tables(article_id: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table that holds something of an article, and which rows, those referred to first."""
    for table in metadata.sorted_tables:
        of_article = _of_article(table, article_id)
        if of_article is not None:
            yield table, of_article


def _of_article(table: Table, article_id: int) -> ColumnElement[bool] | None:
    if table is articles:
        return articles.c.id == article_id
    if table.name in STAYING:
        return None
    if "article_id" in table.c:
        return table.c.article_id == article_id
    if "a_id" in table.c and "b_id" in table.c:
        return (table.c.a_id == article_id) | (table.c.b_id == article_id)
    if "capture_id" in table.c:
        return table.c.capture_id.in_(select(captures.c.id).where(captures.c.article_id == article_id))
    return None


def _as_form(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    return {column.name: _plain(column, row[column]) for column in table.columns}


def _plain(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return to_micros(value)
    return base64.b64encode(value).decode("ascii") if isinstance(column.type, LargeBinary) else value


def _from_form(table: Table, form: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in form.items()}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return from_micros(value)
    return base64.b64decode(value) if isinstance(column.type, LargeBinary) else value


def _fields(withdrawal: Withdrawal) -> dict[str, Any]:
    return {name: getattr(withdrawal, name) for name in Withdrawal.__slots__}


def changes_of(connection: Connection, article_id: int) -> int:
    """The highest number of a change of an article."""
    query = select(changes.c.number).where(changes.c.article_id == article_id).order_by(changes.c.number.desc())
    return int(connection.execute(query.limit(1)).scalar() or 0)
