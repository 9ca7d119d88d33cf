"""Entries of feeds, on SQLite and PostgreSQL.

The feed of everything and those of articles are read from ``changes`` and ``absences``. All others
are walks of ``change_facets``, so that a page of the rarest kind costs as little as one of the most
common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, tuple_

from writethru.alerts import Absence, Step, steps_of
from writethru.model import Reason
from writethru.storage import captures as captures_
from writethru.storage import facets
from writethru.storage.changes import COLUMNS as CHANGE_COLUMNS
from writethru.storage.changes import record_of
from writethru.storage.connect import Database
from writethru.storage.dialect import insert_if_new, inserting
from writethru.storage.facet_tables import change_facets
from writethru.storage.feed_store import ABSENT, FeedRow, Place, Selection
from writethru.storage.feed_tables import absences
from writethru.storage.found import found
from writethru.storage.prepared import Prepared
from writethru.storage.several import Several
from writethru.storage.store import LogEntry
from writethru.storage.tables import appearances, articles, captures, changes, extractions, outlets, versions

_CHANGE_KEY = (changes.c.before_at, changes.c.article_id, changes.c.number)
_ABSENCE_KEY = (absences.c.at, absences.c.article_id)
_FACET_KEY = (change_facets.c.before_at, change_facets.c.article_id, change_facets.c.number)

_READING = Prepared(
    select(extractions.c.form)
    .join_from(captures, extractions, extractions.c.capture_id == captures.c.id)
    .where(captures.c.article_id == bindparam("article"))
    .where(captures.c.captured_at <= bindparam("at", type_=captures.c.captured_at.type))
    .order_by(captures.c.captured_at.desc(), captures.c.id.desc())
    .limit(1)
)
_OUTLET = Prepared(select(articles.c.outlet_id).where(articles.c.id == bindparam("article")))
_ADD_FACETS = inserting(change_facets)
_CHANGE_ROWS = Several(
    select(*CHANGE_COLUMNS, articles.c.url, outlets.c.name, versions.c.headline)
    .select_from(changes)
    .join(articles, articles.c.id == changes.c.article_id)
    .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
    .join(versions, (versions.c.article_id == changes.c.article_id) & (versions.c.number == changes.c.to_version)),
    changes.c.article_id,
    changes.c.number,
)
_HEADLINE = (
    select(versions.c.headline)
    .join(
        appearances,
        (appearances.c.article_id == versions.c.article_id) & (appearances.c.version_number == versions.c.number),
    )
    .where(appearances.c.article_id == absences.c.article_id, appearances.c.first_seen_at <= absences.c.first_at)
    .order_by(appearances.c.ordinal.desc())
    .limit(1)
    .correlate(absences)
    .scalar_subquery()
)
_ABSENCE_ROWS = Several(
    select(absences, articles.c.url, outlets.c.name, _HEADLINE)
    .select_from(absences)
    .join(articles, articles.c.id == absences.c.article_id)
    .outerjoin(outlets, outlets.c.id == articles.c.outlet_id),
    absences.c.article_id,
    absences.c.at,
)
_FORGET = Prepared(delete(absences).where(absences.c.article_id == bindparam("article")))


class FeedIndex:
    """See ``FeedStore`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def places(self, selection: Selection, limit: int, before: Place | None = None) -> Sequence[Place]:
        """Places, newest first."""
        with self._database.read() as connection:
            if selection.facet:
                return _of_facet(connection, selection.facet, limit, before)
            both = (
                _of_changes(connection, selection.articles, limit, before),
                _of_absences(connection, selection.articles, limit, before),
            )
            return list(islice(merge(*both, reverse=True), limit))

    def rows(self, places: Sequence[Place]) -> Sequence[FeedRow]:
        """The entries of these places."""
        with self._database.read() as connection:
            known = {row.place: row for row in _rows(connection, places)}
        return [known[place] for place in places if place in known]

    def found(self, search_id: int, limit: int, before: int | None = None) -> Sequence[FeedRow]:
        """What a saved search found, what was found last first."""
        with self._database.read() as connection:
            return found(connection, search_id, limit, before)

    def note_absences(self, article_id: int) -> None:
        """Note what is new of disappearances and returns."""
        with self._database.write(of_article=article_id) as connection:
            for at in _note(connection, article_id):
                self._database.note(LogEntry(0, at, "absence", article_id, ABSENT))


def forget(connection: Connection, article_id: int) -> None:
    """Forget an article's disappearances and returns; ``facets`` forgets where they were found."""
    _FORGET.run(connection, {"article": article_id})


def _note(connection: Connection, article_id: int) -> list[datetime]:
    """When each that was new was settled."""
    new = []
    for step, at, absence in steps_of(captures_.of_article(connection, article_id)):
        row = {
            "article_id": article_id,
            "at": at,
            "step": step.value,
            "after_at": absence.after,
            "first_at": absence.first,
            "last_at": absence.last,
            "looks": absence.looks,
            "reasons": " ".join(absence.reasons),
        }
        if insert_if_new(connection, absences, row):
            about = facets.facets_of((step.value,), *_about(connection, article_id, absence))
            _ADD_FACETS.each(connection, list(facets.rows_of((at, article_id, ABSENT), about)))
            new.append(at)
    return new


def _about(connection: Connection, article_id: int, absence: Absence) -> tuple[int | None, str]:
    """Outlet and section of an article, as they were before it was away."""
    outlet_id = _OUTLET.value(connection, {"article": article_id})
    packed = _READING.value(connection, {"article": article_id, "at": absence.after or absence.first})
    return outlet_id, facets.section_of(packed)


def _of_facet(connection: Connection, facet: str, limit: int, before: Place | None) -> list[Place]:
    same = (changes.c.article_id == change_facets.c.article_id) & (changes.c.number == change_facets.c.number)
    reported = (change_facets.c.number == ABSENT) | (changes.c.reason != Reason.ALTERNATED)
    query = select(*_FACET_KEY).outerjoin_from(change_facets, changes, same)
    query = query.where(change_facets.c.facet == facet, reported)
    return _places(connection, _newest(query, _FACET_KEY, before, limit))


def _of_changes(connection: Connection, wanted: Sequence[int], limit: int, before: Place | None) -> list[Place]:
    query = select(*_CHANGE_KEY).where(changes.c.reason != Reason.ALTERNATED)
    if wanted:
        query = query.where(changes.c.article_id.in_(wanted))
    return _places(connection, _newest(query, _CHANGE_KEY, before, limit))


def _of_absences(connection: Connection, wanted: Sequence[int], limit: int, before: Place | None) -> list[Place]:
    query = select(*_ABSENCE_KEY)
    if wanted:
        query = query.where(absences.c.article_id.in_(wanted))
    # an absence stands before (is older than) every change of the same article and moment: its ordinal is 0
    key = None if before is None else (before[0], before[1] + (before[2] > ABSENT))
    return [(at, article_id, ABSENT) for at, article_id in connection.execute(_newest(query, _ABSENCE_KEY, key, limit))]


def _newest(query: Any, key: Sequence[Any], before: Sequence[Any] | None, limit: int) -> Any:
    if before is not None:
        query = query.where(tuple_(*before, types=[column.type for column in key]) > tuple_(*key))
    return query.order_by(*(column.desc() for column in key)).limit(limit)


def _places(connection: Connection, query: Any) -> list[Place]:
    return [(at, article_id, ordinal) for at, article_id, ordinal in connection.execute(query)]


def _rows(connection: Connection, places: Sequence[Place]) -> Iterator[FeedRow]:
    numbers = [(article_id, ordinal) for _, article_id, ordinal in places if ordinal != ABSENT]
    moments = [(article_id, at) for at, article_id, ordinal in places if ordinal == ABSENT]
    yield from (_change_row(row) for row in _CHANGE_ROWS.rows(connection, numbers))
    yield from (_absence_row(row) for row in _ABSENCE_ROWS.rows(connection, moments))


def _change_row(row: Sequence[Any]) -> FeedRow:
    *columns, url, outlet, headline = row
    record = record_of(columns)
    return FeedRow(record.before, record.article_id, record.number, url, outlet or "", headline, record)


def _absence_row(row: Sequence[Any]) -> FeedRow:
    article_id, at, step, after, first, last, looks, reasons, url, outlet, headline = row
    back: datetime | None = at if step == Step.RETURNED else None
    absence = Absence(after, first, last, looks, tuple(map(Reason, reasons.split())), back)
    return FeedRow(at, article_id, ABSENT, url, outlet or "", headline or "", None, Step(step), absence)
