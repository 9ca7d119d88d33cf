"""The figures of each outlet, as tables, pages and metrics show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from writethru.health.alarms import PAST, RECENT, spans
from writethru.health.hours import NO_OUTLET, OutletHour, added, median_words
from writethru.health.incidents import Incident, Subject, SubjectKind
from writethru.model import Outcome, Outlet

DAYS: Final = 14
"""Days in a line of figures."""

UNKNOWN: Final = "Outlet not known"


@dataclass(frozen=True, slots=True)
class Day:
    """One outlet on one day (24 hours up to now, or up to that hour of an earlier day).

    Attributes:
        words: the median of what was read, None where nothing was.
    """

    end: datetime
    found: int
    looks: int
    failed: int
    words: float | None


@dataclass(frozen=True, slots=True)
class OutletHealth:
    """One outlet now.

    Attributes:
        articles: that are its own, watched or not.
        newest_at: when its newest article was found.
        found, found_before: articles a day, recently and in the four weeks before.
        looks: recent ones, at articles.
        shares: of recent looks, by outcome.
        words, words_before: median length of what was read.
        days: the last ``DAYS``, oldest first.
        incidents: alarms that last.
    """

    outlet: Outlet
    articles: int
    newest_at: datetime | None
    found: float
    found_before: float
    looks: int
    shares: Mapping[Outcome, float]
    words: float | None
    words_before: float | None
    days: tuple[Day, ...]
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """An outlet's articles: how many, and when the newest was found."""

    outlet_id: int
    articles: int
    newest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """How everything that is watched is doing.

    Attributes:
        at: the moment it was asked.
        outlets: those with articles or looks, by name.
        incidents: newest first; those that ended too, as far back as was asked for.
    """

    at: datetime
    outlets: tuple[OutletHealth, ...]
    incidents: tuple[Incident, ...]

    @property
    def lasting(self) -> tuple[Incident, ...]:
        """Alarms that have not ended."""
        return tuple(incident for incident in self.incidents if incident.ended_at is None)


def health_of(outlet: Outlet, counted: Counted, hours: Sequence[OutletHour], now: datetime) -> OutletHealth:
    """The figures of one outlet; its incidents are added by the caller."""
    recent, past = spans(hours, now)
    looks = sum(hour.looks for hour in recent)
    by_outcome = {o: sum(hour.outcomes.get(o, 0) for hour in recent) for o in Outcome}
    first = min((hour.hour for hour in hours), default=now)
    known = max(min(now - RECENT - first, PAST) / timedelta(days=1), 1.0)
    days = tuple(day_of(hours, now - timedelta(days=n)) for n in reversed(range(DAYS)))
    return OutletHealth(
        outlet=outlet,
        articles=counted.articles,
        newest_at=counted.newest_at,
        found=float(days[-1].found),
        found_before=sum(hour.found for hour in past) / known,
        looks=looks,
        shares={o: n / looks for o, n in by_outcome.items() if n} if looks else {},
        words=median_words(added(hour.lengths for hour in recent)),
        words_before=median_words(added(hour.lengths for hour in past)),
        days=days,
    )


def day_of(hours: Sequence[OutletHour], end: datetime) -> Day:
    """The 24 hours that end there."""
    inside = [hour for hour in hours if end - timedelta(days=1) <= hour.hour < end]
    failed = sum(hour.outcomes.get(o, 0) for hour in inside for o in (Outcome.ERROR, Outcome.BLOCKED, Outcome.SUSPECT))
    return Day(
        end,
        sum(hour.found for hour in inside),
        sum(hour.looks for hour in inside),
        failed,
        median_words(added(hour.lengths for hour in inside)),
    )


def outlet_named(outlets: Mapping[int, Outlet], outlet_id: int) -> Outlet:
    """The outlet of this id; the one that stands for all unknown ones."""
    return outlets.get(outlet_id, Outlet(NO_OUTLET, UNKNOWN))


def of_outlet(incidents: Sequence[Incident], outlet_id: int, sources: Mapping[int, int]) -> tuple[Incident, ...]:
    """The incidents that concern an outlet: its own and those of its sources (source to outlet)."""
    return tuple(
        incident
        for incident in incidents
        if incident.subject == Subject(SubjectKind.OUTLET, outlet_id)
        or (incident.subject.kind is SubjectKind.SOURCE and sources.get(incident.subject.id) == outlet_id)
    )
