"""Counts of a large archive are kept with their time; of a small one, and on request, they are exact."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.storage.made import NOON, URL, after, article, look, store_version
from writethru.model import Outcome, Reason
from writethru.storage import tally
from writethru.storage.store import Store


@pytest.fixture
def large(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An archive that is not counted when asked."""
    monkeypatch.setattr(tally, "COUNTED_WHEN_ASKED", 1)
    due, later = article(store, due=NOON), article(store, URL + "/2", due=after(1))
    store_version(store, due.id, NOON, "a")
    store.add_capture(later.id, look(outcome=Outcome.GONE, reason=Reason.SOFT_404))
    return store


def test_until_it_was_counted_once_it_is_counted_when_asked(large: Store) -> None:
    assert large.status(NOON) == large.tally.count(NOON)
    assert large.status(NOON).captures == 2


def test_counts_say_when_they_were_taken_and_what_is_due_is_of_now(large: Store) -> None:
    then = large.status(NOON)
    assert large.tally.keep(after(1))
    article(large, URL + "/3", due=after(2))
    large.update_article(replace(article(large, URL + "/4"), retired_at=NOON))
    large.outlet("Courier")
    told = large.status(after(3))
    assert told == replace(then, counted_at=after(1), outlets=1, due=3)
    assert (told.due, large.status(NOON).due) == (3, 1)
    exact = large.tally.count(after(3))
    assert (exact.articles, exact.retired, exact.counted_at) == (4, 1, None)


def test_counting_again_waits_for_its_time(large: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter((10.0, 10.5, 20.0, 20.5))
    monkeypatch.setattr(tally.time, "perf_counter", lambda: next(ticks))  # it takes half a second
    assert large.tally.keep(NOON)
    article(large, URL + "/3")
    assert not large.tally.keep(NOON + timedelta(seconds=99))
    assert large.status(NOON).articles == 2
    assert large.tally.keep(NOON + timedelta(seconds=101))
    assert large.status(NOON).articles == 3


def test_a_small_archive_keeps_no_counts(store: Store) -> None:
    store.add_capture(article(store).id, look())
    assert not store.tally.keep(NOON)
    assert store.status(NOON).counted_at is None
