"""Alarms as a feed: one entry when an incident begins, one when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape

from writethru.health.incidents import Incident, Subject, SubjectKind
from writethru.health.report import UNKNOWN, Health
from writethru.model import Source
from writethru.publish.feed import Entry, Feed, Minter
from writethru.publish.safe_text import one_line
from writethru.publish.words import ALARMS


def names_of(health: Health, sources: Mapping[int, Source]) -> dict[Subject, str]:
    """What to call each subject: an outlet's name, a source's URL."""
    outlets = {Subject(SubjectKind.OUTLET, one.outlet.id): one.outlet.name for one in health.outlets}
    return outlets | {Subject(SubjectKind.SOURCE, number): source.url for number, source in sources.items()}


def alarm_feed(health: Health, names: Mapping[Subject, str], minter: Minter, base: str, name: str, title: str) -> Feed:
    """The feed document at ``base``/``name``, newest first."""
    entries = [
        entry
        for incident in health.incidents
        for entry in _entries(incident, names.get(incident.subject, UNKNOWN), minter, base)
    ]
    url = f"{base}/{name}"
    return Feed(
        id=minter.alarms(),
        title=f"{title}: alarms",
        self_url=url,
        current_url=url,
        page_url=f"{base}/watching",
        entries=tuple(sorted(entries, key=lambda entry: (entry.updated, entry.id), reverse=True)),
    )


def _entries(incident: Incident, subject: str, minter: Minter, base: str) -> list[Entry]:
    name, why = one_line(subject, 200), f"{ALARMS[incident.alarm]}: {one_line(incident.why, 300)}"
    url = f"{base}/watching#alarm-{incident.id}"
    title = f"{incident.alarm.value.replace('_', ' ')}: {name}"

    def entry(step: str, moment: datetime, title: str, said: str) -> Entry:
        number, kinds = minter.alarm(incident.id, step), (incident.alarm.value, step)
        return Entry(number, title, url, moment, name, said, f"<p>{escape(said)}</p>", kinds, about="")

    begun = entry("begin", incident.begun_at, title, why)
    if incident.ended_at is None:
        return [begun]
    return [begun, entry("end", incident.ended_at, f"over: {title}", f"Over. It was: {why}")]
