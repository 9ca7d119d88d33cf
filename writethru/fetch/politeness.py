"""May a host be asked now? Pure functions over a small JSON-able state per host.

The caller keeps the state (``store.host_state(host)``), so that all workers share it, and
holds the host's lease, so that only one of them asks. The order of a look::

    robots_due? → fetch robots.txt → robots_learned
    may_fetch?  → fetch            → after_response

State: ``robots`` (see ``robots.py``), ``next_at`` (no request before), ``next_why``, and
``failures`` with ``hold_until``, ``hold_why`` while the host is left alone.  Back-off
belongs to the host; an article's own schedule is not touched by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from writethru.errors import FetchError
from writethru.fetch import robots
from writethru.fetch.coding import Headers, header
from writethru.fetch.exchange import Exchange, received
from writethru.fetch.settings import FetchSettings

FIRST_HOLD = timedelta(minutes=1)
LONGEST_HOLD = timedelta(hours=6)
LONGEST_RETRY_AFTER = timedelta(hours=24)
"""A longer Retry-After is cut to this; it is then asked again."""

State = dict[str, Any]


class Permission(StrEnum):
    """The answer to "may we ask for this URL now?"."""

    ALLOWED = "allowed"
    WAIT = "wait"
    DISALLOWED = "disallowed"


class Pace(StrEnum):
    """Why a request may go, must wait, or must not be made."""

    FREE = "free"
    ROBOTS_DUE = "robots_due"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    ROBOTS_DISALLOW = "robots_disallow"
    MINIMUM_DELAY = "minimum_delay"
    CRAWL_DELAY = "crawl_delay"
    RETRY_AFTER = "retry_after"
    BACK_OFF = "back_off"
    LEASED = "leased"  # another worker is asking this host just now


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision and its reason; ``wait_until`` only with ``WAIT``."""

    permission: Permission
    reason: Pace
    wait_until: datetime | None = None

    @property
    def allowed(self) -> bool:
        """The request may go now."""
        return self.permission is Permission.ALLOWED


class Politeness:
    """The rules with their settings. Every method is a pure function of its arguments."""

    def __init__(self, settings: FetchSettings) -> None:
        self.settings = settings

    def may_fetch(self, state: Mapping[str, Any], url: str, now: datetime) -> Verdict:
        """May ``url`` be asked for at ``now``? Rules first, then back-off, then the delay."""
        known = state.get("robots", {})
        if url != robots.robots_url(url):
            ruled = _by_robots(known, url, now)
            if ruled is not None:
                return ruled
        for until, why in (("hold_until", "hold_why"), ("next_at", "next_why")):
            moment = _time(state.get(until))
            if moment is not None and now < moment:
                return Verdict(Permission.WAIT, Pace(state[why]), moment)
        return Verdict(Permission.ALLOWED, Pace.FREE)

    def after_response(
        self, state: Mapping[str, Any], status: int | None, headers: Headers | Mapping[str, str], now: datetime
    ) -> State:
        """The state after a request ended at ``now``; ``status`` None: there was no answer.

        429, 503 and no answer at all leave the host alone: 1 min, 2 min … 6 h, or as long as
        Retry-After says. Any other answer ends that.
        """
        after = self._paced(state, now)
        for name in ("failures", "hold_until", "hold_why"):
            after.pop(name, None)
        asked = retry_after(headers, now)
        if status is None or status in (429, 503):
            failures = min(int(state.get("failures", 0)) + 1, 32)
            hold = min(FIRST_HOLD * 2 ** min(failures - 1, 16), LONGEST_HOLD)
            after |= {"failures": failures, "hold_until": (now + hold).isoformat(), "hold_why": Pace.BACK_OFF.value}
            if asked is not None and asked > now + hold:
                after |= {"hold_until": asked.isoformat(), "hold_why": Pace.RETRY_AFTER.value}
        return after

    def _paced(self, state: Mapping[str, Any], now: datetime) -> State:
        asked = robots.crawl_delay(state.get("robots", {}))
        why = Pace.CRAWL_DELAY if asked > self.settings.delay_seconds else Pace.MINIMUM_DELAY
        wait = timedelta(seconds=max(asked, self.settings.delay_seconds))
        return {**state, "next_at": (now + wait).isoformat(), "next_why": why.value}

    def robots_due(self, state: Mapping[str, Any], now: datetime) -> bool:
        """Must robots.txt be read (again) before anything else?"""
        until = _time(state.get("robots", {}).get("until"))
        return until is None or until <= now

    def robots_learned(self, state: Mapping[str, Any], status: int | None, body: bytes, now: datetime) -> State:
        """The state after robots.txt was asked for; ``status`` None: there was no answer."""
        return {**state, "robots": robots.learned(state.get("robots", {}), status, body, now)}


def robots_answer(outcome: Exchange | FetchError) -> tuple[int | None, bytes]:
    """Status and body to give to ``robots_learned`` for how the fetch of robots.txt ended.

    Too many redirects count as the redirect's own status (RFC 9309, 2.3.1.2); every other
    failure counts as no answer.
    """
    if isinstance(outcome, Exchange):
        return outcome.status, outcome.body
    exchange = received(outcome)
    status = exchange.status if exchange is not None else None
    return (status, b"") if status is not None and 300 <= status < 400 else (None, b"")


def retry_after(headers: Headers | Mapping[str, str], now: datetime) -> datetime | None:
    """When Retry-After (RFC 9110, 10.2.3: seconds or a date) lets us come back, at most a day ahead; None: not said."""
    items = tuple(headers.items()) if isinstance(headers, Mapping) else headers
    value = header(items, "retry-after").strip()
    if value.isascii() and value.isdigit():
        return now + min(timedelta(seconds=min(int(value[:12]), 10**7)), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(value)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(moment, now + LONGEST_RETRY_AFTER)


def _by_robots(known: Mapping[str, Any], url: str, now: datetime) -> Verdict | None:
    until = _time(known.get("until"))
    if until is None or until <= now:
        return Verdict(Permission.WAIT, Pace.ROBOTS_DUE, now)
    if known["kind"] == "unreachable":
        return Verdict(Permission.WAIT, Pace.ROBOTS_UNREACHABLE, until)
    if not robots.allows(known, url):
        return Verdict(Permission.DISALLOWED, Pace.ROBOTS_DISALLOW)
    return None


def _time(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
