"""The database's own index of words: FTS5 in SQLite, a GIN index over ``tsvector`` in PostgreSQL.

Both are given words that were folded by us and are asked for candidates, newest article first, a bounded number at a
time. FTS5 reads its lists from the end and stops. GIN gives all or nothing, so PostgreSQL is asked for one window of
ids after the other, each larger than the one before: every document has labels for the blocks of ids it is in, and an
intersection with a short list is quick however long the other lists are. Decision 0105 has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, text

from writethru.search.terms import AnyOf, Beginning, Entries, Every, Run, Term, Wanted, count_words
from writethru.storage.prepared import command
from writethru.storage.search_store import Found
from writethru.storage.search_tables import INDEX

LEVELS: Final = (("a", 8), ("b", 11), ("c", 14), ("d", 17))
"""Labels of blocks of ids: 256, 2,048, 16,384 and 131,072 of them."""

MOST_CHECKED: Final = 1_200
"""Documents in which PostgreSQL looks for a phrase at one go (about 30 us each)."""

LONG: Final = "~long"
"""Label of a document in which PostgreSQL does not know all places of all words."""
LAST_PLACE: Final = 16_000
MOST_PLACES: Final = 255
"""PostgreSQL counts places up to 16,383 and keeps 256 of a word."""

_FTS5_DELETE: Final = text(f"INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES('delete', :id, :words)")
_FTS5_INSERT: Final = text(f"INSERT INTO {INDEX}(rowid, words) VALUES(:id, :words)")
_FTS5_FIND: Final = text(
    f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :wanted AND rowid < :below ORDER BY rowid DESC LIMIT :most"  # noqa: S608
)
_GIN_DELETE: Final = text(f"DELETE FROM {INDEX} WHERE article_id = :id")  # noqa: S608
_GIN_INSERT: Final = text(f"INSERT INTO {INDEX} (article_id, words) VALUES (:id, CAST(:words AS tsvector))")  # noqa: S608
_GIN_FIND: Final = text(
    f"WITH found AS MATERIALIZED (SELECT article_id FROM {INDEX} WHERE words @@ CAST(:wanted AS tsquery))"  # noqa: S608
    " SELECT article_id FROM found WHERE article_id < :below AND article_id >= :floor"
    " ORDER BY article_id DESC LIMIT :most"
)
_GIN_CHECK: Final = text(
    f"SELECT article_id FROM {INDEX} WHERE article_id = ANY(:ids) AND words @@ CAST(:wanted AS tsquery)"  # noqa: S608
    " ORDER BY article_id DESC"
)
_NEWEST: Final = text("SELECT max(article_id) FROM search_documents")


def put(connection: Connection, article_id: int, entries: Entries) -> None:
    """Index an article that is not indexed."""
    if connection.dialect.name == "sqlite":
        connection.execute(_FTS5_INSERT, {"id": article_id, "words": _fts5_words(entries)})
    else:
        connection.execute(_GIN_INSERT, {"id": article_id, "words": tsvector(article_id, entries)})


def take_out(connection: Connection, article_id: int, entries: Entries) -> None:
    """Undo ``put`` with the same entries."""
    if connection.dialect.name == "sqlite":
        connection.execute(_FTS5_DELETE, {"id": article_id, "words": _fts5_words(entries)})
    else:
        connection.execute(_GIN_DELETE, {"id": article_id})


def clear(connection: Connection) -> None:
    """Take all out."""
    everything = f"INSERT INTO {INDEX}({INDEX}) VALUES('delete-all')"
    connection.execute(text(everything if connection.dialect.name == "sqlite" else f"DELETE FROM {INDEX}"))  # noqa: S608


def merge(connection: Connection) -> None:
    """Rewrite an FTS5 index without what was taken out of it; PostgreSQL does that when it vacuums."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"INSERT INTO {INDEX}({INDEX}) VALUES('optimize')"))


def find(connection: Connection, wanted: Wanted, below: int | None, most: int) -> Found:
    """Candidates below an id, newest first."""
    newest = int(connection.execute(_NEWEST).scalar() or 0)
    start = newest + 1 if below is None else min(below, newest + 1)
    if connection.dialect.name == "sqlite":
        return _fts5_find(connection, wanted, start, most)
    return _gin_find(connection, wanted, start, most)


