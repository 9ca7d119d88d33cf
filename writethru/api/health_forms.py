"""The JSON forms of health: figures by outlet, and alarms."""

from __future__ import annotations

from typing import TypedDict

from writethru.health.incidents import Incident
from writethru.health.report import Health, OutletHealth
from writethru.publish.moments import rfc3339, rfc3339_if_known


class AlarmForm(TypedDict):
    """An alarm; ``ended_at`` null while it lasts."""

    id: int
    alarm: str
    subject: str
    subject_id: int
    begun_at: str
    ended_at: str | None
    why: str


class OutletHealthForm(TypedDict):
    """One outlet now; shares are of ``looks``, words are medians."""

    id: int
    name: str
    articles: int
    newest_article_at: str | None
    found_last_day: float
    found_per_day_before: float
    looks: int
    shares: dict[str, float]
    words: int | None
    words_before: int | None
    alarms: list[AlarmForm]


class HealthForm(TypedDict):
    """All outlets, and the latest alarms."""

    at: str
    by_outlet: list[OutletHealthForm]
    alarms: list[AlarmForm]


def alarm_form(incident: Incident) -> AlarmForm:
    """The JSON form of an alarm."""
    return {
        "id": incident.id,
        "alarm": incident.alarm.value,
        "subject": incident.subject.kind.value,
        "subject_id": incident.subject.id,
        "begun_at": rfc3339(incident.begun_at),
        "ended_at": rfc3339_if_known(incident.ended_at),
        "why": incident.why,
    }


def outlet_health_form(one: OutletHealth) -> OutletHealthForm:
    """The JSON form of one outlet's figures."""
    return {
        "id": one.outlet.id,
        "name": one.outlet.name,
        "articles": one.articles,
        "newest_article_at": rfc3339_if_known(one.newest_at),
        "found_last_day": one.found,
        "found_per_day_before": round(one.found_before, 2),
        "looks": one.looks,
        "shares": {outcome.value: round(share, 4) for outcome, share in one.shares.items()},
        "words": None if one.words is None else round(one.words),
        "words_before": None if one.words_before is None else round(one.words_before),
        "alarms": [alarm_form(incident) for incident in one.incidents],
    }


def health_form(health: Health) -> HealthForm:
    """The JSON form of all of it."""
    return {
        "at": rfc3339(health.at),
        "by_outlet": [outlet_health_form(one) for one in health.outlets],
        "alarms": [alarm_form(incident) for incident in health.incidents],
    }
