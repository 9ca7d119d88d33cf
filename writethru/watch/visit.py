"""One polite visit: the host's rules, the request, and its evidence on disk before anything else."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from writethru.errors import FetchError, RefusedAddress
from writethru.evidence import EvidenceWriter
from writethru.fetch import Exchange, Fetcher, Pace, Politeness, Verdict, reason_of, received
from writethru.fetch.fetcher import Validators
from writethru.fetch.politeness import Permission, State, robots_answer
from writethru.fetch.robots import robots_url
from writethru.model import EvidenceRef, Reason
from writethru.text.urls import host_of
from writethru.watch.clock import Clock
from writethru.watch.hosts import HostStates

PATIENCE: Final = timedelta(seconds=60)
"""A worker waits this long for a host's delay itself; longer waits go back to the queue."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of a visit.

    Attributes:
        at: when it was made (or refused), UTC.
        exchange: what went over the wire; None if nothing was asked.
        failure, detail: why there is no usable response.
        evidence: where the record stands.
        not_before: the host asked for time; nothing was fetched, come back then.
        host: that was asked.
    """

    at: datetime
    exchange: Exchange | None = None
    failure: Reason | None = None
    detail: str = ""
    evidence: EvidenceRef | None = None
    not_before: datetime | None = None
    host: str = ""


class Visitor:
    """Visits URLs politely; the caller holds the lease of their host.

    Args:
        hosts: each host's state.
        fetcher: makes the requests.
        evidence: where they are kept.
        clock: real or simulated time.
        stop: set when the process should finish.
        durable: sync the evidence to disk before anything is derived from it; only a replay,
            which can be played again, does without.
    """

    def __init__(
        self,
        hosts: HostStates,
        fetcher: Fetcher,
        evidence: EvidenceWriter,
        clock: Clock,
        stop: threading.Event,
        *,
        durable: bool = True,
    ) -> None:
        self.hosts = hosts
        self._fetcher = fetcher
        self._evidence = evidence
        self._clock = clock
        self._stop = stop
        self._durable = durable
        self._rules = Politeness(fetcher.settings)

    def use(self, stop: threading.Event) -> None:
        """Stop when this is set."""
        self._stop = stop

    def visit(self, url: str, *, etag: str = "", last_modified: str = "", on_behalf: str = "article") -> Visit:
        """Ask for one URL when its host allows it."""
        host = host_of(url)
        try:
            state = self._learn_robots(url, host, self.hosts.get(host))
        except RefusedAddress as refused:  # not the host's wish but ours
            return self._visit(url, host, refused)
        verdict = self._wait(state, url)
        if verdict.permission is Permission.WAIT:
            return Visit(self._clock.now(), not_before=verdict.wait_until, detail=verdict.reason.value, host=host)
        if not verdict.allowed:
            return Visit(self._clock.now(), failure=Reason.ROBOTS, detail="robots.txt forbids it", host=host)
        outcome = self._get(url, Validators(etag, last_modified), on_behalf)
        self.hosts.put(host, self._after(state, outcome))
        return self._visit(url, host, outcome)

    def _learn_robots(self, url: str, host: str, state: State) -> State:
        """The host's state, with its robots.txt read if that was due and it may be asked. Raises RefusedAddress."""
        if not self._rules.robots_due(state, self._clock.now()):
            return state
        place = robots_url(url)
        if self._wait(state, place).permission is Permission.WAIT:
            return state
        outcome = self._get(place, Validators(), "robots")
        if isinstance(outcome, RefusedAddress):
            raise outcome
        self._keep(place, outcome)
        status, body = robots_answer(outcome)
        learned = self._after(self._rules.robots_learned(state, status, body, self._clock.now()), outcome)
        self.hosts.put(host, learned)
        return learned

    def _wait(self, state: State, url: str) -> Verdict:
        """Wait for the host's delay if that is short; the last verdict."""
        while True:
            now = self._clock.now()
            verdict = self._rules.may_fetch(state, url, now)
            if verdict.permission is not Permission.WAIT or verdict.wait_until is None:
                return verdict
            wait = verdict.wait_until - now
            if wait > PATIENCE or self._stop.is_set() or verdict.reason is Pace.ROBOTS_DUE:
                return verdict
            self._clock.wait(wait.total_seconds(), self._stop)

    def _get(self, url: str, known: Validators, on_behalf: str) -> Exchange | FetchError:
        try:
            return self._fetcher.get(url, etag=known.etag, last_modified=known.last_modified, on_behalf=on_behalf)
        except FetchError as error:
            return error

    def _after(self, state: State, outcome: Exchange | FetchError) -> State:
        exchange = outcome if isinstance(outcome, Exchange) else received(outcome)
        status, headers = (exchange.status, exchange.last.headers) if exchange and exchange.hops else (None, ())
        return self._rules.after_response(state, status, headers, self._clock.now())

    def _visit(self, url: str, host: str, outcome: Exchange | FetchError) -> Visit:
        ref = self._keep(url, outcome)
        now = self._clock.now()
        if isinstance(outcome, FetchError):
            return Visit(now, received(outcome), reason_of(outcome), outcome.message, ref, host=host)
        return Visit(now, outcome, evidence=ref, host=host)

    def _keep(self, url: str, outcome: Exchange | FetchError) -> EvidenceRef:
        """Write what came, or that nothing came, and make it safe before anything is derived."""
        if isinstance(outcome, FetchError):
            ref = self._evidence.add_failed(url, outcome)
        else:
            ref = self._evidence.add_exchange(outcome)
        if self._durable:
            self._evidence.sync()
        return ref
