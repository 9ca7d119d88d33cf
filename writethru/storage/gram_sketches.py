"""Sketches of the far buckets: which grams nobody has there, told by a bit for each 28 first bits of a gram.

Half of a new article's grams are in no other article. Where no far gram begins as one does, its bucket is not read. A
sketch is of all far buckets below one near bucket, and is written when that one's postings are moved on, with the
number of that move: who keeps sketches in memory reads those again that were written since. A bit that is set for
nothing costs a row that is read in vain: what is taken out of the index leaves its bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, select

from writethru.storage.dialect import replacing
from writethru.storage.gram_tables import gram_sketches
from writethru.storage.many import Many
from writethru.storage.postings import WIDTH, Grams
from writethru.storage.prepared import Prepared

PREFIX: Final = 13
"""First bits of the grams of one sketch, as of a near bucket."""
BITS: Final = 28
"""First bits of a gram that a bit is for. Beside 26 million grams (200,000 articles) a tenth of those that are
not there seem to be; all sketches are 32 MB."""
SIZE: Final = 1 << BITS - PREFIX - 3
"""Bytes of a sketch."""

Sketches = NDArray[np.uint8]
"""A row of ``SIZE`` bytes for each sketch."""

_SINCE = Prepared(select(gram_sketches.c.id, gram_sketches.c.bits).where(gram_sketches.c.moved > bindparam("moved")))
_SOME = Many(select(gram_sketches.c.id, gram_sketches.c.bits), gram_sketches.c.id)


def unknown() -> Sketches:
    """Of every far bucket, when nothing is known of any: each gram may be there."""
    return np.full((1 << PREFIX, SIZE), 0xFF, np.uint8)


def read_since(connection: Connection, moved: int, sketches: Sketches) -> set[int]:
    """Bring sketches up to date with those that were written after this move; which they were."""
    rows = _SINCE.rows(connection, {"moved": moved})
    for number, bits in rows:
        sketches[number] = np.frombuffer(bits, np.uint8)
    return {int(number) for number, _ in rows}


def may_be_there(sketches: Sketches, grams: Grams) -> NDArray[np.bool_]:
    """Which of these grams may be in a far bucket."""
    place = grams >> WIDTH - BITS
    found: NDArray[np.bool_] = sketches.reshape(-1)[place >> 3] << (place & 7).astype(np.uint8) & 0x80 > 0
    return found


def written(connection: Connection, numbers: Sequence[int]) -> set[int]:
    """Which of these sketches there are."""
    return {int(row[0]) for row in _SOME.rows(connection, numbers)}


def add(connection: Connection, moved: int, numbers: Sequence[int], grams: NDArray[Any]) -> None:
    """Grams that are in far buckets from this move on, in the sketches of these numbers; a new one has no others."""
    old = {number: bits for number, bits in _SOME.rows(connection, numbers)}
    empty = bytes(SIZE)
    told = np.unpackbits(np.frombuffer(b"".join(old.get(number, empty) for number in numbers), np.uint8))
    row = np.searchsorted(numbers, grams >> WIDTH - PREFIX)
    told[row.astype(np.int64) * (SIZE * 8) + (grams >> WIDTH - BITS & SIZE * 8 - 1)] = 1
    content = np.packbits(told).tobytes()
    bounds = range(0, len(content), SIZE)
    values = [
        {"id": number, "moved": moved, "bits": content[at : at + SIZE]}
        for number, at in zip(numbers, bounds, strict=True)
    ]
    replacing(connection.dialect.name, gram_sketches).each(connection, values)


def forget(connection: Connection) -> None:
    """All of them."""
    connection.execute(delete(gram_sketches))
