"""What a look needs is let go when it is over: a watcher may run for months."""

from __future__ import annotations

import gc
import sys
from datetime import timedelta
from pathlib import Path

from bench.watch_scale import NOON, without_network
from writethru.config import Config, ScheduleConfig
from writethru.evidence import EvidenceFolder
from writethru.storage import open_store
from writethru.watch.clock import SimulatedClock
from writethru.watch.loop import Watcher

ARTICLES = 10
WARM = 600
"""Looks until caches and freed lists are full: the first hundreds leave 233 blocks, the next 93, the next 15."""
LOOKS = 200
PER_LOOK = 0.8
"""Blocks of memory a look may leave behind: what is kept of each is at least one."""


def in_use() -> int:
    """Blocks of memory in Python's hands once everything that can go is gone."""
    gc.collect()
    return sys.getallocatedblocks()


def test_looks_leave_nothing_behind(tmp_path: Path) -> None:
    clock = SimulatedClock(NOON)
    config = Config(schedule=ScheduleConfig(floor_minutes=20, looks=1e6))
    store = open_store(f"{tmp_path}/memory.db")
    with store.transaction():
        for number in range(ARTICLES):
            host = f"h{number % 3}.example"
            url = f"http://{host}/story-{number}"
            store.add_article(url, host=host, outlet_id=None, at=NOON, next_look_at=NOON, reason="test")
    with without_network(), Watcher(store, EvidenceFolder(tmp_path / "evidence"), config, clock) as watcher:

        def look(times: int) -> None:
            done = 0
            while done < times:
                done += watcher.run(clock.now() + timedelta(hours=2)).looks

        look(WARM)
        before = in_use()
        look(LOOKS)
        assert in_use() - before < LOOKS * PER_LOOK
    store.close()
