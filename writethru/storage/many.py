"""Rows by many values of one column, a few dozen of them in one question.

Asked one by one they cost more in the asking than in the finding; and each number of values would be a statement of
its own to compile, so that a question is filled up with values that no row has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam

from writethru.storage.prepared import Prepared

NOTHING = -1
"""What no number in these columns is."""
SIZES = (1, 8, 64)
"""Values that one question has room for."""


class Many:
    """A question for the rows that have one of some values.

    Args:
        selected: what is asked of each row.
        column: of numbers that are never negative.
    """

    def __init__(self, selected: Select[Any], column: ColumnElement[Any]) -> None:
        self._asking = {
            size: Prepared(selected.where(column.in_([bindparam(f"value{at}") for at in range(size)])))
            for size in SIZES
        }

    def rows(self, connection: Connection, values: Iterable[int]) -> list[Sequence[Any]]:
        """Every row with one of these values, in no order."""
        asked = sorted(set(values))
        found: list[Sequence[Any]] = []
        for start in range(0, len(asked), SIZES[-1]):
            some = asked[start : start + SIZES[-1]]
            size = next(size for size in SIZES if size >= len(some))
            some += [NOTHING] * (size - len(some))
            found += self._asking[size].rows(connection, {f"value{at}": value for at, value in enumerate(some)})
        return found
