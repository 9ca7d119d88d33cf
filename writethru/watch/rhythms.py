"""What is learnt of outlets while watching: counted in memory, kept in the store when hosts are given back."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any, Final

from writethru.schedule import Outset, Tally, Watched, outlook_of
from writethru.storage.store import Store

ENOUGH: Final = 300
"""Looks at an outlet that are kept at once: what a crash may forget, of counts that are only ever estimates."""


@dataclass
class _Outlet:
    """One outlet: what to expect of it, and what was counted since that was kept."""

    outset: Outset
    news: Tally = field(default_factory=Tally)
    looks: int = 0


class Rhythms:
    """The outlets' tallies. May be shared by threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._outlets: dict[int, _Outlet] = {}
        self._lock = threading.Lock()

    def outset(self, outlet_id: int | None) -> Outset:
        """What to expect of an outlet's articles."""
        return Outset() if outlet_id is None else self._outlet(outlet_id).outset

    def learn(self, outlet_id: int | None, watched: Watched) -> None:
        """Count one look."""
        if outlet_id is None:
            return
        outlet = self._outlet(outlet_id)
        with self._lock:
            outlet.news.add(watched)
            outlet.looks += 1

    def keep(self, least: int = ENOUGH) -> None:
        """Store what was counted at outlets with so many looks; others' counts are taken in along the way."""
        with self._lock:
            ready = sorted(number for number, outlet in self._outlets.items() if outlet.looks >= max(least, 1))
            news = {number: self._outlets[number].news for number in ready}
            for number in ready:
                self._outlets[number].news, self._outlets[number].looks = Tally(), 0
        for number, counted in news.items():
            form = self._store.change_rhythm(number, _adding(counted))
            self._outlets[number].outset = Outset(outlook_of(Tally.from_dict(form)))

    def _outlet(self, outlet_id: int) -> _Outlet:
        known = self._outlets.get(outlet_id)
        if known is None:
            form = self._store.rhythm(outlet_id)
            outset = Outset(outlook_of(Tally.from_dict(form))) if form else Outset()
            known = self._outlets.setdefault(outlet_id, _Outlet(outset))
        return known


def _adding(counted: Tally) -> Any:
    def add(form: dict[str, Any]) -> dict[str, Any]:
        tally = Tally.from_dict(form)
        tally.merge(counted)
        return tally.to_dict()

    return add
