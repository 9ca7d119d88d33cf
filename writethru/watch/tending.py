"""What the loop sees to beside its looks: hourly sums, alarms, roots and time stamps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

import structlog

from writethru.errors import StorageError, WritethruError
from writethru.evidence import EvidenceFolder
from writethru.health.alarms import PAST, REACH, Verdict, judge_outlet, judge_source
from writethru.health.hours import OutletHour, SourceHour
from writethru.health.incidents import Steps, Subject, SubjectKind, follow
from writethru.storage.store import Store
from writethru.watch.belonging import note_roots
from writethru.watch.stamping import stamp_days

EVERY: Final = timedelta(minutes=15)
"""How long after the last time; alarms look at hours, so more often would tell nothing new."""

Hour = TypeVar("Hour", OutletHour, SourceHour)
log = structlog.get_logger("writethru.watch")


class Tending:
    """Sees to health and ledger from time to time.

    Args:
        authority: URL of a time-stamp authority, "" = none.
        every: by the watch's clock.
    """

    def __init__(self, store: Store, evidence: EvidenceFolder, authority: str, every: timedelta = EVERY) -> None:
        self._store = store
        self._evidence = evidence
        self._authority = authority
        self._every = every
        self._last: datetime | None = None

    def tend(self, now: datetime) -> None:
        """Do it if it is time; a failure of anything but the database is said and tried again next time."""
        if self._last is not None and abs(now - self._last) < self._every:
            return
        self._last = now
        take_stock(self._store, now)
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


def take_stock(store: Store, now: datetime) -> Steps:
    """Sum up what is over, judge every outlet and source, and note which alarms begin and end."""
    since = now - PAST - REACH
    store.sum_up_hours(now, since)
    steps = follow(store.lasting_incidents(), verdicts(store, since, now), now)
    if steps.begin or steps.end:
        store.step_incidents(steps, now)
    for incident in steps.begin:
        log.warning("alarm", alarm=incident.alarm.value, subject=_name(incident.subject), why=incident.why)
    for incident in steps.end:
        log.info("alarm over", alarm=incident.alarm.value, subject=_name(incident.subject))
    return steps


def verdicts(store: Store, since: datetime, now: datetime) -> dict[Subject, list[Verdict]]:
    """What is to be said of every outlet and source."""
    outlets, sources = defaultdict(list), defaultdict(list)
    for outlet_hour in store.outlet_hours(since, now):
        outlets[outlet_hour.outlet_id].append(outlet_hour)
    for source_hour in store.source_hours(since, now):
        sources[source_hour.source_id].append(source_hour)
    found = {Subject(SubjectKind.OUTLET, number): judge_outlet(hours, now) for number, hours in outlets.items()}
    for source in store.sources():
        if source.next_look_at is not None:
            hours: Sequence[SourceHour] = sources[source.id]
            found[Subject(SubjectKind.SOURCE, source.id)] = judge_source(source, hours, now)
    return found


def _name(subject: Subject) -> str:
    return f"{subject.kind.value} {subject.id}"
