"""The demo: the demo press on a virtual clock, watched over HTTP as outlets are watched."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from writethru.archive import Archive, open_archive
from writethru.config import ArchiveConfig, Config, FetchConfig, ScheduleConfig
from writethru.errors import ConfigError
from writethru.model import SourceKind
from writethru.press import Plays, Press
from writethru.press.script import demo_plays
from writethru.text.urls import canonical, host_of
from writethru.text.wording import counted
from writethru.watch.clock import SimulatedClock
from writethru.watch.report import WatchReport

MARK: Final = "writethru-demo"
"""A file of this name says that a folder is a demo's and may be replaced."""

LOOKS: Final = 60.0
"""More than usual: the demo's articles live in 40 days through what takes others a year."""

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What a demo did."""

    days: int
    outlets: int
    articles: int
    versions: int
    changes: int
    watch: WatchReport
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "days": self.days,
            "outlets": self.outlets,
            "articles": self.articles,
            "versions": self.versions,
            "changes": self.changes,
            "watch": self.watch.to_dict(),
            "seconds": round(self.seconds, 3),
        }

    def sentence(self) -> str:
        """For people."""
        outcomes = ", ".join(f"{count} {name}" for name, count in sorted(self.watch.outcomes.items()))
        return (
            f"{counted(self.days, 'virtual day')} in {self.seconds:.0f} s: {counted(self.articles, 'article')} of "
            f"{self.outlets} fictional outlets, {counted(self.versions, 'version')}, "
            f"{counted(self.changes, 'change')}, seen in {counted(self.watch.looks, 'look')}, "
            f"{self.watch.at_articles} of them at articles ({outcomes})."
        )


def demo_config(folder: Path, port: int = 0, hosts: tuple[str, ...] = ()) -> Config:
    """The settings of a demo in ``folder``; its fictional hosts are answered by the press on ``port``."""
    return Config(
        archive=ArchiveConfig(database=str(folder / "writethru.db"), evidence=str(folder / "evidence")),
        fetch=FetchConfig(connect_to=tuple(f"{host}=127.0.0.1:{port}" for host in hosts)),
        schedule=ScheduleConfig(floor_minutes=20, looks=LOOKS),
    )


def play_demo(
    folder: Path, *, days: int = 40, progress: Progress | None = None, shown: Callable[[], None] | None = None
) -> DemoReport:
    """Play the demo press and watch it.

    Args:
        folder: where the archive is made; an earlier demo there is replaced.
        days: virtual days.
        progress: told of virtual hours passed.
        shown: told once, as soon as there is a change to show.

    Raises:
        ConfigError: the folder holds something that is not a demo.
    """
    started = time.perf_counter()
    _make_folder(folder)
    plays = demo_plays()
    clock = SimulatedClock(plays.first)
    with Press(plays, clock) as press:
        config = demo_config(folder, press.port, tuple(plays.sites))
        with open_archive(config.archive.database, config) as archive:
            watch = _watch(archive, plays, clock, days, _telling(archive, progress, shown))
            archive.analyse(progress=progress)
            status = archive.status()
    return DemoReport(
        days=days,
        outlets=len(plays.sites),
        articles=status.articles,
        versions=status.versions,
        changes=status.changes,
        watch=watch,
        seconds=time.perf_counter() - started,
    )


def _watch(archive: Archive, plays: Plays, clock: SimulatedClock, days: int, progress: Progress) -> WatchReport:
    """Follow each outlet's feed, and the older pieces that stand in no feed, for so many days."""
    start = clock.now()
    hours = days * 24
    for host, site in plays.sites.items():
        outlet = archive.store.outlet(site.name, host)
        feed = canonical(f"http://{host}/feed.xml")
        archive.store.add_source(SourceKind.FEED, feed, outlet_id=outlet.id, at=start, next_look_at=start)
        for article in site.articles.values():
            if not any(version.in_feed for version in article.versions):
                url, at = canonical(article.url), article.appeared
                archive.store.add_article(
                    url, host=host_of(url), outlet_id=outlet.id, at=at, next_look_at=at, reason="named by hand"
                )

    def hour(_looks: int, _total: int | None, what: str) -> None:
        progress(min(hours, int((clock.now() - start).total_seconds() // 3600)), hours, what)

    with archive.watcher(clock) as watcher:
        return watcher.run(start + timedelta(days=days), progress=hour)


def _telling(archive: Archive, progress: Progress | None, shown: Callable[[], None] | None) -> Progress:
    """``progress``, and ``shown`` at the first change."""
    waiting = [shown] if shown else []

    def tell(done: int, total: int | None, what: str) -> None:
        if waiting and archive.store.changes(limit=1):
            waiting.pop()()
        if progress:
            progress(done, total, what)

    return tell


def _make_folder(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise ConfigError("holds something that is not an earlier demo; choose another with --dir", key=folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).write_text("Made by `writethru demo`; the next demo replaces this folder.\n", encoding="utf-8")
