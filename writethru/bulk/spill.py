"""Bodies put aside: one file for each input file, one zstd frame for each capture, found by its place."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

import zstandard

from writethru.model import EvidenceRef, Medium, TimeBasis
from writethru.sources import ImportItem

LEVEL: Final = 1
"""Of zstd: these files live as long as the job, so speed goes before size."""

_PLAIN: Final = ("url", "content_type", "origin", "outlet", "part", "label", "stated_change", "status", "peer",
                 "record_id", "final_url", "error")  # fmt: skip


class SpillWriter:
    """Appends captures to a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._packer = zstandard.ZstdCompressor(level=LEVEL)

    def add(self, item: ImportItem, stands: EvidenceRef) -> tuple[int, int]:
        """Offset and length of what was written."""
        form: dict[str, Any] = {name: getattr(item, name) for name in _PLAIN}
        form |= {"captured_at": item.captured_at.isoformat(), "basis": item.basis.value, "medium": item.medium.value}
        form["stands"] = [stands.file, stands.offset, stands.length, stands.record_id]
        head = json.dumps(form, separators=(",", ":")).encode()
        frame = self._packer.compress(head + b"\n" + item.body)
        offset = self._file.tell()
        self._file.write(frame)
        return offset, len(frame)


class SpillReader:
    """Reads captures back; keeps the files open that it was asked for.

    Args:
        folder: where the files of a job are.
    """

    MOST_OPEN: Final = 64

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[int, IO[bytes]] = {}
        self._unpacker = zstandard.ZstdDecompressor()

    def read(self, file: int, offset: int, length: int) -> ImportItem:
        """The capture that stands there, its body already decoded."""
        stream = self._stream(file)
        stream.seek(offset)
        head, _, body = self._unpacker.decompress(stream.read(length)).partition(b"\n")
        form = json.loads(head)
        return ImportItem(
            **{name: form[name] for name in _PLAIN},
            captured_at=datetime.fromisoformat(form["captured_at"]),
            basis=TimeBasis(form["basis"]),
            medium=Medium(form["medium"]),
            payload=body,
            stands=EvidenceRef(*form["stands"]),
        )

    def close(self) -> None:
        """Close all files."""
        for stream in self._open.values():
            stream.close()
        self._open.clear()

    def _stream(self, file: int) -> IO[bytes]:
        if file not in self._open:
            if len(self._open) >= self.MOST_OPEN:
                self._open.pop(next(iter(self._open))).close()
            self._open[file] = bodies(self._folder, file).open("rb")
        return self._open[file]


def bodies(folder: Path, number: int) -> Path:
    """Where the bodies of an input file are put aside."""
    return folder / "scan" / f"{number:06d}.bodies"


def listing(folder: Path, number: int) -> Path:
    """Where it is listed what an input file held."""
    return folder / "scan" / f"{number:06d}.jsonl"
