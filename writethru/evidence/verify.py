"""Proof that evidence is what it was: every record of every file is read and hashed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from writethru.evidence.cdxj import PARTS, fits_part, index_faults, index_line
from writethru.evidence.cold import ColdFiles
from writethru.evidence.destroyed import Destroyed, read_destroyed, stands_still, tombstone
from writethru.evidence.ledger import LEDGER, Entry, Ledger
from writethru.evidence.merkle import Tree, leaf_hash
from writethru.evidence.openfile import OPEN_SUFFIX
from writethru.evidence.records import RecordHead, record_head, whole_record
from writethru.evidence.scan import Piece, scan, stored_hash
from writethru.evidence.stamps import Stamp, stamp_faults
from writethru.fetch.digests import agrees

Gone = Mapping[tuple[str, int], Destroyed]
"""Records destroyed on purpose, by file and offset."""

_NOWHERE = "the ledger has this file, the folder has not"

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
        ledgered: files that are as the ledger says; a living writer's file is not in it yet.
        sealed: days whose seal fits.
        stamps: time stamps that fit their day's root, by day.
        destroyed: records that were destroyed on purpose, as the journal of them says.
        cold: files that stand in cold storage only, in the size that the ledger has; they were not read again.
    """

    files: int
    records: int
    size: int
    digests: int
    unknown: int
    ledgered: int
    sealed: int
    stamps: Mapping[str, Stamp]
    faults: tuple[Fault, ...]
    destroyed: int = 0
    cold: int = 0

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.faults


@dataclass(slots=True)
class _Count:
    records: int = 0
    digests: int = 0
    unknown: int = 0
    ledgered: int = 0
    destroyed: int = 0
    lines: list[str] = field(default_factory=list)


def verify_files(
    folder: Path, paths: list[Path], ledger: Ledger, cold: ColdFiles, progress: Callable[[int, int], None] | None
) -> VerifyReport:
    """Re-read and re-hash files, and compare them with the ledger.

    Args:
        progress: called with bytes read so far and bytes in all, after each record.

    Raises:
        EvidenceError: a file cannot be read.
    """
    count = _Count()
    gone = read_destroyed(folder)
    total = sum(path.stat().st_size for path in paths)
    faults = [Fault(LEDGER, number, message) for number, message in ledger.faults]
    missing = ledger.entries.keys() - {path.name for path in paths}
    away = {name: cold.fault_of(name, ledger.entries[name].size) for name in sorted(missing)}
    faults += [Fault(name, 0, _NOWHERE if wrong is None else wrong) for name, wrong in away.items() if wrong != ""]
    stamps, wrong_stamps = stamp_faults(folder, ledger)
    faults += [Fault(name, 0, message) for name, message in wrong_stamps]
    before = 0
    for path in paths:
        shown = None if progress is None else partial(_show, progress, before, total)
        faults += _file_faults(path, ledger.entries.get(path.name), count, gone, shown)
        before += path.stat().st_size
    faults += [Fault(name, 0, message) for name, message in index_faults(folder)]
    sealed = len(ledger.seals) - sum("seal of" in message for _, message in ledger.faults)
    return VerifyReport(
        files=len(paths),
        records=count.records,
        size=total,
        digests=count.digests,
        unknown=count.unknown,
        ledgered=count.ledgered,
        sealed=sealed,
        stamps=stamps,
        faults=tuple(faults),
        destroyed=count.destroyed,
        cold=sum(wrong == "" for wrong in away.values()),
    )


def _show(progress: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    progress(before + done, total)


def _file_faults(
    path: Path, entry: Entry | None, count: _Count, gone: Gone, progress: Callable[[int], None] | None
) -> Iterator[Fault]:
    tree = Tree()
    count.lines.clear()
    with path.open("rb") as stream:
        for piece in scan(path, MAX_RECORD_BYTES):
            yield from _piece_faults(path, piece, count)
            destroyed = gone.get((path.name.removesuffix(OPEN_SUFFIX), piece.offset))
            stored = stored_hash(stream, piece)
            if destroyed is not None:
                count.destroyed += 1
                yield from _destroyed_faults(destroyed, piece, stored)
            tree.add(stored if destroyed is None else bytes.fromhex(destroyed.leaf))
            if progress is not None:
                progress(piece.end)
    if not fits_part(path.parent, path.name, count.lines):
        yield Fault(f"{PARTS}/{path.name}.cdxj", 0, "not the index of its file; remove it and run `writethru index`")
    made = (tree.size, tree.root().hex(), path.stat().st_size)
    if entry is not None and made != (entry.records, entry.root, entry.size):
        yield Fault(path.name, 0, f"not the file that the ledger of {entry.day} has")
    elif entry is not None:
        count.ledgered += 1


def _destroyed_faults(entry: Destroyed, piece: Piece, stored: bytes) -> Iterator[Fault]:
    """What stands in the place of a destroyed record says nothing, or the destruction is not done."""
    if stored == leaf_hash(tombstone(entry)):
        return
    is_whole = stands_still(entry, stored)
    left = "stands there still" if is_whole else "was not overwritten whole, or something else was put there"
    yield Fault(
        entry.file, piece.offset, f"was to be destroyed and {left}; withdraw the article again", entry.record_id
    )


def _piece_faults(path: Path, piece: Piece, count: _Count) -> Iterator[Fault]:
    if not piece.raw and not piece.fault:
        return  # empty lines at the end of a plain file
    name = path.name.removesuffix(OPEN_SUFFIX)
    read = record_head(piece.raw, name, piece.offset, piece.length)
    if piece.fault or read is None:
        # a living writer may be in the middle of its last record
        if not (piece.torn and path.name.endswith(OPEN_SUFFIX)):
            yield Fault(name, piece.offset, piece.fault or "not a record")
        return
    head, start = read
    count.records += 1
    line = index_line(head)
    if line is not None:
        count.lines.append(f"{line}\n")
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
