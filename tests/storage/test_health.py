"""Hourly sums and alarms, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.storage.made import NOON, article, look
from writethru.health.alarms import Alarm
from writethru.health.hours import NO_OUTLET, OutletHour, SourceHour, step_of
from writethru.health.incidents import Incident, Steps, Subject, SubjectKind
from writethru.model import Block, BlockKind, Extraction, Medium, Outcome, SourceKind
from writethru.storage.store import Store

HOUR = timedelta(hours=1)
LONG_AGO = NOON - timedelta(days=28)
EDITED = Outcome.EDITED


def seen(store: Store, at: datetime, outcome: Outcome, words: int | None = None) -> None:
    """One look of ours at a new article of The Post."""
    outlet = store.outlet("The Post")
    found = store.add_article(
        f"https://post.example/{at.isoformat()}-{outcome}",
        host="post.example",
        outlet_id=outlet.id,
        at=at,
        next_look_at=at,
        reason="",
    )
    capture = store.add_capture(found.id, replace(look(at), outcome=outcome, medium=Medium.HTTP))
    if words is not None:
        text = (Block(BlockKind.PARAGRAPH, "word " * (words - 1) + "word"),) if words else ()
        store.add_extraction(capture.id, Extraction("page/1", blocks=text))


def test_looks_are_summed_up_by_outlet_and_hour(store: Store) -> None:
    seen(store, NOON, EDITED, 300)
    seen(store, NOON + timedelta(minutes=59), Outcome.ERROR)
    seen(store, NOON + HOUR, Outcome.SUSPECT, 0)
    imported = store.add_article("urn:x", host="", outlet_id=None, at=NOON, next_look_at=None, reason="")
    store.add_capture(imported.id, replace(look(NOON), medium=Medium.PAGE))
    outlet = store.outlet("The Post").id
    expected = [
        OutletHour(outlet, NOON, 2, {EDITED: 1, Outcome.ERROR: 1}, {step_of(300): 1}),
        OutletHour(outlet, NOON + HOUR, 1, {Outcome.SUSPECT: 1}, {0: 1}),
    ]
    now = NOON + 3 * HOUR
    assert sorted(store.outlet_hours(LONG_AGO, now), key=lambda hour: hour.hour) == expected
    store.sum_up_hours(now, LONG_AGO)
    after = [hour for hour in store.outlet_hours(LONG_AGO, now) if hour.looks]
    assert sorted(after, key=lambda hour: hour.hour) == expected, "stored or counted, the same"
    seen(store, NOON + timedelta(minutes=5), EDITED)
    store.sum_up_hours(now + HOUR, LONG_AGO)
    assert sum(hour.looks for hour in store.outlet_hours(LONG_AGO, now + HOUR)) == 3, "an hour is summed up once"
    store.forget_sums()
    store.sum_up_hours(now + HOUR, LONG_AGO)
    assert sum(hour.looks for hour in store.outlet_hours(LONG_AGO, now + HOUR)) == 4


def test_a_clock_that_ran_ahead_hides_nothing(store: Store) -> None:
    store.sum_up_hours(NOON + 30 * HOUR, LONG_AGO)
    seen(store, NOON + HOUR, EDITED)
    store.sum_up_hours(NOON + 3 * HOUR, LONG_AGO)
    assert sum(hour.looks for hour in store.outlet_hours(LONG_AGO, NOON + 3 * HOUR)) == 1


def test_looks_at_sources(store: Store) -> None:
    source, _ = store.add_source(
        SourceKind.FEED, "https://post.example/feed", outlet_id=None, at=NOON, next_look_at=NOON
    )
    for minutes, status, found in ((0, 200, 3), (20, 304, 0), (40, 503, 0), (50, None, 0), (60, 200, 1)):
        at = NOON + timedelta(minutes=minutes)
        store.add_source_look(source.id, at, status=status, evidence=None, found=found)
    expected = [SourceHour(source.id, NOON, 4, 2, 3), SourceHour(source.id, NOON + HOUR, 1, 0, 1)]
    assert sorted(store.source_hours(LONG_AGO, NOON + 2 * HOUR), key=lambda h: h.hour) == expected
    store.sum_up_hours(NOON + 5 * HOUR, LONG_AGO)
    assert sorted(store.source_hours(LONG_AGO, NOON + 5 * HOUR), key=lambda h: h.hour) == expected


def test_articles_are_counted_by_outlet(store: Store) -> None:
    seen(store, NOON, EDITED)
    seen(store, NOON + HOUR, EDITED)
    article(store, "https://other.example/x")
    outlet = store.outlet("The Post").id
    counts = {c.outlet_id: (c.articles, c.newest_at) for c in store.counted_articles()}
    assert counts[outlet] == (2, NOON + HOUR)
    assert sum(number for number, _ in counts.values()) == 3


def test_one_incident_of_a_kind_lasts_at_a_time(store: Store) -> None:
    incident = Incident(0, Subject(SubjectKind.OUTLET, NO_OUTLET), Alarm.OUTLET_ERRORS, NOON, None, "60% of 20 looks")
    store.step_incidents(Steps((incident, incident), ()), NOON)
    (stored,) = store.lasting_incidents()
    assert replace(stored, id=0) == incident
    store.step_incidents(Steps((), (stored,)), NOON + HOUR)
    assert store.lasting_incidents() == []
    store.step_incidents(Steps((replace(incident, begun_at=NOON + 2 * HOUR),), ()), NOON + 2 * HOUR)
    newest, older = store.incidents(10)
    assert (newest.begun_at, newest.ended_at, older.ended_at) == (NOON + 2 * HOUR, None, NOON + HOUR)
    assert len(store.incidents(1)) == 1


def test_an_archive_keeps_its_name_and_the_first_root_of_a_day(store: Store) -> None:
    assert store.identity() == ""
    assert store.name_archive("one") == "one"
    assert store.name_archive("two") == "one"
    assert store.identity() == "one"
    store.note_seals({"2031-03-03": "aa", "2031-03-02": "bb"}, NOON)
    store.note_seals({"2031-03-03": "cc"}, NOON)
    assert store.noted_seals() == {"2031-03-02": "bb", "2031-03-03": "aa"}
