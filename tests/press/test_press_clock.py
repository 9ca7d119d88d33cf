"""The virtual clock, and times as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.press.clock import VirtualClock
from writethru.press.moments import iso, parse_name_time, parse_span, parse_time

NOON = datetime(2024, 1, 5, 12, tzinfo=UTC)
moments = st.integers(-(10**9), 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def test_a_clock_without_speed_stands_until_it_is_set() -> None:
    ticks = iter(range(100))
    clock = VirtualClock(NOON, wall=lambda: next(ticks))
    assert clock.now() == clock.now() == NOON
    clock.set(NOON - timedelta(days=1))
    assert clock.now() == NOON - timedelta(days=1)


def test_a_running_clock_runs_at_its_speed_from_where_it_was_set() -> None:
    wall = [100.0]
    clock = VirtualClock(NOON, speed=3600, wall=lambda: wall[0])
    wall[0] += 2
    assert clock.now() == NOON + timedelta(hours=2)
    clock.set(NOON)
    wall[0] += 0.5
    assert clock.now() == NOON + timedelta(minutes=30)
    assert clock.advance(timedelta(minutes=-30)) == NOON
    wall[0] += 1
    assert clock.now() == NOON + timedelta(hours=1)


def test_a_fast_clock_stops_at_the_end_of_the_calendar() -> None:
    wall = [0.0]
    clock = VirtualClock(NOON, speed=1e12, wall=lambda: wall[0])
    wall[0] = 1e6
    assert clock.now().year == 9999


def test_a_clock_tells_utc_and_refuses_what_has_no_zone() -> None:
    east = timezone(timedelta(hours=2))
    assert VirtualClock(NOON.astimezone(east)).now().tzinfo is UTC
    with pytest.raises(ValueError, match="zone"):
        VirtualClock(datetime(2024, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="backwards"):
        VirtualClock(NOON, speed=-1)


@given(moments)
def test_iso_is_read_back(moment: datetime) -> None:
    assert parse_time(iso(moment)) == moment


@given(moments, st.sampled_from(["%Y-%m-%dT%H-%M-%SZ", "%Y%m%dT%H%M%S", "%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%SZ"]))
def test_times_in_file_names_are_read(moment: datetime, form: str) -> None:
    assert parse_name_time(moment.strftime(form)) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("2024-01-05", datetime(2024, 1, 5, tzinfo=UTC)),
        ("2024-01-05T10-00", datetime(2024, 1, 5, 10, tzinfo=UTC)),
        ("2024-01-05T10-00-00+02-00", datetime(2024, 1, 5, 8, tzinfo=UTC)),
        ("index", None),
        ("2024", None),
        ("20241399999999", None),
        ("story-2024-01-05", None),
    ],
)
def test_what_counts_as_a_time_in_a_file_name(stem: str, expected: datetime | None) -> None:
    assert parse_name_time(stem) == expected


@pytest.mark.parametrize("value", ["", "  ", "yesterday", None, 7, "0001-01-01T00:00:00+14:00"])
def test_what_is_no_time(value: object) -> None:
    with pytest.raises(ValueError, match="not an ISO time"):
        parse_time(value)


def test_spans() -> None:
    assert parse_span("+3h") == timedelta(hours=3)
    assert parse_span("-1.5d") == timedelta(days=-1.5)
    assert parse_span("+90s") == timedelta(seconds=90)
    assert parse_span("3h") is None
    assert parse_span("2024-01-05") is None
    with pytest.raises(ValueError, match="too long"):
        parse_span("+99999999999999999w")
