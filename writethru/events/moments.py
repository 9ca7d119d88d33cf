"""When what an article tells of was: by its own date, its address, or when it was first seen; and inferred dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from writethru.model import TimeBasis

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|$)")
NOON = 12 * 60
MINUTES = 24 * 60


class Basis(StrEnum):
    """What the time of an article rests on."""

    PUBLISHED = "published"  # the page states it
    ADDRESS = "address"  # the URL holds a day
    SEEN = "seen"  # when it was first seen, by our clock or the source's
    INFERRED = "inferred"  # the day of its siblings
    NONE = "none"


@dataclass(frozen=True, slots=True)
class When:
    """Minutes since 1970 (noon where only the day is known), None where nothing says; and what it rests on."""

    minute: int | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of an article's time."""

    published: str | None
    url: str
    first_seen: datetime | None
    seen_basis: TimeBasis | None


def when(stated: Stated) -> When:
    """The first that there is of: the stated date, a day in the address, the first sighting."""
    minute = _stated_minute(stated.published)
    if minute is not None:
        return When(minute, Basis.PUBLISHED)
    minute = _address_minute(stated.url)
    if minute is not None:
        return When(minute, Basis.ADDRESS)
    if stated.first_seen is not None and stated.seen_basis in (TimeBasis.OBSERVED, TimeBasis.STATED):
        return When(minute_of(stated.first_seen), Basis.SEEN)
    return When(None, Basis.NONE)


def minute_of(moment: datetime) -> int:
    """Minutes since 1970 of a UTC-aware time."""
    return int((moment - _EPOCH).total_seconds() // 60)


def moment_of(minute: int | None) -> datetime | None:
    """Minutes since 1970 as a time in UTC."""
    return None if minute is None else _EPOCH + timedelta(minutes=minute)


def day_of(minute: int | None) -> int | None:
    """Days since 1970."""
    return None if minute is None else minute // MINUTES


def inferred_minute(minutes: Sequence[int]) -> int:
    """Noon of the middle day of its siblings' days (the earlier of two)."""
    days = sorted(minute // MINUTES for minute in minutes)
    return days[(len(days) - 1) // 2] * MINUTES + NOON


def _stated_minute(stated: str | None) -> int | None:
    """Of an ISO 8601 date or time; without a zone taken as UTC, without a time as noon."""
    if not stated:
        return None
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return None
    if len(stated) <= 10:
        moment = moment.replace(hour=12)
    return minute_of(moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC))


def _address_minute(url: str) -> int | None:
    found = _IN_ADDRESS.search(url.lower())
    if found is None:
        return None
    month = _MONTHS.index(found[2]) + 1 if found[2] in _MONTHS else found[2]
    try:
        return minute_of(datetime(int(found[1]), int(month), int(found[3]), 12, tzinfo=UTC))
    except ValueError:
        return None
