"""An archive with two articles, its pages, and somebody of each role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.safety import passwords
from writethru.safety.actors import Actor, Role
from writethru.storage.store import Store

START = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
URL = "https://harbour.example/2031/quayside-orchestra-vane"
OTHER = "https://harbour.example/2031/pier"
SECRET_WORDS = ("Quorvane", "orchestral", "quayside-orchestra-vane")
"""Words of the article to be withdrawn and of its address; nothing else has them."""
ADMIN = Actor("command line (test)", Role.ADMIN)

STATES = [
    (URL, "2031-03-02T14:05:00Z", "Quorvane leads band", "The orchestral evening of Quorvane drew 120 people."),
    (URL, "2031-03-02T15:00:00Z", "Quorvane leads band", "The orchestral evening of Quorvane drew 210 people."),
    (URL, "2031-03-02T16:00:00Z", "Quorvane led band", "The orchestral evening of Quorvane drew 210 people."),
    (OTHER, "2031-03-02T14:05:00Z", "Pier shuts", "The board will close the pier after 12 piles cracked."),
    (OTHER, "2031-03-02T15:00:00Z", "Pier shuts", "The board will close the pier after 21 piles cracked."),
]


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture(autouse=True, scope="session")
def _cheap_hashes() -> Iterator[None]:
    """What is tested is not how long argon2 takes."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: cheap)
        yield


@pytest.fixture
def archive(store: Store, tmp_path: Path) -> Archive:
    """Two articles of one outlet, on each database."""
    return filled(store, tmp_path)


@pytest.fixture
def sqlite_archive(sqlite_store: Store, tmp_path: Path) -> Archive:
    """The same, where the database makes no difference."""
    return filled(sqlite_store, tmp_path)


def filled(store: Store, folder: Path) -> Archive:
    """Import the states."""
    lines = [
        {"outlet": "The Harbour Courier", "url": url, "time": time, "title": title, "text": text}
        for url, time, title, text in STATES
    ]
    path = folder / "states.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    archive = Archive(store, Config(archive=ArchiveConfig(evidence=str(folder / "evidence"))))
    assert archive.import_paths([path]).articles == 2
    return archive
