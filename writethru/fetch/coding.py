"""HTTP/1.1 messages as bytes: where the head ends, what the body's framing and coding hold. Pure.

The fetcher and the reader of evidence share these functions, so that what is read back
from a record years later is what was seen on the day.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from writethru.errors import BrokenResponse, TooLarge

_BLANK_LINE = re.compile(rb"\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/(\d\.\d) (\d{3})(?: ([^\r\n]*))?\r?\n?")
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_MAX_CODINGS = 3
_MAX_MEMBERS = 1000  # of gzip in one body; honest ones have one, and each costs time
_STEP = 1 << 16

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A parsed status line with its headers, as text in Latin-1 (bytes one to one)."""

    version: str
    status: int
    reason: str
    headers: Headers

    def get(self, name: str, default: str = "") -> str:
        """The first header of this name, in any case."""
        return header(self.headers, name, default)


@dataclass(frozen=True, slots=True)
class Framed:
    """A body taken out of its framing.

    Attributes:
        payload: what the framing held.
        consumed: how many of the wire's bytes belong to the message.
        complete: the framing says that this is all of it.
        fault: why it is not, or "".
    """

    payload: bytes
    consumed: int
    complete: bool
    fault: str = ""


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """Bounds of content decoding: see ``FetchSettings``."""

    max_bytes: int = 20_000_000
    max_ratio: float = 200.0
    ratio_from_bytes: int = 1 << 20


