"""A worker says that it lives, and how it does: who runs the fleet sees the one that does not."""

from __future__ import annotations

import os
import socket
import threading
import time
from datetime import UTC, datetime

from writethru import __version__
from writethru.health.fleet import BEAT, Beat
from writethru.model import Outcome
from writethru.storage.store import Store
from writethru.watch.report import WatchReport


class Pulse:
    """Of one worker. Any of its threads may call; on a simulated clock nobody asks it to.

    Args:
        worker: the name that its leases bear.
    """

    def __init__(self, store: Store, worker: str) -> None:
        self._store = store
        self._worker = worker
        self._lock = threading.Lock()
        self._last: tuple[float, int] | None = None  # when, and the looks up to then

    def beat(self, report: WatchReport) -> None:
        """Say so, if it is time; returns at once if another thread is at it."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            self._beat(report)
        finally:
            self._lock.release()

    def end(self) -> None:
        """The worker ends in good order."""
        with self._lock:
            if self._last is not None:
                self._store.fleet.gone(self._worker)
                self._last = None

    def _beat(self, report: WatchReport) -> None:
        now = time.monotonic()
        if self._last is not None and now - self._last[0] < BEAT.total_seconds():
            return
        then, looks = self._last or (now, report.looks)
        minutes = (now - then) / 60
        self._last = now, report.looks
        self._store.fleet.beat(
            Beat(
                worker=self._worker,
                host=socket.gethostname(),
                pid=os.getpid(),
                version=__version__,
                looks=report.looks,
                failed=report.failed,
                errors=report.outcomes[Outcome.ERROR.value],
                per_minute=(report.looks - looks) / minutes if minutes else 0.0,
            ),
            datetime.now(UTC),
        )
