"""Counts over the whole archive, and what is kept of each host."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from writethru.storage import queue
from writethru.storage.columns import Moment
from writethru.storage.dialect import upsert
from writethru.storage.store import Status
from writethru.storage.tables import articles, captures, changes, edits, hosts, outlets, sources, versions


def _count(table: Any, *only: Any) -> Any:
    return select(func.count()).select_from(table).where(*only).scalar_subquery()


_now = bindparam("now", type_=Moment)
_COUNTS = select(
    _count(outlets).label("outlets"),
    _count(sources).label("sources"),
    _count(articles).label("articles"),
    _count(versions).label("versions"),
    _count(changes).label("changes"),
    _count(edits).label("edits"),
    (_count(articles, articles.c.next_look_at <= _now) + _count(sources, sources.c.next_look_at <= _now)).label("due"),
    _count(articles, articles.c.retired_at.is_not(None)).label("retired"),
)
_OUTCOMES = select(captures.c.outcome, func.count()).group_by(captures.c.outcome)
_HOST = select(hosts.c.state).where(hosts.c.host == bindparam("host"))


def status(connection: Connection, now: datetime) -> Status:
    """What there is, and what is due by ``now``."""
    counts = connection.execute(_COUNTS, {"now": now}).one()._asdict()
    outcomes = {outcome: int(count) for outcome, count in sorted(connection.execute(_OUTCOMES))}
    return Status(
        **counts, captures=sum(outcomes.values()), outcomes=outcomes, next_look_at=queue.next_due_at(connection)
    )


def host_state(connection: Connection, host: str) -> dict[str, Any]:
    """What was kept for a host, {} if nothing."""
    kept = connection.execute(_HOST, {"host": host}).scalar()
    return {} if kept is None else dict(json.loads(kept))


def set_host_state(connection: Connection, host: str, state: dict[str, Any]) -> None:
    """Keep JSON values for a host in place of those before."""
    insert = upsert(connection, hosts)
    statement = insert.on_conflict_do_update(index_elements=[hosts.c.host], set_={"state": insert.excluded.state})
    connection.execute(statement, {"host": host, "state": json.dumps(state)})
