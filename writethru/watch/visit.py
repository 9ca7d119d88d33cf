"""One polite visit: the host's rules, the request, and its evidence on disk before anything else."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from writethru.errors import FetchError, InputError, RefusedAddress, RobotsDisallowed
from writethru.evidence import EvidenceWriter
from writethru.fetch import Exchange, Fetcher, Hop, Pace, Politeness, Verdict, reason_of, received
from writethru.fetch.exchange import POSTPONED, attach
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


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier looks at the same URL left behind.

    Attributes:
        etag, last_modified: validators for a conditional request.
        hint: record that an equal answer may refer to (``revisit_hint``), {} if none.
    """

    etag: str = ""
    last_modified: str = ""
    hint: Mapping[str, str] = field(default_factory=dict)


NOTHING: Final = Before()

AGAIN: Final = timedelta(minutes=1)
"""After this a host that another worker had is tried again."""


@dataclass(frozen=True, slots=True)
class _Crossing:
    """The hosts that one look went through: the first, whose lease the caller holds, and those borrowed."""

    first: str
    borrowed: set[str] = field(default_factory=set)


class _AskedForTime(FetchError):
    """The host that a redirect leads to may not be asked yet; what was asked before it is kept, but was no look."""

    code = POSTPONED

    def __init__(self, host: str, verdict: Verdict) -> None:
        super().__init__(f"the redirect leads to {host}, which may not be asked yet", key=host)
        self.verdict = verdict


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

    def visit(self, url: str, before: Before = NOTHING, *, on_behalf: str = "article") -> Visit:
        """Ask for one URL when its host allows it; a redirect is followed when its target's host allows that."""
        host = host_of(url)
        try:
            state = self._learn_robots(url, host, self.hosts.get(host))
        except RefusedAddress as refused:  # not the host's wish but ours
            return self._visit(url, host, _unsent(refused, url, on_behalf))
        verdict = self._wait(state, url)
        if verdict.permission is Permission.WAIT:
            return Visit(self._clock.now(), not_before=verdict.wait_until, detail=verdict.reason.value, host=host)
        if not verdict.allowed:
            refusal = RobotsDisallowed("robots.txt forbids it", key=url)
            return self._visit(url, host, _unsent(refusal, url, on_behalf))
        crossing = _Crossing(host)
        try:
            outcome = self._get(url, before, on_behalf, crossing)
            self._note_answers(host, outcome)
        finally:
            self.hosts.give_back(crossing.borrowed)
        return self._visit(url, host, outcome, before.hint)

    def post(self, url: str, fields: Mapping[str, str]) -> int | None:
        """Post a form to a service that a feed names; nothing of it is evidence. The status of the answer.

        Raises:
            FetchError: no answer, or a private address.
        """
        return self._fetcher.post(url, fields).status

    def _learn_robots(self, url: str, host: str, state: State) -> State:
        """The host's state, with its robots.txt read if that was due and it may be asked. Raises RefusedAddress."""
        if not self._rules.robots_due(state, self._clock.now()):
            return state
        place = robots_url(url)
        if self._wait(state, place).permission is Permission.WAIT:
            return state
        outcome = self._get(place, NOTHING, "robots", None)
        self._keep(place, outcome, self._clock.now())
        if isinstance(outcome, RefusedAddress):
            raise outcome
        status, body = robots_answer(outcome)
        self.hosts.put(host, self._rules.robots_learned(state, status, body, self._clock.now()))
        self._note_answers(host, outcome)
        return self.hosts.get(host)

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

    def _get(self, url: str, before: Before, on_behalf: str, crossing: _Crossing | None) -> Exchange | FetchError:
        """The answer or how it failed; without ``crossing`` redirects are followed unasked, as for robots.txt."""
        may_follow = (lambda target: self._may_follow(target, crossing)) if crossing else None
        try:
            return self._fetcher.get(
                url,
                etag=before.etag,
                last_modified=before.last_modified,
                on_behalf=on_behalf,
                may_follow=may_follow,
            )
        except FetchError as error:
            return error

    def _may_follow(self, target: str, crossing: _Crossing) -> None:
        """Ask the rules of a redirect's target; another host's delay and back-off are its own.

        Raises:
            RobotsDisallowed: its robots.txt forbids it.
            FetchError: it asked for time.
        """
        host, first = _host(target), crossing.first
        if host != first and host not in crossing.borrowed:
            now = self._clock.now()
            if not self.hosts.borrow(host, now):
                raise _AskedForTime(host, Verdict(Permission.WAIT, Pace.LEASED, now + AGAIN))
            crossing.borrowed.add(host)
        state = self._learn_robots(target, host, self.hosts.get(host))
        verdict = (
            self._rules.may_fetch(state, target, self._clock.now()) if host == first else self._wait(state, target)
        )
        if verdict.permission is Permission.DISALLOWED:
            raise RobotsDisallowed(f"the redirect leads to {target}, which robots.txt forbids", key=target)
        if verdict.permission is Permission.WAIT and host != first:
            raise _AskedForTime(host, verdict)

    def _note_answers(self, first: str, outcome: Exchange | FetchError) -> None:
        """Each host that was asked keeps its own delay and back-off; ``first`` if nothing could be sent."""
        exchange = outcome if isinstance(outcome, Exchange) else received(outcome)
        hops = dict(_by_host(exchange.hops)) if exchange is not None else {}
        now = self._clock.now()
        if not hops:
            self.hosts.put(first, self._rules.after_response(self.hosts.get(first), None, (), now))
        for host, hop in hops.items():
            if isinstance(outcome, RefusedAddress) and hop.status is None and host != first:
                continue  # nobody was asked there
            self.hosts.put(host, self._rules.after_response(self.hosts.get(host), hop.status, hop.headers, now))

    def _visit(
        self, url: str, host: str, outcome: Exchange | FetchError, hint: Mapping[str, str] | None = None
    ) -> Visit:
        now = self._clock.now()
        ref = self._keep(url, outcome, now, hint)
        if isinstance(outcome, _AskedForTime):
            verdict = outcome.verdict
            return Visit(now, detail=verdict.reason.value, evidence=ref, not_before=verdict.wait_until, host=host)
        if isinstance(outcome, FetchError):
            return Visit(now, received(outcome), reason_of(outcome), outcome.message, ref, host=host)
        return Visit(now, outcome, evidence=ref, host=host)

    def _keep(
        self, url: str, outcome: Exchange | FetchError, at: datetime, hint: Mapping[str, str] | None = None
    ) -> EvidenceRef:
        """Write what came, or that nothing came, and make it safe before anything is derived."""
        if isinstance(outcome, FetchError):
            ref = self._evidence.add_failed(url, outcome, at=at)
        else:
            ref = self._evidence.add_exchange(outcome, capture_hint=hint)
        if self._durable:
            self._evidence.sync()
        return ref


def _unsent(error: FetchError, url: str, on_behalf: str) -> FetchError:
    """A failure before anything was asked, as a look at this URL."""
    return attach(type(error)(error.message, key=error.key), Exchange(url, (), b"", "", on_behalf))


def _host(target: str) -> str:
    try:
        return host_of(target)
    except InputError as error:
        raise RefusedAddress(
            f"the redirect leads to no address that is watched: {error.message}", key=target
        ) from error


def _by_host(hops: tuple[Hop, ...]) -> Iterator[tuple[str, Hop]]:
    """Each hop with its host; later ones of the same host come later."""
    for hop in hops:
        try:
            yield host_of(hop.url), hop
        except InputError:
            continue  # a host with a name that only a redirect could give: nothing is kept of it
