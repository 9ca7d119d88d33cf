"""Prove the record: every WARC record, every body, every version text and every change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from writethru.comparison import Change
from writethru.errors import EvidenceError, WritethruError
from writethru.evidence import EvidenceFolder, Proof
from writethru.evidence import VerifyReport as EvidenceReport
from writethru.evidence.ledger import LEDGER
from writethru.model import Capture
from writethru.storage.store import Store
from writethru.text.wording import counted
from writethru.watch.belonging import belonging_fault, root_faults
from writethru.watch.payload import PayloadReader
from writethru.watch.record import body_digest
from writethru.watch.stamping import signature_fault

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the ledger is held against, beyond itself.

    Attributes:
        roots: day to root as published or kept elsewhere.
        authorities: PEM file to check the signatures of time stamps with; None = they are not checked.
    """

    roots: Mapping[str, str] = field(default_factory=dict)
    authorities: Path | None = None


@dataclass(frozen=True, slots=True)
class StampShown:
    """The time stamp of a day that fits the day's root; ``signed``: None = its signature was not checked."""

    day: str
    at: datetime
    signed: bool | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"day": self.day, "at": self.at.isoformat().replace("+00:00", "Z"), "signature_checked": self.signed}


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was proved, and every fault with its place.

    Attributes:
        ledgered: files that are as the ledger has them.
        sealed: days whose root fits.
        anchored: sealed days whose root is known from elsewhere too: the database, what was given, a time stamp.
        destroyed: records that were destroyed on purpose, as `destroyed.jsonl` in the evidence folder says.
        cold: files in cold storage only; of these the captures' bodies were read again, the rest was not.
    """

    files: int
    records: int
    captures: int
    versions: int
    changes: int
    ledgered: int
    sealed: int
    anchored: int
    stamps: tuple[StampShown, ...]
    faults: tuple[str, ...]
    seconds: float
    destroyed: int = 0
    cold: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "ok": not self.faults,
            "files": self.files,
            "records": self.records,
            "captures": self.captures,
            "versions": self.versions,
            "changes": self.changes,
            "files_in_ledger": self.ledgered,
            "days_sealed": self.sealed,
            "days_anchored": self.anchored,
            "time_stamps": [stamp.to_dict() for stamp in self.stamps],
            "destroyed_on_purpose": self.destroyed,
            "files_in_cold_storage": self.cold,
            "faults": list(self.faults),
            "seconds": round(self.seconds, 3),
        }

    def sentence(self) -> str:
        """For people."""
        verdict = "all as recorded" if not self.faults else f"{len(self.faults)} FAULTS"
        return (
            f"{verdict}: {counted(self.records, 'record')} in {counted(self.files, 'evidence file')}, "
            f"{counted(self.captures, 'capture')}, {counted(self.versions, 'version text')}, "
            f"{counted(self.changes, 'change')} re-read and re-hashed; {counted(self.sealed, 'day')} sealed, "
            f"{len(self.stamps)} time-stamped{self._signatures()}{self._gone()} ({self.seconds:.1f} s)"
        )

    def _gone(self) -> str:
        destroyed = f"; {counted(self.destroyed, 'record')} destroyed on purpose, journalled" if self.destroyed else ""
        return destroyed + (f"; {counted(self.cold, 'file')} in cold storage" if self.cold else "")

    def _signatures(self) -> str:
        unchecked = sum(stamp.signed is None for stamp in self.stamps)
        return " (signatures not checked: archive.timestamp_ca names no certificates)" if unchecked else ""


def verify(
    store: Store, evidence: EvidenceFolder, anchors: Anchors | None = None, *, progress: Progress | None = None
) -> VerifyReport:
    """Re-read and re-hash everything; nothing is changed."""
    started = time.perf_counter()
    anchors = anchors or Anchors()
    report = evidence.verify()
    stamps, faults = _stamps(evidence, report, anchors)
    faults = [str(fault) for fault in report.faults] + _ledger_faults(store, evidence, anchors) + faults
    captures = 0
    bodies = PayloadReader(evidence, store)
    for capture in store.all_captures():
        captures += 1
        faults += _capture_faults(bodies, capture)
        if progress:
            progress(captures, None, capture.look.url)
    versions, changes, wrong = _derived(store)
    known = {*store.noted_seals(), *anchors.roots, *report.stamps}
    return VerifyReport(
        files=report.files,
        records=report.records,
        captures=captures,
        versions=versions,
        changes=changes,
        ledgered=report.ledgered,
        sealed=report.sealed,
        anchored=len(known & evidence.ledger().seals.keys()),
        stamps=tuple(stamps),
        faults=tuple(faults + wrong),
        seconds=time.perf_counter() - started,
        destroyed=report.destroyed,
        cold=report.cold,
    )


def _ledger_faults(store: Store, evidence: EvidenceFolder, anchors: Anchors) -> list[str]:
    """Where the ledger, consistent in itself or not, is not the one that is known from elsewhere."""
    mixed = belonging_fault(store, evidence)
    finished = any(path.name.endswith(".warc.gz") for path in evidence.files())
    if finished and not evidence.ledger().entries:
        mixed = mixed or f"{evidence.path / LEDGER}: there is no ledger of the files here"
    noted = root_faults(evidence, store.noted_seals(), "that the database noted")
    return [*([mixed] if mixed else []), *noted, *root_faults(evidence, anchors.roots, "that was given")]


def _stamps(evidence: EvidenceFolder, report: EvidenceReport, anchors: Anchors) -> tuple[list[StampShown], list[str]]:
    """The stamps with their signatures, and what is wrong with those."""
    shown, faults = [], []
    for day, stamp in report.stamps.items():
        if anchors.authorities is None:
            shown.append(StampShown(day, stamp.at, None))
            continue
        fault = signature_fault(evidence.path, day, evidence.ledger().seals[day].root, anchors.authorities)
        shown.append(StampShown(day, stamp.at, not fault))
        faults += [fault] if fault else []
    return shown, faults


def _derived(store: Store) -> tuple[int, int, list[str]]:
    """How many versions and changes there are, and what is wrong with them."""
    versions = changes = 0
    faults: list[str] = []
    for summary in store.article_summaries():
        article_id = summary.article.id
        versions += summary.versions
        changes += summary.changes
        faults += _text_faults(store, article_id)
        faults += _change_faults(store, article_id)
    return versions, changes, faults


@dataclass(frozen=True, slots=True)
class CaptureProof:
    """That the record of one capture was in the evidence of a sealed day.

    Attributes:
        holds: the record as it stands in its file leads to the day's root.
    """

    capture: Capture
    proof: Proof
    holds: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: all that a stranger with the file needs."""
        ref = self.capture.look.evidence
        record = {} if ref is None else {"file": ref.file, "offset": ref.offset, "length": ref.length}
        return {
            "capture": self.capture.id,
            "url": self.capture.look.url,
            "record": {**record, "id": ref.record_id if ref else ""},
            "holds": self.holds,
            "proof": self.proof.to_dict(),
        }

    def sentence(self) -> str:
        """For people."""
        verdict = "is in" if self.holds else "DOES NOT LEAD TO"
        seal, look = self.proof.seal, self.capture.look
        return f"capture {self.capture.id} of {look.url} {verdict} the sealed day {seal.day}, root {seal.root}"


def prove(store: Store, evidence: EvidenceFolder, capture_id: int) -> CaptureProof:
    """Prove one capture.

    Raises:
        NotInArchive: there is no such capture.
        EvidenceError: it has no record, or its day is not sealed yet.
    """
    capture = store.capture(capture_id)
    ref = capture.look.evidence
    if ref is None:
        raise EvidenceError("this look left no record", key=f"capture {capture_id}")
    proof = evidence.prove(ref)
    return CaptureProof(capture, proof, proof.holds_for(evidence.stored(ref)))


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
