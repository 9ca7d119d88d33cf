"""Articles and their URLs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from writethru.model import Alias, Article
from writethru.storage.columns import key_of, storable
from writethru.storage.dialect import Numbered, earlier, insert_if_new, later
from writethru.storage.paused import unless_paused
from writethru.storage.prepared import Prepared
from writethru.storage.queue_tables import hosts
from writethru.storage.safety_tables import withdrawals
from writethru.storage.tables import aliases, articles
from writethru.storage.withdrawn import absent, refuse_withheld

COLUMNS = tuple(articles.c[field.name] for field in fields(Article))

_BY_ID = Prepared(select(*COLUMNS).where(articles.c.id == bindparam("article")))
_BY_URL = Prepared(select(*COLUMNS).join_from(aliases, articles).where(aliases.c.key == bindparam("key")))
DUE = Prepared(
    select(*COLUMNS)
    .where(articles.c.host == bindparam("host"), articles.c.next_look_at <= bindparam("now"))
    .order_by(articles.c.next_look_at, articles.c.id)
    .limit(bindparam("most"))
)
_INSERT = Numbered(articles, withdrawals.c.article_id)
_CHANGING = [column.name for column in COLUMNS if column not in (articles.c.id, articles.c.next_look_at)]
_MOVE = (
    update(articles)
    .where(articles.c.id == bindparam("article"))
    .values(next_look_at=unless_paused("article", articles))
)
_UPDATE = Prepared(_MOVE.where(articles.c.url == bindparam("same_url")), _CHANGING)
_MOVE_ALSO = Prepared(_MOVE, _CHANGING)
_LOCK = Prepared(select(articles.c.id).where(articles.c.id == bindparam("article")).with_for_update())
_DELETE = Prepared(delete(articles).where(articles.c.id == bindparam("article")))

_OWNER = Prepared(select(aliases.c.article_id).where(aliases.c.key == bindparam("key")))
_WIDEN = Prepared(
    update(aliases)
    .where(aliases.c.key == bindparam("wanted"), aliases.c.article_id == bindparam("article"))
    .values(
        first_seen_at=earlier(aliases.c.first_seen_at, "at"),
        last_seen_at=later(aliases.c.last_seen_at, "at"),
    )
)
_GIVE = Prepared(update(aliases).where(aliases.c.key == bindparam("wanted")), ["article_id", "kind"])
_RELEASE = Prepared(delete(aliases).where(aliases.c.key == bindparam("wanted"), aliases.c.kind != "canonical"))
_URLS = Prepared(
    select(articles.c.url)
    .where(articles.c.host == bindparam("host"))
    .order_by(articles.c.id.desc())
    .limit(bindparam("most"))
)
_JOINED = Prepared(select(*COLUMNS).where(articles.c.same_as == bindparam("article")).order_by(articles.c.id))
_ALIASES = Prepared(
    select(
        func.coalesce(aliases.c.url, aliases.c.key), aliases.c.kind, aliases.c.first_seen_at, aliases.c.last_seen_at
    ).where(aliases.c.article_id == bindparam("article"))
)


@dataclass(frozen=True, slots=True)
class NewAlias:
    """A URL of an article, seen at one moment."""

    article_id: int
    url: str
    kind: str
    at: datetime


def find(connection: Connection, url: str) -> Article | None:
    """By canonical URL or any alias."""
    row = _BY_URL.first(connection, {"key": key_of(url)})
    return None if row is None else Article(*row)


def get(connection: Connection, article_id: int) -> Article:
    """Raises NotInArchive."""
    row = _BY_ID.first(connection, {"article": article_id})
    if row is None:
        raise absent(connection, article_id)
    return Article(*row)


def lock(connection: Connection, article_id: int) -> None:
    """Keep other writers from this article until the transaction ends (PostgreSQL)."""
    _LOCK.rows(connection, {"article": article_id})


def add(connection: Connection, new: Article) -> Article:
    """A new article (``new.id`` is ignored) and its first alias; the one there, if the URL is taken.

    Raises Withdrawn.
    """
    refuse_withheld(connection, new.url)
    insert_if_new(connection, hosts, {"host": new.host})
    article_id = _INSERT.value(connection, _values(new))
    alias = NewAlias(article_id, new.url, "canonical", new.added_at)
    owner = add_alias(connection, alias)
    if owner != article_id:
        _DELETE.run(connection, {"article": article_id})
    return get(connection, owner)


def write(connection: Connection, article: Article) -> None:
    """All fields, by id; a changed canonical URL becomes an alias too. Raises NotInArchive."""
    values = {**_values(article), "article": article.id, "due_at": article.next_look_at}
    if _UPDATE.run(connection, {**values, "same_url": article.url}) == 1:
        return
    if _MOVE_ALSO.run(connection, values) != 1:
        raise absent(connection, article.id)
    insert_if_new(connection, hosts, {"host": article.host})
    add_alias(connection, NewAlias(article.id, article.url, "canonical", article.added_at))


def due(connection: Connection, wanted: dict[str, Any]) -> list[Article]:
    """Of one ``host`` and due by ``now``, longest due first, at most ``most``."""
    return [Article(*row) for row in DUE.rows(connection, wanted)]


def add_alias(connection: Connection, alias: NewAlias) -> int:
    """Note a URL; which article it belongs to: the one that had it first. Raises Withdrawn."""
    refuse_withheld(connection, alias.url)
    key = key_of(alias.url)
    row = {
        "key": key,
        "url": None if key == storable(alias.url) else alias.url,
        "article_id": alias.article_id,
        "kind": alias.kind,
        "first_seen_at": alias.at,
        "last_seen_at": alias.at,
    }
    if insert_if_new(connection, aliases, row):
        return alias.article_id
    widened = {"wanted": key, "article": alias.article_id, "at": alias.at}
    if _WIDEN.run(connection, widened) == 1:
        return alias.article_id
    return int(_OWNER.value(connection, {"key": key}))


def give_alias(connection: Connection, url: str, article_id: int, kind: str) -> None:
    """A URL that some article has is this one's from now on."""
    _GIVE.run(connection, {"wanted": key_of(url), "article_id": article_id, "kind": kind})


def release_alias(connection: Connection, url: str) -> None:
    """Forget a URL that is no article's canonical one."""
    _RELEASE.run(connection, {"wanted": key_of(url)})


def urls_at(connection: Connection, host: str, limit: int) -> list[str]:
    """Canonical URLs of the newest articles at a host, newest first."""
    return [str(row[0]) for row in _URLS.rows(connection, {"host": host, "most": limit})]


def joined_to(connection: Connection, article_id: int) -> list[Article]:
    """By id."""
    return [Article(*row) for row in _JOINED.rows(connection, {"article": article_id})]


def aliases_of(connection: Connection, article_id: int) -> list[Alias]:
    """By first_seen, then URL in code point order."""
    found = [Alias(*row) for row in _ALIASES.rows(connection, {"article": article_id})]
    return sorted(found, key=lambda alias: (alias.first_seen, alias.url))


def _values(article: Article) -> dict[str, Any]:
    return {
        "url": article.url,
        "host": article.host,
        "outlet_id": article.outlet_id,
        "added_at": article.added_at,
        "next_look_at": article.next_look_at,
        "next_look_reason": article.next_look_reason,
        "retired_at": article.retired_at,
        "etag": article.etag,
        "last_modified": article.last_modified,
        "payload": article.payload,
        "same_as": article.same_as,
        "pace": article.pace,
    }
