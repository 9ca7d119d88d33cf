"""WARC/1.1 records as bytes: build one, take one apart. Pure.

Source: ISO 28500:2017, "The WARC File Format 1.1".
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from uuid import uuid4

from writethru.errors import EvidenceError, FetchError
from writethru.fetch.coding import DecodeLimits, Head, Headers, decode_content, head_end, header, parse_head, unframe
from writethru.fetch.digests import labelled
from writethru.model import EvidenceRef, utc

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
PLACE = "Writethru-Refers-To-Place"
"""Our extension: ``file offset length`` of the record that a revisit refers to."""

GZIP_LEVEL = 4
"""Of one record: two thirds of the CPU of level 6 for 1-6 % more bytes; docs/reference/evidence.md has the sweep."""

SMALL = 4096
SMALL_WINDOW, SMALL_MEMORY = 12, 4
"""Records up to this size: a window of as many bytes and little memory give the same bytes in 12 instead
of 87 microseconds, most of which zlib spends on clearing what it will not need."""

MIN_STORED = 1024
"""Bodies that came compressed and are larger than this are not compressed again."""

MAX_BODY_BYTES = 256 * 1024 * 1024
"""Largest decoded body that reading gives back; far above what fetching takes."""

_VERSION_LINE = re.compile(rb"WARC/(1\.[01]|0\.1[78])\r?\n")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_RECORD_END = b"\r\n\r\n"
_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"  # what zlib writes: no name, no time, Unix (RFC 1952)
_HTTP_KINDS = frozenset({"response", "revisit", "request"})

Fields = Iterable[tuple[str, str]]


def new_record_id() -> str:
    """A fresh WARC-Record-ID."""
    return f"<urn:uuid:{uuid4()}>"


def warc_date(moment: datetime) -> str:
    """W3C date in UTC, with microseconds where there are any (WARC/1.1, 5.4)."""
    return utc(moment).isoformat().replace("+00:00", "Z")


def build_record(kind: str, fields: Fields, block: bytes) -> bytes:
    """One record, uncompressed. Empty fields are left out; control characters in values become spaces.

    Content-Length and WARC-Block-Digest are added.
    """
    named = "".join([f"{name}: {_one_line(value)}\r\n" for name, value in fields if value])
    last = f"WARC-Block-Digest: {labelled(block)}\r\nContent-Length: {len(block)}\r\n\r\n"
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\n{named}{last}".encode("utf-8", "replace")
    return b"".join((head, block, _RECORD_END))


def _one_line(value: str) -> str:
    return value if value.isprintable() else _CONTROL.sub(" ", value)


def gzip_member(record: bytes, packed: int = 0, level: int = GZIP_LEVEL) -> bytes:
    """A record as its own gzip member, so that it can be read from its offset alone (Annex D).

    Args:
        packed: how many bytes at the end of the block are compressed already (a gzip body): they are
            stored as they are, because trying again costs much and wins half a percent.
    """
    if len(record) <= SMALL:
        small = zlib.compressobj(level, zlib.DEFLATED, 16 + SMALL_WINDOW, SMALL_MEMORY)
        return small.compress(record) + small.flush()
    if packed < MIN_STORED:
        return zlib.compress(record, level, 31)
    start = len(record) - packed - len(_RECORD_END)
    first, rest = zlib.compressobj(level, zlib.DEFLATED, -15), zlib.compressobj(0, zlib.DEFLATED, -15)
    head = first.compress(record[:start]) + first.flush(zlib.Z_FULL_FLUSH)
    trailer = struct.pack("<II", zlib.crc32(record), len(record) & 0xFFFFFFFF)
    return b"".join((_GZIP_HEADER, head, rest.compress(record[start:]), rest.flush(), trailer))


@dataclass(frozen=True, slots=True)
class RecordHead:
    """The header of a record and where the record stands.

    Attributes:
        ref: ``length`` is that of the gzip member, or of the whole record in a plain file.
        kind: WARC-Type: ``response``, ``request``, ``revisit``, ``resource``, ``metadata``, ``warcinfo``, ...
        content_length: of the block, in bytes.
        http: status and headers, where the block begins with an HTTP head.
    """

    ref: EvidenceRef
    kind: str
    headers: Headers
    content_length: int
    http: Head | None = None

    def get(self, name: str, default: str = "") -> str:
        """The first WARC header of this name, in any case."""
        return header(self.headers, name, default)

    @property
    def record_id(self) -> str:
        """WARC-Record-ID, with its angle brackets."""
        return self.get("WARC-Record-ID")

    @property
    def target_uri(self) -> str:
        """WARC-Target-URI; WARC/0.18 and some tools put it in angle brackets."""
        return self.get("WARC-Target-URI").strip("<>")

    @property
    def date(self) -> datetime | None:
        """WARC-Date, None where it is missing or wrong."""
        try:
            moment = datetime.fromisoformat(self.get("WARC-Date"))
        except ValueError:
            return None
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

    @property
    def extensions(self) -> dict[str, str]:
        """Our own fields (``Writethru-…``)."""
        return {name: value for name, value in self.headers if name.lower().startswith("writethru-")}


@dataclass(frozen=True)
class Record:
    """A whole record.

    Attributes:
        block: everything after the WARC header, as recorded.
        payload: HTTP: the body without chunk framing; otherwise the block. For a revisit that
            refers to an identical payload, the payload of the record it refers to.
        http: whose Content-Encoding the payload has; of the record referred to, for such a revisit.
    """

    head: RecordHead
    block: bytes
    payload: bytes
    http: Head | None

    @cached_property
    def body(self) -> bytes:
        """The payload without its content coding, at most ``MAX_BODY_BYTES``.

        Raises:
            EvidenceError: the coding is damaged, unknown, or unpacks to too much.
        """
        if self.http is None:
            return self.payload
        try:
            return decode_content(self.payload, self.http.headers, DecodeLimits(MAX_BODY_BYTES, float("inf")))
        except FetchError as error:
            raise EvidenceError("the recorded body cannot be decoded", key=self.head.record_id) from error

    @property
    def status(self) -> int | None:
        """The HTTP status of this record itself."""
        return self.head.http.status if self.head.http else None


def parse_headers(raw: bytes) -> tuple[Headers, int] | None:
    """WARC headers at the start of ``raw`` and where the block begins; None: there is no WARC header."""
    version = _VERSION_LINE.match(raw)
    end = head_end(raw) if version else None
    if version is None or end is None:
        return None
    lines = _FOLD.sub(b" ", raw[version.end() : end]).splitlines()
    pairs = (line.decode("utf-8", "replace").partition(":") for line in lines if b":" in line)
    return tuple((name.strip(), value.strip()) for name, _, value in pairs), end


def content_length(headers: Headers) -> int | None:
    """The block's length, None where it is missing or no number."""
    text = header(headers, "Content-Length")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def record_head(raw: bytes, file: str, offset: int, length: int) -> tuple[RecordHead, int] | None:
    """The head of a record whose first bytes are ``raw``, and where its block begins; None: not a record."""
    parsed = parse_headers(raw)
    size = content_length(parsed[0]) if parsed else None
    if parsed is None or size is None:
        return None
    headers, start = parsed
    kind = header(headers, "WARC-Type").lower()
    ref = EvidenceRef(file, offset, length, header(headers, "WARC-Record-ID"))
    http = _http_head(kind, headers, raw[start : start + size])
    return RecordHead(ref, kind, headers, size, http), start


def _http_head(kind: str, headers: Headers, block: bytes) -> Head | None:
    is_http = kind in _HTTP_KINDS and header(headers, "Content-Type").lower().startswith("application/http")
    end = head_end(block) if is_http else None
    return None if end is None else parse_head(block[:end])


def whole_record(head: RecordHead, block: bytes) -> Record:
    """A record with its payload taken out of the block."""
    if head.http is None:
        return Record(head, block, block, None)
    wire = block[head_end(block) :]
    return Record(head, block, http_payload(head.http, wire), head.http)


def http_payload(http: Head, wire: bytes) -> bytes:
    """The payload in a recorded body. Some tools record a chunked answer without its chunks: then as it stands."""
    framed = unframe(http, wire)
    return framed.payload if framed.complete or framed.consumed else wire
