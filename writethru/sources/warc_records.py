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
    start: int | None = 0
    for _ in range(_MAX_RESTARTS):
        if start is None:
            return
        last = start
        count = 0
        try:
            for raw in _raw_records(file, start):
                last, count = start + raw.stream_pos, count + 1
                yield _checked(raw, last, file.path)
            return
        except OSError as error:
            if count == 0:
                yield _damaged(file.path, last, str(error))
        except InputError as error:
            yield Skipped(f"{file.path}@{last}", error)
            return
        start = _next_start(file, last + 1)
    yield _damaged(file.path, last, "too much damage; the rest was left out")


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
