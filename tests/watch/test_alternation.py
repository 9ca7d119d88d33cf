"""A revert is one change; texts shown in turn are one alert, whatever their number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from writethru.model import Reason
from writethru.watch.alternation import Stand, judge_all, judge_return

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)


def stands(*places: tuple[int, float], modified: dict[int, float] | None = None) -> list[Stand]:
    """(version, hours) each; ``modified``: version to the hour of its Last-Modified."""
    dates = {v: format_datetime(NOON + timedelta(hours=h), usegmt=True) for v, h in (modified or {}).items()}
    return [Stand(v, NOON + timedelta(hours=h), dates.get(v, "")) for v, h in places]


def test_a_revert_that_stands_is_one_return() -> None:
    assert judge_all(stands((1, 0), (2, 5), (1, 9))) == [None, None, Reason.RETURNED]


def test_two_reverts_days_apart_are_two() -> None:
    found = judge_all(stands((1, 0), (2, 5), (1, 9), (2, 40), (1, 80)))
    assert found[2:] == [Reason.RETURNED] * 3


def test_texts_in_turn_are_one_alert() -> None:
    found = judge_all(stands(*((1 + n % 2, n / 3) for n in range(100))))
    assert found[:4] == [None, None, Reason.RETURNED, Reason.ALTERNATING]
    assert set(found[4:]) == {Reason.ALTERNATED}


def test_a_new_text_meanwhile_does_not_begin_it_anew() -> None:
    found = judge_all(stands((1, 0), (2, 1), (1, 2), (2, 3), (3, 4), (2, 5), (3, 6)))
    assert found[3:] == [Reason.ALTERNATING, None, Reason.ALTERNATED, Reason.ALTERNATED]


def test_a_text_that_stood_for_a_day_ends_it() -> None:
    found = judge_all(stands((1, 0), (2, 1), (1, 2), (2, 3), (1, 4), (2, 30)))
    assert found[-2:] == [Reason.ALTERNATED, Reason.RETURNED]


def test_a_page_dated_before_the_one_it_replaced_is_an_old_copy_at_once() -> None:
    found = judge_all(stands((1, 0), (2, 1), (1, 2), (2, 3), modified={1: -1, 2: 0.9}))
    assert found == [None, None, Reason.ALTERNATING, Reason.ALTERNATED]


def test_a_revert_dated_by_its_server_is_a_return() -> None:
    history = stands((1, 0), (2, 1), modified={1: -1, 2: 0.9})
    now = stands((1, 2), modified={1: 1.9})[0]
    assert judge_return(history, now) is Reason.RETURNED


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0.01, 40)), max_size=40), st.sampled_from(["", "x", "Mon"]))
def test_what_was_said_once_is_never_taken_back(moves: list[tuple[int, float]], modified: str) -> None:
    """The verdict on an appearance does not depend on what comes after it, so no entry ever leaves a feed."""
    hours, history = 0.0, []
    for version, wait in moves:
        hours += wait
        history.append(Stand(version, NOON + timedelta(hours=hours), modified))
    whole = judge_all(history)
    assert all(judge_all(history[:n]) == whole[:n] for n in range(len(history)))
    alerts = [reason for reason in whole if reason is Reason.ALTERNATING]
    days = hours / 24 + 1
    assert len(alerts) <= days
