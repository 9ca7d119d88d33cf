"""Reading the tables of the index of grams: its state, its buckets, and what came last."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, repeat
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, select

from writethru.storage.gram_sketches import PREFIX
from writethru.storage.gram_tables import gram_buckets, gram_recent, gram_state
from writethru.storage.prepared import Prepared

NEAR_BITS: Final = PREFIX
FAR_BITS: Final = 18
FAR: Final = 1 << NEAR_BITS
"""Added to the number of a far bucket."""
AT_ONCE: Final = 128
"""Buckets that are sought in one statement; a shorter list is filled up with its last one."""

_WANTED = tuple(f"b{number}" for number in range(AT_ONCE))
_BUCKETS = Prepared(
    select(gram_buckets.c.id, gram_buckets.c.postings).where(
        gram_buckets.c.id.in_([bindparam(name, type_=gram_buckets.c.id.type) for name in _WANTED])
    )
)
_NEAR = Prepared(select(gram_buckets.c.postings).where(gram_buckets.c.id < FAR).order_by(gram_buckets.c.id))
_SINCE = Prepared(
    select(gram_recent.c.postings).where(gram_recent.c.number > bindparam("number")).order_by(gram_recent.c.number)
)


class State(NamedTuple):
    """How far the index is: the row of ``gram_state``."""

    moved: int = 0
    number: int = 0
    sketched: int = 0
    taken: int = 0

    @property
    def has_sketches(self) -> bool:
        """Do sketches hold for it? They do not where a worker of an earlier release has moved postings on."""
        return self.sketched == self.moved


_STATE = Prepared(select(*(gram_state.c[name] for name in State._fields)))


def state_of(connection: Connection) -> State:
    """The state that this connection sees."""
    return State(*(_STATE.first(connection, {}) or ()))


def contents(connection: Connection, numbers: Iterable[int]) -> list[tuple[int, bytes]]:
    """Those of these buckets that there are, in the order of their numbers."""
    wanted = sorted(numbers)
    found: list[tuple[int, bytes]] = []
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        values = dict(zip(_WANTED, chain(some, repeat(some[-1])), strict=False))
        found += _BUCKETS.rows(connection, values)  # type: ignore[arg-type]
    return sorted(found)


def all_near(connection: Connection) -> bytes:
    """What all near buckets hold, in the order of grams."""
    return b"".join([row[0] for row in _NEAR.rows(connection, {})])


def came_since(connection: Connection, number: int) -> list[bytes]:
    """Rows of ``gram_recent`` above this number, in their order."""
    return [bytes(row[0]) for row in _SINCE.rows(connection, {"number": number})]
