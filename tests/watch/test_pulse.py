"""A worker says that it lives while it watches, and that it ends."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench.made_exchanges import MadeFetcher
from tests.storage.made import article
from writethru.config import Config, FetchConfig
from writethru.evidence import EvidenceFolder
from writethru.health.fleet import BEAT, Beat
from writethru.storage.sqlstore import SqlStore
from writethru.watch import pulse
from writethru.watch.clock import SystemClock
from writethru.watch.loop import Watcher
from writethru.watch.pulse import Pulse
from writethru.watch.report import WatchReport


@pytest.fixture
def beats(sqlite_store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> list[Beat]:
    """What is said to the store, in order."""
    said: list[Beat] = []
    keep = sqlite_store.fleet.beat

    def noted(beat: Beat, now: Any) -> None:
        said.append(beat)
        keep(beat, now)

    monkeypatch.setattr(sqlite_store.fleet, "beat", noted)
    return said


def test_it_beats_when_it_is_time_and_knows_its_rate(
    sqlite_store: SqlStore, beats: list[Beat], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = BEAT.total_seconds()
    times = iter((0.0, seconds - 1, seconds, 3 * seconds))
    monkeypatch.setattr(pulse, "time", SimpleNamespace(monotonic=lambda: next(times)))  # not the clock of other threads
    report, one = WatchReport(), Pulse(sqlite_store, "here-1-a")
    for looks in (0, 5, 40, 60):
        report.looks = looks
        one.beat(report)
    assert [(beat.looks, beat.per_minute) for beat in beats] == [(0, 0.0), (40, 80.0), (60, 20.0)]
    one.end()
    assert sqlite_store.fleet.fleet(SystemClock().now()).workers == ()


def test_a_watch_is_known_while_it_looks_and_leaves_no_trace(
    sqlite_store: SqlStore, beats: list[Beat], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("writethru.watch.loop.Fetcher", MadeFetcher)
    clock = SystemClock()
    article(sqlite_store, "http://h001.example/story-1", due=clock.now(), host="h001.example")
    config = Config(fetch=FetchConfig(delay_seconds=0.0))
    with Watcher(sqlite_store, EvidenceFolder(tmp_path / "evidence"), config, clock) as watcher:
        assert watcher.run_once().looks == 1
    assert {beat.worker for beat in beats} == {watcher.worker}
    fleet = sqlite_store.fleet.fleet(clock.now())
    assert fleet.workers == ()
    assert {job.name: job.holder for job in fleet.jobs}["tending"] == "", "and another may take stock"
