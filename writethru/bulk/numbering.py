"""Second step of a job: number articles and captures as an import of the same files would, and share them out.

An index on disk, so that memory does not grow with the archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from writethru.bulk.model import KnownArticle, Look, Seen
from writethru.bulk.planning import share_size, shares
from writethru.bulk.scan import seen_in
from writethru.errors import NotInArchive
from writethru.model import TimeBasis
from writethru.text.urls import host_of
from writethru.watch.knowledge import PAGES

TIMELESS: Final = (TimeBasis.IMPORTED.value, TimeBasis.RELATIVE.value)

_SCHEMA: Final = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;
CREATE TABLE articles (id INTEGER PRIMARY KEY, url TEXT, host TEXT, outlet TEXT, added_at INTEGER,
    looks INTEGER DEFAULT 0, pages INTEGER DEFAULT 0, share INTEGER);
CREATE TABLE urls (url TEXT PRIMARY KEY, article INTEGER) WITHOUT ROWID;
CREATE TABLE aliases (article INTEGER, url TEXT, at INTEGER);
CREATE TABLE looks (id INTEGER PRIMARY KEY, article INTEGER, at INTEGER,
    file INTEGER, "offset" INTEGER, length INTEGER);
CREATE TABLE known (article INTEGER, key TEXT, PRIMARY KEY (article, key)) WITHOUT ROWID;
"""
_FINISH: Final = """
DROP TABLE known; DROP TABLE plan;
CREATE INDEX looks_of_article ON looks (article, at, id);
CREATE INDEX articles_by_host ON articles (host);
CREATE INDEX aliases_of_article ON aliases (article);
"""


@dataclass(frozen=True, slots=True)
class Numbered:
    """What there is in all."""

    articles: int
    captures: int
    already_known: int
    shares: int


def index_path(folder: Path) -> Path:
    """The index of a job."""
    return folder / "index.db"


def number_all(folder: Path, files: int) -> Numbered:
    """Make the index from the listings of so many files; one that is there is made anew."""
    path = index_path(folder)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        book = _Book(connection)
        for number in range(files):
            for seen in seen_in(folder, number):
                book.take(number, seen)
        count = _share_out(connection, book.captures)
        connection.execute("COMMIT")
        connection.executescript(_FINISH)
    return Numbered(book.articles, book.captures, book.known, count)


