"""Rows under several keys at once, each by a seek of its own.

SQLite reads a whole table to answer ``(a, b) IN ((1, 2), …)``: it uses an index for lists of single values only. What
is asked here is ``(a = 1 AND b = 2) OR …``, which both databases answer with a seek for each key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, bindparam, or_

from writethru.storage.prepared import Prepared

SIZES: Final = (1, 8, 32, 128)
"""Keys of one statement: the least that holds them all is taken, and filled up with its last key."""

Key = Sequence[Any]


class Several:
    """A SELECT that is prepared for some keys at a time.

    Args:
        query: what is read, without the keys.
        key: the columns of one key; an index begins with them.
    """

    def __init__(self, query: Select[Any], *key: Column[Any]) -> None:
        self._width = len(key)
        self._statements = {size: Prepared(query.where(_under(key, size))) for size in SIZES}

    def rows(self, connection: Connection, keys: Sequence[Key]) -> list[Sequence[Any]]:
        """The rows under these keys, in any order; one statement for every 128 of them."""
        found: list[Sequence[Any]] = []
        for start in range(0, len(keys), SIZES[-1]):
            some = keys[start : start + SIZES[-1]]
            found += self._statements[_size(some)].rows(connection, self._values(some))
        return found

    def explained(self, connection: Connection, keys: Sequence[Key]) -> list[Sequence[Any]]:
        """The database's plan for at most 128 keys, for tests that watch it."""
        return self._statements[_size(keys)].explained(connection, self._values(keys))

    def _values(self, keys: Sequence[Key]) -> dict[str, Any]:
        filled = [*keys, *[keys[-1]] * (_size(keys) - len(keys))]
        return {_name(at, part): key[part] for at, key in enumerate(filled) for part in range(self._width)}


def _size(keys: Sequence[Key]) -> int:
    return next(size for size in SIZES if size >= len(keys))


def _under(key: Sequence[Column[Any]], size: int) -> ColumnElement[bool]:
    return or_(*(and_(*(_is(column, at, part) for part, column in enumerate(key))) for at in range(size)))


def _is(column: Column[Any], at: int, part: int) -> ColumnElement[bool]:
    return column == bindparam(_name(at, part), type_=column.type)


def _name(at: int, part: int) -> str:
    return f"k{at}_{part}"
