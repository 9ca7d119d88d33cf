"""What is counted at an outlet: expected by the prior, seen, kept small, and forgotten in time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.schedule import Tally, Watched, outlook_of, section_of
from writethru.schedule.choice import PACES, SHORTEST, allowed_by, day_of, pace_of, worth
from writethru.schedule.grid import BINS, CELLS, EDGES, bin_of, cell_of, changes_of
from writethru.schedule.outlook import BENT, CORRECTED, CORRECTIONS, Standing, prior
from writethru.schedule.prior import HAZARDS
from writethru.schedule.tally import MEMORY, MOST_SECTIONS

NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)
quick = settings(max_examples=25, deadline=None)
watched = st.builds(
    lambda changes, age, start, span, clock, changed: Watched(changes, age, start, start + span, clock, changed, "a"),
    st.integers(0, 8),
    st.floats(0, 50_000),
    st.floats(0, 50_000),
    st.floats(0.1, 20_000),
    st.floats(0, 1e8),
    st.booleans(),
)


def busy(times: int = 300, *, changed_every: int = 2) -> Tally:
    tally = Tally()
    for n in range(times):
        tally.add(Watched(0, 0, 30, 60, 60 * n, changed=n % changed_every == 0))
    return tally


BUSY = outlook_of(busy())


def test_the_prior_has_a_rate_for_every_cell_and_bin() -> None:
    assert len(HAZARDS) == CELLS
    assert {len(row) for row in HAZARDS} == {BINS}
    assert sum(rate * (high - low) for rate, low, high in zip(CORRECTIONS, EDGES, EDGES[1:], strict=False)) <= CORRECTED


@quick
@given(st.integers(0, 9), st.floats(0, 1e6))
def test_cells_know_their_number_of_changes(changes: int, age: float) -> None:
    assert changes_of(cell_of(changes, age)) == min(changes, 4)


@quick
@given(st.floats(-1e6, 1e6))
def test_every_time_has_a_bin(quiet: float) -> None:
    each = bin_of(quiet)
    assert 0 <= each <= BINS
    if 0 <= quiet < EDGES[-1]:
        assert EDGES[each] <= quiet < EDGES[each + 1]


@quick
@given(st.lists(watched, max_size=20))
def test_a_tally_is_the_same_after_json(spans: list[Watched]) -> None:
    tally = Tally()
    for span in spans:
        tally.add(span)
    form = json.loads(json.dumps(tally.to_dict()))
    assert Tally.from_dict(form).to_dict() == form


@quick
@given(st.lists(watched, max_size=12), st.integers(0, 12))
def test_two_halves_merged_are_the_whole(spans: list[Watched], at: int) -> None:
    whole, one, other = Tally(), Tally(), Tally()
    for number, span in enumerate(spans):
        whole.add(span)
        (one if number < at else other).add(span)
    one.merge(other)
    assert sum(map(sum, one.seen)) == pytest.approx(sum(map(sum, whole.seen)))
    assert sum(one.hours_expected) == pytest.approx(sum(whole.hours_expected))


@quick
@given(watched)
def test_a_change_counts_once_however_long_the_span(span: Watched) -> None:
    tally = Tally()
    tally.add(span)
    seen = sum(map(sum, tally.seen))
    assert seen == pytest.approx(float(span.changed)) or (span.start >= EDGES[-1] and seen == 0)


@quick
@given(st.lists(watched, max_size=30))
def test_whatever_was_seen_the_outlook_is_finite_and_positive(spans: list[Watched]) -> None:
    tally = Tally()
    for span in spans:
        tally.add(span)
    outlook = outlook_of(tally)
    assert all(0 < rate < 100 for row in outlook.rates for rate in row)
    assert all(0 < factor < 10 for factor in outlook.clock)
    assert 0 < outlook.lifetime < 1e4


@quick
@given(st.floats(0, 40_000), st.floats(0.001, 2), st.floats(0, 1e7), st.integers(0, CELLS - 1))
def test_the_wait_is_the_inverse_of_the_interest(quiet: float, price: float, clock: float, cell: int) -> None:
    standing, outlook = Standing(cell, quiet, clock), BUSY
    assert outlook.interest(standing, outlook.wait(standing, price)) == pytest.approx(price, rel=1e-6)


def test_an_outlet_that_changes_more_than_expected_is_expected_to() -> None:
    assert outlook_of(busy()).rates[0][10] > 1.5 * prior().rates[0][10]
    assert outlook_of(busy(changed_every=10**9)).rates[0][10] < prior().rates[0][10]


def test_an_outlet_of_which_little_is_known_is_like_any_other() -> None:
    assert outlook_of(busy(2)).rates[0][10] == pytest.approx(prior().rates[0][10], rel=0.15)


def test_silence_never_takes_the_looks_for_corrections_away() -> None:
    silent = Tally()
    for n in range(20_000):
        silent.add(Watched(0, 0, 2000, 40_000, 1440 * n, changed=False))
    week = bin_of(7 * 1440)
    assert CORRECTIONS[week] ** BENT <= outlook_of(silent).rates[0][week] < prior().rates[0][week]


def test_sections_are_counted_apart_but_not_without_end() -> None:
    tally = busy()
    for n in range(100):
        tally.add(Watched(0, 0, 30, 60, 0, changed=True, section=f"s{n}"))
    assert len(tally.sections) == MOST_SECTIONS
    assert outlook_of(tally).sections["s0"] > 1


def test_old_counts_fade() -> None:
    tally = busy(int(2 * MEMORY) + 10, changed_every=1)
    assert sum(map(sum, tally.seen)) <= MEMORY + 1


@pytest.mark.parametrize(
    "form", [{}, {"seen": 1}, {**Tally().to_dict(), "hours": [[1], [2]]}, {"seen": [[float("nan")]]}]
)
def test_a_form_of_another_release_is_begun_anew(form: dict[str, object]) -> None:
    assert Tally.from_dict(form).to_dict() == Tally().to_dict()


@pytest.mark.parametrize(
    ("url", "section"),
    [
        ("https://a.example/politics/2031/mar/01/bridge", "politics"),
        ("https://a.example/news/world/bridge", "world"),
        ("https://a.example/2031/03/01/bridge", ""),
        ("https://a.example/bridge", ""),
        ("https://a.example/" + "x" * 99 + "/bridge", ""),
        ("urn:sha256:00", ""),
    ],
)
def test_sections_are_read_from_addresses(url: str, section: str) -> None:
    assert section_of(url) == section


# the choice under a budget


@quick
@given(st.timedeltas(SHORTEST, timedelta(days=60)))
def test_a_class_holds_waits_within_a_factor_of_two(wait: timedelta) -> None:
    pace = pace_of(wait)
    assert 0 <= pace < PACES
    assert SHORTEST * 2**pace <= wait <= SHORTEST * 2 ** (pace + 1)


@quick
@given(st.integers(0, PACES - 1), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_look_is_worth_more_the_later_it_is(pace: int, late: float, later: float) -> None:
    one, other = sorted((late, later))
    assert 1 <= worth(pace, NOON, NOON + timedelta(seconds=one)) <= worth(pace, NOON, NOON + timedelta(seconds=other))


def test_half_an_hour_late_counts_for_a_story_of_twenty_minutes_not_for_one_of_a_week() -> None:
    now = NOON + timedelta(minutes=30)
    assert worth(pace_of(timedelta(minutes=20)), NOON, now) > worth(pace_of(timedelta(days=7)), NOON, now)
    overdue = NOON - timedelta(days=14)
    assert worth(pace_of(timedelta(days=7)), overdue, now) > worth(pace_of(timedelta(minutes=20)), NOON, now)


@quick
@given(st.integers(0, 10**6), st.datetimes(timezones=st.just(UTC)))
def test_a_budget_is_spread_over_the_day(budget: int, now: datetime) -> None:
    allowed = allowed_by(budget, now)
    assert 0 <= allowed <= budget
    assert allowed_by(budget, now.replace(hour=23, minute=59)) == budget
    assert day_of(NOON + timedelta(days=1)) == day_of(NOON) + 1
