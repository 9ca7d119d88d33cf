"""Finished dossiers, on SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, Select, Table, delete, func, select

from writethru.storage import codec
from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.connect import Database
from writethru.storage.corrections import statement_corrections
from writethru.storage.dialect import upsert
from writethru.storage.refusals import damaged
from writethru.storage.reuse_tables import reuse_pairs
from writethru.storage.statement_tables import statement_versions
from writethru.storage.story_tables import story_articles, story_events, story_members
from writethru.storage.tables import appearances, articles, changes, metadata, outlets, versions
from writethru.storage.withdrawn import absent

MOST_KEPT: Final = 200
AT_ONCE: Final = 500
"""Articles in one question; both databases bound the number of parameters."""

kept_dossiers = Table(
    "kept_dossiers",
    metadata,
    Column("story_id", Id, primary_key=True, autoincrement=False),
    Column("state", Characters, nullable=False, doc="of what it was made from: its texts, readings, corrections, day"),
    Column("made_at", Moment, nullable=False),
    Column("form", LargeBinary, nullable=False, doc="the dossier as JSON, packed"),
    info={"holds": "Finished dossiers, until what they were made from changes; emptied when anything is withdrawn."},
)


class DossierTables:
    """See ``dossier_store.DossierStore`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, story_id: int) -> str:
        """By all rows that a dossier is made from."""
        digest = hashlib.sha256()
        with self._database.read() as connection:
            events = list(connection.execute(_EVENTS.where(story_events.c.story_id == story_id)))
            members = _rows(connection, _MEMBERS, story_members.c.event_id, [row[0] for row in events])
            ids = sorted({row[1] for row in members})
            for row in (*events, *members, *_of_articles(connection, ids)):
                digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()

    def find(self, story_id: int, state: str) -> dict[str, Any] | None:
        """The form that is kept of this state."""
        table = kept_dossiers.c
        query = select(table.form).where(table.story_id == story_id, table.state == state)
        with self._database.read() as connection:
            form = connection.execute(query).scalar()
            if form is None:
                return None
            try:
                return codec.unpack_form(form)
            except codec.DamageError as error:
                raise damaged("the dossier of story", story_id, connection) from error

    def keep(self, story_id: int, state: str, form: Mapping[str, Any], article_ids: Sequence[int]) -> None:
        """Keep one in place of any other."""
        packed = codec.pack_form(form)
        row = {"story_id": story_id, "state": state, "made_at": datetime.now(UTC), "form": packed}
        rest = {name: value for name, value in row.items() if name != "story_id"}
        with self._database.write() as connection:
            there = {row[0] for row in _rows(connection, select(articles.c.id), articles.c.id, article_ids)}
            for number in article_ids:
                if number not in there:
                    raise absent(connection, number)
            statement = upsert(connection, kept_dossiers).values(row)
            connection.execute(statement.on_conflict_do_update(index_elements=["story_id"], set_=rest))
            latest = select(kept_dossiers.c.story_id).order_by(kept_dossiers.c.made_at.desc(), kept_dossiers.c.story_id)
            connection.execute(delete(kept_dossiers).where(kept_dossiers.c.story_id.not_in(latest.limit(MOST_KEPT))))


def forget_all(connection: Connection) -> None:
    """Take all of them out: one of them may quote what is being withdrawn."""
    connection.execute(delete(kept_dossiers))


_EVENTS: Final = (
    select(story_events.c.id, story_events.c.story_id, story_events.c.form)
    .where(story_events.c.redirect.is_(None))
    .order_by(story_events.c.id)
)
_MEMBERS: Final = select(story_members.c.event_id, story_members.c.article_id, story_members.c.main).order_by(
    story_members.c.event_id, story_members.c.article_id
)
_a, _c = appearances.c, changes.c
_ARTICLES: Final = (
    select(articles.c.id, articles.c.url, outlets.c.name)
    .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
    .order_by(articles.c.id)
)
_SEEN: Final = (
    select(_a.article_id, _a.ordinal, _a.version_number, _a.first_seen_at, _a.basis)
    .order_by(_a.article_id, _a.ordinal)
)  # fmt: skip
_VERSIONS: Final = select(versions.c.article_id, versions.c.number, versions.c.digest).order_by(
    versions.c.article_id, versions.c.number
)
_CHANGES: Final = (
    select(_c.article_id, _c.number, _c.after_at, _c.before_at, _c.summary).order_by(_c.article_id, _c.number)
)  # fmt: skip
_DATES: Final = select(story_articles.c.article_id, story_articles.c.minute, story_articles.c.basis).order_by(
    story_articles.c.article_id
)
_s, _k = statement_versions.c, statement_corrections.c
_READ: Final = (
    select(_s.article_id, _s.number, _s.digest, _s.reader, _s.written)
    .order_by(_s.article_id, _s.number)
)  # fmt: skip
_RULED: Final = select(_k.article_id, _k.id).where(_k.withdrawn_at.is_(None)).order_by(_k.article_id, _k.id)
_p = reuse_pairs.c
_PAIRS: Final = (
    select(_p.a_id, _p.b_id, _p.verdict, _p.source, _p.confidence, _p.shared_a, _p.shared_b, func.length(_p.form))
    .order_by(_p.a_id, _p.b_id)
)  # fmt: skip


def _of_articles(connection: Connection, ids: Sequence[int]) -> Iterator[Sequence[Any]]:
    asked: tuple[tuple[Select[Any], ColumnElement[Any]], ...] = (
        (_ARTICLES, articles.c.id),
        (_SEEN, _a.article_id),
        (_VERSIONS, versions.c.article_id),
        (_CHANGES, _c.article_id),
        (_DATES, story_articles.c.article_id),
        (_READ, _s.article_id),
        (_RULED, _k.article_id),
        (_PAIRS, _p.a_id),
    )
    for query, key in asked:
        yield from _rows(connection, query, key, ids)


def _rows(
    connection: Connection, query: Select[Any], key: ColumnElement[Any], wanted: Sequence[int]
) -> list[Sequence[Any]]:
    """What a query finds under some keys."""
    found: list[Sequence[Any]] = []
    for start in range(0, len(wanted), AT_ONCE):
        found += connection.execute(query.where(key.in_(wanted[start : start + AT_ONCE])))
    return found
