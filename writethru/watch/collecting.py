"""Other people's archives: every memento of an article that one has becomes a capture, in the order of time.

The archive is asked as politely as an outlet: its robots.txt, a delay, one request at a time, and time where it
asks for some. Every exchange is kept as evidence. What is here already is not fetched again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from writethru.errors import FetchError, InputError, MalformedInput, NotInArchive, Withdrawn
from writethru.fetch import Exchange
from writethru.model import Medium, NewCapture, TimeBasis
from writethru.sources.cdx import read_cdx, replay_of
from writethru.sources.found import ImportItem
from writethru.sources.limits import MAX_REPORTS
from writethru.sources.memento import (
    MAX_MEMENTOS,
    ON_BEHALF,
    Claim,
    Listed,
    Listing,
    fields_of,
    raw_of,
    same_article,
    why_not,
)
from writethru.sources.timemap import read_timemap
from writethru.text.urls import canonical, host_of
from writethru.watch.intake import article_for
from writethru.watch.record import UNDECIDED, Sighting
from writethru.watch.visit import AGAIN, Before, Visit

if TYPE_CHECKING:
    from writethru.watch.loop import Watcher

MAX_PAGES: Final = 1_000
"""Pages of one TimeMap that are followed."""

MOST_ROWS: Final = 100_000
"""Rows that a CDX server is asked for."""

TRIES: Final = 5
"""So often an archive that asks for time, or is busy, is asked for the same."""

LONGEST_WAIT: Final = timedelta(minutes=10)
"""We wait so long for an archive that asks for time; longer, and the rest is left for another run."""

MOST_FAILURES: Final = 3
"""After so many looks in a row without any answer the rest is left for another run."""

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be collected.

    Attributes:
        timemap: address of a TimeMap; "" = a CDX server is asked.
        cdx: address of a CDX server.
        url: the article that it is asked for.
        replay: what stands before ``TIMESTAMP/URL`` at that archive, "" = as usual.
    """

    timemap: str = ""
    cdx: str = ""
    url: str = ""
    replay: str = ""


@dataclass(slots=True)
class CollectReport:
    """What came of it; ``stopped`` says why mementos were left for another run, "" if none were."""

    url: str = ""
    listed: int = 0
    captures: int = 0
    versions: int = 0
    changes: int = 0
    already_known: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)  # (memento, why)
    stopped: str = ""
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "url": self.url,
            "listed": self.listed,
            "captures": self.captures,
            "versions": self.versions,
            "changes": self.changes,
            "already_known": self.already_known,
            "skipped": [{"memento": place, "message": message} for place, message in self.skipped],
            "stopped": self.stopped,
            "seconds": round(self.seconds, 3),
        }

    def skip(self, place: str, message: str) -> None:
        """Name what was left out, up to a number."""
        if len(self.skipped) < MAX_REPORTS:
            self.skipped.append((place, message))


class _LeftForLater(Exception):
    """The archive gives no more for now; the message says why."""


def collect(
    watcher: Watcher, wanted: Wanted, *, progress: Progress | None = None, stop: threading.Event | None = None
) -> CollectReport:
    """Bring in every memento that an archive has of an article.

    Args:
        progress: told after every memento.
        stop: when set, the memento in hand is finished and the rest left for another run.

    Raises:
        InputError: the list is none, or it is not known where the archive shows its mementos.
        FetchError: the list could not be had.
        NotInArchive: the article was withdrawn from this archive.
    """
    began = time.perf_counter()
    collecting = _Collecting(watcher, stop or threading.Event())
    try:
        collecting.run(wanted, progress or (lambda _done, _total, _what: None))
    except _LeftForLater as left:
        collecting.report.stopped = str(left)
    collecting.report.seconds = time.perf_counter() - began
    return collecting.report


