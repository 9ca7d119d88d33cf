"""Counts over the whole archive, and what is kept of each host."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from writethru.storage import queue
from writethru.storage.columns import Moment
from writethru.storage.dialect import upsert
from writethru.storage.prepared import Prepared
from writethru.storage.store import Status
from writethru.storage.tables import articles, captures, changes, edits, hosts, outlets, sources, versions


def _count(table: Any, *only: Any) -> Any:
    return select(func.count()).select_from(table).where(*only).scalar_subquery()


_now = bindparam("now", type_=Moment)
_COUNTED = ("outlets", "sources", "articles", "versions", "changes", "edits", "due", "retired")
_COUNTS = Prepared(
    select(
        _count(outlets),
        _count(sources),
        _count(articles),
        _count(versions),
        _count(changes),
        _count(edits),
        (_count(articles, articles.c.next_look_at <= _now) + _count(sources, sources.c.next_look_at <= _now)),
        _count(articles, articles.c.retired_at.is_not(None)),
    )
)
_OUTCOMES = Prepared(select(captures.c.outcome, func.count()).group_by(captures.c.outcome))
_keepings: dict[str, Prepared] = {}
_HOST = Prepared(select(hosts.c.state).where(hosts.c.host == bindparam("host")))


def status(connection: Connection, now: datetime) -> Status:
    """What there is, and what is due by ``now``."""
    counts = dict(zip(_COUNTED, _COUNTS.rows(connection, {"now": now})[0], strict=True))
    found = _OUTCOMES.rows(connection, {})
    outcomes = dict(sorted((str(outcome), int(count)) for outcome, count in found))
    return Status(
        **counts, captures=sum(outcomes.values()), outcomes=outcomes, next_look_at=queue.next_due_at(connection)
    )


def host_state(connection: Connection, host: str) -> dict[str, Any]:
    """What was kept for a host, {} if nothing."""
    kept = _HOST.value(connection, {"host": host})
    return {} if kept is None else dict(json.loads(kept))


def set_host_state(connection: Connection, host: str, state: dict[str, Any]) -> None:
    """Keep JSON values for a host in place of those before."""
    _keeping(connection).run(connection, {"host": host, "state": json.dumps(state)})


def _keeping(connection: Connection) -> Prepared:
    made = _keepings.get(connection.dialect.name)
    if made is None:
        insert = upsert(connection, hosts)
        keep = insert.on_conflict_do_update(index_elements=[hosts.c.host], set_={"state": insert.excluded.state})
        made = _keepings[connection.dialect.name] = Prepared(keep.inline(), ["host", "state"])
    return made
