"""Under a budget: the due looks that are worth most, wherever they are, at a cost that does not grow with the archive.

Articles are kept in classes by the wait before their next look (``pace``). Within a class the longest due is worth
most, so one seek in the index of each class finds all that can be among the best.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, bindparam, select

from writethru.storage import articles as articles_
from writethru.storage import sources as sources_
from writethru.storage.columns import Moment
from writethru.storage.prepared import Prepared
from writethru.storage.queue import lease_hosts, release
from writethru.storage.queue_tables import hosts, leases, spendings
from writethru.storage.rhythms import spend
from writethru.storage.store import Budgeted, Claim, DueLook
from writethru.storage.tables import articles, sources

_now = bindparam("now", type_=Moment)
_free = (leases.c.host.is_(None)) | (leases.c.until <= _now)
_of_host = and_(spendings.c.name == articles.c.host, spendings.c.day == bindparam("day"))
LONGEST_DUE = Prepared(
    select(articles.c.id, articles.c.host, articles.c.next_look_at)
    .outerjoin(leases, leases.c.host == articles.c.host)
    .outerjoin(spendings, _of_host)
    .where(articles.c.pace == bindparam("pace"), articles.c.next_look_at <= _now, _free)
    .where((spendings.c.looks.is_(None)) | (spendings.c.looks < bindparam("allowed")))
    .order_by(articles.c.next_look_at, articles.c.id)
    .limit(bindparam("most"))
)
_SOURCE_DUE = (
    select(sources.c.id).where(sources.c.host == hosts.c.host, sources.c.next_look_at <= _now).correlate(hosts).exists()
)
_SOURCE_HOSTS = Prepared(
    select(hosts.c.host)
    .outerjoin(leases, leases.c.host == hosts.c.host)
    .where(_free, _SOURCE_DUE)
    .order_by(hosts.c.host)
    .limit(bindparam("most"))
)


def claim_best(connection: Connection, wanted: Claim, budget: Budgeted) -> list[DueLook]:
    """Lease hosts that have due sources or the best of the due looks; give those, sources before articles."""
    best = _best(connection, wanted, budget)
    sight = [host for (host,) in _SOURCE_HOSTS.rows(connection, {"now": wanted.now, "most": wanted.hosts})]
    sight += [host for host in best if host not in sight]
    found = []
    for host in lease_hosts(connection, wanted, sight[: wanted.hosts]):
        due = {"host": host, "now": wanted.now, "most": wanted.per_host}
        looks = [
            DueLook(host, source.next_look_at or wanted.now, source=source) for source in sources_.due(connection, due)
        ]
        looks += _looks(connection, wanted, budget, host, best.get(host, [])[: wanted.per_host])
        if not looks:
            release(connection, wanted.worker, [host])
        found += looks
    return found


def _best(connection: Connection, wanted: Claim, budget: Budgeted) -> dict[str, list[int]]:
    """The articles worth looking at, best first, by host; hosts in the order of their best."""
    if budget.looks <= 0:
        return {}
    asked = {"now": wanted.now, "day": budget.day, "allowed": budget.per_host, "most": budget.looks}
    rows = []
    for pace in range(budget.paces):
        for article, host, due in LONGEST_DUE.rows(connection, {**asked, "pace": pace}):
            rows.append((-budget.worth(pace, due), article, host))
    chosen: dict[str, list[int]] = {}
    for _, article, host in sorted(rows)[: budget.looks]:
        chosen.setdefault(host, []).append(article)
    return chosen


def _looks(connection: Connection, wanted: Claim, budget: Budgeted, host: str, chosen: Sequence[int]) -> list[DueLook]:
    """The chosen articles that are still due, as far as the host's own budget goes."""
    current = [articles_.get(connection, article) for article in chosen]
    due = [each for each in current if each.next_look_at is not None and each.next_look_at <= wanted.now]
    granted = spend(connection, host, budget.day, len(due), budget.per_host) if due else 0
    return [DueLook(host, each.next_look_at or wanted.now, article=each) for each in due[:granted]]
