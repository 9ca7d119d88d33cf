"""What storage promises about workers. The rules are those of ``store``."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from writethru.health.fleet import Beat, Fleet


class FleetStore(Protocol):
    """Workers of one record, on whatever machine; times are the database's."""

    def beat(self, beat: Beat, now: datetime) -> None:
        """A worker lives; ``now`` is by its own clock. Who has been silent for ``FORGOTTEN`` is forgotten."""

    def gone(self, worker: str) -> None:
        """A worker has ended in good order."""

    def fleet(self, now: datetime) -> Fleet:
        """All workers by host and name. ``now`` is taken for the database's where that is this machine (SQLite)."""
