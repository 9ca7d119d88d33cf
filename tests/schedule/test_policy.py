"""The next look: often after a change, seldom later, retired in the end, and never by an outage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.model import Outcome, Reason
from writethru.schedule import (
    History,
    Outset,
    SchedulePolicy,
    Tally,
    Watched,
    next_look,
    next_source_look,
    outlook_of,
)
from writethru.schedule.policy import JITTER, jitter

quick = settings(max_examples=40, deadline=None)
POLICY = SchedulePolicy()
ADDED = datetime(2031, 3, 1, 6, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FRESH = History(1, ADDED, ADDED, Outcome.EDITED, Reason.FIRST_SEEN)

histories = st.builds(
    lambda article, changed, quiet, changes, outcome: History(
        article,
        ADDED,
        ADDED + timedelta(minutes=changed + quiet),
        outcome,
        Reason.TEXT_EQUAL,
        changes,
        ADDED + timedelta(minutes=changed) if changes else None,
    ),
    st.integers(1, 2**40),
    st.floats(0, 50_000),
    st.floats(-5_000, 60_000),
    st.integers(0, 9),
    st.sampled_from(list(Outcome)),
)


def quiet_for(span: timedelta, **more: object) -> History:
    return replace(FRESH, now=ADDED + span, outcome=Outcome.SAME, reason=Reason.TEXT_EQUAL, **more)  # type: ignore[arg-type]


def wait(history: History, policy: SchedulePolicy = POLICY, outset: Outset | None = None) -> timedelta:
    following = next_look(policy, history, outset).at
    assert following is not None
    return following - history.now


def life(policy: SchedulePolicy = POLICY, article: int = 1) -> Iterator[datetime]:
    """Looks at an article that never changes, the first at once."""
    history = replace(FRESH, article=article)
    while True:
        yield history.now
        following = next_look(policy, history).at
        if following is None:
            return
        history = replace(history, now=following, outcome=Outcome.SAME)


def test_waits_grow_with_the_quiet_time() -> None:
    gaps = [b - a for a, b in zip(list(life())[6:], list(life())[7:], strict=False)]
    assert gaps[:-1] == sorted(gaps[:-1])


def test_days_count_in_full() -> None:
    """Ten quiet days are not ten quiet seconds: the bug that had one peer look 14 times a day for ever."""
    assert wait(quiet_for(timedelta(days=10, seconds=1))) > 3 * DAY


def test_an_article_that_never_changes_costs_few_looks_over_32_days() -> None:
    looks = list(life())
    assert 8 <= len(looks) <= 20
    assert looks[-1] == ADDED + 32 * DAY
    assert sum(look > ADDED + DAY for look in looks) >= 4, "corrections come late"


def test_after_32_quiet_days_an_article_is_retired_with_the_reason() -> None:
    following = next_look(POLICY, quiet_for(32 * DAY))
    assert following.at is None
    assert following.reason == "retired: no change seen for 32 days"


def test_the_last_look_says_so() -> None:
    assert next_look(POLICY, quiet_for(31 * DAY)).reason == "last look before retirement at 32 quiet days"


def test_a_change_resets_the_wait_and_the_date_of_retirement() -> None:
    late = quiet_for(20 * DAY)
    changed = replace(late, outcome=Outcome.EDITED, reason=Reason.TEXT_CHANGED, changes=1, last_change=late.now)
    assert wait(changed) < timedelta(hours=6) < wait(late)
    assert next_look(POLICY, replace(changed, now=ADDED + 51 * DAY)).at == late.now + 32 * DAY


def test_a_text_that_came_back_resets_nothing() -> None:
    """The caller counts new texts only; that this look was a return changes nothing."""
    late = quiet_for(5 * DAY, changes=2, last_change=ADDED + DAY)
    assert next_look(POLICY, replace(late, outcome=Outcome.EDITED, reason=Reason.RETURNED)) == next_look(POLICY, late)


def test_a_story_that_changed_lately_and_often_is_looked_at_more() -> None:
    now = ADDED + timedelta(minutes=100)
    one = quiet_for(now - ADDED, changes=1, last_change=now)
    assert wait(replace(one, changes=5)) < wait(one) < wait(FRESH)


def test_a_suspect_look_is_checked_soon_even_on_a_quiet_article() -> None:
    doubted = replace(quiet_for(30 * DAY), outcome=Outcome.SUSPECT, reason=Reason.TEXT_COLLAPSED)
    assert wait(doubted) == 10 * MINUTE


def test_an_article_that_stays_suspect_is_looked_at_less_and_less() -> None:
    doubted = replace(FRESH, outcome=Outcome.SUSPECT, reason=Reason.TEXT_EMPTY)
    waits = [wait(replace(doubted, doubts=doubts)) for doubts in (1, 2, 3, 50)]
    assert waits == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, timedelta(hours=6)]


def test_an_outage_does_not_push_the_next_look_days_away() -> None:
    failed = replace(quiet_for(20 * DAY), outcome=Outcome.ERROR, reason=Reason.TIMEOUT)
    assert wait(failed) == timedelta(hours=6)


def test_robots_txt_is_asked_again_in_a_day() -> None:
    assert wait(replace(FRESH, outcome=Outcome.BLOCKED, reason=Reason.ROBOTS)) == DAY


@quick
@given(histories, st.floats(0.5, 500))
def test_never_before_the_floor_and_never_after_retirement(history: History, looks: float) -> None:
    policy = replace(POLICY, looks=looks)
    following = next_look(policy, history).at
    if following is None:
        assert history.quiet >= policy.retire_after
        return
    assert following - history.now >= policy.floor
    if history.outcome is not Outcome.SUSPECT and history.now >= history.since:
        assert following <= max(history.since + policy.retire_after, history.now + policy.floor)


@quick
@given(histories, st.floats(1, 200), st.floats(1, 5))
def test_more_looks_never_mean_a_longer_wait(history: History, looks: float, times: float) -> None:
    few, many = (next_look(replace(POLICY, looks=number), history).at for number in (looks, looks * times))
    assert (few is None) == (many is None)
    if few is not None and many is not None:
        assert many <= few


@quick
@given(histories, st.floats(1, 8))
def test_dearer_looks_never_mean_a_shorter_wait(history: History, dearness: float) -> None:
    cheap, dear = next_look(POLICY, history).at, next_look(POLICY, history, Outset(dearness=dearness)).at
    assert (cheap is None) == (dear is None)
    if cheap is not None and dear is not None:
        assert cheap <= dear


@quick
@given(histories)
def test_the_same_history_gives_the_same_look(history: History) -> None:
    assert next_look(POLICY, history) == next_look(SchedulePolicy(), replace(history))


@quick
@given(histories, st.floats(0, 1e6))
def test_a_clock_that_went_backwards_does_no_harm(history: History, back: float) -> None:
    jumped = replace(history, now=history.now - back * MINUTE)
    following = next_look(POLICY, jumped).at
    assert following is None or following >= jumped.now + POLICY.floor


@quick
@given(st.integers(0, 2**63))
def test_jitter_is_small_and_of_the_article_alone(article: int) -> None:
    assert abs(jitter(article) - 1) <= JITTER + 1e-9
    assert jitter(article) == jitter(article)


def test_jitter_spreads_articles_found_together() -> None:
    seconds = {round(wait(replace(FRESH, article=article)).total_seconds()) for article in range(200)}
    assert len(seconds) > 100


def test_a_learnt_hour_is_looked_at_closer() -> None:
    """An outlet that only ever changes articles from 10 to 11 is asked sooner then, later at night."""
    tally = Tally()
    clock = ADDED.timestamp() / 60 - 6 * 60
    for day in range(200):
        for hour in range(24):
            tally.add(Watched(0, 0.0, 60.0, 120.0, clock + 1440 * day + 60 * hour, changed=hour == 10))
    outset = Outset(outlook_of(tally))
    night, morning = (quiet_for(timedelta(hours=18 + hour), changes=0) for hour in (3, 10))
    night, morning = (replace(each, added=each.now - timedelta(hours=1)) for each in (night, morning))
    assert wait(morning, outset=outset) < wait(night, outset=outset) / 1.5


def test_no_looks_at_all_still_ends_in_retirement() -> None:
    assert list(life(replace(POLICY, looks=1e-9))) == [ADDED, ADDED + 32 * DAY]


@pytest.mark.parametrize(
    ("quiet", "failures", "waited"),
    [
        (timedelta(0), 0, timedelta(minutes=20)),
        (timedelta(hours=10), 0, timedelta(hours=1)),
        (timedelta(days=9), 0, timedelta(hours=2)),
        (timedelta(0), 2, timedelta(minutes=80)),
        (timedelta(0), 99, timedelta(hours=2)),
    ],
)
def test_a_feed_is_read_often_while_it_brings_news(quiet: timedelta, failures: int, waited: timedelta) -> None:
    assert next_source_look(POLICY, ADDED + quiet, ADDED, failures) == ADDED + quiet + waited


def test_whoever_is_never_retired_is_looked_at_on() -> None:
    """A setting of years must not mean one look in years."""
    policy = replace(POLICY, retire_after=timedelta(days=36_500))
    assert DAY < wait(quiet_for(40 * DAY), policy) < 40 * DAY
    assert DAY < wait(quiet_for(3000 * DAY), policy) < 40 * DAY