class _Book:
    """The index under way."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._do = connection.execute
        self.articles = self.captures = self.known = 0

    def take(self, file: int, seen: Seen) -> None:
        row = self._do("SELECT article FROM urls WHERE url = ?", (seen.url,)).fetchone()
        article = row[0] if row else self._add(seen)
        if not self._is_new(article, seen):
            self.known += 1
            return
        self.captures += 1
        place = (file, seen.offset, seen.length)
        self._do("INSERT INTO looks VALUES (?, ?, ?, ?, ?, ?)", (self.captures, article, seen.at, *place))
        is_page = int(seen.medium in PAGES)
        self._do("UPDATE articles SET looks = looks + 1, pages = pages + ? WHERE id = ?", (is_page, article))

    def _add(self, seen: Seen) -> int:
        self.articles += 1
        host = "" if seen.url.startswith("urn:") else host_of(seen.url)
        values = (self.articles, seen.url, host, seen.outlet, seen.at)
        self._do("INSERT INTO articles (id, url, host, outlet, added_at) VALUES (?, ?, ?, ?, ?)", values)
        self._do("INSERT INTO urls VALUES (?, ?)", (seen.url, self.articles))
        for alias in seen.aliases:
            if self._do("INSERT OR IGNORE INTO urls VALUES (?, ?)", (alias, self.articles)).rowcount == 1:
                self._do("INSERT INTO aliases VALUES (?, ?, ?)", (self.articles, alias, seen.at))
        return self.articles

    def _is_new(self, article: int, seen: Seen) -> bool:
        """As ``Store.has_capture`` tells it: a time that comes from the import says nothing about sameness."""
        same = f"|{seen.digest}|{seen.part}"
        keys = [f"{seen.at}{same}"]
        if seen.basis in TIMELESS:
            keys.insert(0, f"{seen.basis}{same}")
        add = "INSERT OR IGNORE INTO known VALUES (?, ?)"
        added = [self._do(add, (article, key)).rowcount == 1 for key in keys]
        return added[0]


def _share_out(connection: sqlite3.Connection, captures: int) -> int:
    """Give every article its share: by host and then by time, so that the files of an outlet and month are few."""
    first = "(SELECT host, min(id) AS first FROM articles GROUP BY host)"
    plan = f"SELECT id, looks FROM articles JOIN {first} USING (host) ORDER BY first, added_at, id"  # noqa: S608 (constants)
    connection.execute(f"CREATE TABLE plan AS {plan}")
    last = -1
    for article, share in shares(connection.execute("SELECT id, looks FROM plan"), share_size(captures)):
        connection.execute("UPDATE articles SET share = ? WHERE id = ?", (share, article))
        last = share
    return last + 1


class Index:
    """The finished index, to read from."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def articles(self, share: int) -> Sequence[KnownArticle]:
        """Those of a share, by id."""
        query = "SELECT id, url, host, outlet, added_at FROM articles WHERE share = ? ORDER BY id"
        return [KnownArticle(*row) for row in self._connection.execute(query, (share,))]

    def shares(self) -> Sequence[int]:
        """All shares, those with the most bytes first: begun first, they are not what the other workers wait for."""
        query = """SELECT share FROM articles JOIN looks ON looks.article = articles.id
            GROUP BY share ORDER BY sum(length) DESC, share"""
        return [share for (share,) in self._connection.execute(query)]

    def share_of(self, article_id: int) -> int:
        """The share of an article. Raises NotInArchive."""
        found = self._connection.execute("SELECT share FROM articles WHERE id = ?", (article_id,)).fetchone()
        if found is None:
            raise NotInArchive("there is no such article", key=article_id)
        return int(found[0])

    def aliases(self, share: int) -> Sequence[tuple[int, str, int]]:
        """(article, URL, since) of a share's articles."""
        query = """SELECT aliases.article, aliases.url, aliases.at FROM aliases JOIN articles ON id = article
            WHERE share = ? ORDER BY article, aliases.rowid"""
        return self._connection.execute(query, (share,)).fetchall()

    def looks(self, share: int) -> Iterator[Look]:
        """The captures of a share, in time."""
        query = """SELECT looks.* FROM articles JOIN looks ON looks.article = articles.id
            WHERE share = ? ORDER BY at, looks.id"""
        return (Look(*row) for row in self._connection.execute(query, (share,)))

    def hosts(self, least: int) -> Sequence[tuple[str, int]]:
        """Hosts with at least so many articles that have pages, and how many; in the order in which they were met."""
        query = """SELECT host, count(*) FROM articles WHERE host <> '' AND pages > 0
            GROUP BY host HAVING count(*) >= ? ORDER BY min(id)"""
        return self._connection.execute(query, (least,)).fetchall()

    def articles_at(self, host: str) -> Sequence[KnownArticle]:
        """Those of a host, by id."""
        query = "SELECT id, url, host, outlet, added_at FROM articles WHERE host = ? ORDER BY id"
        return [KnownArticle(*row) for row in self._connection.execute(query, (host,))]

    def looks_at(self, host: str) -> Iterator[Look]:
        """The captures of a host's articles, in time."""
        query = """SELECT looks.* FROM articles JOIN looks ON looks.article = articles.id
            WHERE host = ? ORDER BY at, looks.id"""
        return (Look(*row) for row in self._connection.execute(query, (host,)))


@contextmanager
def opened_index(folder: Path) -> Iterator[Index]:
    """The index of a job, to read; any number of processes may."""
    uri = f"{index_path(folder).resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        yield Index(connection)
