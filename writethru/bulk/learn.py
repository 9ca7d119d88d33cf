"""Third step of a job: learn the profiles of outlets from first pages, host by host in the order of time."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Final

from writethru.bulk.knowing import BulkRecorder, LearningKeeper
from writethru.bulk.looking import article_of, sighting_of
from writethru.bulk.model import Look, ShareTask
from writethru.bulk.numbering import Index, opened_index
from writethru.bulk.planning import shares
from writethru.bulk.share_store import ShareStore, moment_of, put_articles, share_store
from writethru.bulk.spill import SpillReader
from writethru.errors import InputError
from writethru.extraction.profile import ENOUGH
from writethru.storage.columns import from_micros, to_micros
from writethru.storage.learnt import WORKING, ProfileState

BATCH: Final = 200
"""Captures to a transaction."""

PARTS: Final = 16
"""A task has so many times fewer pages than a share has captures: here each is read, there one of several."""


def learn_hosts(task: ShareTask) -> float:
    """Learn of these hosts; CPU seconds."""
    began = time.process_time()
    folder = Path(task.folder)
    for host in task.hosts:
        _learn_host(folder, host)
    return time.process_time() - began


def learn_tasks(folder: Path, out: Path, most: int) -> dict[str, ShareTask]:
    """Hosts that will have a profile, some to a task, the largest first; a host with fewer articles has none.

    Args:
        most: captures of a share; so many first pages would keep one worker busy while the others wait for it.
    """
    with opened_index(folder) as index:
        hosts = sorted(index.hosts(ENOUGH), key=lambda host: -host[1])
    grouped: dict[int, list[str]] = {}
    for number, share in shares(((n, size) for n, (_, size) in enumerate(hosts)), most // PARTS):
        grouped.setdefault(share, []).append(hosts[number][0])
    return {
        f"hosts-{number:06d}": ShareTask(number, str(folder), str(out), hosts=tuple(names))
        for number, names in grouped.items()
    }


def learnt_path(folder: Path, host: str) -> Path:
    """Where it is kept what was learnt of a host."""
    return folder / "learnt" / f"{blake2b(host.encode(), digest_size=12).hexdigest()}.db"


def learnt_of(folder: Path, host: str, articles: Mapping[int, int]) -> tuple[list[ProfileState], dict[bytes, bytes]]:
    """Finished profiles of a host, and readings of first pages of these articles; nothing where nothing was learnt."""
    path = learnt_path(folder, host)
    if not path.exists():
        return [], {}
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        states = [
            ProfileState(host, serial, from_micros(at), pages, digest, json.loads(form))
            for serial, at, pages, digest, form in connection.execute("SELECT * FROM states ORDER BY serial")
        ]
        readings: dict[bytes, bytes] = {}
        for article in articles:
            found = connection.execute("SELECT key, packed FROM readings WHERE article = ?", (article,))
            readings.update(found.fetchall())
    return states, readings


def _learn_host(folder: Path, host: str) -> None:
    path = learnt_path(folder, host)
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part, isolation_level=None)) as kept:
        kept.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE states (serial INTEGER PRIMARY KEY, at INTEGER, pages INTEGER, digest TEXT, form TEXT);"
            "CREATE TABLE readings (article INTEGER, key BLOB, packed BLOB); BEGIN"
        )
        with opened_index(folder) as index, share_store(folder, {}) as store:
            _Learning(store, kept, index, host).run(SpillReader(folder))
            rows = [_state_row(state) for state in store.profiles(host) if state.serial != WORKING]
        kept.executemany("INSERT INTO states VALUES (?, ?, ?, ?, ?)", rows)
        kept.execute("COMMIT")
        kept.execute("CREATE INDEX by_article ON readings (article)")
    part.replace(path)


def _state_row(state: ProfileState) -> tuple[int, int, int, str, str]:
    return state.serial, to_micros(state.learnt_at), state.pages, state.digest, json.dumps(state.form)


class _Learning:
    """One host: its articles' looks, each article until it has a text."""

    def __init__(self, store: ShareStore, kept: sqlite3.Connection, index: Index, host: str) -> None:
        self._store = store
        self._kept = kept
        self._index = index
        self._host = host
        self._article = 0
        self._recorder = BulkRecorder(store, LearningKeeper(store, self._put_aside))

    def run(self, bodies: SpillReader) -> None:
        articles = {article.id: article for article in self._index.articles_at(self._host)}
        put_articles(self._store, articles.values(), ())
        begun: set[int] = set()
        try:
            for batch in batches(self._index.looks_at(self._host), BATCH):
                with self._store.transaction():
                    for look in batch:
                        if look.article not in begun and self._take(look, bodies):
                            begun.add(look.article)
        finally:
            bodies.close()

    def _take(self, look: Look, bodies: SpillReader) -> bool:
        """Whether the article has a text now."""
        self._store.moment, self._article = moment_of(look), look.article
        sighting = sighting_of(bodies.read(look.file, look.offset, look.length))
        try:
            recorded = self._recorder.record(article_of(look, self._host), sighting)
        except InputError:
            return False
        return recorded.version is not None

    def _put_aside(self, key: bytes, packed: bytes) -> None:
        self._kept.execute("INSERT INTO readings VALUES (?, ?, ?)", (self._article, key, packed))


def batches(looks: Iterator[Look], size: int) -> Iterator[list[Look]]:
    """Some at a time."""
    held: list[Look] = []
    for look in looks:
        held.append(look)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
