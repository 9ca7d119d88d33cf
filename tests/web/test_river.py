"""What the river shows of an article that flips between two texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from writethru.model import ChangeRecord, Reason, TimeBasis
from writethru.views import ChangeRow
from writethru.web.pages import by_day

NOON = datetime(2031, 3, 11, 12, tzinfo=UTC)


def row(number: int, reason: Reason, *, article: int = 1, pair: tuple[int, int] = (1, 2)) -> ChangeRow:
    at = NOON - timedelta(minutes=number)
    record = ChangeRecord(article, number, *pair, at, at, TimeBasis.OBSERVED, "", (), 0.0, 1, reason)
    return ChangeRow(record, "https://a.example/", "A", "Headline")


def test_returns_between_the_same_two_texts_are_one_entry_a_day() -> None:
    rows = [row(n, Reason.RETURNED, pair=(1, 2) if n % 2 else (2, 1)) for n in range(1, 31)]
    (day,) = by_day([*rows, row(31, Reason.TEXT_CHANGED)])
    assert [(entry.row.record.number, entry.folded) for entry in day.entries] == [(1, 29), (31, 0)]


def test_a_single_return_and_returns_of_other_articles_stand_alone() -> None:
    (day,) = by_day([row(1, Reason.RETURNED), row(2, Reason.RETURNED, article=2), row(3, Reason.TEXT_CHANGED)])
    assert [entry.folded for entry in day.entries] == [0, 0, 0]
