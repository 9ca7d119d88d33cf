"""The shares of a job as one store: what analyses ask of an article is answered by the archive of its share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Table, select

from writethru.bulk.numbering import Index, opened_index
from writethru.bulk.share import share_path
from writethru.bulk.share_store import TEMPLATE
from writethru.bulk.whole import lines_of
from writethru.model import Appearance, ArticleText, Version
from writethru.storage.connect import Database
from writethru.storage.reuse import ReuseIndex
from writethru.storage.reuse_store import About
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import ArticleSummary

MOST_OPEN: Final = 64
"""Shares whose archives are kept open."""
MOST_PLACED: Final = 65_536
"""Articles whose share is kept in memory."""
TOGETHER: Final = 500
"""Articles that are asked for in one query."""


class GatheredStore(SqlStore):
    """Reads texts from the shares, and has what is analysed in a database of its own."""

    def __init__(self, database: Database, folder: Path, index: Index) -> None:
        super().__init__(database)
        self._folder = folder
        self._open: dict[int, tuple[SqlStore, ExitStack]] = {}
        self._share_of = lru_cache(MOST_PLACED)(index.share_of)
        self.reuse = _GatheredReuse(database, self)

    def close(self) -> None:
        """Give up all connections."""
        while self._open:
            self._open.popitem()[1][1].close()
        super().close()

    def share_of(self, article_id: int) -> SqlStore:
        """The archive that an article is in."""
        share = self._share_of(article_id)
        if share not in self._open:
            if len(self._open) >= MOST_OPEN:
                self._open.pop(next(iter(self._open)))[1].close()
            self._open[share] = self._opened(share)
        return self._open[share][0]

    def _opened(self, share: int) -> tuple[SqlStore, ExitStack]:
        """A share's archive, and what closes it. It changes no more: all is read in one transaction."""
        with ExitStack() as closing_it:
            store = SqlStore(Database(str(share_path(self._folder, share, "db"))))
            closing_it.callback(store.close)
            closing_it.enter_context(store.reuse.snapshot())
            return store, closing_it.pop_all()

    def version(self, article_id: int, number: int) -> Version:
        """Raises NotInArchive."""
        return self.share_of(article_id).version(article_id, number)

    def version_text(self, article_id: int, number: int) -> ArticleText:
        """Raises NotInArchive."""
        return self.share_of(article_id).version_text(article_id, number)

    def versions(self, article_id: int) -> Sequence[Version]:
        """By number."""
        return self.share_of(article_id).versions(article_id)

    def appearances(self, article_id: int) -> Sequence[Appearance]:
        """In time."""
        return self.share_of(article_id).appearances(article_id)

    def article_summaries(
        self, *, limit: int | None = None, after_id: int = 0, article_id: int | None = None
    ) -> Sequence[ArticleSummary]:
        """Of one article; there is no list of all."""
        if article_id is None:
            return super().article_summaries(limit=limit, after_id=after_id)
        return self.share_of(article_id).article_summaries(article_id=article_id)

    def table(self, table: Table, by: Column[Any], ids: Sequence[int] | None = None) -> Iterator[dict[str, Any]]:
        """Rows of a table of what was analysed, in the order of its key; those where ``by`` is one of these, or all."""
        query = select(table).order_by(*table.primary_key.columns)
        with self._database.read() as connection:
            for some in [query] if ids is None else [query.where(by.in_(part)) for part in _parts(ids)]:
                yield from (dict(row) for row in connection.execute(some).mappings())


class _GatheredReuse(ReuseIndex):
    """What shared text asks of an article, from its share."""

    def __init__(self, database: Database, store: GatheredStore) -> None:
        super().__init__(database)
        self._store = store

    def snapshot(self) -> AbstractContextManager[None]:
        """Nothing changes meanwhile."""
        return nullcontext()

    def about(self, article_id: int) -> About:
        """What is known of an article beside its texts. Raises NotInArchive."""
        return self._store.share_of(article_id).reuse.about(article_id)


@contextmanager
def gathered(folder: Path, database: Path | None = None) -> Iterator[GatheredStore]:
    """The shares of a job, to read; with what was analysed so far, if its database is named."""
    own = Database(str(database or folder / TEMPLATE))
    with opened_index(folder) as index, closing(GatheredStore(own, folder, index)) as store:
        yield store


def outlets_path(folder: Path) -> Path:
    """Where the numbers of outlets stand, by name."""
    return folder / "outlets.json"


def placed(folder: Path, share: int) -> dict[int, tuple[str | None, int]]:
    """The outlet, and microseconds of the first capture, of each article of a share, by number."""
    rows = lines_of(share_path(folder, share, "articles"))
    return {row["id"]: (name, row["added_at"]) for name, row in sorted(rows, key=lambda line: int(line[1]["id"]))}


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + TOGETHER] for start in range(0, len(ids), TOGETHER))
