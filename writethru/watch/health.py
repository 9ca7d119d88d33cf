"""How outlets and sources are doing, from what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from writethru.health.alarms import PAST, REACH, Verdict, judge_outlet, judge_source
from writethru.health.hours import OutletHour, SourceHour
from writethru.health.incidents import Incident, Steps, Subject, SubjectKind, follow
from writethru.health.report import Counted, Health, OutletHealth, health_of, of_outlet, outlet_named
from writethru.health.templates import QUIET, new_template
from writethru.storage.store import Store


def take_stock(store: Store, now: datetime) -> Steps:
    """Sum up what is over, judge every outlet and source, and note which alarms begin and end."""
    since = now - PAST - REACH
    store.sum_up_hours(now, since)
    steps = follow(store.lasting_incidents(), _verdicts(store, since, now), now)
    if steps.begin or steps.end:
        store.step_incidents(steps, now)
    return steps


def _verdicts(store: Store, since: datetime, now: datetime) -> dict[Subject, list[Verdict]]:
    """What is to be said of every outlet, and of every source that is read."""
    found = {
        Subject(SubjectKind.OUTLET, number): judge_outlet(hours, now)
        for number, hours in _by_outlet(store.outlet_hours(since, now)).items()
    }
    shifts = {shift.outlet_id: shift for shift in store.template_shifts(now - QUIET)}
    for number in shifts.keys() | {subject.id for subject in found}:
        subject = Subject(SubjectKind.OUTLET, number)
        found[subject] = [*found.get(subject, ()), new_template(shifts.get(number))]
    of_sources: dict[int, list[SourceHour]] = defaultdict(list)
    for hour in store.source_hours(since, now):
        of_sources[hour.source_id].append(hour)
    for source in store.sources():
        if source.next_look_at is not None:
            found[Subject(SubjectKind.SOURCE, source.id)] = judge_source(source, of_sources[source.id], now)
    return found


def report(store: Store, now: datetime, incidents: int) -> Health:
    """The figures of every outlet, and the latest incidents (at most so many, besides all that last)."""
    hours = _by_outlet(store.outlet_hours(now - PAST - REACH, now))
    counted = {count.outlet_id: count for count in store.counted_articles()}
    outlets = {outlet.id: outlet for outlet in store.outlets()}
    lasting = store.lasting_incidents()
    sources = {source.id: source.outlet_id or 0 for source in store.sources()}
    found = []
    looked_at = {number for number, those in hours.items() if any(hour.looks for hour in those)}
    for number in sorted(counted.keys() | looked_at | set(sources.values())):
        count = counted.get(number, Counted(number, 0, None))
        outlet = health_of(outlet_named(outlets, number), count, hours.get(number, ()), now)
        found.append(replace(outlet, incidents=of_outlet(lasting, number, sources)))
    return Health(now, _by_name(found), _newest(lasting, store.incidents(incidents)))


def _by_outlet(hours: Iterable[OutletHour]) -> dict[int, list[OutletHour]]:
    found: dict[int, list[OutletHour]] = defaultdict(list)
    for hour in hours:
        found[hour.outlet_id].append(hour)
    return found


def _by_name(outlets: Iterable[OutletHealth]) -> tuple[OutletHealth, ...]:
    return tuple(sorted(outlets, key=lambda one: (one.outlet.id == 0, one.outlet.name)))


def _newest(lasting: Sequence[Incident], latest: Sequence[Incident]) -> tuple[Incident, ...]:
    """All of either, newest first."""
    known = {incident.id: incident for incident in (*lasting, *latest)}
    return tuple(known[number] for number in sorted(known, reverse=True))
