"""Time never goes back, whatever happens to the machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from writethru.watch.clock import SystemClock

NOON = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Machine:
    """A machine whose clock can be set."""

    def __init__(self) -> None:
        self.wall, self.ticks = NOON, 0.0

    def passes(self, span: timedelta) -> None:
        """Time passes."""
        self.wall += span
        self.ticks += span.total_seconds()

    def clock(self) -> SystemClock:
        return SystemClock(lambda: self.wall, lambda: self.ticks)


def test_it_is_the_machines() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.passes(HOUR)
    assert clock.now() == NOON + HOUR
    machine.wall += DAY
    assert clock.now() == NOON + HOUR + DAY, "set forward, it is followed at once"


def test_set_back_an_hour_it_creeps_until_the_machine_has_caught_up() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall -= HOUR
    assert clock.now() == NOON
    machine.passes(HOUR)
    assert clock.now() == NOON + HOUR / 2
    machine.passes(HOUR)
    assert clock.now() == NOON + HOUR == machine.wall
    machine.passes(HOUR)
    assert clock.now() == machine.wall


def test_a_new_process_goes_on_where_the_record_ends() -> None:
    machine = Machine()
    clock = machine.clock()
    clock.not_before(None)
    clock.not_before(NOON - DAY)
    assert clock.now() == NOON
    clock.not_before(NOON + HOUR)
    assert clock.now() == NOON + HOUR
    machine.passes(HOUR)
    assert clock.now() == NOON + HOUR + HOUR / 2


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(-1e6, 1e6)), max_size=30))
def test_it_never_goes_back(steps: list[tuple[float, float]]) -> None:
    machine = Machine()
    clock = machine.clock()
    last = clock.now()
    for passed, was_set in steps:
        machine.passes(timedelta(seconds=passed))
        machine.wall += timedelta(seconds=was_set)
        now = clock.now()
        assert now >= last
        assert now >= machine.wall
        last = now