# SQLite


def _fts5_words(entries: Entries) -> str:
    return " ".join((*entries.words, *entries.labels))


def _fts5_find(connection: Connection, wanted: Wanted, below: int, most: int) -> Found:
    asked = {"wanted": fts5_query(wanted), "below": below, "most": most}
    ids = tuple(connection.execute(_FTS5_FIND, asked).scalars())
    return Found(ids, ids[-1] if len(ids) == most else 0)


def fts5_query(wanted: Wanted) -> str:
    """In FTS5's language; no term holds a quotation mark."""
    if isinstance(wanted, Term):
        return f'"{wanted.text}"'
    if isinstance(wanted, Beginning):
        return f'"{wanted.text}" *'
    if isinstance(wanted, Run):
        return f'"{" ".join(wanted.words)}"'
    joiner = " AND " if isinstance(wanted, Every) else " OR "
    return f"({joiner.join(map(fts5_query, wanted.parts))})"


# PostgreSQL


def tsvector(article_id: int, entries: Entries) -> str:
    """The text form of a document's ``tsvector``."""
    places = count_words(entries)
    labels = {*entries.labels, *(f"~{name}{article_id >> bits}" for name, bits in LEVELS)}
    if len(entries.words) > LAST_PLACE or any(len(found) > MOST_PLACES for found in places.values()):
        labels.add(LONG)
    parts = [f"'{word}':{','.join(map(str, found[:MOST_PLACES]))}" for word, found in places.items()]
    return " ".join((*parts, *(f"'{label}'" for label in labels)))


def ts_query(wanted: Wanted, *, in_order: bool) -> str:
    """In the text form of ``tsquery``; no term holds an apostrophe or a backslash.

    Args:
        in_order: ask for the order of words, too.
    """
    if isinstance(wanted, Term):
        return f"'{wanted.text}'"
    if isinstance(wanted, Beginning):
        return f"'{wanted.text}':*"
    if isinstance(wanted, Run):
        words = [f"'{word}'" for word in wanted.words]
        together = " & ".join(words)
        return f"(({' <-> '.join(words)}) | ('{LONG}' & {together}))" if in_order else f"({together})"
    joiner = " & " if isinstance(wanted, Every) else " | "
    return f"({joiner.join(ts_query(part, in_order=in_order) for part in wanted.parts)})"


def _gin_find(connection: Connection, wanted: Wanted, below: int, most: int) -> Found:
    command(connection, "SET LOCAL enable_seqscan = off")
    command(connection, "SET LOCAL jit = off")
    ordered = _has_run(wanted)
    ids: list[int] = []
    room = MOST_CHECKED if ordered else most
    for floor, top, window in windows(below):
        asked = {"wanted": f"{ts_query(wanted, in_order=False)} & {window}", "below": top, "floor": floor, "most": room}
        some = list(connection.execute(_GIN_FIND, asked).scalars())
        is_full = len(some) == room
        reached = some[-1] if is_full else floor
        if ordered and some:
            room -= len(some)
            checked = {"ids": some, "wanted": ts_query(wanted, in_order=True)}
            some = list(connection.execute(_GIN_CHECK, checked).scalars())
        ids += some
        if len(ids) >= most:
            return Found(tuple(ids[:most]), ids[most - 1])
        if is_full or room <= 0:
            return Found(tuple(ids), reached)
        room = room if ordered else most - len(ids)
    return Found(tuple(ids), 0)


def _has_run(wanted: Wanted) -> bool:
    if isinstance(wanted, (Every, AnyOf)):
        return any(map(_has_run, wanted.parts))
    return isinstance(wanted, Run)


def windows(below: int) -> Iterator[tuple[int, int, str]]:
    """``(first id, end, what to ask besides)`` from an id downwards: two blocks of a level, then of the next."""
    top = below
    level = 0
    while top > 1:
        name, bits = LEVELS[level]
        last = (top - 1) >> bits
        blocks: Sequence[Any] = [last] if last == 0 else [last - 1, last]
        floor = blocks[0] << bits
        yield floor, top, "(" + " | ".join(f"'~{name}{block}'" for block in blocks) + ")"
        top = floor
        level = min(level + 1, len(LEVELS) - 1)
