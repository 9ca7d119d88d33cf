"""One run of the loop: the hosts under way, each with its thread, and what their looks came to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import groupby
from typing import Final, Protocol

import structlog

from writethru.config import Config
from writethru.errors import EvidenceError, StorageError
from writethru.evidence import EvidenceWriter
from writethru.storage.store import DueLook
from writethru.watch.look import Looker
from writethru.watch.report import WatchReport

LONGEST_NAP: Final = 30.0
"""Seconds after which an idle loop looks whether something new is due."""

Progress = Callable[[int, int | None, str], None]
log = structlog.get_logger("writethru.watch")


class Watching(Protocol):
    """What a run needs of the watcher that it belongs to."""

    config: Config
    stop: threading.Event
    looker: Looker
    writer: EvidenceWriter

    def keep_leases(self) -> None:
        """Renew the leases of hosts that are still being looked at, in good time."""

    def give_up(self, hosts: Sequence[str]) -> None:
        """These hosts are free for others."""


class Run:
    """One run of the loop: hosts under way and what they came to."""

    def __init__(self, watcher: Watching, progress: Progress | None) -> None:
        self.report = WatchReport()
        self._watcher = watcher
        self._progress = progress
        self._started = time.perf_counter()
        self._busy: set[Future[None]] = set()
        self._lock = threading.Lock()

    @property
    def busy(self) -> bool:
        """Hosts are being looked at."""
        return bool(self._busy)

    def take(self, due: Sequence[DueLook]) -> None:
        """Look at everything here and now; the caller gives the hosts up."""
        for _, looks in _by_host(due):
            self._looks(looks)

    def spread(self, due: Sequence[DueLook], pool: ThreadPoolExecutor) -> None:
        """Hand each host to a thread; wait while all threads are busy."""
        for host, looks in _by_host(due):
            self._busy.add(pool.submit(self._host, host, looks))
        while len(self._busy) >= self._watcher.config.fetch.threads:
            self.await_one(LONGEST_NAP)

    def await_one(self, seconds: float) -> None:
        """Wait until one host is done, renewing the leases of the others."""
        done, self._busy = wait(self._busy, timeout=seconds, return_when=FIRST_COMPLETED)
        self._watcher.keep_leases()
        for future in done:
            future.result()

    def await_all(self) -> None:
        """Wait until all hosts are done."""
        while self._busy:
            self.await_one(LONGEST_NAP)

    def drop_all(self) -> None:
        """Wait for all hosts under way, whatever comes of them."""
        for future in self._busy:
            with suppress(Exception):
                future.result()
        self._busy = set()

    def finish(self, adopted: int) -> WatchReport:
        """The report."""
        self.report.adopted = adopted
        self.report.seconds = time.perf_counter() - self._started
        return self.report

    def _host(self, host: str, looks: Iterable[DueLook]) -> None:
        try:
            self._looks(looks)
        finally:
            self._watcher.give_up([host])

    def _looks(self, looks: Iterable[DueLook]) -> None:
        for due in looks:
            if self._watcher.stop.is_set():
                break
            self._watcher.keep_leases()
            self._look(due)

    def _look(self, due: DueLook) -> None:
        """One look; whatever goes wrong with it never stops the others."""
        looker = self._watcher.looker
        what = due.article.url if due.article else due.source.url if due.source else due.host
        try:
            if due.article is not None:
                done = looker.look_at_article(due.article)
            elif due.source is not None:
                done = looker.look_at_source(due.source)
            else:
                return
        except (StorageError, EvidenceError):
            raise
        except Exception as error:
            log.exception("a look failed", url=what, error=str(error))
            self._watcher.writer.doubt()
            looker.put_off(due)
            with self._lock:
                self.report.failed += 1
            return
        with self._lock:
            self.report.count(done)
            if self._progress:
                self._progress(self.report.looks, None, what)


def _by_host(due: Sequence[DueLook]) -> list[tuple[str, list[DueLook]]]:
    ordered = sorted(due, key=lambda look: look.host)  # stable: the order inside a host stays
    return [(host, list(looks)) for host, looks in groupby(ordered, key=lambda look: look.host)]
