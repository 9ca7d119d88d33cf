"""The press's clock: virtual time that stands, is set, or runs at a chosen speed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from writethru.model import utc


class Clock(Protocol):
    """Anything that tells a UTC-aware time; tests share one with the watch loop."""

    def now(self) -> datetime:
        """The virtual time."""
        ...


class VirtualClock:
    """A clock one can set; it runs at ``speed`` virtual seconds per real second.

    Args:
        start: the virtual time now (with a zone).
        speed: 0 means it stands still until it is set.
        wall: real seconds, monotonic; tests put their own here.

    Raises:
        ValueError: ``start`` has no zone, or ``speed`` is negative.
    """

    def __init__(self, start: datetime, *, speed: float = 0.0, wall: Callable[[], float] = time.monotonic) -> None:
        if speed < 0:
            raise ValueError(f"a clock cannot run backwards: speed {speed}")
        self.speed = speed
        self._wall = wall
        self._lock = threading.Lock()
        self._start = utc(start)
        self._set_at = wall()

    def now(self) -> datetime:
        """The virtual time; it stops at the end of the calendar rather than fail."""
        with self._lock:
            return self._now()

    def set(self, moment: datetime) -> None:
        """Make it ``moment`` now, earlier or later.

        Raises:
            ValueError: ``moment`` has no zone.
        """
        with self._lock:
            self._start, self._set_at = utc(moment), self._wall()

    def advance(self, by: timedelta) -> datetime:
        """Move by ``by`` (may be negative) and return the new time.

        Raises:
            OverflowError: the result is outside the calendar.
        """
        with self._lock:
            self._start, self._set_at = self._now() + by, self._wall()
            return self._start

    def _now(self) -> datetime:
        if not self.speed:
            return self._start
        try:
            return self._start + timedelta(seconds=(self._wall() - self._set_at) * self.speed)
        except OverflowError:
            return datetime.max.replace(tzinfo=self._start.tzinfo)
