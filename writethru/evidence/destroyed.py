"""Records that were destroyed on purpose, and the journal that says so.

A destroyed record is overwritten where it stands by one of the same length that says nothing,
so that every other record keeps its place and the file stays readable. ``destroyed.jsonl`` has
a line for each: what stood where, the hash that the ledger's tree has of it, when, by whom and why.
With that hash the file's root still holds, so whoever slips a line in here is found out.
"""

from __future__ import annotations

import fcntl
import json
import os
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from writethru.errors import EvidenceError
from writethru.evidence.merkle import leaf_hash
from writethru.evidence.openfile import open_path, sync_folder
from writethru.evidence.records import warc_date
from writethru.model import EvidenceRef

JOURNAL: Final = "destroyed.jsonl"
_MARK: Final = "Writethru-Destroyed"
_GZIP_HEADER: Final = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
_MOST_STORED: Final = 65_535  # bytes of one stored block (RFC 1951, 3.2.4)


@dataclass(frozen=True, slots=True)
class Destroyed:
    """One destroyed record.

    Attributes:
        leaf: the leaf hash of the record as it stood there, 64 hex digits.
        at: when, ISO 8601 in UTC.
    """

    file: str
    offset: int
    length: int
    record_id: str
    leaf: str
    at: str
    who: str
    why: str

    def line(self) -> bytes:
        """The line in the journal."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"


@dataclass(frozen=True, slots=True)
class Order:
    """That records are to be destroyed: when, by whom and why."""

    at: datetime
    who: str
    why: str


def read_destroyed(folder: Path) -> dict[tuple[str, int], Destroyed]:
    """The journal by file and offset; a line cut short by a crash is left out.

    Raises:
        EvidenceError: it cannot be read, or a line is none.
    """
    try:
        content = (folder / JOURNAL).read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise EvidenceError("the journal of destroyed records cannot be read", key=folder / JOURNAL) from error
    try:
        lines = [Destroyed(**json.loads(line)) for line in content.split(b"\n")[:-1]]
    except (ValueError, TypeError) as error:
        raise EvidenceError("the journal of destroyed records is damaged", key=folder / JOURNAL) from error
    return {(line.file, line.offset): line for line in lines}


def destroy(folder: Path, refs: Sequence[EvidenceRef], order: Order) -> int:
    """Journal records as destroyed, then overwrite them; how many. Done again, it ends what a crash interrupted.

    Raises:
        EvidenceError: a file is missing or cannot be written, or a record is too small to be overwritten.
    """
    known = read_destroyed(folder)
    files = {ref.file for ref in refs}
    fresh = [ref for ref in refs if (ref.file, ref.offset) not in known]
    try:
        _append(folder, [_entry(folder, ref, order) for ref in fresh])
        for entry in read_destroyed(folder).values():
            if entry.file in files:  # what is journalled was ordered, perhaps by one that did not come to its end
                _overwrite(_place(folder, entry.file), entry)
    except OSError as error:
        raise EvidenceError("the evidence cannot be overwritten; make room or mend the rights", key=folder) from error
    return len(fresh)


def hashed(destroyed: Mapping[tuple[str, int], Destroyed], file: str, offset: int, stored: bytes) -> bytes:
    """The leaf that the ledger's tree has of what stands there: of a destroyed record the one from before."""
    entry = destroyed.get((file, offset))
    return stored if entry is None else bytes.fromhex(entry.leaf)


def stands_still(entry: Destroyed, stored: bytes) -> bool:
    """Is the record that was to be destroyed there yet? ``stored``: the hash of what stands there."""
    return stored.hex() == entry.leaf


def tombstone(entry: Destroyed) -> bytes:
    """A record of the same length in its own gzip member, uncompressed, that says it is destroyed.

    Raises:
        EvidenceError: nothing so small can be a record.
    """
    fields = f"WARC-Record-ID: {entry.record_id}\r\nWARC-Date: {entry.at}\r\n{_MARK}: yes\r\n"
    head = f"WARC/1.1\r\nWARC-Type: metadata\r\n{fields}Content-Length: "
    for blocks in range(1, entry.length // _MOST_STORED + 2):
        room = entry.length - len(_GZIP_HEADER) - 8 - 5 * blocks - len(head) - len("\r\n\r\n\r\n\r\n")
        digits = next(digits for digits in range(1, 12) if len(str(room - digits)) <= digits)
        block = room - digits
        record = f"{head}{block:0{digits}}\r\n\r\n".encode("ascii") + b" " * block + b"\r\n\r\n"
        member = _stored_member(record, blocks)
        if block >= 0 and len(member) == entry.length:
            return member
    raise EvidenceError(f"a record of {entry.length} bytes cannot be overwritten", key=f"{entry.file}:{entry.offset}")


def _stored_member(record: bytes, blocks: int) -> bytes:
    """A gzip member of so many stored blocks; the last ones may be empty."""
    parts = [_GZIP_HEADER]
    for number in range(blocks):
        piece = record[number * _MOST_STORED : (number + 1) * _MOST_STORED]
        parts.append(struct.pack("<BHH", number == blocks - 1, len(piece), len(piece) ^ 0xFFFF) + piece)
    parts.append(struct.pack("<II", zlib.crc32(record), len(record)))
    return b"".join(parts)


def _entry(folder: Path, ref: EvidenceRef, order: Order) -> Destroyed:
    with _place(folder, ref.file).open("rb") as stream:
        stream.seek(ref.offset)
        stored = stream.read(ref.length)
    if len(stored) < ref.length or not stored.startswith(_GZIP_HEADER[:3]):
        raise EvidenceError("no whole record stands there", key=f"{ref.file}:{ref.offset}")
    moment = warc_date(order.at.replace(microsecond=0))
    entry = Destroyed(
        ref.file, ref.offset, ref.length, ref.record_id, leaf_hash(stored).hex(), moment, order.who, order.why
    )
    tombstone(entry)  # before anything is journalled: can it be done?
    return entry


def _append(folder: Path, entries: Iterable[Destroyed]) -> None:
    content = b"".join(entry.line() for entry in entries)
    if not content:
        return
    fd = os.open(folder / JOURNAL, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        size = os.fstat(fd).st_size
        whole = os.pread(fd, size, 0).rfind(b"\n") + 1
        os.ftruncate(fd, whole)  # a line cut short by a crash
        try:
            if os.write(fd, content) < len(content):
                raise OSError("the disk is full")
            os.fsync(fd)
        except OSError:
            os.ftruncate(fd, whole)
            raise
    finally:
        os.close(fd)
    sync_folder(folder)


def _overwrite(path: Path, entry: Destroyed) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.pwrite(fd, tombstone(entry), entry.offset)
        os.fsync(fd)
    finally:
        os.close(fd)


def _place(folder: Path, file: str) -> Path:
    final = folder / file
    return final if final.exists() or not open_path(final).exists() else open_path(final)
