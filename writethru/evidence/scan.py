"""Reading WARC files record by record, whatever state they are in.

Damage is reported where it stands and the reading goes on at the next record. Memory is
bounded: of each record at most ``keep`` bytes are held.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from writethru.errors import EvidenceError
from writethru.evidence.destroyed import Destroyed, hashed, read_destroyed
from writethru.evidence.merkle import leaf_hash
from writethru.evidence.openfile import OPEN_SUFFIX
from writethru.evidence.packing import ZSTD_MAGIC, DamagedError, Packing, packing_at, skipped_length
from writethru.evidence.records import content_length, parse_headers

_STEP = 64 * 1024
_FIRST_READ = 8 * 1024
_MAX_HEADER = 64 * 1024
_BEGINNING = 1024  # bytes read at once of what may be a packed record
_MOST_TRIED = 10_000  # places that look like one and are none, before the rest of a file is given up


@dataclass(frozen=True, slots=True)
class Piece:
    """One record's bytes, or one stretch of a file that is no record.

    Attributes:
        offset, length: in the file, in bytes.
        raw: the uncompressed record, at most ``keep`` bytes of it.
        size: of the uncompressed record.
        fault: what is wrong, "" if nothing; a faulty piece may still have ``raw``.
        torn: the file ends in the middle of it.
    """

    offset: int
    length: int
    raw: bytes = b""
    size: int = 0
    fault: str = ""
    torn: bool = False

    @property
    def end(self) -> int:
        """Where the next piece begins."""
        return self.offset + self.length


def scan(path: Path, keep: int = 1 << 20, span: tuple[int, int] | None = None) -> Iterator[Piece]:
    """Every piece of a ``.warc``, ``.warc.gz`` or ``.warc.zst`` file in order; ``span`` as in ``pieces_in``.

    Raises:
        EvidenceError: the file cannot be opened or read.
    """
    try:
        with path.open("rb") as stream:
            yield from pieces_in(stream, keep, span)
    except OSError as error:
        raise EvidenceError("the file cannot be read", key=path) from error


def pieces_in(stream: BinaryIO, keep: int = 1 << 20, span: tuple[int, int] | None = None) -> Iterator[Piece]:
    """Every piece of an open file in order; the stream may be moved between two of them.

    Args:
        span: first byte and end of the WARC within the file; all of it where None.

    Raises:
        EvidenceError: the dictionary that its records need cannot be read.
        OSError: it cannot be read.
    """
    at, size = span or (0, stream.seek(0, os.SEEK_END))
    packing = packing_at(stream, at)
    while at < size:
        piece = _piece(stream, (at, size), keep, packing)
        yield piece
        at = piece.end


def _piece(stream: BinaryIO, span: tuple[int, int], keep: int, packing: Packing | None) -> Piece:
    at, size = span
    if packing is None:
        return _plain_piece(stream, at, size, keep)
    skipped = skipped_length(stream, at) if packing.magic == ZSTD_MAGIC else 0
    if skipped:
        return Piece(at, min(skipped, size - at), torn=at + skipped > size)
    return _packed_piece(stream, span, keep, packing)


def leaves(path: Path) -> Iterator[tuple[int, bytes]]:
    """Offset and leaf hash of every piece of a file: what the ledger is made of.

    They are of the pieces as they stand there; of one that was destroyed on purpose, as it stood there.

    Raises:
        EvidenceError: the file cannot be read.
    """
    with path.open("rb") as stream:
        yield from leaves_in(stream, path.name.removesuffix(OPEN_SUFFIX), read_destroyed(path.parent))


def leaves_in(
    stream: BinaryIO, name: str, destroyed: Mapping[tuple[str, int], Destroyed]
) -> Iterator[tuple[int, bytes]]:
    """The same of an open file.

    Raises:
        OSError: it cannot be read.
    """
    for piece in pieces_in(stream, _MAX_HEADER):
        yield piece.offset, hashed(destroyed, name, piece.offset, stored_hash(stream, piece))


def stored_hash(stream: BinaryIO, piece: Piece) -> bytes:
    """The leaf hash of a piece's bytes in the file."""
    stream.seek(piece.offset)
    return leaf_hash(stream.read(piece.length))


def piece_at(path: Path, offset: int, keep: int) -> Piece:
    """The one piece that begins at ``offset``.

    Raises:
        EvidenceError: the file cannot be read, or ends before.
    """
    try:
        with path.open("rb") as stream:
            return piece_in(stream, offset, keep, path.name)
    except OSError as error:
        raise EvidenceError("the file cannot be read", key=path) from error


