"""Hourly sums of what looks came to, and alarms."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    select,
    type_coerce,
    update,
)

from writethru.health.alarms import Alarm
from writethru.health.hours import NO_OUTLET, OutletHour, SourceHour, hour_of, step_of
from writethru.health.incidents import Incident, Subject, SubjectKind
from writethru.health.report import Counted
from writethru.model import Medium, Outcome
from writethru.storage.columns import EPOCH, Moment, from_micros
from writethru.storage.dialect import insert_if_new
from writethru.storage.health_tables import incidents, outlet_hours, source_hours
from writethru.storage.prepared import Prepared
from writethru.storage.tables import articles, captures, extractions, source_looks

SETTLED = timedelta(minutes=20)
"""An hour is summed up for good when it is over for so long: by then looks that were under way are stored."""

_HOUR = 3_600_000_000  # in microseconds
_begin, _end = bindparam("begin", type_=Moment), bindparam("end", type_=Moment)


def _hour(column: Any) -> Any:
    return type_coerce(column, BigInteger).op("/", precedence=8)(literal_column(str(_HOUR)))  # no parameter: grouped by


def _between(column: Any) -> tuple[Any, Any]:
    return column >= _begin, column < _end


def _grouped(query: Select[Any], count: int) -> Prepared:
    """Grouped by the first so many columns, by their places."""
    return Prepared(query.group_by(*list(query.selected_columns)[:count]))


_outlet = func.coalesce(articles.c.outlet_id, literal_column(str(NO_OUTLET)))
_LOOKS = _grouped(
    select(_outlet, _hour(captures.c.captured_at), captures.c.outcome, extractions.c.words, func.count())
    .join_from(captures, articles, articles.c.id == captures.c.article_id)
    .outerjoin(extractions, extractions.c.capture_id == captures.c.id)
    .where(*_between(captures.c.captured_at), captures.c.medium == Medium.HTTP),
    4,
)
_FOUND = _grouped(
    select(_outlet, _hour(articles.c.added_at), func.count()).where(
        *_between(articles.c.added_at), articles.c.next_look_at.is_not(None) | articles.c.retired_at.is_not(None)
    ),
    2,
)
_failed = func.sum(case((source_looks.c.status < 400, 0), else_=1))
_SOURCES = _grouped(
    select(
        source_looks.c.source_id,
        _hour(source_looks.c.looked_at),
        func.count(),
        _failed,
        func.sum(source_looks.c.found),
    ).where(*_between(source_looks.c.looked_at)),
    2,
)
_COUNTED = Prepared(
    select(_outlet, func.count(), func.max(articles.c.added_at, type_=Moment())).group_by(articles.c.outlet_id)
)
_LAST_OUTLET_HOUR = Prepared(select(func.max(outlet_hours.c.hour_at, type_=Moment())))
_OUTLET_HOURS = Prepared(select(outlet_hours).where(*_between(outlet_hours.c.hour_at)))
_SOURCE_HOURS = Prepared(select(source_hours).where(*_between(source_hours.c.hour_at)))
_CLEAR = tuple(Prepared(delete(table).where(table.c.hour_at >= _begin)) for table in (outlet_hours, source_hours))
_LASTING = Prepared(select(incidents).where(incidents.c.ended_at.is_(None)).order_by(incidents.c.id))
_NEWEST = Prepared(select(incidents).order_by(incidents.c.id.desc()).limit(bindparam("most")))
_END = Prepared(
    update(incidents).where(incidents.c.id == bindparam("incident"), incidents.c.ended_at.is_(None)),
    ["ended_at", "lasting"],
)


@dataclass(slots=True)
class _Sum:
    """One outlet's hour that is being summed up."""

    found: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: defaultdict(int))
    lengths: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def sum_up(connection: Connection, now: datetime, since: datetime) -> None:
    """Sum up for good every hour from ``since`` on that is settled and was not summed up before."""
    end = hour_of(now - SETTLED)
    if _next_hour(connection) > end:  # the clock ran ahead and was set back
        forget_sums(connection, end)
    begin = max(_next_hour(connection), since)
    if begin >= end:
        return
    of_outlets = count_outlets(connection, begin, end)
    marks = {hour.hour for hour in of_outlets}
    if end - timedelta(hours=1) not in marks:  # an hour without looks was summed up too
        of_outlets.append(OutletHour(NO_OUTLET, end - timedelta(hours=1)))
    for hour in of_outlets:
        insert_if_new(connection, outlet_hours, _outlet_row(hour))  # another process may be doing the same
    for source_hour in count_sources(connection, begin, end):
        insert_if_new(connection, source_hours, _source_row(source_hour))


def _next_hour(connection: Connection) -> datetime:
    """The first hour that is not summed up."""
    last = _LAST_OUTLET_HOUR.value(connection, {})
    return EPOCH if last is None else last + timedelta(hours=1)


