"""The matrix looked at by Writethru's own watcher: real requests over loopback, on a simulated clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.matrix.server import Cell, MatrixServer
from writethru.config import Config, FetchConfig
from writethru.evidence import EvidenceFolder
from writethru.model import ChangeRecord
from writethru.storage import open_store
from writethru.storage.store import Store
from writethru.watch.clock import SimulatedClock
from writethru.watch.loop import Watcher

START = datetime(2031, 5, 6, 8, tzinfo=UTC)
SETTLED = timedelta(hours=2)
WATCHED = timedelta(hours=60)
PRINT_ALONE = frozenset({"typographic", "whitespace"})
"""Kinds of an edit that no reader would call one; a filter by kind leaves them out …"""

PLACES = frozenset({"headline", "standfirst", "byline", "dateline", "caption", "credit"})
"""… wherever in the article it is."""


@dataclass(frozen=True)
class Told:
    """What a watcher told of one cell after the event.

    Attributes:
        edits: changes shown as edits of the article.
        named: how the looks were named: our reason codes, or a peer's word.
        detail: more, for people.
    """

    edits: int
    named: tuple[str, ...]
    print_only: int = 0
    detail: str = ""


def look(server: MatrixServer, shown: Sequence[Cell], folder: Path, watched: timedelta = WATCHED) -> dict[str, Told]:
    """Watch all cells before and after the event; what was told of each, by slug."""
    clock = SimulatedClock(START)
    config = Config(fetch=FetchConfig(connect_to=tuple(f"{cell.host}=127.0.0.1:{server.port}" for cell in shown)))
    store = open_store(f"{folder}/matrix.db")
    try:
        for cell in shown:
            store.add_article(
                f"http://{cell.host}{cell.path}",
                host=cell.host,
                outlet_id=None,
                at=START,
                next_look_at=START,
                reason="matrix",
            )
        with Watcher(store, EvidenceFolder(folder / "evidence"), config, clock) as watcher:
            watcher.run(START + SETTLED)
            event, server.changed = clock.now(), True
            watcher.run(START + SETTLED + watched)
        return {cell.slug: _told(store, cell, event) for cell in shown}
    finally:
        store.close()


def _told(store: Store, cell: Cell, event: datetime) -> Told:
    article = store.find_article(f"http://{cell.host}{cell.path}")
    if article is None:
        raise LookupError(f"{cell.host} is not watched")
    looks = [capture.look for capture in store.captures(article.id)]
    changes = store.changes(article_id=article.id)
    before = [change for change in changes if change.before < event]
    if before:
        return Told(0, (), detail=f"changed before anything happened: {before[0].summary}")
    printed = [change for change in changes if _is_print_alone(store, change)]
    after = [look for look in looks if look.captured_at >= event]
    return Told(
        edits=len(changes) - len(printed),
        named=tuple(dict.fromkeys(look.reason.value for look in after)),
        print_only=len(printed),
        detail="; ".join(f"{change.summary} {list(change.kinds)}" for change in reversed(changes))[:300],
    )


def _is_print_alone(store: Store, change: ChangeRecord) -> bool:
    """Every edit of the change is labelled as one of print, and as nothing else."""
    edits = store.change(change.article_id, change.number)[1]["edits"]
    kinds = [set(edit["kinds"]) - PLACES for edit in edits]
    return bool(kinds) and all(kind and kind <= PRINT_ALONE for kind in kinds)
