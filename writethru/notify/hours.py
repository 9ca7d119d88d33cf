"""When a message goes out: at once, with the hour or with the day, and never in quiet hours. Pure.

Hours are those of the rule's own time zone. A wall-clock time that does not exist on a day (clocks
go forward) is an hour later, one that exists twice is the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum


class When(StrEnum):
    """How long changes are gathered before they are sent."""

    INSTANT = "instant"
    HOURLY = "hourly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is sent: from ``begin`` up to ``end``; over midnight where ``end`` is the earlier."""

    begin: time
    end: time

    def holds(self, at: time) -> bool:
        """Whether a time of day is in it."""
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


@dataclass(frozen=True, slots=True)
class Timing:
    """When a rule's messages go out.

    Attributes:
        at: time of day of a daily digest.
        quiet: None = none; what would go out then goes out at its end.
    """

    when: When = When.INSTANT
    zone: tzinfo = UTC
    at: time = time(8)
    quiet: Quiet | None = None

    def due(self, noted: datetime) -> datetime:
        """When a change noted at ``noted`` (UTC-aware) is to be sent, UTC; never before ``noted``."""
        moment = self._gathered(noted)
        if self.quiet is not None and self.quiet.holds(moment.astimezone(self.zone).time()):
            moment = self._next(moment, self.quiet.end)
        return max(moment, noted).astimezone(UTC)

    def _gathered(self, noted: datetime) -> datetime:
        if self.when is When.HOURLY:
            whole = noted.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
            return whole + timedelta(hours=1)
        return self._next(noted, self.at) if self.when is When.DAILY else noted

    def _next(self, moment: datetime, at: time) -> datetime:
        """The first time after ``moment`` that clocks show ``at``."""
        local = moment.astimezone(self.zone)
        for days in range(3):
            day = local.date() + timedelta(days=days)
            found = datetime.combine(day, at, self.zone).astimezone(UTC)
            if found > moment:
                return found
        raise AssertionError("a time of day comes within two days")
