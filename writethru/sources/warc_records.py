"""The records of a WARC file, with their places, past damaged ones."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from writethru.errors import InputError, MalformedInput
from writethru.sources.files import GZIP_MAGIC, Opened, unreadable
from writethru.sources.found import Skipped
from writethru.sources.limits import FREE_BYTES, HEAD_BYTES, MAX_PAGE_BYTES, MAX_RATIO

_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
_MAX_RESTARTS = 1_000
_CHUNK = 2**20
_PLAIN_START = re.compile(rb"WARC/1\.[01]\r?\n")
_GZIP_START = re.compile(rb"\x1f\x8b\x08")


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        offset: of its first byte (of its gzip member) in the file.
        headers: names in lower case; of repeated ones the first.
        length: of the block, as stated.
        block: its bytes; only the first ones if ``cut``.
        cut: the block is over ``MAX_PAGE_BYTES``.
    """

    offset: int
    type: str
    headers: dict[str, str]
    length: int
    block: bytes
    cut: bool = False

    @property
    def id(self) -> str:
        """WARC-Record-ID."""
        return self.get("record-id")

    def get(self, name: str) -> str:
        """The value of ``WARC-<name>``, "" where absent."""
        return self.headers.get(f"warc-{name}", "")


def records_of(file: Opened) -> Iterator[Record | Skipped]:
    """Responses, resources and revisits in file order; after damage, from the next whole record on."""
    scan = _Scan(file)
    for _ in range(_MAX_RESTARTS):
        yield from scan.run()
        if scan.start is None:
            return
    yield _damaged(file.path, scan.good, "too much damage; the rest was left out")


@dataclass
class _Scan:
    """A pass over one file, in runs from damage to damage.

    Attributes:
        start: where the next run begins; None at the end.
        good: offset of the last whole record.
        unreported: the fault that ended the last run, where the damaged place is not known yet.
    """

    file: Opened
    start: int | None = 0
    good: int = 0
    unreported: str = ""

    def run(self) -> Iterator[Record | Skipped]:
        """Records up to the next damage or the end."""
        begin, reading, count = self.start or 0, -1, 0
        self.start = None
        try:
            for raw in _raw_records(self.file, begin):
                yield from self._late_report()
                reading = raw.stream_pos
                yield _checked(raw, reading, self.file.path)
                self.good, reading, count = reading, -1, count + 1
            return
        except OSError as error:
            fault = str(error)
        except InputError as error:
            yield Skipped(f"{self.file.path}@{self.good}", error)
            return
        damaged = reading if reading >= 0 else begin if count == 0 else None
        if damaged is None:
            self.unreported = fault
        else:
            self.unreported = ""
            yield _damaged(self.file.path, damaged, fault)
        self.start = _next_start(self.file, (self.good if damaged is None else damaged) + 1)
        if self.start is None:
            yield from self._late_report()

    def _late_report(self) -> Iterator[Skipped]:
        if self.unreported:
            yield _damaged(self.file.path, self.good, f"after this record: {self.unreported}")
            self.unreported = ""


def record_at(path: Path, offset: int) -> Record:
    """The record at an offset.

    Raises:
        MalformedInput: there is none, or it is damaged.
        UnreadableInput: the file cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            for raw in ArchiveIterator(stream, record_types=_TYPES, parse_http=False):
                record = _checked(raw, offset, path)
                if isinstance(record, Skipped):
                    raise record.error
                return record
    except OSError as error:
        raise unreadable(path, error) from None
    raise MalformedInput("no record stands there", key=f"{path}@{offset}")


def _damaged(path: Path, offset: int, what: str) -> Skipped:
    origin = f"{path}@{offset}"
    return Skipped(origin, MalformedInput(f"a damaged WARC record: {what}", key=origin))


def _raw_records(file: Opened, start: int) -> Iterator[WarcRecord]:
    """fastwarc's records from ``start`` on, guarded against floods."""
    file.stream.seek(start)
    size = os.fstat(file.stream.fileno()).st_size
    produced = 0
    for raw in ArchiveIterator(file.stream, record_types=_TYPES, parse_http=False):
        yield raw
        produced += raw.content_length
        if file.head.startswith(GZIP_MAGIC) and produced > FREE_BYTES and produced > MAX_RATIO * size:
            raise MalformedInput(f"the file unpacks to more than {MAX_RATIO} times its size", key=file.path)


def _checked(raw: WarcRecord, offset: int, path: Path) -> Record | Skipped:
    headers: dict[str, str] = {}
    for name, value in raw.headers.items():
        headers.setdefault(name.lower(), value)
    length = raw.content_length
    cut = length > MAX_PAGE_BYTES
    block = raw.reader.read(HEAD_BYTES if cut else length)
    if "content-length" not in headers or (len(block) < length and not cut):
        return _damaged(path, offset, "it ends early: the file was cut off")
    return Record(offset, str(raw.record_type), headers, length, block, cut)


def _next_start(file: Opened, after: int) -> int | None:
    """Where the next record seems to begin at or after an offset, None if nowhere."""
    zipped = file.head.startswith(GZIP_MAGIC)
    pattern = _GZIP_START if zipped else _PLAIN_START
    for offset in _occurrences(file.stream, pattern, after):
        if not zipped or _opens_a_record(file.stream, offset):
            return offset
    return None


def _occurrences(stream: BinaryIO, pattern: re.Pattern[bytes], after: int) -> Iterator[int]:
    overlap = 16
    position = after
    while True:
        stream.seek(position)
        chunk = stream.read(_CHUNK)
        for match in pattern.finditer(chunk):
            if match.start() < _CHUNK - overlap or len(chunk) < _CHUNK:
                yield position + match.start()
        if len(chunk) < _CHUNK:
            return
        position += _CHUNK - overlap


def _opens_a_record(stream: BinaryIO, offset: int) -> bool:
    stream.seek(offset)
    try:
        return zlib.decompressobj(wbits=31).decompress(stream.read(512), 5) == b"WARC/"
    except zlib.error:
        return False
