"""The next look: a pure function of an article's history, its outlet's outlook and the price of a look.

No clock is read here. Whatever the history says (a clock that went backwards too), the next look is at least
``floor`` after ``now``, and never after the day of retirement unless that day is nearer than ``floor``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from writethru.model import Outcome, Reason
from writethru.schedule.budget import LOOKS, price_of
from writethru.schedule.grid import cell_of
from writethru.schedule.outlook import Outlook, Standing, prior

SUSPECT_RECHECK = timedelta(minutes=10)
"""A suspect look is checked again soon: long enough for a cache or a deploy to pass."""

SUSPECT_CEILING = timedelta(hours=6)
"""The longest pause of an article that stays suspect: 10 min, 20 min … 6 h."""

ERROR_CEILING = timedelta(hours=6)
"""Failures never push the next look further out than this before the usual rule would."""

SOURCE_CEILING = timedelta(hours=2)
"""The longest rest of a feed: most feeds hold a few hours of news."""

JITTER: Final = 0.06
"""Waits are longer or shorter by up to this share, each article always by the same: looks spread out."""

MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SchedulePolicy:
    """The settings of the schedule; see ``config.ScheduleConfig``."""

    floor: timedelta = timedelta(minutes=10)
    looks: float = LOOKS
    retire_after: timedelta = timedelta(days=32)
    source_floor: timedelta = timedelta(minutes=20)

    def price(self, outlook: Outlook) -> float:
        """Interest that a look at an article of this outlet must be worth."""
        return price_of(self.looks, outlook)


@dataclass(frozen=True, slots=True)
class History:
    """What the schedule knows of an article after a look at it.

    Attributes:
        article: its id.
        added: when it was first heard of.
        now: when the look was made.
        outcome, reason: what the look came to.
        changes: texts seen so far, the first not counted; a text that came back is none.
        last_change: when the newest of them was first seen; None before the first change.
        doubts: suspect looks in a row, this one included.
        section: of its outlet, "" if not known.
    """

    article: int
    added: datetime
    now: datetime
    outcome: Outcome
    reason: Reason
    changes: int = 0
    last_change: datetime | None = None
    doubts: int = 1
    section: str = ""

    @property
    def since(self) -> datetime:
        """What quiet time is counted from."""
        return self.added if self.last_change is None else self.last_change

    @property
    def quiet(self) -> timedelta:
        """Time without a change; none where the clock says that it has not happened yet."""
        return max(self.now - self.since, timedelta(0))

    @property
    def age(self) -> float:
        """Minutes from being heard of to the last change."""
        return max((self.since - self.added) / MINUTE, 0.0)

    def standing(self) -> Standing:
        """The same as the outlook takes it."""
        cell = cell_of(self.changes, self.age)
        return Standing(cell, self.quiet / MINUTE, self.now.timestamp() / 60, self.section)


@dataclass(frozen=True, slots=True)
class NextLook:
    """When to look next (None = retired) and why, in words."""

    at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Outset:
    """What holds for every article of an outlet: its outlook, and how dear looks are (1 = as set)."""

    outlook: Outlook = field(default_factory=prior)
    dearness: float = 1.0


def next_look(policy: SchedulePolicy, history: History, outset: Outset | None = None) -> NextLook:
    """Decide the next look at an article after one at ``history.now``; without ``outset``, by the shipped prior."""
    now = history.now
    if history.reason is Reason.ROBOTS:
        return NextLook(now + timedelta(days=1), "robots.txt forbids it; asked again in a day")
    if history.outcome is Outcome.SUSPECT:
        return _second_look(now, history.doubts)
    if history.quiet >= policy.retire_after:
        return NextLook(None, f"retired: no change seen for {_days(policy.retire_after)} days")
    wait = _wait(policy, history, outset or Outset())
    if history.outcome in (Outcome.ERROR, Outcome.BLOCKED):
        wait = min(wait, max(ERROR_CEILING, policy.floor))
    last_chance = history.since + policy.retire_after
    if now + policy.floor <= last_chance <= now + wait:
        return NextLook(last_chance, f"last look before retirement at {_days(policy.retire_after)} quiet days")
    return NextLook(now + wait, _words(history, wait))


def jitter(article: int) -> float:
    """What an article's waits are multiplied by: 1 ± ``JITTER``, always the same for one id."""
    mixed = (article * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & 0xFFFFFFFFFFFFFFFF
    mixed = ((mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    return 1 + JITTER * (2 * ((mixed ^ (mixed >> 32)) & 0xFFFFFFFF) / 0xFFFFFFFF - 1)


def next_source_look(policy: SchedulePolicy, now: datetime, last_news: datetime, failures: int) -> datetime:
    """When to read a feed again: often while it brings news, up to 2 h apart when quiet or failing.

    Args:
        policy: the settings.
        now: when it was read.
        last_news: when it last brought an article that was new.
        failures: failed looks in a row.
    """
    wait = max(
        policy.source_floor,
        (now - last_news) * 0.1,
        policy.source_floor * 2 ** min(failures, 6) if failures else timedelta(0),
    )
    return now + min(wait, max(SOURCE_CEILING, policy.source_floor))


def _second_look(now: datetime, doubts: int) -> NextLook:
    pause = min(SUSPECT_RECHECK * 2 ** min(max(doubts, 1) - 1, 10), SUSPECT_CEILING)
    words = f"suspect {doubts} times in a row: looked at again soon" if doubts > 1 else "suspect: a second look soon"
    return NextLook(now + pause, words)


def _wait(policy: SchedulePolicy, history: History, outset: Outset) -> timedelta:
    price = policy.price(outset.outlook) * outset.dearness
    minutes = outset.outlook.wait(history.standing(), price) * jitter(history.article)
    longest = policy.retire_after / MINUTE
    return max(policy.floor, timedelta(minutes=min(minutes, longest)))


def _words(history: History, wait: timedelta) -> str:
    changes = history.changes
    known = f"{changes} change{'s' if changes > 1 else ''} so far, " if changes else "no change so far, "
    return f"{known}quiet for {_span(history.quiet)}: the next look is due after {_span(wait)}"


def _span(span: timedelta) -> str:
    minutes = span / MINUTE
    if minutes < 100:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 72 * 60 else f"{minutes / 1440:.0f} days"


def _days(span: timedelta) -> str:
    return f"{span.total_seconds() / 86_400:g}"
