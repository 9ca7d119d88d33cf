"""Notifications beside the watch: in a thread of their own, so that no look waits for a slow target."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

import structlog

EVERY: Final = 10.0
"""Seconds between two beginnings, at least: each asks the database a few questions."""

PATIENCE: Final = 30.0
"""Seconds that the end of a watch waits for a message that is going out; the journal knows of it anyway."""

log = structlog.get_logger("writethru.notify")


class Errands:
    """Runs one errand now and then while a watch runs (``watch.beside.Beside``).

    Args:
        errand: does all there is to do; whatever it raises is said, and it is tried again next time.
    """

    def __init__(self, errand: Callable[[], object]) -> None:
        self._errand = errand
        self._thread: threading.Thread | None = None
        self._last: float | None = None

    def keep_up(self) -> None:
        """See that the errand is being run; returns at once."""
        if self._thread is not None and self._thread.is_alive():
            return
        if self._last is None or time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            self._thread = threading.Thread(target=self._run, name="notify", daemon=True)
            self._thread.start()

    def catch_up(self, stop: threading.Event) -> None:
        """Run it here and now."""
        if not stop.is_set():
            self._run()

    def end(self) -> None:
        """Wait for what is under way."""
        if self._thread is not None:
            self._thread.join(PATIENCE)
            self._thread = None

    def _run(self) -> None:
        try:
            self._errand()
        except Exception as error:  # what it says may hold an address
            log.warning("notifications were not seen to", error=type(error).__name__)
