"""One request and its answer on one connection: when is the answer whole, and what breaks the protocol?

Only the framing is followed here (RFC 9112, 6.3); the wire keeps the bytes, and ``coding``
takes them apart once all are there. A general client would parse every message a second
time, for half of the CPU of a look (decision 0034).
"""

from __future__ import annotations

import re
from typing import Final

from writethru.errors import BrokenResponse, FetchError, TooLarge
from writethru.fetch.coding import Head, header_items, parse_head, unframe
from writethru.fetch.wire import RecordingStream, Wire

MAX_PIECES = 100_000
"""Of a chunked body; a chunk costs time however small it is, honest ones hold kilobytes."""

LONGEST_LINE: Final = 64 * 1024
"""Of a chunk's size with its extensions; it is searched again with every piece that comes."""

_HEAD = re.compile(
    rb"HTTP/[0-9]\.[0-9] [1-9][0-9]{2}(?: [^\x00-\x08\x0a-\x1f\x7f]*)?\r?\n"
    rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\x00\r\n]*(?:\r?\n[ \t]+[^\x00\r\n]*)*\r?\n)*"
    rb"\r?\n"
)
"""A whole head by RFC 9112, 4 and 5, with bare line feeds and folded lines as old servers write them."""

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_NO_SIZE = re.compile(rb"[^0-9A-Fa-f]|[0-9A-Fa-f]{1,16}[ \t]*[^0-9A-Fa-f; \t\r\n]|[0-9A-Fa-f]{17}")
_BLANK: Final = re.compile(rb"\r?\n\r?\n")


def converse(stream: RecordingStream, request: bytes, wire: Wire) -> None:
    """Send the request and read until its answer is whole.

    Raises:
        FetchTimeout, TooLarge: a limit was reached.
        BrokenResponse: the answer breaks the protocol or ends early.
        FetchError: there was no answer.
    """
    stream.write(request)
    while wire.head is None:
        if not stream.read():
            raise _no_head(wire)
    start, end = wire.head
    raw = bytes(wire.received[start:end])
    head = parse_head(raw)
    if head is None or _HEAD.fullmatch(raw) is None or head.status == 101:
        raise _broken("its head is not that of an answer")
    _read_body(stream, head, wire)


def _no_head(wire: Wire) -> FetchError:
    if not wire.received:
        return FetchError("the connection was closed without an answer")
    return _broken("it ends before its headers do")


def _read_body(stream: RecordingStream, head: Head, wire: Wire) -> None:
    if head.status in (204, 304):
        return
    codings = header_items(head.headers, "transfer-encoding")
    if codings and codings != ["chunked"]:
        raise _broken(f"unknown transfer coding {', '.join(codings)[:40]!r}")
    if codings:
        _read_chunks(stream, wire)
        return
    lengths = set(header_items(head.headers, "content-length"))
    length = _length(lengths) if lengths else None
    while length is None or len(wire.received) - _body_start(wire) < length:
        if not stream.read():
            _check_end(head, wire, length)
            return


def _length(lengths: set[str]) -> int:
    text = lengths.pop()
    if lengths or not (text.isascii() and text.isdigit() and len(text) < 19):
        raise _broken("Content-Length is not one number")
    return int(text)


def _check_end(head: Head, wire: Wire, length: int | None) -> None:
    """Without a length the end of the connection is the end of the body."""
    if length is not None:
        raise _broken(unframe(head, bytes(wire.received[_body_start(wire) :])).fault)


def _body_start(wire: Wire) -> int:
    return wire.head[1] if wire.head is not None else 0


def _read_chunks(stream: RecordingStream, wire: Wire) -> None:
    """Follow the chunks; what they hold is taken out later."""
    at = _body_start(wire)
    for _ in range(MAX_PIECES + 1):
        size, at = _chunk_size(stream, wire, at)
        if size == 0:
            _read_trailers(stream, wire, at)
            return
        at += size
        while len(wire.received) < at + 2 and not wire.received.startswith(b"\n", at):
            _more(stream)
        at += 2 if wire.received.startswith(b"\r\n", at) else 1
    raise TooLarge(f"a body in more than {MAX_PIECES} chunks")


def _chunk_size(stream: RecordingStream, wire: Wire, at: int) -> tuple[int, int]:
    """The size of the chunk that begins here, and where its data begin."""
    while (line := _SIZE.match(wire.received, at)) is None:
        if _NO_SIZE.match(wire.received, at) or len(wire.received) - at > LONGEST_LINE:
            raise _broken("a chunk size is not a number, or what follows it has no end")
        _more(stream)
    size, end = int(line[1], 16), line.end()
    del line  # a match keeps the buffer from growing
    return size, end


def _read_trailers(stream: RecordingStream, wire: Wire, at: int) -> None:
    """The blank line after the last chunk, perhaps with trailers before it."""
    while True:
        rest = bytes(wire.received[at - 2 : at + 65536]) if at > 1 else b""
        if _BLANK.search(rest) is not None:
            return
        _more(stream)


def _more(stream: RecordingStream) -> None:
    if not stream.read():
        raise _broken("the connection was closed before the last chunk")


def _broken(why: str) -> BrokenResponse:
    return BrokenResponse(f"the answer breaks the protocol: {why}")