def hours_of_outlets(connection: Connection, since: datetime, now: datetime) -> list[OutletHour]:
    """By hour: what was summed up, and the hours after that as they stand."""
    border = max(_next_hour(connection), since)
    rows = _OUTLET_HOURS.rows(connection, {"begin": since, "end": border})
    return [_outlet_hour(row) for row in rows] + count_outlets(connection, border, now + timedelta(seconds=1))


def hours_of_sources(connection: Connection, since: datetime, now: datetime) -> list[SourceHour]:
    """As ``hours_of_outlets``."""
    border = max(_next_hour(connection), since)
    rows = _SOURCE_HOURS.rows(connection, {"begin": since, "end": border})
    return [SourceHour(*row) for row in rows] + count_sources(connection, border, now + timedelta(seconds=1))


def count_outlets(connection: Connection, begin: datetime, end: datetime) -> list[OutletHour]:
    """What the looks of a span came to, counted anew; only what we looked at ourselves."""
    sums: dict[tuple[int, int], _Sum] = defaultdict(_Sum)
    span = {"begin": begin, "end": end}
    for outlet_id, hour, outcome, words, count in _LOOKS.rows(connection, span):
        one = sums[outlet_id, hour]
        one.outcomes[Outcome(outcome)] += count
        if words is not None:
            one.lengths[step_of(words)] += count
    for outlet_id, hour, count in _FOUND.rows(connection, span):
        sums[outlet_id, hour].found += count
    return [
        OutletHour(outlet_id, from_micros(hour * _HOUR), one.found, dict(one.outcomes), dict(one.lengths))
        for (outlet_id, hour), one in sums.items()
    ]


def count_sources(connection: Connection, begin: datetime, end: datetime) -> list[SourceHour]:
    """What the looks at sources came to, counted anew."""
    rows = _SOURCES.rows(connection, {"begin": begin, "end": end})
    return [
        SourceHour(source_id, from_micros(hour * _HOUR), looks, int(failed), int(found))
        for source_id, hour, looks, failed, found in rows
    ]


def forget_sums(connection: Connection, begin: datetime = EPOCH) -> None:
    """Sum up everything from there on anew next time: a rebuild may have decided looks differently."""
    for clear in _CLEAR:
        clear.run(connection, {"begin": begin})


def counted(connection: Connection) -> list[Counted]:
    """Articles by outlet."""
    return [Counted(*row) for row in _COUNTED.rows(connection, {})]


def lasting(connection: Connection) -> list[Incident]:
    """Incidents that have not ended, oldest first."""
    return [_incident(row) for row in _LASTING.rows(connection, {})]


def newest(connection: Connection, limit: int) -> list[Incident]:
    """The latest incidents, newest first."""
    return [_incident(row) for row in _NEWEST.rows(connection, {"most": limit})]


def begin(connection: Connection, beginning: Iterable[Incident]) -> None:
    """Note incidents that begin; one that another process has just noted is not noted twice."""
    for incident in beginning:
        row = {
            "subject": incident.subject.kind,
            "subject_id": incident.subject.id,
            "alarm": incident.alarm,
            "begun_at": incident.begun_at,
            "ended_at": None,
            "lasting": 1,
            "why": incident.why,
        }
        insert_if_new(connection, incidents, row)


def end(connection: Connection, ending: Iterable[Incident], at: datetime) -> None:
    """Note that these have ended."""
    for incident in ending:
        _END.run(connection, {"incident": incident.id, "ended_at": at, "lasting": None})


def _incident(row: Sequence[Any]) -> Incident:
    number, kind, subject, alarm, begun, ended, _, why = row
    return Incident(number, Subject(SubjectKind(kind), subject), Alarm(alarm), begun, ended, why)


def _outlet_row(hour: OutletHour) -> dict[str, Any]:
    lengths = json.dumps({str(step): count for step, count in sorted(hour.lengths.items())})
    outcomes = {outcome.value: hour.outcomes.get(outcome, 0) for outcome in Outcome}
    return {"outlet_id": hour.outlet_id, "hour_at": hour.hour, "found": hour.found, **outcomes, "lengths": lengths}


def _outlet_hour(row: Sequence[Any]) -> OutletHour:
    outlet_id, hour, found, *counts, lengths = row
    outcomes = {outcome: count for outcome, count in zip(Outcome, counts, strict=True) if count}
    return OutletHour(outlet_id, hour, found, outcomes, {int(k): v for k, v in json.loads(lengths).items()})


def _source_row(hour: SourceHour) -> dict[str, Any]:
    return {
        "source_id": hour.source_id,
        "hour_at": hour.hour,
        "looks": hour.looks,
        "failed": hour.failed,
        "found": hour.found,
    }
