"""Changes looked for by outlet, kind, section and time: walks of one index, at most ``MOST_SCANNED`` steps long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Subquery,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    true,
    tuple_,
)

from writethru.storage.changes import COLUMNS, record_of
from writethru.storage.connect import Database
from writethru.storage.facet_tables import change_facets
from writethru.storage.prepared import Prepared
from writethru.storage.river_store import MOST_RANKED, MOST_SCANNED, Found, Key, Matches, Share, Sought
from writethru.storage.tables import articles, changes

_STRIDES: Final = (64, 512, MOST_SCANNED - 576)
"""Rows asked for at once: few where most fit, many where few do."""

MOST_SECTIONS: Final = 300
"""Sections that are listed; more are found by their name, and are not offered."""

_SECTION: Final = "section:"
_KEY_AT: Final = tuple(COLUMNS.index(changes.c[name]) for name in ("before_at", "article_id", "number"))
_Shape: TypeAlias = tuple[int, int, bool, bool]
"""How many facets and reasons a question names, and whether it has a first and a last day."""

_walked = change_facets.alias("walked")
_probed = change_facets.alias("probed")


def _section_names() -> Prepared:
    """One seek for each name: the least facet after the one before."""
    first = select(func.min(change_facets.c.facet)).where(change_facets.c.facet > _SECTION)
    names = select(first.scalar_subquery().label("facet")).cte("names", recursive=True)
    after = select(func.min(change_facets.c.facet)).where(change_facets.c.facet > names.c.facet)
    following = select(after.scalar_subquery()).where(names.c.facet.is_not(None))
    names = names.union_all(following)
    return Prepared(select(names.c.facet).where(names.c.facet.is_not(None)).limit(MOST_SECTIONS))


_SECTIONS = _section_names()


def _share() -> Prepared:
    newest = select(articles.c.id).where(articles.c.outlet_id == bindparam("outlet"), articles.c.same_as.is_(None))
    some = newest.order_by(articles.c.id.desc()).limit(bindparam("most")).subquery()
    changed = select(changes.c.number).where(changes.c.article_id == some.c.id).correlate(some).exists()
    return Prepared(select(func.count(), func.count().filter(changed)).select_from(some))


_SHARE = _share()


class River:
    """See ``RiverStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, sought: Sought, limit: int, before: Key | None = None) -> Found:
        """Newest first by key."""
        kept: list[Sequence[Any]] = []
        last, walked = None, 0
        with self._database.read() as connection:
            for row in _walk(connection, sought, before):
                if row[-1] and len(kept) == limit:
                    return Found(_records(kept), _key(kept[-1]), _key(kept[-1])[0])
                if row[-1]:
                    kept.append(row)
                last, walked = row, walked + 1
        cut = walked >= MOST_SCANNED
        key = None if last is None else _key(last)
        return Found(_records(kept), key if cut else None, key and key[0], cut)

    def foremost(self, sought: Sought, skip: int, limit: int) -> Found:
        """Most significant first, then newest."""
        shape, values = _shape(sought), {**_values(sought), "most": MOST_RANKED}
        with self._database.read() as connection:
            looked, oldest = _reaching(shape).first(connection, values) or (0, None)
            rows = _ranking(shape).rows(connection, {**values, "skip": skip, "limit": limit})
        return Found(_records(rows), None, oldest, int(looked) >= MOST_RANKED)

    def count(self, sought: Sought) -> Matches:
        """How many fit."""
        with self._database.read() as connection:
            row = _counting(_shape(sought)).first(connection, {**_values(sought), "limit": MOST_SCANNED}) or (0, 0)
        return Matches(int(row[1]), int(row[0]) < MOST_SCANNED)

    def sections(self) -> list[str]:
        """Names of sections that have changes."""
        with self._database.read() as connection:
            found = [str(row[0]) for row in _SECTIONS.rows(connection, {})]
        return [facet.removeprefix(_SECTION) for facet in found if facet.startswith(_SECTION)]

    def share_changed(self, outlet_id: int, most: int) -> Share:
        """How many of an outlet's newest articles were changed."""
        with self._database.read() as connection:
            row = _SHARE.first(connection, {"outlet": outlet_id, "most": most}) or (0, 0)
        return Share(int(row[1]), int(row[0]), int(row[0]) < most)


def _walk(connection: Connection, sought: Sought, before: Key | None) -> Iterator[Sequence[Any]]:
    """Changes with whether they fit, newest first, at most ``MOST_SCANNED``."""
    for stride in _STRIDES:
        statement, values = question(sought, before, stride)
        rows = statement.rows(connection, values)
        yield from rows
        if len(rows) < stride:
            return
        before = _key(rows[-1])


def question(sought: Sought, before: Key | None, limit: int) -> tuple[Prepared, dict[str, Any]]:
    """The statement that walks to these changes, and its values."""
    return _walking(_shape(sought), before is not None), {**_values(sought), **_after(before), "limit": limit}


