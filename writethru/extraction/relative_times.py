"""Times that a page tells only from where its reader stands: "2 hours ago", "yesterday 18:40", "Thursday".

Resolved against the time of the capture, as a range that surely holds the moment meant, with the basis in words.
Sites round ages up, down or to the nearest, so "2 hours ago" is an age between one and a half and three hours;
a day's name without a zone is that day anywhere on Earth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

EASTERNMOST = timezone(timedelta(hours=14))  # where a day begins first
WESTERNMOST = timezone(timedelta(hours=-12))  # where it ends last
_ROUNDED_UP = 0.5  # of a unit: "2 hours ago" said of an hour and a half
_ROUNDED_DOWN = 1.0  # … or of just under three
_MOMENT = timedelta(minutes=5)  # "just now", "moments ago"
_CLOCK_WIDTH = timedelta(minutes=1)
_MOST = 400  # of any unit; more is no age of a page

_UNITS = (
    (timedelta(seconds=1), "s sec secs second seconds sekunde sekunden seconde secondes segundo segundos"),
    (timedelta(minutes=1), "m min mins minute minutes minuten minuto minutos minuti"),
    (timedelta(hours=1), "h hr hrs hour hours std stunde stunden heure heures hora horas ore ora uur"),
    (timedelta(days=1), "d day days tag tage tagen jour jours día días dia dias giorni giorno dagen"),
    (timedelta(weeks=1), "w wk wks week weeks woche wochen semaine semaines semana semanas"),
    (timedelta(days=30.44), "month months mon mo monat monate monaten mois mes meses"),
    (timedelta(days=365.25), "y yr yrs year years jahr jahre jahren an ans année années año años"),
)
_LENGTH = {word: length for length, words in _UNITS for word in words.split()}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBERS |= {"nine": 9, "ten": 10, "einer": 1, "einem": 1, "une": 1, "un": 1, "una": 1}
_COUNT = r"(?P<count>\d{1,4}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\s*(?P<unit>[^\W\d_]+)\.?"
_AGE = re.compile(rf"\b(?:{_COUNT}\s+ago\b|(?:vor|il\s+y\s+a|hace)\s+{_COUNT.replace('?P<', '?P<other_')})", re.I)
_NOW = re.compile(
    r"\b(?:just\s+now|moments?\s+ago|a\s+moment\s+ago|gerade\s+eben|à\s+l[’']instant|ahora\s+mismo)\b", re.I
)
_DAYS_BACK = {"today": 0, "heute": 0, "aujourd’hui": 0, "aujourd'hui": 0, "hoy": 0, "oggi": 0}
_DAYS_BACK |= {"yesterday": 1, "gestern": 1, "hier": 1, "ayer": 1, "ieri": 1, "vorgestern": 2, "avant-hier": 2}
_WEEKDAYS = (
    "monday mon montag lundi lunes",
    "tuesday tue tues dienstag mardi martes",
    "wednesday wed mittwoch mercredi miércoles",
    "thursday thu thur thurs donnerstag jeudi jueves",
    "friday fri freitag vendredi viernes",
    "saturday sat samstag sonnabend samedi sábado",
    "sunday sun sonntag dimanche domingo",
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_DAY = re.compile(
    r"(?<!\w)(?P<day>" + "|".join(sorted((*_DAYS_BACK, *_WEEKDAY), key=len, reverse=True)) + r")(?!\w)", re.I
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)?(?![\d:])", re.I
)
_LINE = 60
_AROUND = re.compile(
    r"\b(?:(?:last|first)\s+)?(?:updated?|published|posted|modified|edited|aktualisiert|veröffentlicht|publié|publicado|"
    r"actualizado|mis\s+à\s+jour)\b|\b(?:about|over|at|on|um|à|a\s+las|uhr|am|pm|a\.m|p\.m|h)\b",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A moment known to lie in [earliest, latest] (UTC), and how it was found."""

    earliest: datetime
    latest: datetime
    basis: str

    @property
    def day(self) -> str:
        """The day (UTC) where the whole range lies in one, or ""."""
        first, last = self.earliest.date(), self.latest.date()
        return first.isoformat() if first == last else ""


def resolve(words: str, seen: datetime, zone: tzinfo | None = None) -> TimeRange | None:
    """What a printed relative time means, or None where it is none.

    Args:
        words: as printed ("Updated 2 hours ago", "yesterday 18:40", "Thursday").
        seen: when the page was captured, aware.
        zone: the outlet's zone where it is known; without it a day or a clock is one anywhere on Earth.
    """
    said = " ".join(words.split())[:200]
    return _age(said, seen) or _named_day(said, seen, zone)


def is_relative_line(text: str) -> bool:
    """A short line that is a relative time, perhaps with a label ("Updated") and a clock, and nothing else."""
    if len(text) > _LINE or not (_AGE.search(text) or _NOW.search(text) or _DAY.search(text)):
        return False
    return not _LETTERS.search(_AROUND.sub(" ", _DAY.sub(" ", _AGE.sub(" ", _NOW.sub(" ", text)))))


def _age(said: str, seen: datetime) -> TimeRange | None:
    basis = f"“{said}” counted back from the capture at {_spelled(seen)}"
    if _NOW.search(said):
        return TimeRange(_utc(seen - _MOMENT), _utc(seen), basis)
    found = _AGE.search(said)
    if found is None:
        return None
    count = found["count"] or found["other_count"]
    length = _LENGTH.get((found["unit"] or found["other_unit"]).lower())
    number = int(count) if count.isdigit() else _NUMBERS[count.lower()]
    if length is None or number > _MOST:
        return None
    longest, shortest = (number + _ROUNDED_DOWN) * length, max(number - _ROUNDED_UP, 0) * length
    return TimeRange(_utc(seen - longest), _utc(seen - shortest), basis)


def _named_day(said: str, seen: datetime, zone: tzinfo | None) -> TimeRange | None:
    found = _DAY.search(said)
    if found is None:
        return None
    clock = _clock(said[found.end() :]) or _clock(said[: found.start()])
    name = found["day"].lower()
    zones = (zone,) if zone is not None else (EASTERNMOST, WESTERNMOST)
    days = sorted(_day_meant(name, seen.astimezone(each).date()) for each in zones)
    start, end = datetime.combine(days[0], time(), zones[0]), datetime.combine(days[-1], time(), zones[-1])
    if clock is not None:
        at = timedelta(hours=clock[0], minutes=clock[1])
        start, end = start + at, end + at + _CLOCK_WIDTH
    else:
        end += timedelta(days=1)
    where = "in the outlet's zone" if zone is not None else "in a zone that is not stated"
    basis = f"“{said}” {where}, seen from the capture at {_spelled(seen)}"
    return TimeRange(_utc(min(start, seen)), _utc(min(end, seen)), basis)


def _day_meant(name: str, today: date) -> date:
    """The day a name means where the date is ``today``: a weekday is the last one, today included."""
    if name in _DAYS_BACK:
        return today - timedelta(days=_DAYS_BACK[name])
    return today - timedelta(days=(today.weekday() - _WEEKDAY[name]) % 7)


def _clock(said: str) -> tuple[int, int] | None:
    """(hour, minute) beside a day's name; None without one. A bare number is no clock."""
    for found in _CLOCK.finditer(said):
        if not found["minute"] and not found["half"]:
            continue
        hour = int(found["hour"])
        if found["half"]:
            hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
        minute = int(found["minute"] or 0)
        if hour < 24 and minute < 60:
            return hour, minute
    return None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _spelled(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
