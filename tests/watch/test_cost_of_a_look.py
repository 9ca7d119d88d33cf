"""A look costs two transactions: leases are swapped in one, what the look came to is written in the other."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from writethru.config import Config, FetchConfig, ScheduleConfig
from writethru.evidence import EvidenceFolder
from writethru.press import Press
from writethru.press.versions_file import read_versions
from writethru.storage import open_store
from writethru.storage.connect import Database
from writethru.watch.clock import SimulatedClock
from writethru.watch.loop import Watcher

START = datetime(2031, 5, 4, 6, tzinfo=UTC)
LOOKS = 12


def test_two_transactions_a_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = {
        "url": "http://courier.example/a",
        "time": START.isoformat(),
        "title": "Ferry",
        "text": "It sails.\n\nSoon.",
    }
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(line) + "\n", "utf-8")
    clock = SimulatedClock(START)
    store = open_store(str(tmp_path / "writethru.db"))
    outermost = Database._outermost
    begun: list[datetime] = []

    def counted(database: Database) -> AbstractContextManager[None]:
        begun.append(clock.now())
        return outermost(database)

    with Press(read_versions(path), clock) as press:
        config = Config(
            fetch=FetchConfig(connect_to=(f"courier.example=127.0.0.1:{press.port}",)),
            schedule=ScheduleConfig(floor_minutes=20, looks=1e6),
        )
        store.add_article(
            line["url"], host="courier.example", outlet_id=None, at=START, next_look_at=START, reason="test"
        )
        with Watcher(store, EvidenceFolder(tmp_path / "evidence"), config, clock) as watcher:
            watcher.run(START + timedelta(minutes=30))
            monkeypatch.setattr(Database, "_outermost", counted)
            report = watcher.run(START + timedelta(minutes=30 + 20 * LOOKS))
    store.close()
    assert report.looks == LOOKS
    assert report.outcomes == {"same": LOOKS}
    assert len(begun) <= 2 * LOOKS + 2, "one more pair to begin and to end"
