"""What an outlet's changes add up to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from writethru.model import ChangeRecord, Reason, TimeBasis
from writethru.outlet_figures import NARROW, PERIODS, figures_of, first_notes, median_time

MONDAY = datetime(2031, 3, 3, 9, 30, tzinfo=UTC)


def record(article: int, number: int, *kinds: str, hours: float = 0, width: float = 0.5) -> ChangeRecord:
    """A change seen so many hours after Monday, half past nine, within so many hours."""
    before = MONDAY + timedelta(hours=hours)
    after = before - timedelta(hours=width)
    return ChangeRecord(
        article, number, number, number + 1, after, before, TimeBasis.OBSERVED, "", kinds, 0.5, 1, Reason.TEXT_CHANGED
    )


def test_a_change_of_fact_is_noted_by_its_own_note_or_a_later_one_only() -> None:
    records = [
        record(1, 1, "figure"),
        record(1, 2, "figure", "correction-note"),
        record(1, 3, "figure"),
        record(2, 1, "name"),
        record(3, 1, "typographic"),
    ]
    figures = figures_of(records, whole=True)
    assert (figures.of_fact, figures.noted, figures.silent) == (4, 2, 2)
    assert (figures.changes, figures.articles) == (5, 3)


def test_only_what_is_known_within_an_hour_is_placed() -> None:
    records = [record(1, 1), record(2, 1, width=1.01), record(3, 1, hours=25, width=1)]
    figures = figures_of(records, whole=True)
    assert figures.placed == 2
    assert (figures.rhythm[0][9], figures.rhythm[1][10]) == (1, 1)
    assert sum(map(sum, figures.rhythm)) == 2


@given(
    st.lists(st.tuples(st.floats(0, 9_000), st.floats(0, 4), st.sampled_from(["figure", "name", "lead"])), max_size=40)
)
def test_nothing_is_counted_twice_or_lost(changes: list[tuple[float, float, str]]) -> None:
    records = [record(n, 1, kind, hours=hours, width=width) for n, (hours, width, kind) in enumerate(changes)]
    figures = figures_of(records, whole=False)
    assert len(figures.periods) <= PERIODS
    assert sum(period.changes for period in figures.periods) == len(records)
    assert sum(sum(period.kinds.values()) for period in figures.periods) == len(records)
    assert sum(map(sum, figures.rhythm)) == sum(r.before - r.after <= NARROW for r in records)


def test_undated_changes_have_no_place_in_time() -> None:
    one = record(1, 1, "figure")
    imported = ChangeRecord(
        2, 1, 1, 2, one.after, one.before, TimeBasis.IMPORTED, "", ("figure", "correction-note"), 0.5, 1, one.reason
    )
    figures = figures_of([imported], whole=True)
    assert (figures.since, figures.periods, figures.placed, figures.of_fact) == (None, (), 0, 1)
    assert first_notes([imported]) == {}


def test_the_time_to_a_note_is_taken_from_the_first_one() -> None:
    newest, oldest = record(1, 9, "correction-note", hours=48), record(1, 2, "correction-note", hours=5)
    assert first_notes([newest, oldest]) == {1: oldest}
    pairs = [(MONDAY, MONDAY + timedelta(hours=hours)) for hours in (1, 5, 100)]
    assert median_time(pairs) == timedelta(hours=5)
    assert median_time([]) is None
