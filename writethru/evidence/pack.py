"""Evidence as ``.warc.zst``: the records of a finished file as they stand, each in a zstd frame of its own.

The ledger's roots are over the files as they were written, so the packed form is a copy to keep or to hand over, and
never takes their place (decision 0140). ``import``, ``verify`` and whoever reads references can read it.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import zstandard

from writethru.errors import EvidenceError
from writethru.evidence.openfile import sync_folder
from writethru.evidence.scan import Piece, scan
from writethru.evidence.verify import MAX_RECORD_BYTES

SUFFIX: Final = ".warc.zst"
LEVEL: Final = 19
_PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class Packed:
    """One file, packed and read back.

    Attributes:
        sha256: over all records, unpacked, in their order.
    """

    file: str
    records: int
    size_before: int
    size: int
    sha256: str


def packed_name(name: str) -> str:
    """What the packed form of an evidence file is called."""
    return name.removesuffix(".gz").removesuffix(".warc") + SUFFIX


def pack(source: Path, folder: Path) -> Packed:
    """Write a finished file into a folder as ``.warc.zst``, read it back and compare; it appears whole or not at all.

    Raises:
        EvidenceError: the file is damaged, its packed form is there already, or the folder cannot be written.
    """
    target = folder / packed_name(source.name)
    if target.exists():
        raise EvidenceError("is there already; nothing was overwritten", key=target)
    part = target.with_name(target.name + _PART)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        records, digest = _write(source, part)
        if _digest_of(part) != (records, digest):
            raise EvidenceError("the packed form is not what was written", key=target)
        part.replace(target)
        sync_folder(folder)
        return Packed(target.name, records, source.stat().st_size, target.stat().st_size, digest)
    except OSError as error:
        raise EvidenceError(f"cannot be packed: {error}", key=source) from error
    finally:
        part.unlink(missing_ok=True)


def _write(source: Path, part: Path) -> tuple[int, str]:
    packer = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True, write_content_size=True)
    records, digest = 0, hashlib.sha256()
    with part.open("wb") as stream:
        for piece in scan(source, keep=MAX_RECORD_BYTES):
            raw = _whole(piece, source)
            digest.update(raw)
            stream.write(packer.compress(raw))
            records += 1
        stream.flush()
        os.fsync(stream.fileno())
    return records, digest.hexdigest()


def _digest_of(path: Path) -> tuple[int, str]:
    records, digest = 0, hashlib.sha256()
    for piece in scan(path, keep=MAX_RECORD_BYTES):
        digest.update(_whole(piece, path))
        records += 1
    return records, digest.hexdigest()


def _whole(piece: Piece, path: Path) -> bytes:
    if piece.fault or len(piece.raw) != piece.size:
        why = piece.fault or "a record is larger than can be packed"
        raise EvidenceError(f"{why}, at byte {piece.offset}; it is kept as it stands", key=path)
    return piece.raw
