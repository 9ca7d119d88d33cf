"""Reading a long list page by page, so that printing it takes as much memory as one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

Row_co = TypeVar("Row_co", covariant=True)

ROWS = 500
"""Of one page."""


class PageOf(Protocol[Row_co]):
    """Rows, and the cursor with which they go on ("" at the end)."""

    @property
    def rows(self) -> Sequence[Row_co]: ...
    @property
    def cursor(self) -> str: ...


def all_rows(fetch: Callable[[int, str], PageOf[Row_co]], most: int | None = None) -> Iterator[Row_co]:
    """The rows of every page, at most so many.

    Args:
        fetch: reads a page: (limit, cursor) → page.
    """
    cursor, left = "", most
    while left is None or left > 0:
        page = fetch(ROWS if left is None else min(ROWS, left), cursor)
        yield from page.rows
        left = None if left is None else left - len(page.rows)
        cursor = page.cursor
        if not cursor:
            return
