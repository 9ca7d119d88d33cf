"""The schedule: often after a change, seldom later, retired in the end, and never by an outage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.model import Outcome, Reason
from writethru.schedule import SchedulePolicy, next_look, next_source_look

POLICY = SchedulePolicy()
CHANGED = datetime(2031, 3, 1, 6, tzinfo=UTC)
SAME = (Outcome.SAME, Reason.TEXT_EQUAL)


def test_right_after_a_change_the_floor_holds() -> None:
    assert next_look(POLICY, CHANGED, CHANGED, Outcome.EDITED, Reason.TEXT_CHANGED).at == CHANGED + timedelta(
        minutes=20
    )


def test_later_the_wait_grows_with_the_time_since_the_last_change() -> None:
    now = CHANGED + timedelta(days=10)
    assert next_look(POLICY, now, CHANGED, *SAME).at == now + timedelta(days=3.5)


def test_days_count_in_full() -> None:
    """Ten quiet days are not ten quiet seconds: the bug that had one peer look 14 times a day for ever."""
    now = CHANGED + timedelta(days=10, seconds=1)
    following = next_look(POLICY, now, CHANGED, *SAME).at
    assert following is not None
    assert following - now > timedelta(days=3)


def test_the_last_look_is_on_the_day_of_retirement() -> None:
    now = CHANGED + timedelta(days=35)
    following = next_look(POLICY, now, CHANGED, *SAME)
    assert following.at == CHANGED + timedelta(days=40)
    assert "retirement" in following.reason


def test_after_forty_quiet_days_an_article_is_retired_with_the_reason() -> None:
    following = next_look(POLICY, CHANGED + timedelta(days=40), CHANGED, *SAME)
    assert following.at is None
    assert following.reason == "retired: no change seen for 40 days"


def test_a_suspect_look_is_checked_soon_even_on_a_quiet_article() -> None:
    now = CHANGED + timedelta(days=30)
    following = next_look(POLICY, now, CHANGED, Outcome.SUSPECT, Reason.TEXT_COLLAPSED).at
    assert following == now + timedelta(minutes=10)


def test_an_article_that_stays_suspect_is_looked_at_less_and_less() -> None:
    pauses = [
        (next_look(POLICY, CHANGED, CHANGED, Outcome.SUSPECT, Reason.TEXT_EMPTY, doubts).at or CHANGED) - CHANGED
        for doubts in (1, 2, 3, 50)
    ]
    assert pauses == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40), timedelta(hours=6)]


def test_an_outage_does_not_push_the_next_look_days_away() -> None:
    now = CHANGED + timedelta(days=20)
    following = next_look(POLICY, now, CHANGED, Outcome.ERROR, Reason.TIMEOUT).at
    assert following == now + timedelta(hours=6)


@given(st.floats(0, 39.9 * 86_400), st.sampled_from(list(Outcome)))
def test_the_next_look_is_always_later_and_never_after_retirement(quiet: float, outcome: Outcome) -> None:
    now = CHANGED + timedelta(seconds=quiet)
    following = next_look(POLICY, now, CHANGED, outcome, Reason.TEXT_EQUAL).at
    assert following is not None
    assert now < following <= max(CHANGED + timedelta(days=40), now + timedelta(minutes=10))


def test_an_article_that_never_changes_costs_few_looks() -> None:
    now, looks = CHANGED, 0
    while True:
        looks += 1
        following = next_look(POLICY, now, CHANGED, *SAME).at
        if following is None:
            break
        now = following
    assert looks == 27
    assert now == CHANGED + timedelta(days=40)


@pytest.mark.parametrize(
    ("quiet", "failures", "wait"),
    [
        (timedelta(0), 0, timedelta(minutes=20)),
        (timedelta(hours=10), 0, timedelta(hours=1)),
        (timedelta(days=9), 0, timedelta(hours=2)),
        (timedelta(0), 2, timedelta(minutes=80)),
        (timedelta(0), 99, timedelta(hours=2)),
    ],
)
def test_a_feed_is_read_often_while_it_brings_news(quiet: timedelta, failures: int, wait: timedelta) -> None:
    assert next_source_look(POLICY, CHANGED + quiet, CHANGED, failures) == CHANGED + quiet + wait
