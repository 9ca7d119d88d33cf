"""The index of grams: who has which, in three tiers, so that a new article writes one row instead of two hundred.

Postings (``postings``) that come in stand in
``gram_recent``, an article a row, which a process that asks keeps in memory. When there are ``RECENT`` rows they go
into the *near* buckets of ``gram_buckets``, each of all grams that begin with the same 13 bits, and a near bucket
that is full goes into the *far* ones, of 18 bits. So each posting is written three times, each time
together with hundreds of others; every one stands in one place. It is a buffer tree (Arge 1995) of three levels.

Two hundred grams of an article lie in two hundred places of a large index: to write them there one by one dirtied as
many pages for each article. To read them there is what asking costs; near buckets change only when rows are moved on,
so that a process which asks keeps those it has read as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from threading import Lock
from typing import Final

import numpy as np
from sqlalchemy import Connection, bindparam, delete, func, select, update

from writethru.storage.connect import Database
from writethru.storage.dialect import insert_if_new, inserting, replacing
from writethru.storage.gram_tables import gram_articles, gram_buckets, gram_recent, gram_state
from writethru.storage.postings import (
    SIZE,
    WIDTH,
    Grams,
    Holding,
    buckets,
    by_bucket,
    found,
    ordered,
    sought,
    together,
    unpacked,
    without,
)
from writethru.storage.prepared import Prepared

RECENT: Final = 512
"""Rows that wait in ``gram_recent`` at most: 8 MB of memory of a process that asks."""
NEAR_BITS: Final = 13
FAR_BITS: Final = 18
FAR: Final = 1 << NEAR_BITS
"""Added to the number of a far bucket."""
FULL: Final = 256
"""Postings from which a near bucket is moved on, and up to three times as many: not all become full at once. All near
buckets, which a process that asks keeps in memory, are 40 MB."""
AT_ONCE: Final = 128
"""Buckets that are sought in one statement; a shorter list is filled up with its last one."""
MERGED: Final = 1024
"""Buckets that are put together in memory while postings are moved on."""

_GRAM: Final = np.dtype("<u4")
"""A gram in a row of ``gram_articles``."""

_WANTED = tuple(f"b{number}" for number in range(AT_ONCE))
_BUCKETS = Prepared(
    select(gram_buckets.c.id, gram_buckets.c.postings).where(
        gram_buckets.c.id.in_([bindparam(name, type_=gram_buckets.c.id.type) for name in _WANTED])
    )
)
_STATE = Prepared(select(gram_state.c.moved, gram_state.c.number))
_NEXT = Prepared(update(gram_state).values(number=gram_state.c.number + 1).returning(gram_state.c.number), keys=())
_MOVED = Prepared(update(gram_state).values(moved=gram_state.c.moved + 1), keys=())
_ADD = inserting(gram_recent)
_SINCE = Prepared(
    select(gram_recent.c.postings).where(gram_recent.c.number > bindparam("number")).order_by(gram_recent.c.number)
)
_WAITING = Prepared(select(func.count()).select_from(gram_recent))
_INDEXED = Prepared(select(gram_articles.c.grams).where(gram_articles.c.article_id == bindparam("article_id")))


@dataclass(slots=True)
class _Kept:
    """What is kept in memory of one state of the index: ``gram_recent`` by gram, and near buckets that were read."""

    moved: int
    number: int = 0
    by_gram: dict[int, bytes] = field(default_factory=dict)
    near: dict[int, bytes] = field(default_factory=dict)

    def add(self, postings: bytes) -> None:
        """One row of ``gram_recent``."""
        by_gram = self.by_gram
        for at, gram in enumerate(unpacked(postings)["gram"].tolist()):
            posting = postings[at * SIZE : (at + 1) * SIZE]
            by_gram[gram] = by_gram[gram] + posting if gram in by_gram else posting

    def recent(self, grams: Grams) -> bytes:
        """What rows that came last hold of these grams."""
        by_gram = self.by_gram
        return b"".join([by_gram[gram] for gram in grams.tolist() if gram in by_gram])

    def near_buckets(self, connection: Connection, numbers: Sequence[int]) -> list[bytes]:
        """The contents of near buckets, in this order; those not kept yet are read."""
        near = self.near
        missing = [number for number in numbers if number not in near]
        if missing:
            near.update(dict.fromkeys(missing, b""))
            near.update(_contents(connection, missing))
        return [near[number] for number in numbers]


class GramIndex:
    """Who has which grams."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._kept = _Kept(-1)

    def holding(self, grams: Iterable[int]) -> Holding:
        """What is indexed of these grams, in any order."""
        wanted = sought(grams)
        near, far = np.unique(wanted >> WIDTH - NEAR_BITS), np.unique(wanted >> WIDTH - FAR_BITS)
        with self._database.read() as connection:
            with self._lock:
                kept = self._current(connection)
                recent, nearer = kept.recent(wanted), kept.near_buckets(connection, near.tolist())
            rows = _contents(connection, (far.astype(np.int64) + FAR).tolist())
        farther = [content for _, content in sorted(rows.items())]
        return ordered([unpacked(recent), found(nearer, wanted), found(farther, wanted)])

    def add(self, postings: Holding) -> None:
        """Index grams of one article; those it has already stay as they are."""
        if not len(postings):
            return
        article_id = int(postings["article"][0])
        with self._database.write() as connection:
            number = _next_number(connection)
            known = _indexed(connection, article_id)
            fresh = ordered([postings[np.isin(postings["gram"], known, invert=True)] if len(known) else postings])
            if not len(fresh):
                return
            _ADD.run(connection, {"number": number, "article_id": article_id, "postings": fresh.tobytes()})
            _note_indexed(connection, article_id, np.union1d(known, fresh["gram"]))
            if _WAITING.value(connection, {}) >= RECENT:
                _move_recent(connection)

    def size(self) -> int:
        """How many postings there are."""
        with self._database.read() as connection:
            tables = gram_recent, gram_buckets
            sums = [connection.execute(select(func.sum(func.length(table.c.postings)))).scalar() for table in tables]
        return sum(int(one or 0) for one in sums) // SIZE

    def _current(self, connection: Connection) -> _Kept:
        """What is kept of the state of the index that this connection sees.

        What is kept in memory serves whoever reads a committed state at least as new; a transaction may be undone,
        and a snapshot may be older.
        """
        moved, number = _STATE.first(connection, {}) or (0, 0)
        kept = self._kept
        if kept.moved != moved or kept.number > number or self._database.active() is not None:
            kept = _Kept(moved)
        if kept.number < number:
            for (postings,) in _SINCE.rows(connection, {"number": kept.number}):
                kept.add(bytes(postings))
            kept.number = number
        if self._database.active() is None and (moved, number) >= (self._kept.moved, self._kept.number):
            self._kept = kept
        return kept


