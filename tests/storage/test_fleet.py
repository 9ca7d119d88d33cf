"""Workers say that they live, by the database's clock; the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.storage.made import article
from writethru.health.fleet import FORGOTTEN, Beat, State
from writethru.storage.store import Store

BEAT = Beat("news1-7-a", "news1", 7, "0.1.0", 9, 1, 2, 4.5)
MINUTE = timedelta(minutes=1)


def test_a_worker_is_known_from_its_first_beat_until_it_ends(store: Store) -> None:
    now = datetime.now(UTC)
    store.fleet.beat(BEAT, now)
    store.fleet.beat(replace(BEAT, worker="news0-1-b", host="news0"), now)
    store.fleet.beat(replace(BEAT, looks=12), now)
    fleet = store.fleet.fleet(now)
    assert [(one.beat.host, one.beat.looks) for one in fleet.workers] == [("news0", 9), ("news1", 12)]
    assert fleet.workers[1].beat == replace(BEAT, looks=12)
    assert fleet.workers[1].began_at <= fleet.workers[1].beat_at <= fleet.now
    store.fleet.gone("news1-7-a")
    assert [one.beat.host for one in store.fleet.fleet(now).workers] == ["news0"]


def test_what_it_holds_are_its_leases(store: Store) -> None:
    now = datetime.now(UTC)
    for name in ("a.example", "b.example"):
        article(store, f"https://{name}/1", due=now, host=name)
    store.fleet.beat(BEAT, now)
    assert (store.fleet.fleet(now).workers[0].holds, store.fleet.fleet(now).workers[0].until) == (0, None)
    store.claim_due(BEAT.worker, now, until=now + MINUTE, hosts=2, per_host=1)
    (worker,) = store.fleet.fleet(now).workers
    assert (worker.holds, worker.until) == (2, now + MINUTE)


def test_a_clock_that_is_off_is_seen_where_the_database_has_one_of_its_own(store: Store) -> None:
    wrong = datetime.now(UTC) + timedelta(hours=1)
    store.fleet.beat(BEAT, wrong)
    own = not store.url.startswith("sqlite")
    fleet = store.fleet.fleet(wrong)
    assert abs(fleet.workers[0].skew - own * timedelta(hours=1)) < timedelta(minutes=5)
    assert (State.CLOCK in fleet.states(fleet.workers[0])) is own
    assert State.SILENT not in fleet.states(fleet.workers[0]), "a beat is dated by the database, not by a wrong clock"


def test_who_was_silent_for_long_is_forgotten(sqlite_store: Store) -> None:
    now = datetime.now(UTC)
    sqlite_store.fleet.beat(BEAT, now)
    other = replace(BEAT, worker="news2-1-c", host="news2")
    sqlite_store.fleet.beat(other, now + FORGOTTEN)
    assert len(sqlite_store.fleet.fleet(now).workers) == 2
    sqlite_store.fleet.beat(other, now + FORGOTTEN + MINUTE)
    assert [one.beat.host for one in sqlite_store.fleet.fleet(now).workers] == ["news2"]


def test_jobs_say_how_far_behind_they_are_and_tending_follows_nothing(store: Store) -> None:
    now = datetime.now(UTC)
    for number in range(3):
        store.log("version", 1, number, now)
    store.followers.take("events", "news1-7-x", now, now + MINUTE)
    last = store.log_since(0, 9)[-1].seq
    store.followers.advance("events", "news1-7-x", (0, last - 1), now + MINUTE)
    store.followers.take("tending", "news1-7-x", now, now + MINUTE)
    jobs = {job.name: (job.holder, job.behind) for job in store.fleet.fleet(now).jobs}
    assert jobs == {"events": ("news1-7-x", 1), "tending": ("news1-7-x", None)}
