"""The index of grams: who has which, in three tiers, so that a new article writes one row instead of two hundred.

A *posting* is a gram, an article that has it, its outlet and the gram's place: 14 bytes. What comes in stands in
``gram_recent``, an article a row, which a process that asks keeps in memory. When there are ``RECENT`` rows they go
into the *near* buckets of ``gram_buckets``, each of all grams that begin with the same 13 bits, and a near bucket
that is full goes into the *far* ones, of 18 bits. So each posting is written three times, each time
together with hundreds of others; every one stands in one place. It is a buffer tree (Arge 1995) of three levels.

Two hundred grams of an article lie in two hundred places of a large index: to write them there one by one dirtied as
many pages for each article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from struct import Struct, pack, unpack
from threading import Lock
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, select, update

from writethru.storage.connect import Database
from writethru.storage.dialect import insert_if_new, inserting, replacing
from writethru.storage.gram_tables import gram_articles, gram_buckets, gram_recent, gram_state
from writethru.storage.prepared import Prepared
from writethru.storage.reuse_store import Holder, HolderRow

RECENT: Final = 512
"""Rows that wait in ``gram_recent`` at most: 8 MB of memory of a process that asks."""
NEAR_BITS: Final = 13
FAR_BITS: Final = 18
_BITS: Final = (NEAR_BITS, FAR_BITS)
_REST: Final = {bits: (1 << 32 - bits) - 1 for bits in _BITS}
FAR: Final = 1 << NEAR_BITS
"""Added to the number of a far bucket."""
FULL: Final = 256
"""Postings from which a near bucket is moved on, and up to three times as many: not all become full at once."""
AT_ONCE: Final = 128
"""Buckets that are sought in one statement; a shorter list is filled up with its last one."""

POSTING: Final = Struct(">IIIH")
_SIZE: Final = POSTING.size
_WHOLE: Final = Struct(f"{_SIZE}s")
_GRAM: Final = Struct(">I")
_SHORT: Final = 200 * _SIZE
"""Bytes of a bucket that is looked through whole."""
KEY: Final = _GRAM.size
"""Bytes of a posting that are its gram."""

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
class _Recent:
    """What ``gram_recent`` holds, by gram, at one state of the index."""

    moved: int
    number: int = 0
    by_gram: dict[bytes, bytes] = field(default_factory=dict)

    def add(self, postings: bytes) -> None:
        """One row of it."""
        by_gram = self.by_gram
        for posting in split(postings):
            key = posting[:KEY]
            by_gram[key] = by_gram[key] + posting if key in by_gram else posting


class GramIndex:
    """Who has which grams."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._kept = _Recent(-1)

    def holding(self, grams: Iterable[int]) -> list[HolderRow]:
        """What is indexed of these grams, in any order."""
        keys = [(gram, _GRAM.pack(gram)) for gram in set(grams)]
        if not keys:
            return []
        with self._database.read() as connection:
            found = self._recently(connection, [key for _, key in keys])
            numbers = {number for gram, _ in keys for number in places(gram)}
            buckets = _contents(connection, numbers)
        for gram, key in keys:
            for number, bits in zip(places(gram), _BITS, strict=True):
                if content := buckets.get(number):
                    found.append(_of_gram(content, gram, key, bits))
        return list(POSTING.iter_unpack(b"".join(found)))

    def add(self, holders: Sequence[Holder]) -> None:
        """Index grams of one article; those it has already stay as they are."""
        if not holders:
            return
        article_id = holders[0].article_id
        with self._database.write() as connection:
            number = _next_number(connection)
            known = _indexed(connection, article_id)
            fresh = sorted(holder for holder in holders if holder.gram not in known)
            if not fresh:
                return
            postings = b"".join(map(_posting, fresh))
            _ADD.run(connection, {"number": number, "article_id": article_id, "postings": postings})
            _note_indexed(connection, article_id, known.union(holder.gram for holder in fresh))
            if _WAITING.value(connection, {}) >= RECENT:
                _move_recent(connection)

    def size(self) -> int:
        """How many postings there are."""
        with self._database.read() as connection:
            tables = gram_recent, gram_buckets
            sums = [connection.execute(select(func.sum(func.length(table.c.postings)))).scalar() for table in tables]
        return sum(int(one or 0) for one in sums) // _SIZE

    def _recently(self, connection: Connection, keys: Iterable[bytes]) -> list[bytes]:
        """What rows that came last hold of these grams.

        What is kept in memory serves whoever reads a committed state at least as new; a transaction may be undone,
        and a snapshot may be older.
        """
        moved, number = _STATE.first(connection, {}) or (0, 0)
        with self._lock:
            kept = self._kept
            if kept.moved != moved or kept.number > number or self._database.active() is not None:
                kept = _Recent(moved)
            if kept.number < number:
                for (postings,) in _SINCE.rows(connection, {"number": kept.number}):
                    kept.add(bytes(postings))
                kept.number = number
            if self._database.active() is None and (moved, number) >= (self._kept.moved, self._kept.number):
                self._kept = kept
            by_gram = kept.by_gram
            return [by_gram[key] for key in keys if key in by_gram]


