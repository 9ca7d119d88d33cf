"""The store of one share of a job: an archive of its own for as long as the share takes."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from writethru.bulk.model import KnownArticle, Look
from writethru.storage import open_store
from writethru.storage.columns import from_micros, key_of, storable
from writethru.storage.connect import Database
from writethru.storage.sqlstore import SqlStore

TEMPLATE = "template.db"
ELSEWHERE = -1
"""Stands for an article of another share."""

Moment = tuple[int, int]
"""Microseconds and number of a look: what came before what."""


class ShareStore(SqlStore):
    """Knows its own articles, and is told which texts articles of other shares had, and since when.

    Attributes:
        moment: of the look that is being recorded.
        asked: digest and moment of every question to which it knew no other article of its own.
    """

    def __init__(self, database: Database, told: Mapping[str, Moment]) -> None:
        super().__init__(database)
        self._told = told
        self.moment: Moment = (0, 0)
        self.asked: list[tuple[str, Moment]] = []

    def articles_with_text(self, digest: str) -> Sequence[int]:
        """Articles with this text before the look in hand, ``ELSEWHERE`` for those of other shares."""
        found = list(super().articles_with_text(digest))
        if len(found) <= 1:
            self.asked.append((digest, self.moment))
        since = self._told.get(digest)
        return [ELSEWHERE, *found] if since is not None and since < self.moment else found


def make_template(folder: Path) -> None:
    """An empty archive that shares begin as copies of: making its tables takes longer than a copy."""
    path = folder / TEMPLATE
    if not path.exists():
        part = folder / f"{TEMPLATE}.part"
        part.unlink(missing_ok=True)
        open_store(str(part)).close()
        part.replace(path)


@contextmanager
def share_store(folder: Path, told: Mapping[str, Moment], kept: Path | None = None) -> Iterator[ShareStore]:
    """A new archive, gone afterwards; or put there when all went well."""
    with new_database(folder, kept) as database:
        yield ShareStore(database, told)


@contextmanager
def new_database(folder: Path, kept: Path | None) -> Iterator[Database]:
    """An empty database, which goes to its place when all went well, or nowhere."""
    with tempfile.TemporaryDirectory(prefix="share-", dir=folder) as place:
        path = Path(place) / "share.db"
        shutil.copyfile(folder / TEMPLATE, path)
        database = Database(str(path))
        try:
            yield database
        finally:
            database.close()
        if kept is not None:
            _without_log(path)
            kept.parent.mkdir(exist_ok=True)
            path.replace(kept)


def _without_log(path: Path) -> None:
    """From now on one file: a write-ahead log needs memory that several machines cannot share."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def put_articles(store: ShareStore, articles: Iterable[KnownArticle], aliases: Iterable[tuple[int, str, int]]) -> None:
    """Articles under the numbers that they have in the whole record, with their addresses."""
    listed = list(articles)
    if not listed:
        return
    outlets = {name: store.outlet(name).id for name in dict.fromkeys(article.outlet for article in listed) if name}
    with store.transaction():
        store.exchange.put("articles", [_row(article, outlets.get(article.outlet)) for article in listed])
        named = [(article.id, article.url, "canonical", article.added_at) for article in listed]
        named += [(article, url, "found", at) for article, url, at in aliases]
        store.exchange.put("aliases", [_alias(*one) for one in named])


def _row(article: KnownArticle, outlet: int | None) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.url,
        "host": article.host,
        "outlet_id": outlet,
        "added_at": from_micros(article.added_at),
        "next_look_at": None,
        "next_look_reason": "imported; not watched",
        "retired_at": None,
        "etag": "",
        "last_modified": "",
        "payload": "",
        "same_as": None,
        "pace": 0,
    }


def _alias(article: int, url: str, kind: str, at: int) -> dict[str, Any]:
    key, moment = key_of(url), from_micros(at)
    kept = None if key == storable(url) else url
    return {
        "key": key, "url": kept, "article_id": article, "kind": kind, "first_seen_at": moment, "last_seen_at": moment,
    }  # fmt: skip


def moment_of(look: Look) -> Moment:
    """What came before what."""
    return look.at, look.id
