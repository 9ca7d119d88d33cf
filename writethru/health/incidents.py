"""One alarm for each incident: from verdicts to what begins and what ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from writethru.health.alarms import Alarm, Standing, Verdict


class SubjectKind(StrEnum):
    """What an incident is about."""

    OUTLET = "outlet"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One outlet or source."""

    kind: SubjectKind
    id: int


@dataclass(frozen=True, slots=True)
class Incident:
    """An alarm from its beginning to its end.

    Attributes:
        begun_at, ended_at: when we noticed; the trouble itself began and ended before. ``ended_at`` None: it lasts.
        why: what raised it, for a person.
    """

    id: int
    subject: Subject
    alarm: Alarm
    begun_at: datetime
    ended_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What is to be done: incidents that begin (their ids are 0), and those that end."""

    begin: tuple[Incident, ...]
    end: tuple[Incident, ...]


def follow(lasting: Iterable[Incident], verdicts: Mapping[Subject, Iterable[Verdict]], now: datetime) -> Steps:
    """An alarm that lasts begins no second incident; one that cannot be told goes on as it is.

    An incident whose subject is gone ends.
    """
    known = {(incident.subject, incident.alarm): incident for incident in lasting}
    begin, end = [], []
    for subject, of_subject in verdicts.items():
        for verdict in of_subject:
            incident = known.pop((subject, verdict.alarm), None)
            if incident is None and verdict.standing is Standing.RAISED:
                begin.append(Incident(0, subject, verdict.alarm, now, None, verdict.why))
            elif incident is not None and verdict.standing is Standing.CLEAR:
                end.append(incident)
    gone = [incident for (subject, _), incident in known.items() if subject not in verdicts]
    return Steps(tuple(begin), tuple(end + gone))
