"""What storage promises about counts over the whole archive. The rules are those of ``store``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

COUNTED_WHEN_ASKED: Final = 20_000
"""Looks up to which an archive is counted whenever somebody asks (some 10 ms); of a larger one, counts are kept."""

SHARE: Final = 200
"""Counting waits so many times as long as it took: it never costs more than half a percent of a core."""


@dataclass(frozen=True, slots=True)
class Status:
    """Counts over the whole archive.

    Attributes:
        counted_at: when what grows with the archive was counted; None: just now. Outlets, sources
            and what is due are always of now.
    """

    outlets: int
    sources: int
    articles: int
    versions: int
    changes: int
    captures: int
    edits: int
    due: int
    retired: int
    next_look_at: datetime | None
    outcomes: dict[str, int]
    counted_at: datetime | None = None


class TallyStore(Protocol):
    """Counts that cost more the more there is: kept, with the time at which they were taken."""

    def count(self, now: datetime) -> Status:
        """Everything counted now, however long that takes."""

    def keep(self, now: datetime) -> bool:
        """Count and keep, unless the archive is small or the counts are young enough (``SHARE``); was it done?"""
