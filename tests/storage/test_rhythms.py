"""What the schedule keeps: rhythms, spendings, and the best of the looks that are due, on both databases."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.storage.made import NOON, after, article
from writethru.model import SourceKind
from writethru.storage.best import LONGEST_DUE
from writethru.storage.connect import Database
from writethru.storage.store import Budgeted, Claim, DueLook, Store

DAY = 22_340


def budget(looks: int, per_host: int = 1000) -> Budgeted:
    def worth(pace: int, due: datetime) -> float:
        return (after(0) - due) / timedelta(minutes=10 * 2**pace)

    return Budgeted(looks, per_host, DAY, 14, worth)


def best(store: Store, worker: str, looks: int, *, hosts: int = 9, per_host: int = 1000) -> list[DueLook]:
    claim = Claim(worker, NOON, NOON + timedelta(minutes=10), hosts, 20)
    return list(store.claim_best(claim, budget(looks, per_host)))


def paced(store: Store, url: str, host: str, due: float, pace: int) -> None:
    made = article(store, url, host=host, due=after(due))
    store.update_article(replace(made, pace=pace))


def filled(store: Store) -> None:
    """Late by 30 minutes on a short wait, by 60 on a long one, by 5 on a short one; and one not due."""
    paced(store, "https://a.example/hot", "a.example", -30, 0)
    paced(store, "https://b.example/slow", "b.example", -60, 6)
    paced(store, "https://a.example/warm", "a.example", -5, 0)
    paced(store, "https://c.example/later", "c.example", 5, 0)


def urls(looks: list[DueLook]) -> list[str]:
    return [(look.source or look.article).url for look in looks]  # type: ignore[union-attr]


def test_a_rhythm_is_kept_and_changed(store: Store) -> None:
    outlet = store.outlet("The Post").id
    assert store.rhythm(outlet) == {}
    assert store.change_rhythm(outlet, lambda form: {"n": form.get("n", 0) + 1}) == {"n": 1}
    store.change_rhythm(outlet, lambda form: {"n": form["n"] + 1})
    assert store.rhythm(outlet) == {"n": 2}


def test_no_change_of_a_rhythm_is_lost_among_workers(store: Store) -> None:
    outlet = store.outlet("The Post").id

    def add(form: dict[str, Any]) -> dict[str, Any]:
        return {"n": form.get("n", 0) + 1}

    def work() -> None:
        for _ in range(10):
            store.change_rhythm(outlet, add)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert store.rhythm(outlet) == {"n": 40}


def test_a_day_allows_what_it_allows(store: Store) -> None:
    assert [store.spend("*", DAY, 6, 10), store.spend("*", DAY, 6, 10), store.spend("*", DAY, 6, 10)] == [6, 4, 0]
    assert store.spend("*", DAY, -3, 10) == -3
    assert store.spend("*", DAY, 9, 10) == 3
    assert store.spend("*", DAY + 1, 9, 10) == 9
    assert store.spend("a.example", DAY, 1, 1) == 1


def test_no_more_is_given_back_than_was_spent(store: Store) -> None:
    store.spend("*", DAY, 2, 10)
    assert store.spend("*", DAY, -5, 10) == -2


def test_the_best_looks_are_chosen_wherever_they_are(store: Store) -> None:
    filled(store)
    assert urls(best(store, "one", 2)) == ["https://a.example/hot", "https://a.example/warm"]
    assert urls(best(store, "two", 9)) == ["https://b.example/slow"]


def test_without_room_sources_are_still_read(store: Store) -> None:
    filled(store)
    store.add_source(SourceKind.FEED, "https://a.example/feed", outlet_id=None, at=NOON, next_look_at=after(-1))
    assert urls(best(store, "one", 0)) == ["https://a.example/feed"]


def test_a_host_that_has_had_its_looks_leaves_room_for_others(store: Store) -> None:
    filled(store)
    store.spend("a.example", DAY, 4, 4)
    assert urls(best(store, "one", 2, per_host=4)) == ["https://b.example/slow"]


def test_a_host_gets_no_more_than_its_own_budget(store: Store) -> None:
    filled(store)
    assert urls(best(store, "one", 9, per_host=1)) == ["https://a.example/hot", "https://b.example/slow"]


def test_a_leased_host_is_left_alone(store: Store) -> None:
    filled(store)
    best(store, "one", 1)
    assert urls(best(store, "two", 9)) == ["https://b.example/slow"]
    store.release_hosts("one", ["a.example"])
    assert urls(best(store, "two", 9)) == ["https://a.example/hot", "https://a.example/warm"]


def test_the_choice_is_one_seek_in_an_index(store: Store, store_url: str) -> None:
    filled(store)
    asked = {"pace": 0, "now": NOON, "day": DAY, "allowed": 9, "most": 5}
    database = Database(store_url)
    with database.read() as connection:
        plan = " ".join(str(row) for row in LONGEST_DUE.explained(connection, asked))
    if database.sqlite:  # on a handful of rows PostgreSQL rightly reads them all
        assert "ix_articles_pace_next_look_at" in plan
        assert "SCAN articles" not in plan
    database.close()
