"""Following the change log: each analysis does every line once, in order, in steps that are all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from writethru.errors import Withdrawn
from writethru.storage.store import LogEntry, Store

STEP = 50
"""Articles done in one transaction; a kill loses at most one step's work, never a line."""

Progress = Callable[[int, int | None, str], None]


class Analysis(Protocol):
    """Something that is kept up to date with the record."""

    name: str

    def article_changed(self, article_id: int) -> None:
        """An article has new versions."""

    def article_rebuilt(self, article_id: int) -> None:
        """All that was derived of an article may be different now."""


@dataclass(frozen=True, slots=True)
class FollowReport:
    """What following came to."""

    lines: int
    articles: int
    seq: int


def follow(store: Store, analysis: Analysis, *, progress: Progress | None = None) -> FollowReport:
    """Do all that is new in the change log.

    Args:
        progress: called with (lines done, None, name of the analysis) after each step.
    """
    lines = articles = 0
    seq = store.reuse.position(analysis.name)
    while True:
        entries = store.log_since(seq, STEP)
        if not entries:
            return FollowReport(lines, articles, seq)
        with store.transaction():
            articles += _step(analysis, entries)
            seq = entries[-1].seq
            store.reuse.set_position(analysis.name, seq)
        lines += len(entries)
        if progress is not None:
            progress(lines, None, analysis.name)


def _step(analysis: Analysis, entries: Iterable[LogEntry]) -> int:
    """Each article of these lines once, rebuilt ones anew."""
    rebuilt = {entry.article_id: entry.kind == "rebuilt" for entry in entries if entry.kind == "rebuilt"}
    changed = dict.fromkeys(entry.article_id for entry in entries if entry.kind in ("version", "rebuilt"))
    for article_id in changed:
        follow_one = analysis.article_rebuilt if article_id in rebuilt else analysis.article_changed
        with suppress(Withdrawn):  # since that line was written
            follow_one(article_id)
    return len(changed)