class _Collecting:
    """One run over one article."""

    def __init__(self, watcher: Watcher, stop: threading.Event) -> None:
        self._watcher = watcher
        self._store = watcher.store
        self._stop = stop
        self._failures = 0
        self._with_raw: set[str] = set()
        self._without_raw: set[str] = set()
        self.report = CollectReport()
        watcher.visitor.use(stop)

    def run(self, wanted: Wanted, progress: Progress) -> None:
        mementos = sorted(self._listed(wanted), key=lambda one: (one.at, one.uri))
        url, self.report.listed = self.report.url, len(mementos)
        if self._store.withheld.holds(url):
            raise NotInArchive("its article was withdrawn from this archive", key=url)
        known = self._known(url)
        for number, memento in enumerate(mementos, 1):
            if self._stop.is_set():
                raise _LeftForLater("stopped")
            if memento.uri in known:
                self.report.already_known += 1
            elif memento.at > self._watcher.clock.now():
                self.report.skip(memento.uri, "it is dated in the future")
            else:
                self._take(Claim(url, memento.at), memento)
            progress(number, len(mementos), memento.uri)

    def _known(self, url: str) -> set[str]:
        """Where the mementos that are here already came from."""
        article = self._store.find_article(url)
        looks = [] if article is None else [capture.look for capture in self._store.captures(article.id)]
        return {look.label for look in looks if look.medium is Medium.MEMENTO}

    # what the archive has

    def _listed(self, wanted: Wanted) -> list[Listed]:
        if wanted.cdx:
            return self._of_index(wanted)
        found: dict[str, Listed] = {}
        pages, seen = [wanted.timemap], set[str]()
        while pages and len(seen) < MAX_PAGES and len(found) < MAX_MEMENTOS:
            page = pages.pop(0)
            if page in seen:
                continue
            seen.add(page)
            listing = self._page(page, first=len(seen) == 1)
            self._note_original(listing.original, page)
            found.update((one.uri, one) for one in listing.mementos)
            pages += [further for further in listing.pages if further not in seen]
        if any(page not in seen for page in pages):
            self.report.skip(wanted.timemap, f"further pages after {len(seen)} pages and {len(found)} mementos")
        return list(found.values())[:MAX_MEMENTOS]

    def _page(self, page: str, *, first: bool) -> Listing:
        """A page of a TimeMap; one after the first that cannot be had is named. Raises FetchError, InputError."""
        try:
            listing = read_timemap(self._list_at(page).body, page)
        except (FetchError, InputError) as error:
            if first:
                raise
            self.report.skip(page, error.message)
            return Listing()
        for fault in listing.faults:
            self.report.skip(page, fault)
        return listing

    def _note_original(self, original: str, page: str) -> None:
        """Of which article the pages speak. Raises MalformedInput where the first does not say."""
        if not self.report.url:
            if not original:
                raise MalformedInput('the TimeMap does not say of which article it is (rel="original")', key=page)
            self.report.url = canonical(original)
        elif original and not same_article(original, self.report.url):
            raise MalformedInput(f"the TimeMap goes on with another article: {original[:300]}", key=page)

    def _of_index(self, wanted: Wanted) -> list[Listed]:
        replay = wanted.replay or replay_of(wanted.cdx)
        if not replay:
            raise InputError("say with --replay where this archive shows its mementos", key=wanted.cdx)
        self.report.url = canonical(wanted.url)
        joint = "&" if "?" in wanted.cdx else "?"
        query = urlencode({"url": wanted.url, "output": "json", "limit": MOST_ROWS})
        place = f"{wanted.cdx}{joint}{query}"
        listing = read_cdx(self._list_at(place).body, replay if replay.endswith("/") else f"{replay}/")
        for fault in listing.faults:
            self.report.skip(place, fault)
        return [one for one in listing.mementos if self._is_of(one, replay)]

    def _is_of(self, one: Listed, replay: str) -> bool:
        """Whether an index's line is about the article; servers may answer with neighbours too."""
        original = one.uri[len(replay) :].lstrip("/").partition("/")[2]
        if same_article(original, self.report.url):
            return True
        self.report.skip(one.uri, "the index lists it, but it is of another address")
        return False

    def _list_at(self, place: str) -> Exchange:
        """What stands there. Raises FetchError."""
        visit = self._ask(place, {})
        exchange = visit.exchange
        if visit.failure is not None or exchange is None:
            raise FetchError(visit.detail or "no answer", key=place)
        if exchange.status != 200:
            raise FetchError(f"the archive answered {exchange.status}", key=place)
        return exchange

    # one memento

    def _take(self, claim: Claim, memento: Listed) -> None:
        """Fetch and record a memento: its raw bytes, or as the archive shows it."""
        host, raw, why = host_of(memento.uri), raw_of(memento), ""
        for place in dict.fromkeys((raw, memento.uri)):
            if not place or (place == raw and host in self._without_raw - self._with_raw):
                continue
            visit = self._ask(place, fields_of(claim.url, memento))
            exchange = visit.exchange
            if visit.failure is not None or exchange is None:
                why = visit.detail or "no answer"
                break
            why = why_not(claim, exchange.status, exchange.last.headers, redirected=exchange.redirects > 0)
            if not why:
                (self._with_raw if place == raw else self._without_raw).add(host)
                self._record(memento, Sighting(look_of(claim, memento, visit, exchange), exchange.body), visit.host)
                return
        self.report.skip(memento.uri, why)

    def _record(self, memento: Listed, sighting: Sighting, host: str) -> None:
        look = sighting.look
        item = ImportItem(look.url, look.captured_at, look.basis, look.medium, b"", look.content_type, memento.uri)
        try:
            with self._watcher.visitor.hosts.written(host):
                article, _ = article_for(self._store, item, look.url)
                if self._store.has_capture(article.id, look):
                    self.report.already_known += 1
                    return
                recorded = self._watcher.recorder.record(article, sighting)
        except (InputError, Withdrawn) as error:
            self.report.skip(memento.uri, error.message)
            return
        self.report.captures += 1
        self.report.versions += recorded.decision.makes_version
        self.report.changes += recorded.change is not None

    # asking

    def _ask(self, place: str, fields: Mapping[str, str]) -> Visit:
        """One address, again where the archive is busy. Raises _LeftForLater, InputError."""
        for _ in range(TRIES):
            visit = self._visit(place, fields)
            if visit.not_before is not None:
                self._wait_for(visit)
            elif not _is_busy(visit):
                self._count_failures(visit)
                return visit
            if self._stop.is_set():
                raise _LeftForLater("stopped")
        raise _LeftForLater(f"{host_of(place)} is busy; the same again takes up the rest")

    def _visit(self, place: str, fields: Mapping[str, str]) -> Visit:
        """A visit with the host's lease, as workers have it."""
        host, clock, hosts = host_of(place), self._watcher.clock, self._watcher.visitor.hosts
        if not hosts.borrow(host, clock.now()):
            return Visit(clock.now(), detail="leased", not_before=clock.now() + AGAIN, host=host)
        try:
            return self._watcher.visitor.visit(place, Before(hint=fields), on_behalf=ON_BEHALF)
        finally:
            hosts.give_back([host])

    def _wait_for(self, visit: Visit) -> None:
        clock, until = self._watcher.clock, visit.not_before
        wait = timedelta() if until is None else until - clock.now()
        if wait > LONGEST_WAIT:
            raise _LeftForLater(f"{visit.host} asks for time ({visit.detail}) until {until:%Y-%m-%d %H:%M} UTC")
        clock.wait(wait.total_seconds(), self._stop)

    def _count_failures(self, visit: Visit) -> None:
        self._failures = self._failures + 1 if visit.failure is not None else 0
        if self._failures >= MOST_FAILURES:
            raise _LeftForLater(f"no answer from {visit.host} {MOST_FAILURES} times in a row ({visit.detail})")


def look_of(claim: Claim, memento: Listed, visit: Visit, exchange: Exchange) -> NewCapture:
    """The look that a memento is, not yet decided: dated by the archive, which is named."""
    outcome, reason = UNDECIDED
    return NewCapture(
        url=claim.url,
        captured_at=claim.at,
        basis=TimeBasis.STATED,
        medium=Medium.MEMENTO,
        outcome=outcome,
        reason=reason,
        status=exchange.status,
        peer=exchange.last.peer,
        content_type=exchange.header("content-type"),
        body_digest=exchange.body_digest,
        payload_digest=exchange.payload_digest,
        evidence=visit.evidence,
        label=memento.uri,
        detail=f"at {host_of(memento.uri)}",
    )


def _is_busy(visit: Visit) -> bool:
    """The archive itself asks for time; a memento of such an answer says that it is one."""
    exchange = visit.exchange
    return exchange is not None and exchange.status in (429, 503) and not exchange.header("memento-datetime")
