"""JSON forms of workers and of once-only jobs."""

from __future__ import annotations

from typing_extensions import TypedDict

from writethru.health.fleet import Fleet, Job, Worker
from writethru.publish.moments import rfc3339, rfc3339_if_known


class WorkerForm(TypedDict):
    """One worker; times are the database's, ``clock_ahead`` is in seconds."""

    worker: str
    host: str
    pid: int
    version: str
    states: list[str]
    began: str
    last_beat: str
    clock_ahead: float
    hosts: int
    leased_until: str | None
    looks: int
    looks_per_minute: float
    failed: int
    errors: int
    leads: list[str]


class JobForm(TypedDict):
    """What one process does for all; ``behind`` counts lines of the change log."""

    name: str
    holder: str
    until: str | None
    behind: int | None


class FleetForm(TypedDict):
    """Who watches, and who does what is done once."""

    at: str
    watching: int
    workers: list[WorkerForm]
    jobs: list[JobForm]


def fleet_form(fleet: Fleet) -> FleetForm:
    """The JSON form of all workers."""
    return {
        "at": rfc3339(fleet.now),
        "watching": fleet.watching,
        "workers": [_worker(fleet, one) for one in fleet.workers],
        "jobs": [_job(job) for job in fleet.jobs],
    }


def _worker(fleet: Fleet, one: Worker) -> WorkerForm:
    beat = one.beat
    return {
        "worker": beat.worker,
        "host": beat.host,
        "pid": beat.pid,
        "version": beat.version,
        "states": [state.value for state in fleet.states(one)],
        "began": rfc3339(one.began_at),
        "last_beat": rfc3339(one.beat_at),
        "clock_ahead": round(one.skew.total_seconds(), 3),
        "hosts": one.holds,
        "leased_until": rfc3339_if_known(one.until),
        "looks": beat.looks,
        "looks_per_minute": round(beat.per_minute, 1),
        "failed": beat.failed,
        "errors": beat.errors,
        "leads": list(fleet.leads(one)),
    }


def _job(job: Job) -> JobForm:
    until = rfc3339_if_known(job.until)
    return {"name": job.name, "holder": job.holder, "until": until, "behind": job.behind}
