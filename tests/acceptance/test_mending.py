"""A watch outlasts a database and a disk that fail: it waits, takes in what was not recorded, and goes on."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests import postgres
from tests.acceptance.conftest import config_for
from tests.acceptance.test_faults import NOON, lines, shape, write
from writethru.archive import open_archive
from writethru.config import ScheduleConfig
from writethru.errors import EvidenceError, StorageError, WritethruError
from writethru.evidence import EvidenceWriter
from writethru.press import Press, VirtualClock, load_plays
from writethru.press.log import sights
from writethru.watch import loop
from writethru.watch.record import Recorder

AT_ONCE = ScheduleConfig(floor_minutes=0.001, looks=1_000_000.0, source_minutes=0.01)
"""Looks in quick succession."""


@pytest.fixture(autouse=True)
def _only_what_is_tested(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Processes that read pages take seconds to start after each mending, and failures seconds to print in colour."""
    monkeypatch.setattr(loop.Watcher, "_reading", lambda _: nullcontext())
    with capture_logs():
        yield


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


def test_postgresql_stops_and_starts_under_a_watch(
    own_server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real server goes down while versions change: the record is whole afterwards, and no change is told twice."""
    failures = threading.Semaphore(0)
    mend = loop.Watcher._mend

    def noticed(self: loop.Watcher, error: WritethruError) -> None:
        failures.release()
        mend(self, error)

    monkeypatch.setattr(loop.Watcher, "_mend", noticed)
    monkeypatch.setattr(loop, "FIRST_PAUSE", 0.05)
    clock = VirtualClock(NOON)
    with Press(load_plays(write(tmp_path / "p.jsonl", lines(4, 3))), clock) as press:
        hosts = tuple(f"{host}=127.0.0.1:{press.port}" for host in press.plays.sites)
        config = replace(config_for("", tmp_path, connect_to=hosts, delay_seconds=0.0), schedule=AT_ONCE)
        with open_archive(own_server.new_database(), config) as archive:
            archive.add(["http://post.example/feed.xml"])
            with archive.watcher() as watcher:
                stop, reports = threading.Event(), []
                running = threading.Thread(target=lambda: reports.append(watcher.run(None, stop)))
                running.start()
                for version in (2, 3):
                    clock.advance(timedelta(hours=1))
                    await_version(press, version)
                    own_server.crash()
                    assert failures.acquire(timeout=60)
                    own_server.start()
                    await_answers(press, 8)
                stop.set()
                running.join(60)
                assert not running.is_alive()
            (report,) = reports
            assert report.mended >= 2
            answers = [r for r in press.log.records() if r.version]
            assert archive.status().captures == len(answers), "no look lost or doubled"
            seen = sights(answers)
            for row in archive.articles().rows:
                place = ("post.example", row.article.url.removeprefix("http://post.example"))
                versions, changes = shape(archive)[row.article.url][0], archive.store.changes(article_id=row.article.id)
                assert [int(re.findall(r"spend (\d+)", v.text)[0]) - 99 for v in versions] == list(seen[place])
                assert len(changes) == len(versions) - 1
            assert archive.rebuild().adopted == 0
            assert archive.verify().faults == ()


def await_version(press: Press, number: int) -> None:
    """Wait until the press has shown this version of an article."""
    await_that(lambda: any(r.version == number for r in press.log.records()))


def await_answers(press: Press, more: int) -> None:
    """Wait until the press has answered so often more."""
    wanted = len(press.log.records()) + more
    await_that(lambda: len(press.log.records()) >= wanted)


def await_that(holds: Callable[[], bool]) -> None:
    """A minute at most."""
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)
