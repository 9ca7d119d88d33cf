"""What falls due, as an iCalendar file (RFC 5545): all-day events, made without reading or writing anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from writethru.statements.calendar import Days

_FOLD = 75
"""Octets of a line (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Due:
    """One entry.

    Attributes:
        uid: names it for ever, so that a calendar updates it instead of adding it again.
        days: the days on which it falls due, both ends counted in.
        summary: one line.
        description: more lines: who says so, where, on what condition.
        url: the page of the commitment, "" for none.
        changed: when what it says last changed, UTC.
    """

    uid: str
    days: Days
    summary: str
    description: str
    url: str
    changed: datetime


def icalendar(entries: Sequence[Due], name: str) -> str:
    """The entries as one VCALENDAR, by day and uid; lines end in CRLF and are folded.

    ``name``: what the calendar is called. Raises ``ValueError`` for a ``changed`` without a time zone.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Writethru//Commitments//EN", f"X-WR-CALNAME:{_escaped(name)}"]
    for entry in sorted(entries, key=lambda one: (one.days, one.uid)):
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line))


def _event(entry: Due) -> list[str]:
    if entry.changed.tzinfo is None:
        raise ValueError(f"{entry.uid}: changed has no time zone; give it in UTC")
    after = entry.days.last + timedelta(days=1)  # DTEND is not counted in
    found = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(entry.uid)}",
        f"DTSTAMP:{entry.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{entry.days.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_escaped(entry.summary)}",
        "TRANSP:TRANSPARENT",
    ]
    if entry.description:
        found.append(f"DESCRIPTION:{_escaped(entry.description)}")
    if entry.url:
        found.append("URL:" + "".join(entry.url.split()))
    return [*found, "END:VEVENT"]


def _escaped(text: str) -> str:
    """Text of a property; control characters that no calendar may hold are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(sign for sign in text.replace("\n", "\\n") if sign >= " " and sign != "\x7f")


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 octets, cut between characters; a piece that goes on begins with a space."""
    pieces: list[str] = []
    now = ""
    size = 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _FOLD:
            pieces.append(now)
            now, size = " ", 1
        now += sign
        size += width
    return [*pieces, now]
