"""What storage promises about exports: rows out, and rows into an empty archive. The rules are those of ``store``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol


class ExchangeStore(Protocol):
    """Tables as an export has them; see ``storage.exchange.EXCHANGED``."""

    def snapshot(self) -> AbstractContextManager[None]:
        """All that this thread reads inside is of one moment."""

    def mark(self) -> list[int]:
        """What the record has come to; another mark, another record."""

    def rows(self, name: str, since: datetime | None) -> Iterator[list[dict[str, Any]]]:
        """All rows of a table, some at a time, in the order of its key; only what is new since a time, if given."""

    def is_used(self) -> bool:
        """Is there an article, an outlet or a source?"""

    def put(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Some more rows of a table of an empty archive. Raises MalformedInput."""

    def finish(self) -> None:
        """All rows are there: followers of the change log begin with them, and new ids after them."""