def header(headers: Headers, name: str, default: str = "") -> str:
    """The first header of this name, in any case."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), default)


def header_items(headers: Headers, name: str) -> list[str]:
    """All comma-separated items of all headers of this name, lower case, without the empty ones."""
    wanted = name.lower()
    lists = (value.split(",") for key, value in headers if key.lower() == wanted)
    return [item.strip().lower() for items in lists for item in items if item.strip()]


def head_end(raw: bytes | bytearray, start: int = 0) -> int | None:
    """Where the head that begins at ``start`` ends (after its blank line), or None: not yet."""
    match = _BLANK_LINE.search(raw, start)
    return None if match is None else match.end()


def final_head(raw: bytes | bytearray) -> tuple[int, int] | None:
    """Start and end of the head of the final response, past any 1xx answers; None: not there yet."""
    start = 0
    while (end := head_end(raw, start)) is not None:
        match = _STATUS_LINE.match(raw, start)
        if match is None or not match[2].startswith(b"1") or match[2] == b"101":
            return start, end
        start = end
    return None


def parse_head(raw: bytes) -> Head | None:
    """Status line and headers; None where there is no status line. Lines that are no headers are left out."""
    match = _STATUS_LINE.match(raw)
    if match is None:
        return None
    lines = _FOLD.sub(b" ", raw[match.end() :]).splitlines()
    pairs = (line.partition(b":") for line in lines if b":" in line)
    headers = tuple((name.strip().decode("latin-1"), value.strip().decode("latin-1")) for name, _, value in pairs)
    return Head(match[1].decode(), int(match[2]), (match[3] or b"").decode("latin-1"), headers)


def unframe(head: Head, wire: bytes) -> Framed:
    """The body of a response to GET, by RFC 9112, 6.3: none, chunked, by length, or up to the end."""
    if head.status in (204, 304) or head.status < 200:
        return Framed(b"", 0, complete=True)
    if "chunked" in header_items(head.headers, "transfer-encoding"):
        return unchunk(wire)
    lengths = set(header_items(head.headers, "content-length"))
    if not lengths:
        return Framed(wire, len(wire), complete=True)
    length = lengths.pop()
    if lengths or not (length.isascii() and length.isdigit() and len(length) < 19):
        return Framed(wire, len(wire), complete=False, fault="Content-Length is not one number")
    return _by_length(wire, int(length))


def _by_length(wire: bytes, length: int) -> Framed:
    if len(wire) < length:
        fault = f"{len(wire)} bytes came of the {length} that Content-Length promised"
        return Framed(wire, len(wire), complete=False, fault=fault)
    return Framed(wire[:length], length, complete=True)


def unchunk(wire: bytes) -> Framed:
    """Take a chunked body apart (RFC 9112, 7.1); trailers belong to the message but not to the payload."""
    payload = bytearray()
    at = 0
    while True:
        line = _CHUNK_LINE.match(wire, at)
        if line is None:
            return Framed(bytes(payload), at, complete=False, fault="a chunk size is missing or not a number")
        size, data = int(line[1], 16), line.end()
        if size == 0:
            return _after_last_chunk(wire, data, bytes(payload))
        payload += wire[data : data + size]
        at = data + size
        if len(wire) < at:
            return Framed(bytes(payload), len(wire), complete=False, fault="the last chunk is cut short")
        at = _past_line_end(wire, at)


def _past_line_end(wire: bytes, at: int) -> int:
    if wire[at : at + 2] == b"\r\n":
        return at + 2
    return at + 1 if wire[at : at + 1] == b"\n" else at


def _after_last_chunk(wire: bytes, at: int, payload: bytes) -> Framed:
    end = _past_line_end(wire, at)
    if end > at:
        return Framed(payload, end, complete=True)
    trailers = head_end(wire, max(0, at - 1))
    if trailers is None:
        return Framed(payload, len(wire), complete=False, fault="the end after the last chunk is missing")
    return Framed(payload, trailers, complete=True)


def decode_content(payload: bytes, headers: Headers, limits: DecodeLimits) -> bytes:
    """The body: ``payload`` without its content codings.

    Raises:
        BrokenResponse: an unknown coding, or bytes that do not fit the coding.
        TooLarge: more than ``limits`` allow; no more than that is ever held.
    """
    codings = [item for item in header_items(headers, "content-encoding") if item != "identity"]
    if not payload:
        return payload
    if len(codings) > _MAX_CODINGS:
        raise BrokenResponse(f"{len(codings)} content codings on top of each other")
    for coding in reversed(codings):
        payload = _decode_one(payload, coding, limits)
    if len(payload) > limits.max_bytes:
        raise TooLarge(f"the body is larger than {limits.max_bytes} bytes")
    return payload


def _decode_one(payload: bytes, coding: str, limits: DecodeLimits) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return inflate(payload, 31, limits)
    if coding == "deflate":
        # RFC 9110 means zlib (8.4.1.2); old servers send bare deflate
        is_zlib = len(payload) > 1 and payload[0] & 0x0F == 8 and int.from_bytes(payload[:2]) % 31 == 0
        return inflate(payload, 15 if is_zlib else -15, limits)
    raise BrokenResponse(f"unknown content coding {coding[:40]!r}; we asked for gzip or deflate")


def inflate(payload: bytes, wbits: int, limits: DecodeLimits) -> bytes:
    """Decompress one or more gzip members (wbits 31) or one zlib (15) or deflate (-15) stream.

    Bytes after the last member are passed over, as browsers do; the record keeps them.

    Raises:
        BrokenResponse, TooLarge: see ``decode_content``.
    """
    body = bytearray()
    at = 0
    for _ in range(_MAX_MEMBERS):
        at = _member(payload, at, wbits, limits, body)
        if wbits != 31 or not payload.startswith(b"\x1f\x8b", at):
            return bytes(body)
    raise BrokenResponse(f"more than {_MAX_MEMBERS} gzip members in one body")


def _member(payload: bytes, at: int, wbits: int, limits: DecodeLimits, body: bytearray) -> int:
    """Append one more member to ``body``; where it ends. Fed in steps, so that no tail is copied over and over."""
    stream = zlib.decompressobj(wbits)
    while not stream.eof:
        fed = payload[at : at + _STEP]
        at += len(fed)
        piece = b"?"
        while not stream.eof and (piece or fed):
            piece = _next_piece(stream, fed)
            fed = stream.unconsumed_tail
            _check_size(len(body) + len(piece), len(payload), limits)
            body += piece
        if not stream.eof and at >= len(payload):
            raise BrokenResponse("the compressed body ends early")
    return at - len(stream.unused_data)


def _next_piece(stream: zlib._Decompress, data: bytes) -> bytes:
    try:
        return stream.decompress(data, _STEP)
    except zlib.error as error:
        raise BrokenResponse("the compressed body is damaged") from error


def _check_size(total: int, payload: int, limits: DecodeLimits) -> None:
    if total > limits.max_bytes:
        raise TooLarge(f"the body decompresses to more than {limits.max_bytes} bytes")
    if total > limits.ratio_from_bytes and total > limits.max_ratio * payload:
        raise TooLarge(f"the body decompresses to more than {limits.max_ratio:g} times its size")
