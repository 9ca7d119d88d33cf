"""Clocks: the system's, and one that jumps instead of waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import structlog

from writethru.model import utc

NOTICED: Final = timedelta(minutes=1)
"""Clocks differ by seconds; more is said."""

log = structlog.get_logger("writethru.watch")


class Clock(Protocol):
    """What the loop knows of time."""

    def now(self) -> datetime:
        """The present, in UTC."""

    def not_before(self, moment: datetime | None) -> None:
        """No look is to be dated before this (None = nothing is known)."""

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Let time pass, or return early when ``stop`` is set."""


class SystemClock:
    """The machine's clock, but one that never goes back.

    A look that came later must not be dated earlier: the record would show texts in the wrong order, and a
    return where there was none. Where the machine's clock is set back, time goes on at half its pace until
    the machine has caught up; where it is set forward, it is followed at once.

    Args:
        wall, ticks: the machine's time in UTC, and seconds that only ever grow.
    """

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self._ticks = ticks
        self._lock = threading.Lock()
        self._last = wall()
        self._tick = ticks()
        self._behind = False

    def now(self) -> datetime:
        """The present, in UTC."""
        with self._lock:
            wall, tick = self._wall(), self._ticks()
            self._last = max(wall, self._last + timedelta(seconds=(tick - self._tick) / 2))
            self._tick = tick
            self._notice(self._last - wall > NOTICED)
            return self._last

    def _notice(self, behind: bool) -> None:
        """Say it once."""
        if behind and not self._behind:
            log.warning("the machine's clock is behind the record; time goes on at half its pace until it catches up")
        self._behind = behind

    def not_before(self, moment: datetime | None) -> None:
        """The record has looks up to ``moment`` already."""
        if moment is not None:
            with self._lock:
                self._last = max(self._last, moment)

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

    def not_before(self, moment: datetime | None) -> None:
        """A simulated time is where it is told."""

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Jump forward at once."""
        if not stop.is_set():
            self.advance(timedelta(seconds=max(0.0, seconds)))

    def advance(self, span: timedelta) -> None:
        """Jump forward by ``span``."""
        with self._lock:
            self._now += span
