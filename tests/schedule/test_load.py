"""The load model: what it adds up, and what it refuses."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.schedule.test_replay import article
from writethru.errors import InputError
from writethru.schedule import SchedulePolicy
from writethru.schedule.load import MEASURED, Fleet, load_of
from writethru.schedule.replay import replay_ours

FLEET = Fleet(
    outlets=10,
    articles=20,
    looks=22,
    versions=2,
    unmodified=0.5,
    identical=0.25,
    page=1000,
    sources=1,
    source_minutes=144,
    feed=100,
)


def test_a_day_added_up_by_hand() -> None:
    """200 articles: 4,400 looks, 400 of them news; the others are 2,000 304s, 1,000 equal, 1,000 full; 100 reads."""
    load = load_of(FLEET)
    assert (load.articles, load.looks, load.source_reads) == (200, 4400, 100)
    assert load.received == 2400 * 1000 + 50 * 100
    assert load.evidence == 1400 * (1000 + MEASURED.record_bytes) + 3050 * MEASURED.unmodified_bytes + 50 * (
        100 + MEASURED.record_bytes
    )
    looks = 2000 * 4.4 + 1000 * 5.2 + 1000 * 12.4 + 400 * 60
    assert load.cpu_seconds == pytest.approx((looks + 200 * 120 + 100 * 6) / 1000)
    assert load.requests_a_second == 4500 / 86_400
    assert load.per_host == 20 * 22 / 24


@given(st.integers(2, 50))
def test_it_grows_with_the_outlets_and_with_nothing_else(times: int) -> None:
    one, many = load_of(FLEET), load_of(replace(FLEET, outlets=FLEET.outlets * times))
    for name in ("looks", "cpu_seconds", "cores", "received", "evidence", "database"):
        assert math.isclose(getattr(many, name), times * getattr(one, name)), name
    assert many.per_host == one.per_host, "an outlet is asked no more often because there are others"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("articles", -1),
        ("page", 10**10),
        ("articles", math.nan),
        ("identical", 0.9),
        ("source_minutes", 0),
        ("looks", 1),
        ("versions", 0),
    ],
)
def test_what_cannot_be_is_refused(field: str, value: float) -> None:
    with pytest.raises(InputError):
        replace(FLEET, **{field: value})


def test_the_replay_says_when_it_looked() -> None:
    score = replay_ours([article(30), article(at=600)], SchedulePolicy(), 2, learning=False)
    assert sum(score.hours.values()) == score.looks
    assert min(score.hours) == int(article().minute // 60)