def _shape(sought: Sought) -> _Shape:
    return len(sought.facets), len(sought.without), sought.since is not None, sought.until is not None


def _values(sought: Sought) -> dict[str, Any]:
    values: dict[str, Any] = {f"facet{at}": facet for at, facet in enumerate(sought.facets)}
    values |= {f"without{at}": reason.value for at, reason in enumerate(sought.without)}
    return {**values, "since": sought.since, "until": sought.until}


def _after(before: Key | None) -> dict[str, Any]:
    return {} if before is None else dict(zip(("key0", "key1", "key2"), before, strict=True))


@lru_cache(128)
def _walking(shape: _Shape, following: bool) -> Prepared:
    steps = _steps(shape, "limit", following=following)
    found = select(*COLUMNS, _fits(shape, changes).label("fits")).select_from(_changes_at(steps))
    return Prepared(found.order_by(*(column.desc() for column in _key_of(steps))))


@lru_cache(64)
def _counting(shape: _Shape) -> Prepared:
    weighed = _weighed(shape, "limit")
    return Prepared(select(func.count(), func.count().filter(weighed.c.fits)).select_from(weighed))


@lru_cache(64)
def _ranking(shape: _Shape) -> Prepared:
    """The most significant of the newest, found by an index that has all that is asked; only these are then read."""
    weighed = _weighed(shape, "most")
    key = _key_of(weighed)
    best = (
        select(*key).where(weighed.c.fits).order_by(weighed.c.significance.desc(), *(column.desc() for column in key))
    )
    some = best.limit(bindparam("limit")).offset(bindparam("skip")).subquery("best")
    found = select(*COLUMNS).select_from(_changes_at(some))
    return Prepared(found.order_by(changes.c.significance.desc(), *(column.desc() for column in _key_of(some))))


@lru_cache(64)
def _reaching(shape: _Shape) -> Prepared:
    """How many changes ``_ranking`` weighs, and the time of the oldest."""
    steps = _steps(shape, "most")
    oldest = func.min(steps.c.before_at, type_=changes.c.before_at.type)
    return Prepared(select(func.count(), oldest).select_from(steps))


def _weighed(shape: _Shape, most: str) -> Subquery:
    """The changes that are looked at with their weight and whether they fit; of no table more than an index is read."""
    steps = _steps(shape, most, changes.c.significance, changes.c.reason)
    source, found = (changes, _changes_at(steps)) if shape[0] else (steps, steps)
    fits = _fits(shape, source).label("fits")
    return select(*_key_of(steps), source.c.significance, fits).select_from(found).subquery("weighed")


def _steps(shape: _Shape, most: str, *more: Column[Any], following: bool = False) -> Subquery:
    """The keys of the changes that are looked at, from one index alone; with ``more``, where that is of changes.

    Their number is bounded here, before anything is joined: PostgreSQL's planner, left to choose, took a facet's
    changes for few and sorted all of them.
    """
    facets, _, since, until = shape
    source = _walked if facets else changes
    key = _key_of(source)
    query = select(*key) if facets else select(*key, *more)
    if facets:
        query = query.where(source.c.facet == bindparam("facet0"), source.c.number > literal_column("0"))
    if since:
        query = query.where(source.c.before_at >= bindparam("since", type_=changes.c.before_at.type))
    if until:
        query = query.where(source.c.before_at < bindparam("until", type_=changes.c.before_at.type))
    if following:
        last = (bindparam(f"key{at}", type_=column.type) for at, column in enumerate(key))
        query = query.where(tuple_(*last) > tuple_(*key))
    return query.order_by(*(column.desc() for column in key)).limit(bindparam(most)).subquery("steps")


def _key_of(source: FromClause) -> Sequence[Any]:
    return source.c.before_at, source.c.article_id, source.c.number


def _changes_at(steps: Subquery) -> FromClause:
    """The changes with these keys; all three parts, so that the index which holds their weight will do."""
    same = (column == wanted for column, wanted in zip(_key_of(changes), _key_of(steps), strict=True))
    return steps.join(changes, and_(*same))


def _fits(shape: _Shape, source: FromClause) -> ColumnElement[bool]:
    """What is asked of a change besides where it was found."""
    facets, without, _, _ = shape
    conditions = [source.c.reason != bindparam(f"without{at}") for at in range(without)]
    return and_(true(), *conditions, *(_holds(f"facet{at}") for at in range(1, facets)))


def _holds(name: str) -> Any:
    """Whether a change can be found under the further facet of this name."""
    same = (_probed.c.before_at == changes.c.before_at) & (_probed.c.article_id == changes.c.article_id)
    one = (_probed.c.facet == bindparam(name)) & same & (_probed.c.number == changes.c.number)
    return select(_probed.c.number).where(one).correlate(changes).exists()


def _key(row: Sequence[Any]) -> Key:
    before, article_id, number = (row[at] for at in _KEY_AT)
    return before, article_id, number


def _records(rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(record_of(tuple(islice(row, len(COLUMNS)))) for row in rows)
