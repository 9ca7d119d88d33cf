"""Leases and due looks: the same on both databases, also with many workers and many articles."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.storage.made import NOON, after, article
from writethru.model import SourceKind
from writethru.storage import open_store, prepared, queue
from writethru.storage.articles import DUE
from writethru.storage.connect import Database
from writethru.storage.queue_tables import hosts
from writethru.storage.store import DueLook, Store


def claim(store: Store, worker: str, *, hosts: int = 9, per_host: int = 9, minutes: float = 0) -> list[DueLook]:
    """Due looks at so many minutes past noon, leased for ten minutes."""
    now = after(minutes)
    return list(store.claim_due(worker, now, until=now + timedelta(minutes=10), hosts=hosts, per_host=per_host))


def urls(looks: list[DueLook]) -> list[str]:
    """What is to be looked at, in order."""
    return [(look.source or look.article).url for look in looks]  # type: ignore[union-attr]


@pytest.fixture
def filled(store: Store) -> Store:
    """Three hosts: a has a feed and three articles due, b one due first of all, c one not yet due."""
    store.add_source(SourceKind.FEED, "https://a.example/feed", outlet_id=None, at=NOON, next_look_at=after(-1))
    for n in (3, 1, 2):
        article(store, f"https://a.example/{n}", host="a.example", due=after(n - 10))
    article(store, "https://b.example/1", host="b.example", due=after(-60))
    article(store, "https://c.example/1", host="c.example", due=after(5))
    article(store, "https://a.example/retired", host="a.example")
    return store


def test_hosts_longest_due_first_sources_before_articles(filled: Store) -> None:
    looks = claim(filled, "w")
    assert urls(looks) == [
        "https://b.example/1",
        "https://a.example/feed",
        "https://a.example/1",
        "https://a.example/2",
        "https://a.example/3",
    ]
    assert [(look.host, look.due_at) for look in looks[:2]] == [("b.example", after(-60)), ("a.example", after(-1))]


def test_no_more_than_asked_for(filled: Store) -> None:
    assert urls(claim(filled, "w", hosts=1)) == ["https://b.example/1"]
    assert urls(claim(filled, "v", per_host=2)) == ["https://a.example/feed", "https://a.example/1"]


def test_a_leased_host_is_given_to_nobody_else(filled: Store) -> None:
    assert claim(filled, "w")
    assert claim(filled, "v") == claim(filled, "w") == []
    assert urls(claim(filled, "v", minutes=6)) == ["https://c.example/1"]


def test_a_lease_that_ran_out_is_free(filled: Store) -> None:
    claim(filled, "w", hosts=1)
    assert "https://b.example/1" not in urls(claim(filled, "v", minutes=9.9))
    assert urls(claim(filled, "u", minutes=10)) == ["https://b.example/1"]


def test_a_renewed_lease_is_kept(filled: Store) -> None:
    claim(filled, "w")
    filled.renew_leases("w", after(30))
    filled.renew_leases("nobody", after(90))
    assert urls(claim(filled, "v", minutes=29)) == ["https://c.example/1"]
    assert "https://b.example/1" in urls(claim(filled, "v", minutes=30))


def test_released_hosts_are_free_and_those_of_others_stay(filled: Store) -> None:
    claim(filled, "w", hosts=1)
    claim(filled, "v")
    filled.release_hosts("w", ["b.example", "a.example", "unknown.example"])
    assert urls(claim(filled, "u")) == ["https://b.example/1"]
    filled.release_hosts("u", [])


def test_what_others_lease_in_the_same_moment_is_left_to_them(filled: Store) -> None:
    assert filled.lease_host("other", "b.example", after(0), until=after(10))
    looks = claim(filled, "w", per_host=3)
    assert urls(looks) == ["https://a.example/feed", "https://a.example/1", "https://a.example/2"]
    assert claim(filled, "w") == []


def test_next_due_counts_leased_hosts_too(filled: Store) -> None:
    claim(filled, "w")
    assert filled.next_due_at() == after(-60)


def test_nothing_is_due(store: Store) -> None:
    article(store)
    assert store.next_due_at() is None
    assert claim(store, "w") == []


def test_many_workers_never_get_the_same_host(store: Store, store_url: str) -> None:
    with store.transaction():
        for n in range(60):
            article(store, f"https://h{n}.example/", host=f"h{n}.example", due=after(-n))
    taken: list[str] = []
    failures: list[BaseException] = []
    start = threading.Barrier(6)

    def work(name: str) -> None:
        try:
            mine = open_store(store_url)
            start.wait(30)
            while looks := claim(mine, name, hosts=4):
                taken.extend(look.host for look in looks)
            mine.close()
        except BaseException as failure:
            failures.append(failure)
            raise

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert Counter(taken) == Counter(f"h{n}.example" for n in range(60))


class TestManyArticles:
    """The next 500 looks among 100,000 articles, all of them due."""

    ARTICLES = 100_000
    HOSTS = 40

    @pytest.fixture
    def database(self, store: Store, store_url: str) -> Database:
        database = Database(store_url)
        with database.write() as connection:
            connection.execute(hosts.insert(), [{"host": f"h{n}.example"} for n in range(self.HOSTS)])
            connection.execute(
                text(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) "
                    "INSERT INTO articles (url, host, added_at, next_look_at) "
                    "SELECT 'https://x.example/' || i, 'h' || (i % :hosts) || '.example', 0, i FROM n"
                ),
                {"most": self.ARTICLES, "hosts": self.HOSTS},
            )
            if not database.sqlite:
                connection.execute(text("ANALYZE"))
        return database

    def test_no_statement_reads_all_articles(self, database: Database) -> None:
        for statement, values in (
            (queue.CANDIDATES, {"now": NOON, "most": 10}),
            (queue.NEXT_DUE, {}),
            (DUE, {"host": "h1.example", "now": NOON, "most": 50}),
        ):
            with database.read() as connection:
                plan = "\n".join(str(row[-1]) for row in statement.explained(connection, values))
            assert plan.count("ix_articles_host_next_look_at") == 1  # each host is sought once, not once for each use
            assert "SCAN articles" not in plan
            assert "Seq Scan on articles" not in plan
        database.close()

    def test_postgresql_is_asked_as_often_for_many_hosts_as_for_one(
        self, store: Store, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if database.sqlite:
            return  # a statement is no journey there
        asked: list[str] = []
        execute = prepared._execute
        monkeypatch.setattr(
            prepared, "_execute", lambda on, sql, *more: (asked.append(sql), execute(on, sql, *more))[1]
        )
        with store.transaction():
            assert len({look.host for look in claim(store, "one", hosts=1)}) == 1
        for_one, asked[:] = len(asked), []
        with store.transaction():
            assert len({look.host for look in claim(store, "many", hosts=30)}) == 30
        assert len(asked) == for_one < 10
        database.close()

    def test_the_next_five_hundred(self, store: Store, database: Database) -> None:
        looks = claim(store, "w", hosts=10, per_host=50)
        assert len(looks) == 500
        assert len({look.host for look in looks}) == 10
        assert looks[0].article is not None
        assert looks[0].article.url == "https://x.example/1"
        database.close()


def test_the_next_looks_are_listed_earliest_first_whatever_their_pace(store: Store) -> None:
    ids = [article(store, f"https://ledger.example/{n}").id for n in range(6)]
    for n, key in enumerate(ids[:5]):
        known = store.article(key)
        store.update_article(replace(known, next_look_at=after(100 - n), next_look_reason=f"why {n}", pace=n % 3))
    store.update_article(replace(store.article(ids[5]), next_look_at=None))
    planned = store.listing.next_looks(9)
    assert [(one.article.id, one.reason) for one in planned] == [(ids[n], f"why {n}") for n in (4, 3, 2, 1, 0)]
    assert store.listing.next_looks(2) == planned[:2]
