"""Which articles some events have, and when each tells of what it tells; why they are there is ``stories``' affair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from writethru.events.moments import moment_of
from writethru.storage.store import Store

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Placed:
    """One article in an event; see ``stories.MembershipView``."""

    article_id: int
    event_id: int
    at: datetime | None
    basis: str


def placed(store: Store, event_ids: Iterable[int]) -> list[Placed]:
    """The articles of these events, each once, by its main event; in time, those without one last."""
    members = store.stories.members(event_ids)
    known = {one.article_id: one for one in store.stories.articles({one.article_id for one in members})}
    kept: dict[int, Placed] = {}
    for one in sorted(members, key=lambda one: (not one.main, one.event_id)):
        told = known.get(one.article_id)
        minute, basis = (told.minute, told.basis) if told else (one.form["minute"], one.form["basis"])
        kept.setdefault(one.article_id, Placed(one.article_id, one.event_id, moment_of(minute), basis))
    return sorted(kept.values(), key=lambda one: (one.at or _LAST, one.article_id))
