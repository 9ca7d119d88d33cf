"""Times as feeds write them, and sightings as far as they can be trusted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from writethru.model import TimeBasis
from writethru.views import stamp

DATED: Final = frozenset({TimeBasis.OBSERVED, TimeBasis.STATED})
"""Bases on which a time is a date, and not only an order or the time of an import."""


def rfc3339(moment: datetime) -> str:
    """``2031-03-02T14:05:00Z`` (RFC 3339), with microseconds only where there are some."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def rfc3339_if_known(moment: datetime | None) -> str | None:
    """The same, None where no moment is known."""
    return None if moment is None else rfc3339(moment)


def sighting(moment: datetime, basis: TimeBasis) -> str:
    """When a text was seen, in words that say no more than is known."""
    if basis in DATED:
        return stamp(moment)
    if basis is TimeBasis.IMPORTED:
        return f"not later than {stamp(moment)} (imported)"
    return "on a date not known"
