"""Proof that evidence is what it was: every record of every file is read and hashed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from writethru.evidence.openfile import OPEN_SUFFIX
from writethru.evidence.records import RecordHead, record_head, whole_record
from writethru.evidence.scan import Piece, scan
from writethru.fetch.digests import agrees

MAX_RECORD_BYTES = 256 * 1024 * 1024
"""Records above this are reported as not verified; ours are far smaller."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where."""

    file: str
    offset: int
    message: str
    record_id: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.offset}: {self.message}"


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What ``verify`` read.

    Attributes:
        size: of all files, in bytes.
        digests: how many digests were compared.
        unknown: digests of an algorithm not known here.
    """

    files: int
    records: int
    size: int
    digests: int
    unknown: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.faults


@dataclass(slots=True)
class _Count:
    records: int = 0
    digests: int = 0
    unknown: int = 0


def verify_files(paths: list[Path], progress: Callable[[int, int], None] | None) -> VerifyReport:
    """Re-read and re-hash files.

    Args:
        progress: called with bytes read so far and bytes in all, after each record.

    Raises:
        EvidenceError: a file cannot be read.
    """
    count = _Count()
    faults: list[Fault] = []
    total = sum(path.stat().st_size for path in paths)
    before = 0
    for path in paths:
        end = 0
        for piece in scan(path, MAX_RECORD_BYTES):
            faults += _piece_faults(path, piece, count)
            end = piece.end
            if progress is not None:
                progress(before + end, total)
        before += end
    return VerifyReport(len(paths), count.records, total, count.digests, count.unknown, tuple(faults))


def _piece_faults(path: Path, piece: Piece, count: _Count) -> Iterator[Fault]:
    name = path.name.removesuffix(OPEN_SUFFIX)
    read = record_head(piece.raw, name, piece.offset, piece.length)
    if piece.fault or read is None:
        # a living writer may be in the middle of its last record
        if not (piece.torn and path.name.endswith(OPEN_SUFFIX)):
            yield Fault(name, piece.offset, piece.fault or "not a record")
        return
    head, start = read
    count.records += 1
    if piece.size > len(piece.raw):
        yield Fault(name, piece.offset, f"a record of {piece.size} bytes is too large to verify", head.record_id)
        return
    block = piece.raw[start : start + head.content_length]
    for label, content in _claims(head, block):
        verdict = agrees(head.get(label), content)
        count.digests += verdict is not None
        count.unknown += verdict is None
        if verdict is False:
            yield Fault(name, piece.offset, f"{label} does not fit the record", head.record_id)


def _claims(head: RecordHead, block: bytes) -> Iterator[tuple[str, bytes]]:
    """The digests that a record carries and what each is of.

    A revisit's payload digest is that of the record it refers to; of a truncated record only
    the block is checked.
    """
    if head.get("WARC-Block-Digest"):
        yield "WARC-Block-Digest", block
    if head.get("WARC-Payload-Digest") and head.kind != "revisit" and not head.get("WARC-Truncated"):
        yield "WARC-Payload-Digest", whole_record(head, block).payload
