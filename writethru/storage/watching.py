"""``Watching`` on SQLite and PostgreSQL: each method opens the connection, its noun's module does the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from writethru.health.hours import OutletHour, SourceHour
from writethru.health.incidents import Incident, Steps
from writethru.health.report import Counted
from writethru.storage import best, health, host_states, queue, rhythms
from writethru.storage.connect import Database
from writethru.storage.store import Budgeted, Claim, DueLook


class WatchingStore:
    """See ``watching_store.Watching`` for what each method promises."""

    _database: Database

    # the queue

    def claim_due(self, worker: str, now: datetime, *, until: datetime, hosts: int, per_host: int) -> Sequence[DueLook]:
        """Lease hosts and give their due looks."""
        with self._database.write() as connection:
            return queue.claim(connection, Claim(worker, now, until, hosts, per_host))

    def claim_best(self, claim: Claim, budget: Budgeted) -> Sequence[DueLook]:
        """Lease hosts and give the best of their due looks."""
        with self._database.write() as connection:
            return best.claim_best(connection, claim, budget)

    def lease_host(self, worker: str, host: str, now: datetime, *, until: datetime) -> bool:
        """Lease one host for a moment; False where somebody has it."""
        with self._database.write() as connection:
            return queue.lease(connection, Claim(worker, now, until, 1, 0), host)

    def renew_leases(self, worker: str, until: datetime) -> None:
        """Keep the hosts this worker has."""
        with self._database.write() as connection:
            queue.renew(connection, worker, until)

    def release_hosts(self, worker: str, hosts: Sequence[str]) -> None:
        """Give up hosts."""
        with self._database.write() as connection:
            queue.release(connection, worker, hosts)

    def next_due_at(self) -> datetime | None:
        """When the earliest look is due."""
        with self._database.read() as connection:
            return queue.next_due_at(connection)

    # the schedule

    def rhythm(self, outlet_id: int) -> dict[str, Any]:
        """What was kept of an outlet's rhythm."""
        with self._database.read() as connection:
            return rhythms.rhythm(connection, outlet_id)

    def change_rhythm(self, outlet_id: int, change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
        """Keep what ``change`` makes of it."""
        with self._database.write() as connection:
            return rhythms.change_rhythm(connection, outlet_id, change)

    def spend(self, name: str, day: int, wanted: int, allowed: int) -> int:
        """Count looks of a day's budget, as many as it allows."""
        with self._database.write() as connection:
            return rhythms.spend(connection, name, day, wanted, allowed)

    # hosts

    def host_state(self, host: str) -> dict[str, Any]:
        """What was kept for a host."""
        with self._database.read() as connection:
            return host_states.host_state(connection, host)

    def set_host_state(self, host: str, state: dict[str, Any]) -> None:
        """Keep JSON values for a host."""
        with self._database.write() as connection:
            host_states.set_host_state(connection, host, state)

    # health

    def sum_up_hours(self, now: datetime, since: datetime) -> None:
        """Sum up every settled hour that was not summed up before."""
        with self._database.write() as connection:
            health.sum_up(connection, now, since)

    def forget_sums(self) -> None:
        """Sum up everything anew next time."""
        with self._database.write() as connection:
            health.forget_sums(connection)

    def outlet_hours(self, since: datetime, now: datetime) -> Sequence[OutletHour]:
        """What looks at articles came to."""
        with self._database.read() as connection:
            return health.hours_of_outlets(connection, since, now)

    def source_hours(self, since: datetime, now: datetime) -> Sequence[SourceHour]:
        """What looks at sources came to."""
        with self._database.read() as connection:
            return health.hours_of_sources(connection, since, now)

    def counted_articles(self) -> Sequence[Counted]:
        """How many articles each outlet has."""
        with self._database.read() as connection:
            return health.counted(connection)

    def lasting_incidents(self) -> Sequence[Incident]:
        """Alarms that have not ended."""
        with self._database.read() as connection:
            return health.lasting(connection)

    def incidents(self, limit: int) -> Sequence[Incident]:
        """The latest alarms."""
        with self._database.read() as connection:
            return health.newest(connection, limit)

    def step_incidents(self, steps: Steps, at: datetime) -> None:
        """Note what begins and what ends."""
        with self._database.write() as connection:
            health.begin(connection, steps.begin)
            health.end(connection, steps.end, at)
