"""Clocks: the system's, and one that jumps instead of waiting."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol

from writethru.model import utc


class Clock(Protocol):
    """What the loop knows of time."""

    def now(self) -> datetime:
        """The present, in UTC."""

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Let time pass, or return early when ``stop`` is set."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present, in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Sleep, or return early when ``stop`` is set."""
        stop.wait(max(0.0, seconds))


class SimulatedClock:
    """Starts where it is told and moves only when someone waits.

    Args:
        start: the first present.
    """

    def __init__(self, start: datetime) -> None:
        self._now = utc(start)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The present, in UTC."""
        with self._lock:
            return self._now

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Jump forward at once."""
        if not stop.is_set():
            self.advance(timedelta(seconds=max(0.0, seconds)))

    def advance(self, span: timedelta) -> None:
        """Jump forward by ``span``."""
        with self._lock:
            self._now += span
