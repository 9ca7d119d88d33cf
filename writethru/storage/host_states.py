"""What is kept of each host."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, bindparam, select

from writethru.storage.dialect import upsert
from writethru.storage.prepared import Prepared
from writethru.storage.queue_tables import hosts

_keepings: dict[str, Prepared] = {}
_HOST = Prepared(select(hosts.c.state).where(hosts.c.host == bindparam("host")))


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
