"""Reading WARC files record by record, whatever state they are in.

Damage is reported where it stands and the reading goes on at the next record. Memory is
bounded: of each record at most ``keep`` bytes are held.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from writethru.errors import EvidenceError
from writethru.evidence.destroyed import Destroyed, hashed, read_destroyed
from writethru.evidence.merkle import leaf_hash
from writethru.evidence.openfile import OPEN_SUFFIX
from writethru.evidence.records import content_length, parse_headers

_STEP = 64 * 1024
_FIRST_READ = 8 * 1024
_GZIP_MAGIC = b"\x1f\x8b\x08"
_MAX_HEADER = 64 * 1024


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
    """Every piece of a ``.warc`` or ``.warc.gz`` file in order; ``span`` as in ``pieces_in``.

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
        OSError: it cannot be read.
    """
    at, size = span or (0, stream.seek(0, os.SEEK_END))
    stream.seek(at)
    read = _gzip_piece if stream.read(2) == _GZIP_MAGIC[:2] else _plain_piece
    while at < size:
        piece = read(stream, at, size, keep)
        yield piece
        at = piece.end


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
    stream.seek(offset)
    read = _gzip_piece if stream.read(2) == _GZIP_MAGIC[:2] else _plain_piece
    return read(stream, offset, size, keep)


def _gzip_piece(stream: BinaryIO, at: int, size: int, keep: int) -> Piece:
    """The gzip member at ``at``; a damaged one reaches to the next that can be a record."""
    stream.seek(at)
    unpacker = zlib.decompressobj(31)
    held, total, fed = bytearray(), 0, 0
    step = _FIRST_READ
    while not unpacker.eof:
        data = stream.read(step)
        fed, step = fed + len(data), _STEP
        if not data:
            return _damaged(stream, at, size, "the file ends inside a record")
        try:
            for part in _unpacked(unpacker, data):
                total += len(part)
                held += part[: max(0, keep - len(held))]
        except zlib.error as error:
            return _damaged(stream, at, size, f"a damaged gzip member ({error})")
    length = fed - len(unpacker.unused_data)
    raw = bytes(held)
    return Piece(at, length, raw, total, fault=_record_fault(raw, total))


def _unpacked(unpacker: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    part = b"?"
    while not unpacker.eof and (part or data):
        part = unpacker.decompress(data, _STEP)
        data = unpacker.unconsumed_tail
        yield part


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
        return "more than one record in a gzip member; compress each record by itself (warcio recompress)"
    well_ended = len(raw) < expected or (raw[expected:] in (b"\r\n\r\n", b"") and total <= expected + 4)
    return "" if well_ended else "no empty lines after the block"


def _damaged(stream: BinaryIO, at: int, size: int, fault: str) -> Piece:
    following = _next_member(stream, at + 1, size)
    if following is None:
        return Piece(at, size - at, fault=fault, torn=True)
    return Piece(at, following - at, fault=fault.replace("the file ends inside a record", "a damaged gzip member"))


def _next_member(stream: BinaryIO, at: int, size: int) -> int | None:
    """Where the next gzip member begins that holds a WARC record."""
    while at < size:
        stream.seek(at)
        window = stream.read(_STEP)
        found = window.find(_GZIP_MAGIC)
        while found >= 0:
            if _begins_record(stream, at + found):
                return at + found
            found = window.find(_GZIP_MAGIC, found + 1)
        at += max(1, len(window) - 2)
    return None


def _begins_record(stream: BinaryIO, at: int) -> bool:
    stream.seek(at)
    try:
        return zlib.decompressobj(31).decompress(stream.read(1024), 16).startswith(b"WARC/")
    except zlib.error:
        return False


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
