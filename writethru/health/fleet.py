"""Workers: who watches, on which host, since when, and whether they still do. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

BEAT: Final = timedelta(seconds=30)
"""How often a worker says that it lives."""

SILENT: Final = 4 * BEAT
"""After so long without a word a worker is taken for dead; its hosts are free when its leases run out."""

TENDING: Final = "tending"
"""The job of who takes stock for all: sums, alarms, counts. It follows no change log."""

FORGOTTEN: Final = timedelta(days=7)
"""A dead worker is shown so long."""

SKEWED: Final = timedelta(seconds=2)
"""A clock that differs more from the database's puts looks at wrong times."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What a worker says of itself.

    Attributes:
        worker: its name, which its leases bear.
        host, pid: the machine's name there, and its process.
        version: of the software it runs.
        looks, failed: since it began; looks of which nothing came, by a fault of ours.
        errors: looks since it began to which no usable answer came.
        per_minute: looks a minute since the beat before.
    """

    worker: str
    host: str
    pid: int
    version: str
    looks: int
    failed: int
    errors: int
    per_minute: float


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker as the record knows it.

    Attributes:
        beat: what it last said.
        began_at, beat_at: by the database's clock.
        skew: its clock ahead of the database's, as far as the answer's way allows to say.
        holds: hosts that are leased to it.
        until: end of the first of these leases, None without one.
    """

    beat: Beat
    began_at: datetime
    beat_at: datetime
    skew: timedelta
    holds: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Job:
    """Something that one process does for all.

    Attributes:
        holder: the process that does it now, "" for nobody.
        until: end of its lease.
        behind: lines of the change log that it has not done; None where it follows none.
    """

    name: str
    holder: str
    until: datetime | None
    behind: int | None


class State(StrEnum):
    """How a worker is doing; the words are shown."""

    WATCHING = "watching"
    SILENT = "silent"
    CLOCK = "clock is off"
    OLDER = "older version"


@dataclass(frozen=True, slots=True)
class Fleet:
    """All workers by host and name, and who does what is done once.

    Attributes:
        now: by the database's clock.
    """

    now: datetime
    workers: tuple[Worker, ...]
    jobs: tuple[Job, ...]

    @property
    def watching(self) -> int:
        """Workers that live."""
        return sum(State.SILENT not in self.states(worker) for worker in self.workers)

    def states(self, worker: Worker) -> tuple[State, ...]:
        """What there is to say of a worker; the first is whether it lives."""
        lives = self.now - worker.beat_at <= SILENT
        found = [State.WATCHING if lives else State.SILENT]
        if abs(worker.skew) > SKEWED:
            found.append(State.CLOCK)
        if worker.beat.version != self._newest():
            found.append(State.OLDER)
        return tuple(found)

    def leads(self, worker: Worker) -> tuple[str, ...]:
        """The jobs that this worker's process does for all."""
        mine = f"{worker.beat.host}-{worker.beat.pid}-"
        return tuple(job.name for job in self.jobs if job.holder.startswith(mine))

    def _newest(self) -> str:
        return max((one.beat.version for one in self.workers), key=_numbers, default="")


def _numbers(version: str) -> tuple[int, ...]:
    """For comparing versions: ``0.10.1`` is after ``0.9``."""
    return tuple(int(part) if part.isdigit() else -1 for part in version.split("."))
