"""Disappearance, return and texts in turn: what looks and changes add up to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from writethru.alerts import Alternation, Step, absences, alternations, steps_of
from writethru.model import Capture, ChangeRecord, Medium, NewCapture, Outcome, Reason, TimeBasis

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def look(
    hours: float, outcome: Outcome, reason: Reason = Reason.STATUS_GONE, basis: TimeBasis = TimeBasis.OBSERVED
) -> Capture:
    made = NewCapture("https://a.example/1", at(hours), basis, Medium.HTTP, outcome, reason)
    return Capture(round(hours * 60) + 1, 1, made)


def test_gone_and_back_is_an_interval_on_both_sides() -> None:
    captures = [
        look(0, Outcome.EDITED), look(1, Outcome.SAME), look(2, Outcome.GONE), look(3, Outcome.ERROR),
        look(4, Outcome.MOVED, Reason.REDIRECT_HOME), look(5, Outcome.GONE), look(7, Outcome.SAME),
    ]  # fmt: skip
    (absence,) = absences(captures)
    assert (absence.after, absence.first, absence.last, absence.back) == (at(1), at(2), at(5), at(7))
    assert (absence.looks, absence.reasons) == (3, (Reason.STATUS_GONE, Reason.REDIRECT_HOME))
    assert absence.is_reported


def test_one_404_is_no_disappearance() -> None:
    (absence,) = absences([look(0, Outcome.EDITED), look(1, Outcome.GONE), look(2, Outcome.SAME)])
    assert not absence.is_reported


def test_three_looks_in_an_hour_are_none_and_two_in_two_days_are_one() -> None:
    quick = [look(n / 3, Outcome.GONE) for n in range(3)]
    assert not absences(quick)[0].is_reported
    rare = [look(0, Outcome.SAME), look(24, Outcome.GONE), look(48, Outcome.GONE)]
    assert absences(rare)[0].is_reported
    assert absences(rare)[0].back is None


def test_blocks_and_errors_neither_begin_nor_end_an_absence() -> None:
    doubtful = [Outcome.BLOCKED, Outcome.ERROR, Outcome.SUSPECT]
    assert absences([look(n, outcome) for n, outcome in enumerate(doubtful)]) == ()
    (absence,) = absences([look(0, Outcome.GONE), *(look(n + 1, o) for n, o in enumerate(doubtful))])
    assert (absence.looks, absence.back) == (1, None)


def test_looks_without_a_time_of_their_own_say_nothing() -> None:
    assert absences([look(n, Outcome.GONE, basis=TimeBasis.IMPORTED) for n in range(5)]) == ()


@given(st.lists(st.sampled_from(Outcome), max_size=30))
def test_absences_are_in_time_and_never_overlap(outcomes: list[Outcome]) -> None:
    found = absences([look(n, outcome) for n, outcome in enumerate(outcomes)])
    edges = [moment for absence in found for moment in (absence.first, absence.last, absence.back) if moment]
    assert edges == sorted(edges)
    assert all(absence.back for absence in found[:-1])
    assert sum(absence.looks for absence in found) == sum(o in (Outcome.GONE, Outcome.MOVED) for o in outcomes)


def test_a_disappearance_is_told_as_it_was_known_then_and_its_return_once() -> None:
    captures = [look(0, Outcome.EDITED), *(look(n, Outcome.GONE) for n in range(1, 6)), look(9, Outcome.TEASER)]
    (step, settled, absence), (back_step, back_at, whole) = steps_of(captures)
    assert (step, settled, absence.looks, absence.last, absence.back) == (Step.DISAPPEARED, at(3), 3, at(3), None)
    assert (back_step, back_at, whole.looks, whole.last, whole.back) == (Step.RETURNED, at(9), 5, at(5), at(9))


@given(st.lists(st.sampled_from(Outcome), max_size=30))
def test_what_is_told_of_absences_is_what_they_are_and_never_changes(outcomes: list[Outcome]) -> None:
    captures = [look(n, outcome) for n, outcome in enumerate(outcomes)]
    told = list(steps_of(captures))
    reported = [absence for absence in absences(captures) if absence.is_reported]
    assert [absence.first for step, _, absence in told if step is Step.DISAPPEARED] == [one.first for one in reported]
    assert [absence for step, _, absence in told if step is Step.RETURNED] == [one for one in reported if one.back]
    for known in range(len(captures)):
        assert list(steps_of(captures[:known])) == told[: len(list(steps_of(captures[:known])))]


def change(number: int, old: int, new: int, reason: Reason) -> ChangeRecord:
    return ChangeRecord(1, number, old, new, at(number - 1), at(number), TimeBasis.OBSERVED, "", (), 0.0, 1, reason)


def test_an_alternation_is_one_alert_with_its_turns_counted() -> None:
    records = [
        change(1, 1, 2, Reason.TEXT_CHANGED), change(2, 2, 1, Reason.RETURNED), change(3, 1, 2, Reason.ALTERNATING),
        change(4, 2, 1, Reason.ALTERNATED), change(5, 1, 3, Reason.TEXT_CHANGED), change(6, 3, 2, Reason.ALTERNATED),
    ]  # fmt: skip
    assert alternations(records) == (Alternation(3, at(3), at(6), (1, 2, 3), 3),)
