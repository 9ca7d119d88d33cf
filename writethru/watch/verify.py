"""Prove the record: every WARC record, every body, every version text and every change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from writethru.comparison import Change
from writethru.errors import WritethruError
from writethru.evidence import EvidenceFolder
from writethru.model import Capture
from writethru.storage.store import Store
from writethru.text.wording import counted
from writethru.watch.payload import PayloadReader
from writethru.watch.record import body_digest

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was proved, and every fault with its place."""

    files: int
    records: int
    captures: int
    versions: int
    changes: int
    faults: tuple[str, ...]
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "ok": not self.faults,
            "files": self.files,
            "records": self.records,
            "captures": self.captures,
            "versions": self.versions,
            "changes": self.changes,
            "faults": list(self.faults),
            "seconds": round(self.seconds, 3),
        }

    def sentence(self) -> str:
        """For people."""
        verdict = "all as recorded" if not self.faults else f"{len(self.faults)} FAULTS"
        return (
            f"{verdict}: {counted(self.records, 'record')} in {counted(self.files, 'evidence file')}, "
            f"{counted(self.captures, 'capture')}, {counted(self.versions, 'version text')}, "
            f"{counted(self.changes, 'change')} re-read and re-hashed ({self.seconds:.1f} s)"
        )


def verify(store: Store, evidence: EvidenceFolder, *, progress: Progress | None = None) -> VerifyReport:
    """Re-read and re-hash everything; nothing is changed."""
    started = time.perf_counter()
    report = evidence.verify()
    faults = [str(fault) for fault in report.faults]
    captures = 0
    bodies = PayloadReader(evidence, store)
    for capture in store.all_captures():
        captures += 1
        faults += _capture_faults(bodies, capture)
        if progress:
            progress(captures, None, capture.look.url)
    versions = changes = 0
    for summary in store.article_summaries():
        article_id = summary.article.id
        versions += summary.versions
        changes += summary.changes
        faults += _text_faults(store, article_id)
        faults += _change_faults(store, article_id)
    return VerifyReport(
        files=report.files,
        records=report.records,
        captures=captures,
        versions=versions,
        changes=changes,
        faults=tuple(faults),
        seconds=time.perf_counter() - started,
    )


def _capture_faults(bodies: PayloadReader, capture: Capture) -> Iterator[str]:
    """The capture's body is in the evidence and is what was hashed when it came."""
    look = capture.look
    if not look.body_digest:
        return
    try:
        body = bodies.body_of(capture)
    except WritethruError as error:
        yield f"capture {capture.id} of {look.url}: {error}"
        return
    if body is None:
        yield f"capture {capture.id} of {look.url}: its evidence is not referred to"
    elif body_digest(body) != look.body_digest:
        yield f"capture {capture.id} of {look.url}: the body in the evidence is not the one that was seen"


def _text_faults(store: Store, article_id: int) -> Iterator[str]:
    """Every version's text decodes to its digest."""
    for version in store.versions(article_id):
        try:
            store.version_text(article_id, version.number)
        except WritethruError as error:
            yield f"article {article_id} version {version.number}: {error}"


def _change_faults(store: Store, article_id: int) -> Iterator[str]:
    """Every stored change leads from its old text to its new one and back."""
    for record in store.changes(article_id=article_id):
        where = f"article {article_id} change {record.number}"
        try:
            _, form = store.change(article_id, record.number)
            change = Change.from_dict(form)
            old = store.version_text(article_id, record.from_version)
            new = store.version_text(article_id, record.to_version)
            if change.apply(old) != new or change.revert(new) != old:
                yield f"{where}: does not lead from version {record.from_version} to {record.to_version}"
        except (WritethruError, ValueError, KeyError) as error:
            yield f"{where}: {error}"
