"""The index of grams: who has which, in three tiers, so that a new article writes one row instead of two hundred.

Postings (``postings``) that come in stand in ``gram_recent``, an article a row. When there are ``RECENT`` rows they go
into the *near* buckets of ``gram_buckets``, each of all grams that begin with the same 13 bits, and a near bucket
that is full goes into the *far* ones, of 18 bits. So each posting is written three times, each time
together with hundreds of others; every one stands in one place. It is a buffer tree (Arge 1995) of three levels.

Two hundred grams of an article lie in two hundred places of a large index: to write them there one by one dirtied as
many pages for each article. To read them there is what asking costs. A process that asks often keeps the first two
tiers in memory, with what tells it which grams are in no far bucket (``gram_sketches``), and the far postings of those
that many have (``gram_kept``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Final

import numpy as np
from sqlalchemy import Connection, bindparam, case, delete, func, select, update

from writethru.storage import gram_sketches
from writethru.storage.connect import Database
from writethru.storage.dialect import insert_if_new, inserting, replacing
from writethru.storage.gram_buckets import (
    AT_ONCE,
    FAR,
    FAR_BITS,
    NEAR_BITS,
    State,
    came_since,
    contents,
    state_of,
)
from writethru.storage.gram_kept import Kept
from writethru.storage.gram_tables import gram_articles, gram_buckets, gram_recent, gram_state
from writethru.storage.postings import (
    SIZE,
    WIDTH,
    Grams,
    Holding,
    buckets,
    by_bucket,
    found,
    keys_of,
    ordered,
    sought,
    together,
    unpacked,
    without,
)
from writethru.storage.prepared import Prepared

FEW: Final = 16
"""Questions after which a process is one that asks often: what it keeps then takes a twentieth of a second to read."""
RECENT: Final = 512
"""Rows that wait in ``gram_recent`` at most: 8 MB of memory of a process that asks often."""
FULL: Final = 256
"""Postings from which a near bucket is moved on, and up to three times as many: not all become full at once. All near
buckets, which a process that asks often keeps in memory, are 40 MB."""
MERGED: Final = 1024
"""Buckets that are put together in memory while postings are moved on."""

_GRAM: Final = np.dtype("<u4")
"""A gram in a row of ``gram_articles``."""

_NEXT = Prepared(update(gram_state).values(number=gram_state.c.number + 1).returning(gram_state.c.number), keys=())
_TAKEN = Prepared(
    update(gram_state).values(
        moved=gram_state.c.moved + 1,
        sketched=case(
            (gram_state.c.sketched == gram_state.c.moved, gram_state.c.moved + 1), else_=gram_state.c.sketched
        ),
        taken=gram_state.c.taken + 1,
    ),
    keys=(),
)
_SET = Prepared(update(gram_state), ("moved", "sketched", "taken"))
_ADD = inserting(gram_recent)
_FIRST = Prepared(select(func.min(gram_recent.c.number)))
_WAITING = Prepared(select(func.count()).select_from(gram_recent))
_INDEXED = Prepared(select(gram_articles.c.grams).where(gram_articles.c.article_id == bindparam("article_id")))


class GramIndex:
    """Who has which grams."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._asked = 0
        self._kept: Kept | None = None

    def holding(self, grams: Iterable[int]) -> Holding:
        """What is indexed of these grams, in any order."""
        wanted = sought(grams)
        with self._database.read() as connection, self._lock:
            kept = self._brought_up(connection)
            return _holding(connection, wanted) if kept is None else kept.holding(connection, wanted)

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
            if _are_full(connection, number):
                _move_recent(connection)

    def size(self) -> int:
        """How many postings there are."""
        with self._database.read() as connection:
            tables = gram_recent, gram_buckets
            sums = [connection.execute(select(func.sum(func.length(table.c.postings)))).scalar() for table in tables]
        return sum(int(one or 0) for one in sums) // SIZE

    def _brought_up(self, connection: Connection) -> Kept | None:
        """What is kept in memory, of the state of the index that this connection sees; None where nothing serves.

        It serves whoever reads a committed state at least as new; a transaction may be undone, and a snapshot may be
        older.
        """
        self._asked += 1
        if self._asked <= FEW or self._database.active() is not None:
            return None
        if self._kept is None:
            self._kept = Kept()
        return self._kept if self._kept.follows(connection, state_of(connection)) else None


