"""Who looks at what next: hosts are leased, then their due looks are handed out.

Hosts are found through the small ``hosts`` table and an index on (host, next look), so
that a choice costs as much with 100,000 due articles as with 100.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    Table,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)

from writethru.storage import articles as articles_
from writethru.storage import at_once
from writethru.storage import sources as sources_
from writethru.storage.columns import Moment
from writethru.storage.dialect import upsert
from writethru.storage.prepared import Prepared
from writethru.storage.queue_tables import hosts, leases
from writethru.storage.store import Claim, DueLook
from writethru.storage.tables import articles, sources

ROUNDS = 3
"""How often other workers may take all the hosts in sight before this one comes back later."""

_now = bindparam("now", type_=Moment)


def _earliest(table: Table, *only: ColumnElement[bool]) -> ScalarSelect[Any]:
    """When a host's first look is due, by one seek in the index."""
    due = table.c.next_look_at
    query = select(due).where(table.c.host == hosts.c.host, due.is_not(None), *only)
    return query.order_by(due).limit(1).correlate(hosts).scalar_subquery()


def _lesser(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """The earlier of two times of which either may be missing."""
    return case((one.is_(None), other), (other.is_(None), one), (one < other, one), else_=other)


def _once(query: Select[Any], name: str) -> CTE:
    """A query's rows, each made once: PostgreSQL would else seek again wherever a column of it is named."""
    return query.cte(name).prefix_with("MATERIALIZED")


_due = _once(
    select(
        hosts.c.host,
        _earliest(articles, articles.c.next_look_at <= _now).label("article"),
        _earliest(sources, sources.c.next_look_at <= _now).label("source"),
    )
    .outerjoin(leases, leases.c.host == hosts.c.host)
    .where((leases.c.host.is_(None)) | (leases.c.until <= _now)),
    "due",
)
CANDIDATES = Prepared(
    select(_due.c.host)
    .where(_due.c.article.is_not(None) | _due.c.source.is_not(None))
    .order_by(_lesser(_due.c.article, _due.c.source), _due.c.host)
    .limit(bindparam("most"))
)
_next = _once(
    select(_earliest(articles).label("article"), _earliest(sources).label("source")).select_from(hosts), "nearest"
)
NEXT_DUE = Prepared(select(func.min(_lesser(_next.c.article, _next.c.source), type_=Moment())))

_RELEASE = Prepared(delete(leases).where(leases.c.worker == bindparam("mine"), leases.c.host == bindparam("name")))
_takings: dict[str, Prepared] = {}
_RENEW = Prepared(update(leases).where(leases.c.worker == bindparam("mine")), ["until"])


def claim(connection: Connection, wanted: Claim) -> list[DueLook]:
    """Lease hosts and give their due looks: hosts longest due first; of each, sources before articles."""
    looks: list[DueLook] = []
    room = wanted.hosts
    for _ in range(ROUNDS):
        sight = [host for (host,) in CANDIDATES.rows(connection, {"now": wanted.now, "most": room})]
        if not sight:
            break
        for host, found in _found(connection, wanted, lease_hosts(connection, wanted, sight)):
            if not found:  # another worker has just done them
                release(connection, wanted.worker, [host])
                continue
            looks += found
            room -= 1
        if room == 0:
            break
    return looks


def lease(connection: Connection, wanted: Claim, host: str) -> bool:
    """Lease this very host; False where anybody has it."""
    return bool(lease_hosts(connection, wanted, [host]))


def renew(connection: Connection, worker: str, until: datetime) -> None:
    """Keep all the hosts that this worker still has."""
    _RENEW.run(connection, {"mine": worker, "until": until})


def release(connection: Connection, worker: str, names: Sequence[str]) -> None:
    """Give up hosts; those of other workers stay theirs."""
    _RELEASE.each(connection, [{"mine": worker, "name": name} for name in sorted(names)])


def next_due_at(connection: Connection) -> datetime | None:
    """When the earliest look is due, leased or not."""
    due: datetime | None = NEXT_DUE.value(connection, {})
    return due


def lease_hosts(connection: Connection, wanted: Claim, sight: Sequence[str]) -> list[str]:
    """Those of the hosts in sight that are now ours, in the order of sight."""
    if connection.dialect.name != "sqlite":
        # in one order for all workers, so that two of them never wait for each other
        taken = at_once.lease(connection, wanted, sorted(sight))
        return [host for host in sight if host in taken]
    rest = {"worker": wanted.worker, "until": wanted.until, "now": wanted.now}
    take = _taking(connection)
    return [host for host in sight if take.run(connection, {"host": host, **rest}) == 1]


def _taking(connection: Connection) -> Prepared:
    """Lease a host that nobody has, or whose lease is over."""
    made = _takings.get(connection.dialect.name)
    if made is None:
        insert = upsert(connection, leases)
        given = {"worker": insert.excluded.worker, "until": insert.excluded.until}
        over = leases.c.until <= _now
        take = insert.on_conflict_do_update(index_elements=[leases.c.host], set_=given, where=over).inline()
        made = _takings[connection.dialect.name] = Prepared(take, ["host", "worker", "until"])
    return made


def _found(connection: Connection, wanted: Claim, leased: Sequence[str]) -> Iterator[tuple[str, list[DueLook]]]:
    """What is due at each of the hosts, read now that they are ours."""
    if connection.dialect.name == "sqlite":
        yield from ((host, _looks(connection, wanted, host)) for host in leased)
        return
    due = at_once.due(connection, wanted, leased)
    for host in leased:
        yield host, [_look(host, **subject) for subject in due.get(host, [])]


def _looks(connection: Connection, wanted: Claim, host: str) -> list[DueLook]:
    due = {"host": host, "now": wanted.now, "most": wanted.per_host}
    looks = [_look(host, source=source) for source in sources_.due(connection, due)]
    if len(looks) < wanted.per_host:
        due["most"] = wanted.per_host - len(looks)
        looks += [_look(host, article=article) for article in articles_.due(connection, due)]
    return looks


def _look(host: str, **of: Any) -> DueLook:
    (subject,) = of.values()
    return DueLook(host, subject.next_look_at, **of)
