"""Relative times as ranges, by the time of the capture."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.extraction.relative_times import is_relative_line, resolve

SEEN = datetime(2031, 5, 8, 12, 0, tzinfo=UTC)  # a Thursday
NORHAVEN = timezone(timedelta(hours=2))


def spelled(words: str, zone: timezone | None = None) -> tuple[str, str]:
    meant = resolve(words, SEEN, zone)
    assert meant is not None
    return meant.earliest.strftime("%m-%dT%H:%M"), meant.latest.strftime("%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("2 hours ago", "05-08T09:00", "05-08T10:30"),
        ("an hour ago", "05-08T10:00", "05-08T11:30"),
        ("updated 6 min ago", "05-08T11:53", "05-08T11:54"),
        ("vor 2 Stunden", "05-08T09:00", "05-08T10:30"),
        ("il y a 3 jours", "05-04T12:00", "05-06T00:00"),
        ("just now", "05-08T11:55", "05-08T12:00"),
        ("two weeks ago", "04-17T12:00", "04-28T00:00"),
    ],
)
def test_ages_are_counted_back_with_room_for_rounding(words: str, earliest: str, latest: str) -> None:
    assert spelled(words) == (earliest, latest)


def test_seven_years_are_years() -> None:
    meant = resolve("7 years ago", SEEN)
    assert meant is not None
    assert (meant.earliest.year, meant.latest.year, meant.day) == (2023, 2024, "")


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("today", "05-07T22:00", "05-08T12:00"),
        ("yesterday 18:40", "05-07T16:40", "05-07T16:41"),
        ("gestern, 18.40 Uhr", "05-07T16:40", "05-07T16:41"),
        ("Updated yesterday at 6:40 pm", "05-07T16:40", "05-07T16:41"),
        ("Tuesday", "05-05T22:00", "05-06T22:00"),
        ("Thursday", "05-07T22:00", "05-08T12:00"),
        ("Friday", "05-01T22:00", "05-02T22:00"),
    ],
)
def test_days_in_a_known_zone(words: str, earliest: str, latest: str) -> None:
    assert spelled(words, NORHAVEN) == (earliest, latest)


def test_a_day_without_a_zone_is_that_day_anywhere_on_earth() -> None:
    assert spelled("yesterday 18:40") == ("05-07T04:40", "05-08T12:00")  # it is Friday there already
    assert spelled("Tuesday") == ("05-05T10:00", "05-07T12:00")


@pytest.mark.parametrize("words", ["12 May 2031", "The board met on the quay", "5 crowns ago", "9999 days ago", ""])
def test_what_is_no_relative_time(words: str) -> None:
    assert resolve(words, SEEN) is None


@pytest.mark.parametrize(
    ("line", "relative"),
    [
        ("2 hours ago", True),
        ("Last updated: 5 min ago", True),
        ("Yesterday at 18:40", True),
        ("Thursday", True),
        ("Thursday market", False),
        ("Ferries were cut 2 hours ago", False),
        ("Just now the quay closed", False),
    ],
)
def test_relative_lines(line: str, relative: bool) -> None:
    assert is_relative_line(line) is relative


@given(
    st.integers(1, 59),
    st.sampled_from(["minute", "hour", "day", "week"]),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(["down", "nearest"]),
)
def test_the_moment_lies_in_the_range_whichever_way_the_site_rounds(
    number: int, unit: str, part: float, rounding: str
) -> None:
    length = timedelta(**{f"{unit}s": 1})
    share = part if rounding == "down" else part - 0.5
    moment = SEEN - (number + share) * length
    meant = resolve(f"{number} {unit}s ago", SEEN)
    assert meant is not None
    assert meant.earliest <= moment <= meant.latest


@given(st.integers(-12, 14), st.integers(0, 6), st.integers(0, 23), st.integers(0, 59))
def test_a_weekday_and_clock_anywhere_on_earth_lie_in_the_range(offset: int, back: int, hour: int, minute: int) -> None:
    here = SEEN.astimezone(timezone(timedelta(hours=offset)))
    moment = (here - timedelta(days=back)).replace(hour=hour, minute=minute)
    if moment > here:
        return
    meant = resolve(f"{moment:%A} {hour:02}:{minute:02}", SEEN)
    assert meant is not None
    assert meant.earliest <= moment <= meant.latest