def piece_in(stream: BinaryIO, offset: int, keep: int, name: str) -> Piece:
    """The one piece that begins at ``offset`` of an open file.

    Raises:
        EvidenceError: the file ends before.
        OSError: it cannot be read.
    """
    size = stream.seek(0, os.SEEK_END)
    if not 0 <= offset < size:
        raise EvidenceError(f"the file ends before byte {offset}", key=name)
    packing = packing_at(stream, offset)
    if packing is not None and packing.magic == ZSTD_MAGIC:
        packing = packing_at(stream, 0)  # the dictionary, if there is one, stands there
    return _piece(stream, (offset, size), keep, packing)


def _packed_piece(stream: BinaryIO, span: tuple[int, int], keep: int, packing: Packing) -> Piece:
    """The packed record at the beginning of a span; a damaged one reaches to the next that can be a record."""
    at = span[0]
    stream.seek(at)
    unpacker = packing.unpacker()
    held, total, fed = bytearray(), 0, 0
    step = _FIRST_READ
    while not unpacker.eof:
        data = stream.read(step)
        fed, step = fed + len(data), _STEP
        if not data:
            return _damaged(stream, span, packing, "")
        try:
            for part in unpacker.unpacked(data):
                total += len(part)
                held += part[: max(0, keep - len(held))]
        except DamagedError as error:
            return _damaged(stream, span, packing, str(error))
    length = fed - len(unpacker.unused_data)
    raw = bytes(held)
    return Piece(at, length, raw, total, fault=_record_fault(raw, total))


def _record_fault(raw: bytes, total: int) -> str:
    """What is wrong with an uncompressed record of ``total`` bytes whose beginning is ``raw``."""
    parsed = parse_headers(raw[:_MAX_HEADER])
    if parsed is None:
        return "no WARC header"
    length = content_length(parsed[0])
    if length is None:
        return "no Content-Length"
    expected = parsed[1] + length
    if total < expected:
        return f"the block is {expected - total} bytes shorter than its Content-Length"
    if raw[expected : expected + 9] == b"\r\n\r\nWARC/":
        return "more than one record packed together; compress each record by itself (warcio recompress)"
    well_ended = len(raw) < expected or (raw[expected:] in (b"\r\n\r\n", b"") and total <= expected + 4)
    return "" if well_ended else "no empty lines after the block"


def _damaged(stream: BinaryIO, span: tuple[int, int], packing: Packing, why: str) -> Piece:
    at, size = span
    following = _next_packed(stream, (at + 1, size), packing)
    if following is None and not why:
        return Piece(at, size - at, fault="the file ends inside a record", torn=True)
    fault = f"a damaged {packing.name}{f' ({why})' if why else ''}"
    return Piece(at, (following or size) - at, fault=fault, torn=following is None)


def _next_packed(stream: BinaryIO, span: tuple[int, int], packing: Packing) -> int | None:
    """Where the next packed WARC record begins."""
    at, size = span
    tried = 0
    while at < size and tried < _MOST_TRIED:
        stream.seek(at)
        window = stream.read(min(_STEP, size - at))
        found = window.find(packing.magic)
        while found >= 0 and tried < _MOST_TRIED:
            if _begins_record(stream, at + found, packing):
                return at + found
            tried += 1
            found = window.find(packing.magic, found + 1)
        at += max(1, len(window) - len(packing.magic) + 1)
    return None


def _begins_record(stream: BinaryIO, at: int, packing: Packing) -> bool:
    stream.seek(at)
    head, unpacker = b"", packing.unpacker()
    try:
        for _ in range(packing.block // _BEGINNING):
            head += b"".join(unpacker.unpacked(stream.read(_BEGINNING)))
            if head:
                break
    except DamagedError:
        return False
    return head.startswith(b"WARC/")


def _plain_piece(stream: BinaryIO, at: int, size: int, keep: int) -> Piece:
    """The uncompressed record at ``at``."""
    stream.seek(at)
    start = stream.read(_MAX_HEADER)
    blank = len(start) - len(start.lstrip(b"\r\n"))
    if blank and blank == len(start):
        return Piece(at, len(start))
    if blank:
        at, start = at + blank, start[blank:]
    parsed = parse_headers(start)
    length = content_length(parsed[0]) if parsed else None
    if parsed is None or length is None:
        return _plain_damage(stream, at, size, "no WARC header")
    total = parsed[1] + length
    if at + total > size:
        return _plain_damage(stream, at, size, "the file ends inside a record")
    stream.seek(at)
    raw = stream.read(min(total, keep))
    return Piece(at, total, raw, total)


def _plain_damage(stream: BinaryIO, at: int, size: int, fault: str) -> Piece:
    place = at + 1
    while place < size:
        stream.seek(place)
        window = stream.read(_STEP)
        found = window.find(b"\nWARC/1.")
        if found >= 0:
            return Piece(at, place + found + 1 - at, fault=fault)
        place += max(1, len(window) - 8)
    return Piece(at, size - at, fault=fault, torn=True)
