"""All or nothing, nested, and by thread: the same on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from tests import postgres
from tests.storage.made import NOON, URL, after, article, store_version
from writethru.errors import NotInArchive, StorageError
from writethru.storage import open_store
from writethru.storage.store import Store

EARLIER = "an earlier write of this transaction failed"


def names(store: Store) -> list[str]:
    """Of the outlets there are."""
    return [outlet.name for outlet in store.outlets()]


@pytest.fixture
def other_thread() -> Iterator[Callable[..., object]]:
    """Runs a call in one other thread and gives its result."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda call, *args: pool.submit(call, *args).result(30)


class TestNesting:
    def test_what_is_left_in_order_is_kept(self, store: Store) -> None:
        with store.transaction():
            store.outlet("a")
            with store.transaction():
                store.outlet("b")
        assert names(store) == ["a", "b"]

    def test_an_inner_one_is_undone_alone(self, store: Store) -> None:
        with store.transaction():
            store.outlet("a")
            with suppress(KeyError), store.transaction():
                store.outlet("b")
                raise KeyError
            store.outlet("c")
        assert names(store) == ["a", "c"]

    def test_the_outermost_undoes_all(self, store: Store) -> None:
        with suppress(KeyError), store.transaction():
            with store.transaction():
                store.outlet("a")
            raise KeyError
        assert names(store) == []

    def test_three_deep(self, store: Store) -> None:
        with store.transaction(), store.transaction():
            with suppress(KeyError), store.transaction():
                store.outlet("a")
                raise KeyError
            store.outlet("b")
        assert names(store) == ["b"]


class TestFailedWrites:
    def failing(self, store: Store) -> None:
        store.add_alias(99, URL, "found", NOON)

    def test_undone_when_alone(self, store: Store) -> None:
        with pytest.raises(StorageError):
            self.failing(store)
        store.outlet("a")
        assert names(store) == ["a"]

    def test_swallowed_the_transaction_refuses_to_go_on(self, store: Store) -> None:
        with pytest.raises(StorageError, match=EARLIER):
            self.swallowing(store, lambda: store.outlet("b"))
        assert names(store) == []

    def test_swallowed_at_the_end_nothing_is_committed(self, store: Store) -> None:
        with pytest.raises(StorageError, match=EARLIER):
            self.swallowing(store, lambda: None)
        assert names(store) == []

    def test_swallowed_nothing_is_read_either(self, store: Store) -> None:
        with pytest.raises(StorageError, match=EARLIER):
            self.swallowing(store, store.outlets)

    def swallowing(self, store: Store, then: Callable[[], object]) -> None:
        with store.transaction():
            store.outlet("a")
            with suppress(StorageError):
                self.failing(store)
            then()

    def test_in_an_inner_transaction_the_outer_goes_on(self, store: Store) -> None:
        with store.transaction():
            store.outlet("a")
            with suppress(StorageError), store.transaction():
                store.outlet("b")
                self.failing(store)
            store.outlet("c")
        assert names(store) == ["a", "c"]

    def test_a_row_that_is_not_there_is_no_failure(self, store: Store) -> None:
        with store.transaction():
            with suppress(NotInArchive):
                store.article(99)
            store.outlet("a")
        assert names(store) == ["a"]

    def test_a_bad_value_is(self, store: Store) -> None:
        made = article(store)

        def swallow() -> None:
            with store.transaction(), suppress(ValueError):
                store.add_alias(made.id, URL + "/2", "found", NOON.replace(tzinfo=None))

        with pytest.raises(StorageError, match=EARLIER):
            swallow()


class TestThreads:
    def test_a_thread_sees_its_own_writes_and_others_only_what_is_committed(
        self, store: Store, other_thread: Callable[..., object]
    ) -> None:
        with store.transaction():
            store.outlet("a")
            assert names(store) == ["a"]
            assert other_thread(names, store) == []
        assert other_thread(names, store) == ["a"]

    def test_many_threads_write_through_one_store(self, store: Store) -> None:
        def work(n: int) -> None:
            with store.transaction():
                made = article(store, f"{URL}/{n}")
                for state in range(3):
                    store_version(store, made.id, after(state), f"{n} {state}")
                    store.log("version", made.id, state + 1, NOON)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(16)))
        status = store.status(NOON)
        assert (status.articles, status.captures, status.versions) == (16, 48, 48)
        assert len(store.log_since(0, 100)) == 48

    def test_no_decision_comes_between_a_state_and_what_follows_from_it(self, store: Store) -> None:
        article_id = article(store).id
        together = threading.Barrier(4)

        def work(n: int) -> None:
            together.wait(30)
            with store.transaction():
                expected = store.state(article_id).next_version
                assert store_version(store, article_id, after(n), f"state {n}").number == expected

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(4)))
        assert [version.number for version in store.versions(article_id)] == [1, 2, 3, 4]


class TestLog:
    def test_numbered_when_committed_and_followed_from_anywhere(self, store: Store) -> None:
        with store.transaction():
            store.log("version", 1, 2, after(5))
            store.log("change", 1, 1, after(5))
            assert list(store.log_since(0, 9)) == []
        store.log("outcome", 3, 0, after(1))
        entries = store.log_since(0, 9)
        told = [(entry.kind, entry.article_id, entry.number, entry.at) for entry in entries]
        assert told == [("version", 1, 2, after(5)), ("change", 1, 1, after(5)), ("outcome", 3, 0, after(1))]
        assert list(store.log_since(entries[0].seq, 1)) == [entries[1]]
        assert list(store.log_since(entries[2].seq, 9)) == []

    def test_what_is_undone_leaves_no_line(self, store: Store) -> None:
        with suppress(KeyError), store.transaction():
            store.log("version", 1, 1, NOON)
            raise KeyError
        with store.transaction():
            store.log("version", 2, 1, NOON)
            with suppress(KeyError), store.transaction():
                store.log("version", 3, 1, NOON)
                raise KeyError
        assert [entry.article_id for entry in store.log_since(0, 9)] == [2]

    def test_a_line_that_commits_later_has_a_higher_number(self, postgres_server: postgres.Server) -> None:
        """SQLite has one writer at a time; in PostgreSQL a follower could miss the slower one."""
        url = postgres_server.new_database("made")
        store = open_store(url)
        with ThreadPoolExecutor(1) as pool:
            with store.transaction():
                store.log("version", 1, 1, NOON)
                pool.submit(store.log, "version", 2, 1, NOON).result(30)
                first = store.log_since(0, 9)
            later = store.log_since(first[-1].seq, 9)
        store.close()
        postgres_server.drop(url)
        assert [entry.article_id for entry in first] == [2]
        assert [entry.article_id for entry in later] == [1]

    def test_a_time_without_a_zone_is_refused(self, store: Store) -> None:
        with pytest.raises(ValueError, match="without a zone"):
            store.log("version", 1, 1, NOON.replace(tzinfo=None))
