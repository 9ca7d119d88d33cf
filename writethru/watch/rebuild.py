"""Derive everything again from the evidence, and say what came out differently."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from writethru.errors import EvidenceError
from writethru.evidence import EvidenceFolder
from writethru.storage.store import Store
from writethru.watch.adopt import adopt_all
from writethru.watch.belonging import note_roots, take_over
from writethru.watch.payload import PayloadReader
from writethru.watch.record import Recorder
from writethru.watch.rulebook import RuleBook

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did.

    Attributes:
        different: articles whose versions are not what they were, by id.
        faults: articles left as they were because their evidence is missing or damaged.
        adopted, source_looks: looks at articles and at sources taken in from evidence that the record did not know.
    """

    articles: int
    captures: int
    versions: int
    different: tuple[int, ...]
    faults: tuple[str, ...]
    adopted: int
    source_looks: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "articles": self.articles,
            "captures": self.captures,
            "versions": self.versions,
            "different": list(self.different),
            "faults": list(self.faults),
            "adopted": self.adopted,
            "source_looks": self.source_looks,
            "seconds": round(self.seconds, 3),
        }

    def sentence(self) -> str:
        """For people."""
        same = "all as before" if not self.different else f"{len(self.different)} articles differ: {self.different}"
        return (
            f"{self.articles} articles derived again from {self.captures} captures: {self.versions} versions, "
            f"{same}; {len(self.faults)} faults, {self.adopted} captures taken in ({self.seconds:.1f} s)"
        )


def rebuild(
    store: Store, evidence: EvidenceFolder, now: datetime, *, progress: Progress | None = None
) -> RebuildReport:
    """Take in what the record does not know, then derive all again; a fault leaves its article as it was."""
    started = time.perf_counter()
    take_over(store, evidence)
    recorder = Recorder(store, PayloadReader(evidence, store).body_of, RuleBook.beside(evidence.path))
    restored = adopt_all(store, evidence, recorder, now)
    summaries = store.article_summaries()
    note_roots(store, evidence, now)
    different, faults, versions, captures = [], list(restored.faults), 0, 0
    for done, summary in enumerate(summaries, 1):
        article_id = summary.article.id
        before = _shape(store, article_id)
        try:
            recorder.rederive(article_id)
        except EvidenceError as error:
            faults.append(f"article {article_id}: {error}")
        after = _shape(store, article_id)
        if after != before:
            different.append(article_id)
        versions += len(after)
        captures += summary.captures
        if progress:
            progress(done, len(summaries), summary.article.url)
    store.forget_sums()
    return RebuildReport(
        articles=len(summaries),
        captures=captures,
        versions=versions,
        different=tuple(different),
        faults=tuple(faults),
        adopted=restored.captures,
        source_looks=restored.source_looks,
        seconds=time.perf_counter() - started,
    )


def _shape(store: Store, article_id: int) -> list[tuple[int, str]]:
    return [(version.number, version.digest) for version in store.versions(article_id)]
