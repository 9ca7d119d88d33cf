"""What storage promises about changes that are looked for. The rules are those of ``store``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeAlias

from writethru.model import ChangeRecord, Reason

MOST_SCANNED: Final = 4_096
"""Changes that one question looks at, however large the archive; past it, it says how far it came."""

MOST_RANKED: Final = 8_192
"""Changes among which the most significant are sought: days of a busy archive. Only an index is read."""

Key: TypeAlias = tuple[datetime, int, int]
"""(before, article id, number) of a change: the order of every listing."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which changes are looked for.

    Attributes:
        facets: all must hold (``storage.facets`` makes them); the first is the one that is walked.
        since, until: first seen from, and before.
        without: reasons that are left out.
    """

    facets: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    without: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What one question brought.

    Attributes:
        following: key from which to ask on, None where there is nothing more.
        reached: the time of the oldest change looked at, None if none was.
        cut: whether it stopped because ``MOST_SCANNED`` were looked at.
    """

    records: tuple[ChangeRecord, ...]
    following: Key | None = None
    reached: datetime | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """How many changes fit; ``exact`` is False where there are more than were counted."""

    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many articles, the newest of an outlet, so many were changed; ``whole``: these are all it has."""

    changed: int
    articles: int
    whole: bool


class RiverStore(Protocol):
    """Changes by what they are; the cost of a question does not grow with the archive."""

    def newest(self, sought: Sought, limit: int, before: Key | None = None) -> Found:
        """Newest first by key, strictly after ``before`` in that order."""

    def foremost(self, sought: Sought, skip: int, limit: int) -> Found:
        """Of the newest ``MOST_RANKED`` those that fit, most significant first, then newest; some of them, by rank."""

    def count(self, sought: Sought) -> Matches:
        """How many fit among the newest ``MOST_SCANNED``."""

    def sections(self) -> Sequence[str]:
        """Names of sections that have changes, in the database's order; a few hundred at most."""

    def share_changed(self, outlet_id: int, most: int) -> Share:
        """How many of an outlet's newest ``most`` articles were changed."""
