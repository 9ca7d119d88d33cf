"""What watching asks of the database: what is due, what was learnt and spent, how hosts and sources fare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from writethru.health.hours import OutletHour, SourceHour
from writethru.health.incidents import Incident, Steps
from writethru.health.report import Counted
from writethru.storage.rows import Budgeted, Claim, DueLook


class Watching(Protocol):
    """A part of ``Store``; its rules hold here."""

    # the queue
    def claim_due(self, worker: str, now: datetime, *, until: datetime, hosts: int, per_host: int) -> Sequence[DueLook]:
        """Lease up to ``hosts`` hosts that have due looks and nobody's live lease, for this
        worker until ``until``; up to ``per_host`` due looks each, sources before articles,
        longest due first. A host is never leased to two workers at once."""

    def lease_host(self, worker: str, host: str, now: datetime, *, until: datetime) -> bool:
        """Lease one host for a moment; False where somebody has it, this worker included."""

    def claim_best(self, claim: Claim, budget: Budgeted) -> Sequence[DueLook]:
        """The same under a budget of looks: hosts with due sources, and those of the due articles
        that are worth most, wherever they are."""

    def renew_leases(self, worker: str, until: datetime) -> None: ...
    def release_hosts(self, worker: str, hosts: Sequence[str]) -> None: ...
    def next_due_at(self) -> datetime | None:
        """When the earliest article or source is due, leased or not."""

    # the schedule: what it learnt, what it spent
    def rhythm(self, outlet_id: int) -> dict[str, Any]:
        """What was kept of an outlet's rhythm (JSON values), {} if nothing."""

    def change_rhythm(self, outlet_id: int, change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
        """Keep what ``change`` makes of it, and give that back; no other writer changes it meanwhile."""

    def spend(self, name: str, day: int, wanted: int, allowed: int) -> int:
        """How many of ``wanted`` looks are left of those allowed on that day for that name (a host,
        ``*`` for all); they count as made. A negative number gives looks back."""

    # robots.txt and back-off, shared by workers
    def host_state(self, host: str) -> dict[str, Any]:
        """What was kept for a host (JSON values), {} if nothing."""

    def set_host_state(self, host: str, state: dict[str, Any]) -> None: ...

    # health
    def sum_up_hours(self, now: datetime, since: datetime) -> None:
        """Sum up every settled hour from ``since`` on that was not summed up before."""

    def forget_sums(self) -> None:
        """Sum up everything anew next time."""

    def outlet_hours(self, since: datetime, now: datetime) -> Sequence[OutletHour]:
        """What looks at articles came to; the last hours are counted as they stand."""

    def source_hours(self, since: datetime, now: datetime) -> Sequence[SourceHour]:
        """What looks at sources came to, likewise."""

    def counted_articles(self) -> Sequence[Counted]:
        """How many articles each outlet has, and when its newest was found."""

    def lasting_incidents(self) -> Sequence[Incident]:
        """Alarms that have not ended, oldest first."""

    def incidents(self, limit: int) -> Sequence[Incident]:
        """The latest alarms, newest first."""

    def step_incidents(self, steps: Steps, at: datetime) -> None:
        """Note what begins and what ends; two processes may do so at once."""
