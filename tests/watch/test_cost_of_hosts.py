"""What is kept of a host costs no transaction of its own, and is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from writethru.storage import open_store
from writethru.storage.store import Store
from writethru.watch.hosts import HostStates

HOST = "courier.example"


class TornError(Exception):
    """A look that fails while it is recorded."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(str(tmp_path / "writethru.db"))
    yield opened
    opened.close()


def held(store: Store) -> HostStates:
    hosts = HostStates(store)
    hosts.hold([HOST])
    return hosts


def test_a_held_host_is_read_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.set_host_state(HOST, {"next_at": "one"})
    hosts = held(store)
    monkeypatch.setattr(store, "host_state", None)
    assert hosts.get(HOST) == {"next_at": "one"}


def test_a_change_is_written_with_the_look_and_not_before(store: Store) -> None:
    hosts = held(store)
    hosts.put(HOST, {"next_at": "one"})
    assert store.host_state(HOST) == {}
    assert hosts.get(HOST) == {"next_at": "one"}
    with hosts.written(HOST):
        pass
    assert store.host_state(HOST) == {"next_at": "one"}


def test_what_a_failed_look_learned_is_written_when_the_lease_ends(store: Store) -> None:
    hosts = held(store)
    hosts.put(HOST, {"next_at": "one"})
    with pytest.raises(TornError), hosts.written(HOST):
        raise TornError
    assert store.host_state(HOST) == {}
    hosts.let_go([HOST])
    assert store.host_state(HOST) == {"next_at": "one"}
    assert not hosts


def test_a_host_that_asks_to_be_left_alone_is_noted_at_once(store: Store) -> None:
    hosts = held(store)
    hold: dict[str, Any] = {"hold_until": "2031-05-04T12:00:00+00:00", "hold_why": "retry_after"}
    hosts.put(HOST, hold)
    assert store.host_state(HOST) == hold


def test_a_host_that_is_not_ours_is_always_read_and_written_through(store: Store) -> None:
    hosts = HostStates(store)
    hosts.put(HOST, {"next_at": "one"})
    assert store.host_state(HOST) == {"next_at": "one"}
    store.set_host_state(HOST, {"next_at": "two"})
    assert hosts.get(HOST) == {"next_at": "two"}
