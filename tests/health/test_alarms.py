"""When an alarm is raised, when it is clear, and when nothing can be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.health.alarms import Alarm, Standing, Verdict, collapsed, failing, judge_outlet, silent, spans
from writethru.health.hours import OutletHour, SourceHour, added, median_words, share_below, step_of, words_of
from writethru.health.incidents import Incident, Subject, SubjectKind, follow
from writethru.model import Outcome, Source, SourceKind

MONDAY = datetime(2031, 3, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOURCE = Source(1, SourceKind.FEED, "https://post.example/feed", None, MONDAY, last_look_at=MONDAY)


def office_hours(days: int, start: datetime = MONDAY) -> Iterator[SourceHour]:
    """A source that brings an article an hour from 8 to 18 on weekdays, and is read every hour."""
    for n in range(days * 24):
        hour = start + n * HOUR
        works = hour.weekday() < 5 and 8 <= hour.hour < 18
        yield SourceHour(1, hour, looks=1, found=int(works))


def quiet(start: datetime, hours: int) -> list[SourceHour]:
    """Read every hour, and nothing new."""
    return [SourceHour(1, start + n * HOUR, looks=1) for n in range(hours)]


class TestSilence:
    def test_nights_and_weekends_are_part_of_the_rhythm(self) -> None:
        hours = list(office_hours(28))
        for n in range(24, 28 * 24):
            now = MONDAY + n * HOUR
            known = [hour for hour in hours if hour.hour <= now]
            assert silent(known, now).standing is not Standing.RAISED, now

    def test_a_source_that_stops_on_a_workday_is_noticed_the_same_day(self) -> None:
        monday = MONDAY + 21 * DAY
        hours = [*office_hours(21), *quiet(monday, 24)]
        standings = [silent([h for h in hours if h.hour <= now], now) for now in (monday + n * HOUR for n in range(24))]
        raised = [n for n, verdict in enumerate(standings) if verdict.standing is Standing.RAISED]
        assert raised[0] == 14, "seven articles would have come since eight"
        assert raised == list(range(14, 24))
        assert "7 articles were to be expected" in standings[14].why

    def test_before_a_whole_week_is_known_nothing_is_said(self) -> None:
        hours = list(office_hours(7))
        for n in range(24, 8 * 24):
            known = [*hours, *quiet(MONDAY + 7 * DAY, 24)]
            verdict = silent([hour for hour in known if hour.hour <= MONDAY + n * HOUR], MONDAY + n * HOUR)
            assert verdict.standing is not Standing.RAISED, n

    def test_a_source_that_was_not_read_is_not_called_silent(self) -> None:
        hours = list(office_hours(21))
        monday = MONDAY + 21 * DAY
        failed = [replace(hour, failed=1) for hour in quiet(monday, 20)]
        assert silent([*hours, *failed], monday + 20 * HOUR).standing is not Standing.RAISED
        assert silent(hours, monday + 20 * HOUR).standing is not Standing.RAISED

    def test_it_is_clear_when_something_comes(self) -> None:
        monday = MONDAY + 21 * DAY
        hours = [*office_hours(21), *quiet(monday, 20), SourceHour(1, monday + 20 * HOUR, 1, 0, 1)]
        assert silent(hours, monday + 20 * HOUR).standing is Standing.CLEAR

    def test_weeks_of_silence_do_not_become_the_rhythm_at_once(self) -> None:
        end = MONDAY + 21 * DAY
        hours = [*office_hours(21), *quiet(end, 24 * 20)]
        assert silent(hours, end + 20 * DAY).standing is Standing.RAISED

    @given(
        st.lists(st.tuples(st.integers(0, 900), st.integers(0, 9), st.booleans()), max_size=80), st.integers(0, 1000)
    )
    def test_never_fails(self, rows: list[tuple[int, int, bool]], now: int) -> None:
        hours = [SourceHour(1, MONDAY + n * HOUR, 1, int(failed), found) for n, found, failed in rows]
        assert isinstance(silent(hours, MONDAY + now * HOUR), Verdict)


def test_failing_takes_several_failures_and_one_success_ends_it() -> None:
    standings = [failing(replace(SOURCE, failures=n, last_error="status 503")).standing for n in range(5)]
    assert standings == [Standing.CLEAR, *[Standing.NOT_TOLD] * 2, *[Standing.RAISED] * 2]
    assert failing(replace(SOURCE, failures=3, last_error="status 503")).why == "3 looks in a row failed: status 503"
    assert failing(replace(SOURCE, last_look_at=None)).standing is Standing.NOT_TOLD


def outlet(day: int, words: int, looks: int = 10, **outcomes: int) -> OutletHour:
    """A day's looks in one hour; those not named came to ``same``."""
    named = {Outcome(name): count for name, count in outcomes.items()}
    return OutletHour(
        1, MONDAY + day * DAY, 1, {Outcome.SAME: looks - sum(named.values()), **named}, {step_of(words): looks}
    )


