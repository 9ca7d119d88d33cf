"""A watch outlasts a database and a disk that fail: it waits, takes in what was not recorded, and goes on."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import config_for
from tests.acceptance.test_faults import NOON, lines, write
from writethru.archive import open_archive
from writethru.errors import EvidenceError, StorageError
from writethru.evidence import EvidenceWriter
from writethru.press import Press, VirtualClock, load_plays
from writethru.watch import loop
from writethru.watch.record import Recorder


@pytest.mark.parametrize("failing", ["database", "disk"])
def test_a_watch_goes_on(sqlite_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    left = threading.Semaphore(3)
    method = "record" if failing == "database" else "sync"
    owner: Any = Recorder if failing == "database" else EvidenceWriter
    real = getattr(owner, method)

    def fails_at_first(self: Any, *args: Any) -> Any:
        if left.acquire(blocking=False):
            raise StorageError("the server went away") if failing == "database" else EvidenceError("no room")
        return real(self, *args)

    monkeypatch.setattr(owner, method, fails_at_first)
    monkeypatch.setattr(loop, "FIRST_PAUSE", 0.01)
    with Press(load_plays(write(tmp_path / "p.jsonl", lines(5, 1))), VirtualClock(NOON)) as press:
        hosts = tuple(f"{host}=127.0.0.1:{press.port}" for host in press.plays.sites)
        config = config_for("", tmp_path, connect_to=hosts, delay_seconds=0.0)
        with open_archive(str(tmp_path / "writethru.db"), config) as archive:
            now = datetime.now(UTC)
            for n in range(5):
                url = f"http://post.example/ward-{n}"
                archive.store.add_article(
                    url, host="post.example", outlet_id=None, at=now, next_look_at=now, reason="named by hand"
                )
            with archive.watcher() as watcher:
                stop, reports = threading.Event(), []
                running = threading.Thread(target=lambda: reports.append(watcher.run(None, stop)))
                running.start()
                until = time.monotonic() + 60
                while archive.status().versions < 5 and time.monotonic() < until:
                    stop.wait(0.05)
                stop.set()
                running.join()
            (report,) = reports
            assert report.mended >= 1
            assert archive.status().articles == 5
            captures = [c for row in archive.articles().rows for c in archive.captures(row.article.id)]
            assert {c.article_id for c in captures} == {1, 2, 3, 4, 5}
            assert len({c.look.evidence for c in captures}) == len(captures)
            assert archive.status().versions == 5
            assert archive.evidence.unrecorded() == []
            assert archive.rebuild().adopted == 0, "nothing was left behind"
            assert archive.verify().faults == ()
