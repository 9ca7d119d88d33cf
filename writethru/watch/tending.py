"""What the loop sees to beside its looks: search, hourly sums, alarms, roots, time stamps, what follows the record."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

import structlog

from writethru.analyse.indexing import SearchIndexing
from writethru.analyse.leading import lead, step_down
from writethru.errors import StorageError, WritethruError
from writethru.evidence import EvidenceFolder
from writethru.health.fleet import TENDING
from writethru.health.incidents import Subject
from writethru.storage.store import Store
from writethru.watch.belonging import note_roots
from writethru.watch.beside import Beside
from writethru.watch.health import take_stock
from writethru.watch.stamping import stamp_days

EVERY: Final = timedelta(minutes=15)
"""How long after the last time; alarms look at hours, so more often would tell nothing new."""

LEAD: Final = 2 * EVERY
"""How long after its last word another machine waits before it takes over."""

SEARCH_EVERY: Final = timedelta(seconds=30)
"""How far search may lag behind a record that is being made."""

log = structlog.get_logger("writethru.watch")


class Tending:
    """Sees to health and ledger from time to time.

    Args:
        authority: URL of a time-stamp authority, "" = none.
        every: by the watch's clock.
        beside: what follows the record; None: nothing does.
    """

    def __init__(
        self,
        store: Store,
        evidence: EvidenceFolder,
        authority: str,
        every: timedelta = EVERY,
        beside: Beside | None = None,
    ) -> None:
        self._store = store
        self._beside = beside
        self._keeps_up = False
        self._evidence = evidence
        self._authority = authority
        self._every = every
        self._last: datetime | None = None
        self._searching = SearchIndexing(store)
        self._searched: datetime | None = None

    def index(self, now: datetime | None = None) -> None:
        """Take what is new into search, if it is time (always where no time is given); a failure is only said."""
        if now is not None and self._searched is not None and abs(now - self._searched) < SEARCH_EVERY:
            return
        self._searched = now
        try:
            self._searching.follow()
        except Exception as error:
            log.exception("search was not brought up to date", error=str(error))

    @contextmanager
    def keeping_up(self) -> Iterator[None]:
        """While threads look, what follows the record does so beside them."""
        self._keeps_up = True
        try:
            yield
        finally:
            self._keeps_up = False
            if self._beside is not None:
                self._beside.end()

    def catch_up(self, stop: threading.Event) -> None:
        """What follows the record does so here and now."""
        if self._beside is not None:
            self._beside.catch_up(stop)

    def tend(self, now: datetime) -> None:
        """Do it if it is time; a failure of anything but the database is said and tried again next time."""
        if self._keeps_up and self._beside is not None:
            self._beside.keep_up()
        if self._last is not None and abs(now - self._last) < self._every:
            return
        self._last = now
        if lead(self._store, TENDING, LEAD):
            self._take_stock(now)
        self._see_to_ledger(now)

    def step_down(self) -> None:
        """The watch ends: another worker may take stock at once."""
        step_down(self._store, TENDING)

    def _take_stock(self, now: datetime) -> None:
        """What one worker does for all: sums, alarms, counts."""
        self._store.tally.keep(now)
        steps = take_stock(self._store, now)
        for incident in steps.begin:
            log.warning("alarm", alarm=incident.alarm.value, subject=_name(incident.subject), why=incident.why)
        for incident in steps.end:
            log.info("alarm over", alarm=incident.alarm.value, subject=_name(incident.subject))

    def _see_to_ledger(self, now: datetime) -> None:
        """What each does for the folder that it writes to; it may be one that several write to."""
        try:
            self._evidence.seal()
            note_roots(self._store, self._evidence, now)
            stamped = stamp_days(self._evidence, self._authority) if self._authority else []
        except StorageError:
            raise
        except WritethruError as error:
            log.warning("the day ledger was not seen to", error=str(error))
        else:
            for day in stamped:
                log.info("time-stamped", day=day)


def _name(subject: Subject) -> str:
    return f"{subject.kind.value} {subject.id}"