PAST = [outlet(day, 600) for day in range(20)]
NOW = MONDAY + 20 * DAY + HOUR


class TestCollapse:
    @pytest.mark.parametrize(
        ("words", "standing"),
        [(0, Standing.RAISED), (250, Standing.RAISED), (380, Standing.NOT_TOLD), (600, Standing.CLEAR)],
    )
    def test_by_median_length(self, words: int, standing: Standing) -> None:
        assert collapsed([outlet(20, words)], PAST).standing is standing

    def test_by_empty_pages_while_the_median_stands(self) -> None:
        half = [outlet(20, 600, 10), outlet(20, 3, 10)]
        assert collapsed(half, PAST).standing is Standing.RAISED
        assert collapsed(half, [outlet(n, n % 2 * 600, 10) for n in range(20)]).standing is not Standing.RAISED

    def test_too_little_says_nothing(self) -> None:
        assert collapsed([outlet(20, 0, 4)], PAST).standing is Standing.NOT_TOLD
        assert collapsed([outlet(20, 0)], [outlet(0, 600)]).standing is Standing.NOT_TOLD


@pytest.mark.parametrize(
    ("alarm", "name", "enough", "little"),
    [
        (Alarm.OUTLET_ERRORS, "error", 5, 2),
        (Alarm.OUTLET_BLOCKED, "blocked", 3, 1),
        (Alarm.OUTLET_SUSPECT, "suspect", 3, 1),
    ],
)
def test_shares_of_looks(alarm: Alarm, name: str, enough: int, little: int) -> None:
    def standing(*hours: OutletHour) -> Standing:
        return {v.alarm: v.standing for v in judge_outlet([*PAST, *hours], NOW)}[alarm]

    assert standing(outlet(20, 600, 10, **{name: enough})) is Standing.RAISED
    assert standing(outlet(20, 600, 10, **{name: enough - 1})) is Standing.NOT_TOLD
    assert standing(outlet(20, 600, 10, **{name: little})) is Standing.CLEAR
    always = [outlet(day, 600, 10, **{name: enough}) for day in range(21)]
    assert {v.alarm: v.standing for v in judge_outlet(always, NOW)}[alarm] is Standing.NOT_TOLD, "as it always was"


def test_an_outlet_seldom_looked_at_is_judged_by_more_days() -> None:
    hours = [outlet(day, 600, 1) for day in range(20)]
    recent, past = spans(hours, MONDAY + 20 * DAY)
    assert sum(hour.looks for hour in recent) == 5
    assert len(past) == 15


class TestHistogram:
    @given(st.integers(1, 100_000))
    def test_a_step_is_as_wide_as_is_said(self, words: int) -> None:
        assert abs(words_of(step_of(words)) / words - 1) < 0.031

    @given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
    def test_the_median_of_sums_is_that_of_all(self, lengths: list[int]) -> None:
        histogram = added({step_of(words): 1} for words in lengths)
        middle = sorted(lengths)[(len(lengths) - 1) // 2]
        found = median_words(histogram)
        assert found is not None
        assert abs(found - middle) <= 0.031 * middle

    def test_of_nothing(self) -> None:
        assert median_words({}) is None
        assert share_below({}, 20) == 0.0


class TestIncidents:
    SUBJECT = Subject(SubjectKind.OUTLET, 7)

    def verdicts(self, standing: Standing) -> dict[Subject, list[Verdict]]:
        return {self.SUBJECT: [Verdict(Alarm.OUTLET_ERRORS, standing, "60% of 20 looks")]}

    def test_one_alarm_from_beginning_to_end(self) -> None:
        lasting: list[Incident] = []
        began = ended = 0
        order = "cnrrnrrncnrnc"
        standings = {"c": Standing.CLEAR, "n": Standing.NOT_TOLD, "r": Standing.RAISED}
        for n, letter in enumerate(order):
            steps = follow(lasting, self.verdicts(standings[letter]), MONDAY + n * HOUR)
            began, ended = began + len(steps.begin), ended + len(steps.end)
            lasting = [i for i in lasting if i not in steps.end] + list(steps.begin)
        assert (began, ended, lasting) == (2, 2, [])

    def test_what_is_no_longer_watched_ends(self) -> None:
        (incident,) = follow([], self.verdicts(Standing.RAISED), MONDAY).begin
        assert follow([incident], {}, NOW).end == (incident,)