def take_out_grams(connection: Connection, article_id: int) -> None:
    """Nothing of an article stays in the index."""
    _next_number(connection)  # from here on nobody else writes to it
    grams = _indexed(connection, article_id).tolist()
    connection.execute(delete(gram_recent).where(gram_recent.c.article_id == article_id))
    connection.execute(delete(gram_articles).where(gram_articles.c.article_id == article_id))
    change(connection, {number for gram in grams for number in places(gram)}, lambda _, old: without(old, article_id))
    _MOVED.run(connection, {})


def places(gram: int) -> tuple[int, int]:
    """The numbers of its near and its far bucket."""
    return gram >> WIDTH - NEAR_BITS, FAR + (gram >> WIDTH - FAR_BITS)


def _contents(connection: Connection, numbers: Iterable[int]) -> dict[int, bytes]:
    """Those of these buckets that there are."""
    wanted = sorted(numbers)
    found: dict[int, bytes] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        values = dict(zip(_WANTED, chain(some, repeat(some[-1])), strict=False))
        found.update(_BUCKETS.rows(connection, values))  # type: ignore[arg-type]
    return found


def _next_number(connection: Connection) -> int:
    """The number of the next row; whoever has one keeps others from writing until the transaction ends."""
    number = _NEXT.value(connection, {})
    if number is None:
        insert_if_new(connection, gram_state, {"id": 1, "moved": 0, "number": 0})
        number = _NEXT.value(connection, {})
    return int(number)


def _move_recent(connection: Connection) -> None:
    """All that came last into the near buckets, and those that are full into the far ones."""
    rows = _SINCE.rows(connection, {"number": 0})
    full = _enter(connection, ordered([unpacked(bytes(row[0])) for row in rows]), NEAR_BITS)
    _enter(connection, full, FAR_BITS)
    connection.execute(delete(gram_recent))
    _MOVED.run(connection, {})


def _enter(connection: Connection, coming: Holding, bits: int) -> Holding:
    """Put postings into the buckets of so many bits; those of near ones that are full by then are given back."""
    numbers = buckets(coming, bits)
    full = [coming[:0]]
    entered = sorted(set(numbers.tolist()))
    for start in range(0, len(entered), MERGED):
        some = entered[start : start + MERGED]
        first, last = numbers.searchsorted(some[0]), numbers.searchsorted(some[-1], "right")
        full += _merge(connection, some, coming[first:last], bits)
    return together(full)


def _merge(connection: Connection, numbers: Sequence[int], coming: Holding, bits: int) -> list[Holding]:
    """The same for some of the buckets."""
    base = FAR if bits == FAR_BITS else 0
    old = _contents(connection, [base + number for number in numbers])
    new = by_bucket(ordered([*map(unpacked, old.values()), coming]), bits)
    full = [] if base else [number for number, content in new.items() if len(content) >= _limit(number)]
    moving = [unpacked(new[number]) for number in full]
    new.update(dict.fromkeys(full, b""))
    _write(connection, [(base + number, content) for number, content in new.items()])
    return moving


def _limit(number: int) -> int:
    """Bytes from which a near bucket is full, another for each."""
    return SIZE * (FULL + number * 0x9E3779B1 % (2 * FULL))


def _write(connection: Connection, rows: Iterable[tuple[int, bytes]]) -> None:
    values = [{"id": number, "postings": content} for number, content in rows]
    if values:
        replacing(connection.dialect.name, gram_buckets).each(connection, values)


def change(connection: Connection, numbers: Iterable[int], become: Callable[[int, bytes], bytes]) -> None:
    """Write what becomes of each of these buckets; one that is not there is empty."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        old = _contents(connection, some)
        new = [(number, become(number, old.get(number, b""))) for number in some]
        _write(connection, [(number, content) for number, content in new if content != old.get(number, b"")])


def _indexed(connection: Connection, article_id: int) -> Grams:
    """The grams that the index has of an article."""
    packed = _INDEXED.value(connection, {"article_id": article_id})
    return np.frombuffer(b"" if packed is None else bytes(packed), _GRAM)


def _note_indexed(connection: Connection, article_id: int, grams: Grams) -> None:
    row = {"article_id": article_id, "grams": grams.astype(_GRAM).tobytes()}
    replacing(connection.dialect.name, gram_articles).run(connection, row)
