"""WebSub subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from writethru.model import Subscription, SubscriptionState
from writethru.storage.dialect import inserting
from writethru.storage.paused import is_paused
from writethru.storage.prepared import Prepared
from writethru.storage.tables import sources, subscriptions

_COLUMNS = tuple(subscriptions.c)
_BY_SOURCE = Prepared(select(*_COLUMNS).where(subscriptions.c.source_id == bindparam("source")))
_BY_TOKEN = Prepared(select(*_COLUMNS).where(subscriptions.c.token == bindparam("given")))
_ALL = Prepared(select(*_COLUMNS).order_by(subscriptions.c.source_id))
_FORGET = Prepared(delete(subscriptions).where(subscriptions.c.source_id == bindparam("source")))
_INSERT = inserting(subscriptions)
_HASTEN = Prepared(
    update(sources).where(
        sources.c.id == bindparam("source"),
        or_(
            sources.c.next_look_at.is_(None),
            sources.c.next_look_at > bindparam("at", type_=sources.c.next_look_at.type),
        ),
        ~is_paused("source", sources),
    ),
    ["next_look_at"],
)


def of_source(connection: Connection, source_id: int) -> Subscription | None:
    """The one of a source."""
    return _one(_BY_SOURCE.first(connection, {"source": source_id}))


def by_token(connection: Connection, token: str) -> Subscription | None:
    """The one that a hub means."""
    return _one(_BY_TOKEN.first(connection, {"given": token}))


def every(connection: Connection) -> list[Subscription]:
    """By source id."""
    return [_subscription(row) for row in _ALL.rows(connection, {})]


def save(connection: Connection, known: Subscription) -> None:
    """In place of the one of its source."""
    _FORGET.run(connection, {"source": known.source_id})
    _INSERT.run(
        connection,
        {
            "source_id": known.source_id,
            "token": known.token,
            "hub": known.hub,
            "topic": known.topic,
            "secret": known.secret,
            "state": known.state,
            "asked_at": known.asked_at,
            "until_at": known.until,
            "delivered_at": known.delivered_at,
            "detail": known.detail,
        },
    )


def hasten(connection: Connection, source_id: int, at: datetime) -> None:
    """A source is due at this time, if not before."""
    _HASTEN.run(connection, {"source": source_id, "at": at, "next_look_at": at})


def _one(row: Sequence[Any] | None) -> Subscription | None:
    return None if row is None else _subscription(row)


def _subscription(row: Sequence[Any]) -> Subscription:
    source_id, token, hub, topic, secret, state, asked, until, delivered, detail = row
    return Subscription(source_id, token, hub, topic, secret, SubscriptionState(state), asked, until, delivered, detail)
