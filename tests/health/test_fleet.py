"""What is said of workers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from writethru.health.fleet import SILENT, SKEWED, Beat, Fleet, Job, State, Worker

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
ONE = Worker(Beat("news1-7-a", "news1", 7, "0.10.0", 9, 0, 1, 2.0), NOW, NOW, timedelta(0), 3, NOW)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("worker", "states"),
    [
        (ONE, (State.WATCHING,)),
        (replace(ONE, beat_at=NOW - SILENT), (State.WATCHING,)),
        (replace(ONE, beat_at=NOW - SILENT - INSTANT), (State.SILENT,)),
        (replace(ONE, skew=-SKEWED - INSTANT), (State.WATCHING, State.CLOCK)),
        (replace(ONE, beat=replace(ONE.beat, version="0.9.12")), (State.WATCHING, State.OLDER)),
    ],
    ids=["lives", "just", "silent", "clock", "older"],
)
def test_what_there_is_to_say(worker: Worker, states: tuple[State, ...]) -> None:
    fleet = Fleet(NOW, (worker, ONE), ())
    assert fleet.states(worker) == states
    assert fleet.watching == 1 + (State.SILENT not in states)


def test_a_process_leads_what_it_holds_the_lease_of() -> None:
    jobs = (Job("events", "news1-7-beef", NOW, 0), Job("reuse", "news1-70-beef", NOW, 0), Job("search", "", None, 4))
    assert Fleet(NOW, (ONE,), jobs).leads(ONE) == ("events",)
