"""What is kept of each host, in memory while its lease is ours, and in the store for whoever comes next."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from writethru.fetch.politeness import State
from writethru.storage.store import Store

A_LOOK: Final = timedelta(minutes=5)
"""How long a host is leased that a redirect leads to: longer than any look takes."""

URGENT: Final = ("hold_until", "hold_why")
"""While a host asks to be left alone, its state is written at once: even a crash must not forget that."""


class HostStates:
    """States of hosts. One thread at a time has a host: the one that works on its lease.

    A state that changed is written in the transaction of the look that changed it, at the
    latest when the lease is given up, so that a look costs no transaction for it.

    Args:
        store: where states are kept between leases.
        worker: whose leases these are.
    """

    def __init__(self, store: Store, worker: str = "") -> None:
        self._store = store
        self._worker = worker
        self._borrowed: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._held: dict[str, State] = {}
        self._unwritten: set[str] = set()

    def __bool__(self) -> bool:
        """Some host is leased to us."""
        return bool(self._held)

    def hold(self, hosts: Iterable[str]) -> None:
        """These are leased to us now: nobody else changes their state."""
        for host in hosts:
            self._held[host] = self._store.host_state(host)

    def held(self) -> list[str]:
        """The hosts that are leased to us."""
        return list(self._held)

    def borrow(self, host: str, now: datetime) -> bool:
        """May a redirect be followed to this host now? It is ours, or it is leased for the length of a look."""
        if not self._worker or host in self._held:
            return True
        with self._lock:
            ours = self._borrowed[host] > 0 or self._store.lease_host(self._worker, host, now, until=now + A_LOOK)
            if ours:
                self._borrowed[host] += 1
            return ours

    def give_back(self, hosts: Iterable[str]) -> None:
        """These were borrowed for a look that is over."""
        for host in hosts:
            with self._lock:
                if host not in self._borrowed:
                    continue  # it was ours all along
                self._borrowed[host] -= 1
                if self._borrowed[host] == 0:
                    del self._borrowed[host]
                    self._store.release_hosts(self._worker, [host])

    def get(self, host: str) -> State:
        """What is known of a host, {} if nothing."""
        return self._held[host] if host in self._held else self._store.host_state(host)

    def put(self, host: str, state: State) -> None:
        """Keep a new state; see the class for when it is written."""
        if host not in self._held or any(name in state for name in URGENT):
            self._store.set_host_state(host, state)
            self._unwritten.discard(host)
        else:
            self._unwritten.add(host)
        if host in self._held:
            self._held[host] = state

    @contextmanager
    def written(self, host: str) -> Iterator[None]:
        """A transaction that also writes the host's state, if that is still to be done."""
        with self._store.transaction():
            self._write(host)
            yield
        self._unwritten.discard(host)

    def let_go(self, hosts: Iterable[str]) -> None:
        """Write what is unwritten and forget; the leases may be given up in the same transaction."""
        for host in hosts:
            self._write(host)
            self._unwritten.discard(host)
            self._held.pop(host, None)

    def _write(self, host: str) -> None:
        if host in self._unwritten:
            self._store.set_host_state(host, self._held[host])
