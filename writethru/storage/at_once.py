"""Many hosts in one statement, for PostgreSQL, where each statement is a journey to the server.

SQLite, which has neither arrays nor LATERAL, asks for one host after the other instead:
its statements go nowhere. ``queue`` chooses; both ways give the same. Statements are built
when they are first needed, so that a start on SQLite does not pay for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Column, Connection, Select, Table, TableValuedAlias, bindparam, column, func, select, true

from writethru.model import Article
from writethru.storage import articles as articles_
from writethru.storage import sources as sources_
from writethru.storage.columns import Characters
from writethru.storage.prepared import Prepared
from writethru.storage.queue_tables import leases
from writethru.storage.store import Claim
from writethru.storage.tables import articles, sources

_hosts = bindparam("hosts", type_=ARRAY(Characters))
_now = bindparam("now", type_=leases.c.until.type)


def _unnested() -> TableValuedAlias:
    return func.unnest(_hosts).table_valued(column("host", Characters), name="wanted").render_derived()


def _due(table: Table, columns: Sequence[Column[Any]]) -> Select[Any]:
    """Of each host its rows that are due, longest due first, at most ``most``."""
    wanted = _unnested()
    mine = (
        select(*columns)
        .where(table.c.host == wanted.c.host, table.c.next_look_at <= _now)
        .order_by(table.c.next_look_at, table.c.id)
        .limit(bindparam("most"))
        .lateral("mine")
    )
    rows = [mine.c[item.name] for item in columns]
    return (
        select(wanted.c.host.label("wanted_host"), *rows)
        .select_from(wanted.join(mine, true()))
        .order_by(mine.c.next_look_at, mine.c.id)
    )


@cache
def _articles() -> Prepared:
    return Prepared(_due(articles, articles_.COLUMNS))


@cache
def _sources() -> Prepared:
    return Prepared(_due(sources, sources_.COLUMNS))


def lease(connection: Connection, wanted: Claim, names: Sequence[str]) -> set[str]:
    """Lease those of the hosts that nobody has, or whose lease is over.

    Args:
        names: in the order in which all workers take hosts, so that no two wait for each other.
    """
    given = {"hosts": list(names), "worker": wanted.worker, "until": wanted.until, "now": wanted.now}
    return {host for (host,) in _taking().rows(connection, given)}


def due(connection: Connection, wanted: Claim, names: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """By host what is due there, each as ``source`` or ``article``, sources first; hosts with nothing are left out."""
    given = {"hosts": list(names), "now": wanted.now, "most": wanted.per_host}
    found: dict[str, list[dict[str, Any]]] = {}
    for host, *row in _sources().rows(connection, given):
        found.setdefault(host, []).append({"source": sources_.from_row(row)})
    for host, *row in _articles().rows(connection, given):
        mine = found.setdefault(host, [])
        if len(mine) < wanted.per_host:
            mine.append({"article": Article(*row)})
    return found


@cache
def _taking() -> Prepared:
    from sqlalchemy.dialects import postgresql  # SQLite's users do without loading it

    wanted = _unnested()
    worker, until = bindparam("worker", type_=leases.c.worker.type), bindparam("until", type_=leases.c.until.type)
    insert = postgresql.insert(leases).from_select(["host", "worker", "until"], select(wanted.c.host, worker, until))
    given = {"worker": insert.excluded.worker, "until": insert.excluded.until}
    take = insert.on_conflict_do_update(index_elements=[leases.c.host], set_=given, where=leases.c.until <= _now)
    return Prepared(take.returning(leases.c.host))