def _holding(connection: Connection, wanted: Grams) -> Holding:
    """What is indexed of these grams, all of it read."""
    recent = unpacked(b"".join(came_since(connection, 0)))
    near, far = np.unique(wanted >> WIDTH - NEAR_BITS), np.unique(wanted >> WIDTH - FAR_BITS).astype(np.int64) + FAR
    read = [[content for _, content in contents(connection, numbers.tolist())] for numbers in (near, far)]
    return ordered([recent[np.isin(keys_of(recent), wanted)], *(found(some, wanted) for some in read)])


def take_out_grams(connection: Connection, article_id: int) -> None:
    """Nothing of an article stays in the index."""
    _next_number(connection)  # from here on nobody else writes to it
    grams = _indexed(connection, article_id).tolist()
    connection.execute(delete(gram_recent).where(gram_recent.c.article_id == article_id))
    connection.execute(delete(gram_articles).where(gram_articles.c.article_id == article_id))
    change(connection, {number for gram in grams for number in places(gram)}, lambda _, old: without(old, article_id))
    _TAKEN.run(connection, {})


def places(gram: int) -> tuple[int, int]:
    """The numbers of its near and its far bucket."""
    return gram >> WIDTH - NEAR_BITS, FAR + (gram >> WIDTH - FAR_BITS)


def _next_number(connection: Connection) -> int:
    """The number of the next row; whoever has one keeps others from writing until the transaction ends."""
    number = _NEXT.value(connection, {})
    if number is None:
        insert_if_new(connection, gram_state, {"id": 1, **State()._asdict()})
        number = _NEXT.value(connection, {})
    return int(number)


def _are_full(connection: Connection, number: int) -> bool:
    """Are there as many rows of ``gram_recent`` as may wait, of which this is the last one's number?

    They are counted only where their numbers say that it may be: to count them is to go through all of them.
    """
    return number - int(_FIRST.value(connection, {})) + 1 >= RECENT and _WAITING.value(connection, {}) >= RECENT


def _move_recent(connection: Connection) -> None:
    """All that came last into the near buckets, and those that are full into the far ones."""
    full = _enter(connection, ordered([unpacked(row) for row in came_since(connection, 0)]), NEAR_BITS)
    _enter(connection, full, FAR_BITS)
    connection.execute(delete(gram_recent))
    state = state_of(connection)
    if not state.has_sketches:  # a worker of an earlier release has moved postings on since they were written
        gram_sketches.forget(connection)
    grams = keys_of(full)
    sketch(connection, np.unique(grams >> WIDTH - NEAR_BITS).tolist(), grams, state.moved + 1)
    taken = state.taken if state.has_sketches else state.taken + 1
    _SET.run(connection, {"moved": state.moved + 1, "sketched": state.moved + 1, "taken": taken})


def sketch(connection: Connection, prefixes: Sequence[int], entered: Grams, moved: int) -> None:
    """Note the grams that have entered far buckets by this move, below the near ones of these numbers.

    Where there is no sketch yet, all that is in the far buckets is noted.
    """
    above = entered >> WIDTH - NEAR_BITS
    for start in range(0, len(prefixes), AT_ONCE):
        some = prefixes[start : start + AT_ONCE]
        unwritten = set(some) - gram_sketches.written(connection, some)
        below = [FAR + (number << FAR_BITS - NEAR_BITS) + at for number in unwritten for at in range(_BELOW)]
        there = keys_of(unpacked(b"".join(content for _, content in contents(connection, below))))
        first, last = np.searchsorted(above, [some[0], some[-1] + 1])
        gram_sketches.add(connection, moved, some, np.concatenate([entered[first:last], there]))


_BELOW: Final = 1 << FAR_BITS - NEAR_BITS
"""Far buckets below a near one."""


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
    old = contents(connection, [base + number for number in numbers])
    new = by_bucket(ordered([*(unpacked(content) for _, content in old), coming]), bits)
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
        old = dict(contents(connection, some))
        new = [(number, become(number, old.get(number, b""))) for number in some]
        _write(connection, [(number, content) for number, content in new if content != old.get(number, b"")])


def _indexed(connection: Connection, article_id: int) -> Grams:
    """The grams that the index has of an article."""
    packed = _INDEXED.value(connection, {"article_id": article_id})
    return np.frombuffer(b"" if packed is None else bytes(packed), _GRAM)


def _note_indexed(connection: Connection, article_id: int, grams: Grams) -> None:
    row = {"article_id": article_id, "grams": grams.astype(_GRAM).tobytes()}
    replacing(connection.dialect.name, gram_articles).run(connection, row)