def take_out_grams(connection: Connection, article_id: int) -> None:
    """Nothing of an article stays in the index."""
    _next_number(connection)  # from here on nobody else writes to it
    grams = _indexed(connection, article_id)
    connection.execute(delete(gram_recent).where(gram_recent.c.article_id == article_id))
    connection.execute(delete(gram_articles).where(gram_articles.c.article_id == article_id))
    change(
        connection, {number for gram in grams for number in places(gram)}, lambda _, content: _less(content, article_id)
    )
    _MOVED.run(connection, {})


def places(gram: int) -> tuple[int, int]:
    """The numbers of its near and its far bucket."""
    return gram >> 32 - NEAR_BITS, FAR + (gram >> 32 - FAR_BITS)


def _posting(holder: Holder) -> bytes:
    return POSTING.pack(holder.gram, holder.article_id, holder.outlet_id or 0, holder.at << 1 | holder.quoted)


def split(content: bytes) -> list[bytes]:
    """The postings of a row."""
    return [posting for (posting,) in _WHOLE.iter_unpack(content)]


def _of_gram(content: bytes, gram: int, key: bytes, bits: int) -> bytes:
    """The postings of one gram in a bucket of those that share so many bits."""
    first, last = 0, len(content)
    if last > _SHORT:
        first, last = _about(content, gram, key, bits)
    start = content.find(key, first, last)
    while start > 0 and start % _SIZE:
        start = content.find(key, start + 1, last)
    if start < 0:
        return b""
    end = start + _SIZE
    while content[end : end + KEY] == key:
        end += _SIZE
    return content[start:end]


def _about(content: bytes, gram: int, key: bytes, bits: int) -> tuple[int, int]:
    """Where to look for a gram: grams are hashes, so that one stands about where its other bits say.

    A quarter of the bucket is enough where its first and last gram there are a lesser and a greater one.
    """
    postings = len(content) // _SIZE
    guess = (gram & _REST[bits]) * postings >> 32 - bits
    first, last = _SIZE * (guess - (postings >> 3)), _SIZE * (guess + (postings >> 3))
    lesser = first > 0 and content[first : first + KEY] < key
    greater = last < len(content) and content[last : last + KEY] > key
    return first if lesser else 0, last if greater else len(content)


def _less(content: bytes, article_id: int) -> bytes:
    """A bucket without an article."""
    own = _GRAM.pack(article_id)
    return b"".join([posting for posting in split(content) if posting[KEY : 2 * KEY] != own])


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
    coming = _by_bucket(chain.from_iterable(split(bytes(row[0])) for row in rows), _near)
    full: dict[int, bytes] = {}

    def entered(number: int, content: bytes) -> bytes:
        content = merged(content, coming[number])
        if len(content) < _limit(number):
            return content
        full[number] = content
        return b""

    change(connection, coming, entered)
    farther = _by_bucket(chain.from_iterable(map(split, full.values())), _far)
    change(connection, farther, lambda number, old: merged(old, farther[number]))
    connection.execute(delete(gram_recent))
    _MOVED.run(connection, {})


def _near(posting: bytes) -> int:
    return int.from_bytes(posting[:KEY]) >> 32 - NEAR_BITS


def _far(posting: bytes) -> int:
    return FAR + (int.from_bytes(posting[:KEY]) >> 32 - FAR_BITS)


def _limit(number: int) -> int:
    """Bytes from which a near bucket is full, another for each."""
    return _SIZE * (FULL + number * 0x9E3779B1 % (2 * FULL))


def _by_bucket(postings: Iterable[bytes], bucket: Callable[[bytes], int]) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = {}
    for posting in postings:
        found.setdefault(bucket(posting), []).append(posting)
    return found


def merged(content: bytes, more: Sequence[bytes]) -> bytes:
    """A bucket with these postings too."""
    return b"".join(sorted([*split(content), *more]))


def change(connection: Connection, numbers: Iterable[int], become: Callable[[int, bytes], bytes]) -> None:
    """Write what becomes of each of these buckets; one that is not there is empty."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        old = _contents(connection, some)
        new = [(number, become(number, old.get(number, b""))) for number in some]
        rows = [{"id": number, "postings": content} for number, content in new if content != old.get(number, b"")]
        if rows:
            replacing(connection.dialect.name, gram_buckets).each(connection, rows)


def _indexed(connection: Connection, article_id: int) -> set[int]:
    packed = _INDEXED.value(connection, {"article_id": article_id})
    if packed is None:
        return set()
    content = bytes(packed)
    return set(unpack(f"<{len(content) // 4}I", content))


def _note_indexed(connection: Connection, article_id: int, grams: Iterable[int]) -> None:
    ordered = sorted(grams)
    content = pack(f"<{len(ordered)}I", *ordered)
    row = {"article_id": article_id, "grams": content}
    replacing(connection.dialect.name, gram_articles).run(connection, row)
