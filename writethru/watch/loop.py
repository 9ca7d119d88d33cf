"""The loop: lease what is due, look at each host's articles one after the other, release, repeat.

Threads look at different hosts; one host is only ever looked at by the one thread of the one
process that holds its lease. On a simulated clock everything runs in one thread, in order.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from types import TracebackType
from typing import Final

import structlog

from writethru.config import Config
from writethru.errors import EvidenceError, StorageError, WritethruError
from writethru.evidence import EvidenceFolder, Rolling
from writethru.fetch import Fetcher
from writethru.storage.store import Claim, DueLook, Store
from writethru.watch.adopt import adopt
from writethru.watch.belonging import claim
from writethru.watch.beside import Beside
from writethru.watch.clock import Clock, SystemClock
from writethru.watch.hosts import HostStates
from writethru.watch.look import Looker
from writethru.watch.pacing import Pacing
from writethru.watch.payload import PayloadReader
from writethru.watch.pulse import Pulse
from writethru.watch.readers import Readers
from writethru.watch.record import Recorder
from writethru.watch.report import WatchReport
from writethru.watch.rhythms import Rhythms
from writethru.watch.rulebook import RuleBook
from writethru.watch.running import LONGEST_NAP, Progress, Run
from writethru.watch.settings import allowed_hosts, fetch_settings, schedule_policy
from writethru.watch.spending import Spending
from writethru.watch.tending import EVERY, Tending
from writethru.watch.visit import Visitor

LEASE: Final = timedelta(minutes=15)
"""A dead worker's hosts are free again after this; a live one renews at a third of it."""

PER_HOST: Final = 20
"""Looks at one host per lease: enough to be cheap, few enough to share."""

SIMULATED_ROLL: Final = timedelta(days=10)
SIMULATED_TENDING: Final = timedelta(hours=6)

FIRST_PAUSE: Final = 1.0
LONGEST_TROUBLE: Final = 24 * 3600.0
"""Seconds that a watch outlasts a database that is down, or a disk that is full."""

SPENT: Final = timedelta(minutes=5)
"""How far a simulated clock moves on when the budget allows nothing of what is due."""

TAKEN_ELSEWHERE: Final = timedelta(seconds=1)
"""How far a simulated clock moves on when all that is due is leased to another worker."""

log = structlog.get_logger("writethru.watch")


