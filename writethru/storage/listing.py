"""Rows of listings, many at once: a page costs the same few queries however long it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select, tuple_

from writethru.model import Appearance, ArticleText, Capture, Version
from writethru.storage import captures as captures_
from writethru.storage import codec
from writethru.storage import versions as versions_
from writethru.storage.connect import Database
from writethru.storage.listing_store import ArticleLine, PlannedLook, StoredForm
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import damaged
from writethru.storage.several import Several
from writethru.storage.standing import Standing
from writethru.storage.tables import appearances, articles, captures, changes, outlets, versions

_LAST = (
    select(func.max(appearances.c.ordinal))
    .where(appearances.c.article_id == articles.c.id)
    .correlate(articles)
    .scalar_subquery()
)
_LINES = (
    select(
        articles.c.id,
        articles.c.url,
        func.coalesce(outlets.c.name, ""),
        articles.c.outlet_id,
        func.coalesce(versions.c.headline, ""),
        articles.c.same_as,
    )
    .select_from(articles)
    .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
    .outerjoin(appearances, and_(appearances.c.article_id == articles.c.id, appearances.c.ordinal == _LAST))
    .outerjoin(
        versions, and_(versions.c.article_id == articles.c.id, versions.c.number == appearances.c.version_number)
    )
)
_OF_ARTICLES = Several(_LINES, articles.c.id)
_FORMS = Several(select(changes.c.article_id, changes.c.number, changes.c.form), changes.c.article_id, changes.c.number)
_KEY = tuple_(captures.c.captured_at, captures.c.id)
_CAPTURES = select(captures).order_by(captures.c.captured_at, captures.c.id)


def _hosts() -> Prepared:
    newest = select(articles.c.host).where(articles.c.outlet_id == bindparam("outlet"), articles.c.host != "")
    some = newest.order_by(articles.c.id.desc()).limit(bindparam("most")).subquery()
    return Prepared(select(some.c.host).distinct().order_by(some.c.host))


_HOSTS = _hosts()
_PLANNED = Prepared(
    select(articles.c.next_look_at, articles.c.id, articles.c.next_look_reason)
    .where(articles.c.pace == bindparam("pace"), articles.c.next_look_at.is_not(None))
    .order_by(articles.c.next_look_at)
    .limit(bindparam("most"))
)
_NEXT_PACE = Prepared(select(func.min(articles.c.pace)).where(articles.c.pace > bindparam("pace")))


class Listing:
    """See ``listing_store.ListingStore``."""

    def __init__(self, database: Database, texts: versions_.Texts) -> None:
        self._database = database
        self._texts = texts
        self._standing = Standing(database)

    def standing(self) -> str:
        """A name for all that can be read now."""
        return self._standing.name()

    def article_lines(self, ids: Iterable[int]) -> Mapping[int, ArticleLine]:
        """Those that there are."""
        with self._database.read() as connection:
            rows = _OF_ARTICLES.rows(connection, [(article_id,) for article_id in sorted(set(ids))])
        return {row[0]: ArticleLine(*row) for row in rows}

    def next_looks(self, limit: int) -> Sequence[PlannedLook]:
        """A seek in the index of each class of waits (``pace``), however many articles there are."""
        with self._database.read() as connection:
            each = [_PLANNED.rows(connection, pace | {"most": limit}) for pace in list(_paces(connection))]
        planned = sorted(((at, key, why) for rows in each for at, key, why in rows))[:limit]
        lines = self.article_lines(article_id for _, article_id, _ in planned)
        return [PlannedLook(lines[key], at, reason) for at, key, reason in planned if key in lines]

    def newest_articles(self, limit: int) -> Sequence[int]:
        """The highest numbers, highest first."""
        query = select(articles.c.id).where(articles.c.same_as.is_(None)).order_by(articles.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def hosts_of(self, outlet_id: int, most: int) -> Sequence[str]:
        """In order."""
        with self._database.read() as connection:
            return [str(host) for (host,) in _HOSTS.rows(connection, {"outlet": outlet_id, "most": most})]

    def change_forms(self, keys: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], StoredForm]:
        """Forms of changes."""
        with self._database.read() as connection:
            rows = _FORMS.rows(connection, list(keys))
        return {
            (owner, number): StoredForm(packed, partial(self._unpacked, owner, number))
            for owner, number, packed in rows
        }

    def versions_after(self, article_id: int, number: int, limit: int) -> Sequence[Version]:
        """By number."""
        with self._database.read() as connection:
            return versions_.after(connection, article_id, number, limit)

    def appearances_of(self, article_id: int, first: int, last: int) -> Sequence[Appearance]:
        """By ordinal."""
        with self._database.read() as connection:
            return versions_.appeared(connection, article_id, first, last)

    def texts(self, article_id: int, first: int, last: int) -> Mapping[int, ArticleText]:
        """By number."""
        with self._database.read() as connection:
            return versions_.stretch(connection, article_id, first, last, self._texts)

    def captures_after(self, article_id: int, after: tuple[datetime, int] | None, limit: int) -> Sequence[Capture]:
        """By (captured_at, id)."""
        query = _CAPTURES.where(captures.c.article_id == article_id).limit(limit)
        if after is not None:
            query = query.where(tuple_(*after, types=[captures.c.captured_at.type, captures.c.id.type]) < _KEY)
        with self._database.read() as connection:
            return [captures_.from_row(row) for row in connection.execute(query)]

    def _unpacked(self, article_id: int, number: int, packed: bytes) -> dict[str, Any]:
        try:
            return codec.unpack_form(packed)
        except codec.DamageError as error:
            with self._database.read() as connection:
                raise damaged(f"change {number} of article", article_id, connection) from error


def _paces(connection: Connection) -> Iterator[dict[str, int]]:
    """Every class of waits that an article is in, by a seek each."""
    pace = _NEXT_PACE.value(connection, {"pace": -1})
    while pace is not None:
        yield {"pace": pace}
        pace = _NEXT_PACE.value(connection, {"pace": pace})
