"""WebSub: hubs are asked for news of feeds, their questions answered, and a delivery has the feed read now."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from writethru.errors import FetchError
from writethru.model import Source, Subscription, SubscriptionState
from writethru.sources.listing import Listing
from writethru.sources.websub import answered, is_due, is_signed, request_form

if TYPE_CHECKING:
    from writethru.storage.store import Store
    from writethru.watch.visit import Visitor

PATH: Final = "/websub/"
"""Under the public address of the pages; the token follows."""

PAUSE: Final = timedelta(minutes=1)
"""However fast a hub delivers, its feed is not read again sooner than this."""

log = structlog.get_logger("writethru.watch")


class Subscriber:
    """Keeps subscriptions of the feeds that are watched.

    Args:
        store: where they are kept.
        visitor: posts to hubs.
        base_url: public address of the pages; "" = no hub is ever asked.
    """

    def __init__(self, store: Store, visitor: Visitor, base_url: str) -> None:
        self._store = store
        self._visitor = visitor
        self._base_url = base_url.rstrip("/")

    def note(self, source: Source, listing: Listing, at: datetime) -> None:
        """Remember the hub that a feed names; another one than before is asked anew."""
        if not self._base_url or not listing.hubs or not listing.topic:
            return
        hub, known = listing.hubs[0], self._store.subscription(source.id)
        if known is not None and (known.hub, known.topic) == (hub, listing.topic):
            return
        token, secret = secrets.token_urlsafe(24), secrets.token_urlsafe(32)
        wanted = Subscription(source.id, token, hub, listing.topic, secret, SubscriptionState.WANTED, at)
        self._store.save_subscription(wanted)

    def keep(self, source: Source, at: datetime) -> None:
        """Ask the hub of a feed that was just read, if that is due; read it again if it delivered meanwhile."""
        known = self._store.subscription(source.id) if self._base_url else None
        if known is None:
            return
        if known.delivered_at is not None and known.delivered_at > at:
            self._store.hasten_source(source.id, known.delivered_at + PAUSE)
        if is_due(known, at):
            self._ask(known, at)

    def _ask(self, known: Subscription, at: datetime) -> None:
        renewed = replace(known, asked_at=at)
        if known.state is not SubscriptionState.ACTIVE:
            renewed = replace(renewed, state=SubscriptionState.ASKED)
        self._store.save_subscription(renewed)  # first: the hub may ask back before it answers
        try:
            status = self._visitor.post(known.hub, request_form(known, f"{self._base_url}{PATH}{known.token}"))
            fault = "" if status in (202, 204) else f"the hub answered {status}"
        except FetchError as error:
            fault = error.message
        if fault:
            latest = self._store.subscription(known.source_id) or renewed
            self._store.save_subscription(replace(latest, state=SubscriptionState.FAILED, detail=fault))
        log.info("hub asked", hub=known.hub, topic=known.topic, fault=fault)


def confirm(store: Store, token: str, query: Mapping[str, str], now: datetime) -> str | None:
    """Answer a hub's question; None: we did not ask for that."""
    with store.transaction():
        known = store.subscription_by_token(token)
        settled = None if known is None else answered(known, query, now)
        if settled is None:
            return None
        store.save_subscription(settled[0])
        return settled[1]


def deliver(store: Store, token: str, signature: str, body: bytes, now: datetime) -> bool:
    """A delivery: its feed is due now; False where the token or the signature is wrong."""
    with store.transaction():
        known = store.subscription_by_token(token)
        if known is None or not is_signed(known.secret, signature, body):
            return False
        last = known.delivered_at
        store.save_subscription(replace(known, delivered_at=now))
        store.hasten_source(known.source_id, now if last is None else max(now, last + PAUSE))
        return True
