"""Looks as mementos, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, or_, select, tuple_

from writethru.model import Capture, Outcome, TimeBasis
from writethru.storage.captures import from_row
from writethru.storage.connect import Database
from writethru.storage.prepared import Prepared
from writethru.storage.tables import appearances, captures

DATED: Final = (TimeBasis.OBSERVED, TimeBasis.STATED)
SHOWN: Final = (Outcome.SAME, Outcome.EDITED, Outcome.TEASER)
"""Outcomes of looks that showed the article; a bot check at its address is no memento of it."""

LONG_AGO: Final = datetime(1, 1, 1, tzinfo=UTC)

_moment = captures.c.captured_at.type
_kept = and_(captures.c.body_digest != "", captures.c.file.is_not(None))
_dated = or_(*(captures.c.basis == basis for basis in DATED))
_mementos = select(captures).where(
    captures.c.article_id == bindparam("article"),
    or_(*(captures.c.outcome == outcome for outcome in SHOWN)),
    _kept,
    _dated,
)
_KEY = (captures.c.captured_at, captures.c.id)
_key = tuple_(bindparam("at", type_=_moment), bindparam("capture"), types=[_moment, captures.c.id.type])
_newest_first = tuple(column.desc() for column in _KEY)
_UP_TO = Prepared(_mementos.where(captures.c.captured_at <= bindparam("at")).order_by(*_newest_first).limit(1))
_SINCE = Prepared(_mementos.where(captures.c.captured_at >= bindparam("at")).order_by(*_KEY).limit(bindparam("most")))
_BEFORE = Prepared(_mementos.where(_key > tuple_(*_KEY)).order_by(*_newest_first).limit(1))
_AFTER = Prepared(_mementos.where(_key < tuple_(*_KEY)).order_by(*_KEY).limit(1))
_LAST = Prepared(_mementos.order_by(*_newest_first).limit(1))
_AT = Prepared(
    select(captures)
    .where(captures.c.article_id == bindparam("article"), _kept, _dated)
    .where(captures.c.captured_at >= bindparam("begin"), captures.c.captured_at < bindparam("end"))
    .order_by(*_KEY)
    .limit(1)
)
_STANDING = Prepared(
    select(appearances.c.version_number)
    .where(appearances.c.article_id == bindparam("article"))
    .where(appearances.c.first_seen_at <= bindparam("at"), appearances.c.last_seen_at >= bindparam("at"))
    .order_by(appearances.c.ordinal.desc())
    .limit(1)
)


class MementoIndex:
    """See ``MementoStore`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def in_force(self, article_id: int, at: datetime) -> Capture | None:
        """The latest at or before a moment, else the first."""
        return self._one(_UP_TO, article=article_id, at=at) or self._first(article_id)

    def around(self, capture: Capture) -> tuple[Capture | None, Capture | None]:
        """The one before and the one after."""
        key = {"article": capture.article_id, "at": capture.look.captured_at, "capture": capture.id}
        return self._one(_BEFORE, **key), self._one(_AFTER, **key)

    def ends(self, article_id: int) -> tuple[Capture, Capture] | None:
        """The first and the last."""
        first, last = self._first(article_id), self._one(_LAST, article=article_id)
        return None if first is None or last is None else (first, last)

    def since(self, article_id: int, at: datetime, limit: int) -> Sequence[Capture]:
        """From a moment on."""
        with self._database.read() as connection:
            rows = _SINCE.rows(connection, {"article": article_id, "at": at, "most": limit})
        return [from_row(row) for row in rows]

    def at(self, article_id: int, begin: datetime, end: datetime) -> Capture | None:
        """The first look in a stretch of time."""
        return self._one(_AT, article=article_id, begin=begin, end=end)

    def version_at(self, article_id: int, at: datetime) -> int | None:
        """The number of the version that stood there."""
        with self._database.read() as connection:
            number: int | None = _STANDING.value(connection, {"article": article_id, "at": at})
        return number

    def _first(self, article_id: int) -> Capture | None:
        return self._one(_SINCE, article=article_id, at=LONG_AGO, most=1)

    def _one(self, statement: Prepared, **values: Any) -> Capture | None:
        with self._database.read() as connection:
            row = statement.first(connection, values)
        return None if row is None else from_row(row)
