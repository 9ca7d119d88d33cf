"""WebSub (W3C Recommendation, 23 January 2018) for a subscriber: forms, leases and signatures. Pure.

A delivery is a hint and no evidence: it says that the feed has news, and the feed is then read.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from writethru.model import Subscription, SubscriptionState

LEASE: Final = timedelta(days=10)
"""What is asked for; a hub may give less."""

LEASE_BOUNDS: Final = (timedelta(hours=1), timedelta(days=90))
"""What of a hub's answer is believed."""

RENEW_BEFORE: Final = timedelta(days=1)
"""A lease is renewed so long before its end, or after three quarters of it where it is short."""

PATIENCE: Final = {
    SubscriptionState.WANTED: timedelta(0),
    SubscriptionState.ASKED: timedelta(hours=6),
    SubscriptionState.FAILED: timedelta(days=1),
    SubscriptionState.DENIED: timedelta(days=7),
}
"""After how long a hub that did not give a lease is asked again."""

_METHODS: Final = frozenset({"sha1", "sha256", "sha384", "sha512"})
_LINK = re.compile(r"<(?P<url>[^<>]{1,2000})>(?P<rest>[^<]{0,2000})")
_REL = re.compile(r';\s*rel\s*=\s*"?(?P<rel>[^";,]+)"?', re.IGNORECASE)


def is_due(known: Subscription, now: datetime) -> bool:
    """Whether the hub should be asked (again)."""
    if known.state is not SubscriptionState.ACTIVE:
        return now - known.asked_at >= PATIENCE[known.state]
    if known.until is None:
        return True
    return known.until - now <= min(RENEW_BEFORE, (known.until - known.asked_at) / 4)


def request_form(known: Subscription, callback: str) -> dict[str, str]:
    """What is posted to the hub (5.1)."""
    return {
        "hub.mode": "subscribe",
        "hub.topic": known.topic,
        "hub.callback": callback,
        "hub.secret": known.secret,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
    }


def answered(known: Subscription, query: Mapping[str, str], now: datetime) -> tuple[Subscription, str] | None:
    """The subscription after the hub asked whether we meant it (5.3), and what to answer; None: we did not.

    Args:
        query: of the hub's request.
    """
    mode, topic = query.get("hub.mode", ""), query.get("hub.topic", "")
    if topic != known.topic:
        return None
    if mode == "denied":
        reason = query.get("hub.reason", "")[:200]
        return replace(known, state=SubscriptionState.DENIED, until=None, detail=reason or "denied by the hub"), ""
    challenge = query.get("hub.challenge", "")
    if mode != "subscribe" or not challenge or len(challenge) > 4096:
        return None
    until = now + _lease(query.get("hub.lease_seconds", ""))
    return replace(known, state=SubscriptionState.ACTIVE, until=until, detail=""), challenge


def is_signed(secret: str, header: str, body: bytes) -> bool:
    """Whether ``X-Hub-Signature`` (8) is right for this body; one of no known method is not."""
    method, equals, digest = header.strip().partition("=")
    if not equals or method.lower() not in _METHODS or not digest.isascii():
        return False
    expected = hmac.new(secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(expected, digest.lower())


def hub_links(header: str) -> dict[str, str]:
    """``hub`` and ``self`` of a Link header (4), the first of each."""
    found: dict[str, str] = {}
    for match in _LINK.finditer(header[:20_000]):
        rel = _REL.search(match["rest"])
        for name in rel["rel"].lower().split() if rel else ():
            if name in ("hub", "self"):
                found.setdefault(name, match["url"].strip())
    return found


def _lease(stated: str) -> timedelta:
    given = timedelta(seconds=int(stated)) if stated.isascii() and stated.isdigit() and len(stated) < 10 else LEASE
    return min(max(given, LEASE_BOUNDS[0]), LEASE_BOUNDS[1])