class Watcher:
    """Watches what is due. Use as a context manager: it holds an open evidence file.

    Args:
        store: the database.
        evidence: where every response goes first.
        config: settings of fetching and of the schedule.
        clock: the system's, or a simulated one.
        beside: what follows the record meanwhile.
    """

    def __init__(
        self,
        store: Store,
        evidence: EvidenceFolder,
        config: Config,
        clock: Clock | None = None,
        beside: Beside | None = None,
    ) -> None:
        self.store = store
        self.config = config
        self.clock = clock or SystemClock()
        self._is_real = isinstance(self.clock, SystemClock)
        self.stop = threading.Event()
        self.worker = f"{socket.gethostname()}-{os.getpid()}-{id(self):x}"
        self.policy = schedule_policy(config)
        self.recorder = Recorder(store, PayloadReader(evidence, store).body_of, RuleBook.beside(evidence.path))
        self._evidence = EvidenceFolder(
            evidence.path, clock=self.clock.now, rolling=self._rolling(), operator=config.fetch.contact
        )
        self.hosts = HostStates(store, self.worker)
        self.rhythms = Rhythms(store)
        self._spending = Spending(store, config.schedule)
        self._pulse = Pulse(store, self.worker)
        self._report = WatchReport()
        self._renewed = self.clock.now()
        self._resources = ExitStack()
        self._adopted = 0
        every = EVERY if self._is_real else SIMULATED_TENDING
        authority = config.archive.timestamp_url if self._is_real else ""
        self._tending = Tending(store, self._evidence, authority, every, beside)

    def __enter__(self) -> Watcher:
        claim(self.store, self._evidence)
        self.clock.not_before(self.store.newest_look_at())
        self._equip()
        return self

    def _equip(self) -> None:
        """Take in what was not recorded, then begin evidence of our own."""
        self._adopted += adopt(self.store, self._evidence, self.recorder, self.clock.now()).captures
        self.writer = writer = self._resources.enter_context(self._evidence.writer())
        fetcher = Fetcher(fetch_settings(self.config.fetch, allowed_hosts(self.store)), clock=self.clock.now)
        self.visitor = Visitor(self.hosts, fetcher, writer, self.clock, self.stop, durable=self._is_real)
        pacing = Pacing(self.policy, self.rhythms)
        self.looker = Looker(self.store, self.recorder, self.visitor, self.clock, pacing, self.stop)
        self.looker.deliver_to(self.config.web.base_url)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.__exit__(kind, error, trace)

    def run_once(self, *, stop: threading.Event | None = None, progress: Progress | None = None) -> WatchReport:
        """Look at all that is due now, and at what those looks find; then return."""
        self._use(stop)
        running = self._running(progress)
        once = self._once_in_threads if self._is_real else self._once_in_order
        once(running, self.clock.now())
        self._tending.tend(self.clock.now())
        self._tending.catch_up(self.stop)
        return self._finished(running)

    def _once_in_threads(self, running: Run, begun: datetime) -> None:
        """A thread for each host, as in the loop that goes on; whatever fails, no host stays leased."""
        threads = ThreadPoolExecutor(self.config.fetch.threads, thread_name_prefix="look")
        try:
            with self._reading(), threads as pool:
                while not self.stop.is_set():
                    due = self._swap((), self._due_by(running, begun))
                    if due:
                        running.spread(due, pool)
                    elif running.busy:
                        running.await_one(1.0)
                    else:
                        break
                running.await_all()
        finally:
            running.drop_all()
            self.give_up(self.hosts.held())

    def _once_in_order(self, running: Run, begun: datetime) -> None:
        due: Sequence[DueLook] = ()
        try:
            while not self.stop.is_set():
                due = self._swap(due, self._due_by(running, begun))
                if not due:
                    break
                running.take(due)
        finally:
            self.give_up(_hosts(due))

    def _due_by(self, running: Run, begun: datetime) -> datetime:
        """What was due when the run began; where sources brought articles, those too."""
        return max(begun, self.clock.now()) if running.report.found else begun

    def run(
        self, until: datetime | None, stop: threading.Event | None = None, *, progress: Progress | None = None
    ) -> WatchReport:
        """Look at what comes due until ``until`` (None = for ever) or until stopped."""
        self._use(stop)
        running = self._running(progress)
        if self._is_real:
            self._run_for_good(running, until)
        else:
            self._run_in_order(running, until)
            self._tending.catch_up(self.stop)
        return self._finished(running)

    def _running(self, progress: Progress | None) -> Run:
        running = Run(self, progress)
        self._report = running.report
        return running

    def _finished(self, running: Run) -> WatchReport:
        self.rhythms.keep(least=1)
        self._tending.index()
        self._tending.step_down()
        self._pulse.end()
        return running.finish(self._adopted)

    def _run_for_good(self, running: Run, until: datetime | None) -> None:
        """Through failures of the database and of the disk, unless they last."""
        while True:
            try:
                self._run_in_threads(running, until)
                return
            except (StorageError, EvidenceError) as error:
                log.exception("the database or the disk failed; looks go on when both work", error=str(error))
                running.drop_all()
                self._mend(error)
                running.report.mended += 1

    def _mend(self, error: WritethruError) -> None:
        """Wait until database and disk work again, then take in what was fetched but not recorded.

        Raises:
            StorageError, EvidenceError: they do not, for ``LONGEST_TROUBLE``; or we are to stop.
        """
        pause, begun = FIRST_PAUSE, time.monotonic()
        while time.monotonic() - begun < LONGEST_TROUBLE and not self.stop.is_set():
            self.clock.wait(pause, self.stop)
            pause = min(2 * pause, LONGEST_NAP)
            try:
                self.writer.doubt()
                with suppress(EvidenceError):  # it said so before; recovery settles its file
                    self._resources.close()
                self.give_up(self.hosts.held())
                self._equip()
                return
            except (StorageError, EvidenceError) as again:
                error = again
        raise error

    def _run_in_threads(self, running: Run, until: datetime | None) -> None:
        threads = ThreadPoolExecutor(self.config.fetch.threads, thread_name_prefix="look")
        with self._reading(), self._tending.keeping_up(), threads as pool:
            while not self.stop.is_set() and (until is None or self.clock.now() < until):
                self._beat()
                self._tending.tend(self.clock.now())
                self._tending.index(self.clock.now())
                due = self._swap((), self.clock.now())
                if due:
                    running.spread(due, pool)
                elif running.busy:
                    running.await_one(1.0)
                else:
                    self._nap(until)
            running.await_all()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Pages are read by processes of their own while threads fetch; a daemon may have none and reads itself."""
        if multiprocessing.current_process().daemon:
            yield
            return
        readers = Readers()
        self.recorder.read_with(readers)
        try:
            yield
        finally:
            self.recorder.read_with(None)
            readers.close()

    def _run_in_order(self, running: Run, until: datetime | None) -> None:
        """On a simulated clock: one look after the other, and a jump to the next instead of waiting."""
        due: Sequence[DueLook] = ()
        try:
            while not self.stop.is_set():
                self._tending.tend(self.clock.now())
                with self.store.transaction():
                    self._give_back(_hosts(due))
                    due, moment = (), self._next_moment()
                    if moment is None or (until is not None and moment >= until):
                        break
                    due = self._lease(moment)
                self._jump(moment if due else moment + (SPENT if self._spending.is_spent else TAKEN_ELSEWHERE))
                running.take(due)
        finally:
            self.give_up(_hosts(due))
        self._jump(until)

    def _next_moment(self) -> datetime | None:
        """When the next look is due, never before the present; None: nothing is."""
        due = self.store.next_due_at()
        return None if due is None else max(due, self.clock.now())

    def _jump(self, moment: datetime | None) -> None:
        now = self.clock.now()
        if moment is not None and moment > now:
            self.clock.wait((moment - now).total_seconds(), self.stop)

    def _rolling(self) -> Rolling:
        """An hour a file; on a simulated clock hours pass in milliseconds, so days."""
        return Rolling() if self._is_real else Rolling(max_age=SIMULATED_ROLL)

    def _use(self, stop: threading.Event | None) -> None:
        if stop is not None:
            self.stop = stop
            self.visitor.use(stop)
            self.looker.use(stop)

    def _swap(self, done: Sequence[DueLook], now: datetime) -> Sequence[DueLook]:
        """Give up the hosts of looks that are done and lease those with looks due at ``now``, in one transaction."""
        with self.store.transaction():
            self._give_back(_hosts(done))
            return self._lease(now)

    def _lease(self, now: datetime) -> Sequence[DueLook]:
        if not self.hosts:
            self._renewed = now
        threads = self.config.fetch.threads
        until = max(now, self.clock.now()) + LEASE  # a run of --once asks for what was due when it began
        due = self._spending.lease(Claim(self.worker, now, until, threads, PER_HOST))
        self.hosts.hold(_hosts(due))
        return due

    def give_up(self, hosts: Sequence[str]) -> None:
        """These hosts are free for others, and what we learned of them is theirs to read."""
        if hosts:
            with self.store.transaction():
                self._give_back(hosts)

    def _give_back(self, hosts: Sequence[str]) -> None:
        if hosts:
            self.hosts.let_go(hosts)
            self.rhythms.keep()
            self.store.release_hosts(self.worker, hosts)

    def _beat(self) -> None:
        """On the system's clock, the fleet is told that this worker lives."""
        if self._is_real:
            self._pulse.beat(self._report)

    def keep_leases(self) -> None:
        """Renew the leases of hosts that are still being looked at, in good time."""
        self._beat()
        now = self.clock.now()
        if now - self._renewed >= LEASE / 3:
            self._renewed = now
            self.store.renew_leases(self.worker, now + LEASE)

    def _nap(self, until: datetime | None) -> None:
        """Wait for the next due look, but not so long that what others add is overlooked."""
        due = self.store.next_due_at()
        end = min((moment for moment in (due, until) if moment is not None), default=None)
        seconds = LONGEST_NAP if end is None else (end - self.clock.now()).total_seconds()
        self.clock.wait(LONGEST_NAP if self._spending.is_spent else min(max(seconds, 0.05), LONGEST_NAP), self.stop)


def _hosts(due: Iterable[DueLook]) -> list[str]:
    return list(dict.fromkeys(look.host for look in due))
