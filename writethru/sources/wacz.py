"""WACZ files (format 1.1.1): the WARC files inside, read where they stand in the ZIP, without unpacking it."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import Final

from writethru.errors import MalformedInput
from writethru.sources.files import Opened
from writethru.sources.found import ImportItem, Skipped
from writethru.sources.limits import MAX_REPORTS
from writethru.sources.warc import KnownRecords, read_warc

_ENDINGS: Final = (".warc", ".warc.gz")
_LOCAL_HEADER: Final = struct.Struct("<4s5H3L2H")
_LOCAL_MAGIC: Final = b"PK\x03\x04"


def read_wacz(file: Opened, known: KnownRecords) -> Iterator[ImportItem | Skipped]:
    """The pages of all WARC files inside, in the order of their names.

    Raises:
        MalformedInput: it is no ZIP file, or it was cut off.
    """
    try:
        with zipfile.ZipFile(file.path) as archive:
            entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise MalformedInput("not a whole WACZ file: its ZIP directory cannot be read", key=file.path) from error
    inside = [entry for entry in entries if entry.filename.startswith("archive/") and not entry.is_dir()]
    if not inside:
        raise MalformedInput("this ZIP file has no archive/ folder, so it is no WACZ", key=file.path)
    for entry in inside[:MAX_REPORTS]:
        yield from _read_entry(file, entry, known)


def _read_entry(file: Opened, entry: zipfile.ZipInfo, known: KnownRecords) -> Iterator[ImportItem | Skipped]:
    origin = f"{file.path}!{entry.filename}"
    if not entry.filename.lower().endswith(_ENDINGS):
        yield Skipped(origin, MalformedInput("not a .warc or .warc.gz file", key=origin))
    elif entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
        message = (
            "a WACZ stores its WARC files as they are, this one is packed or locked: unpack it and give the WARC file"
        )
        yield Skipped(origin, MalformedInput(message, key=origin))
    else:
        span = _span(file, entry)
        if span is None:
            yield Skipped(origin, MalformedInput("the ZIP directory leads to no such file", key=origin))
        else:
            yield from read_warc(file, known, span)


def _span(file: Opened, entry: zipfile.ZipInfo) -> tuple[int, int] | None:
    """Where the bytes of an entry stand: behind its local header, whose length only itself tells."""
    file.stream.seek(entry.header_offset)
    raw = file.stream.read(_LOCAL_HEADER.size)
    if len(raw) < _LOCAL_HEADER.size or not raw.startswith(_LOCAL_MAGIC):
        return None
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(raw)
    start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    return start, start + entry.file_size
