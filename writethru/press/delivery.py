"""How a reply goes out over the connection: whole, compressed, chunked, or in one of many wrong ways."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import count

from writethru.press.answers import Manner
from writethru.press.rules import Conduct, Kind, Rule
from writethru.press.wire import Ask, Reply, head, http_date, packed_tag

_TICK = 0.05
"""Real seconds between two drips."""

_MEGABYTE = 1_000_000
_CHUNK = 16_384


class Ending(Enum):
    """What becomes of the connection."""

    KEEP = "keep"
    CLOSE = "close"
    RESET = "reset"
    HOLD = "hold"  # open and silent until the client or the press goes


@dataclass(frozen=True, slots=True)
class Delivery:
    """Bytes for the wire.

    Attributes:
        pieces: written one after another.
        before: real seconds of silence before the first piece.
        between: real seconds of silence before every later piece.
        ending: what becomes of the connection.
    """

    pieces: Iterable[bytes]
    ending: Ending
    before: float = 0.0
    between: float = 0.0


@dataclass(frozen=True, slots=True)
class Parcel:
    """A reply with its headers made, before it is cut into pieces."""

    ask: Ask
    reply: Reply
    headers: tuple[tuple[str, str], ...]  # without Content-Length and Transfer-Encoding
    body: bytes
    is_chunked: bool

    @property
    def is_bodiless(self) -> bool:
        """Whether no body may be sent (RFC 9110, 6.4.1)."""
        return self.ask.method == "HEAD" or self.reply.status in (204, 304)

    @property
    def ending(self) -> Ending:
        """What the client wished for."""
        return Ending.KEEP if self.ask.keeps_alive else Ending.CLOSE

    def head(self, *extra: tuple[str, str]) -> bytes:
        """Status line and headers with ``extra`` at their end."""
        return head(self.reply.status, (*self.headers, *extra))

    def whole(self) -> bytes:
        """Everything in one piece, as it should be."""
        if self.reply.status in (204, 304):
            return self.head()
        framing = ("Transfer-Encoding", "chunked") if self.is_chunked else ("Content-Length", str(len(self.body)))
        if self.ask.method == "HEAD":
            return self.head(framing)
        return self.head(framing) + (b"".join(chunks([self.body])) if self.is_chunked else self.body)


def deliver(ask: Ask, reply: Reply, now: datetime, manner: Manner, conduct: Conduct) -> Delivery:
    """The bytes of ``reply``, as manner and conduct will have them."""
    kinds = {rule.kind for rule in conduct.manners}
    parcel = _parcel(ask, reply, now, manner, kinds)
    rule = conduct.delivery
    if rule is None or (parcel.is_bodiless and rule.kind in _NEEDS_BODY):
        return Delivery((parcel.whole(),), parcel.ending)
    return _DELIVERIES[rule.kind](parcel, rule)


def _parcel(ask: Ask, reply: Reply, now: datetime, manner: Manner, kinds: set[Kind]) -> Parcel:
    plain = Kind.PLAIN in kinds
    is_packed = not plain and (manner.gzip or Kind.GZIP in kinds) and ask.takes_gzip and bool(reply.body)
    is_chunked = not plain and (manner.chunked or Kind.CHUNKED in kinds) and ask.http11
    headers = [("Date", http_date(now)), ("Server", "press"), ("Content-Type", reply.content_type)]
    if reply.etag:
        headers.append(("ETag", packed_tag(reply.etag) if is_packed else reply.etag))
    if reply.modified:
        headers.append(("Last-Modified", http_date(reply.modified)))
    if is_packed:
        headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
    if not ask.keeps_alive:
        headers.append(("Connection", "close"))
    body = gzip.compress(reply.body, 6, mtime=0) if is_packed else reply.body
    return Parcel(ask, reply, (*headers, *reply.headers), body, is_chunked)


def chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Chunked transfer coding (RFC 9112, 7.1), the last chunk included."""
    for piece in pieces:
        for start in range(0, len(piece), _CHUNK):
            part = piece[start : start + _CHUNK]
            yield b"%x\r\n%s\r\n" % (len(part), part)
    yield b"0\r\n\r\n"


def _latency(parcel: Parcel, rule: Rule) -> Delivery:
    return Delivery((parcel.whole(),), parcel.ending, before=rule.amount(1.0))


def _slow(parcel: Parcel, rule: Rule) -> Delivery:
    size = max(1, int(rule.amount(100) * _TICK))
    beginning = parcel.head(("Content-Length", str(len(parcel.body))))
    drips = (parcel.body[start : start + size] for start in range(0, len(parcel.body), size))
    return Delivery(_chain(beginning, drips), parcel.ending, between=_TICK)


def _stall(_: Parcel, __: Rule) -> Delivery:
    return Delivery((), Ending.HOLD)


def _endless(parcel: Parcel, _: Rule) -> Delivery:
    more = (b"<p>And another thing, number %d.</p>\n" % number * 400 for number in count(1))
    return _streamed(parcel, _chain(parcel.body, more))


def _length_long(parcel: Parcel, _: Rule) -> Delivery:
    promised = len(parcel.body) + 1000
    return Delivery((parcel.head(("Content-Length", str(promised))) + parcel.body,), Ending.CLOSE)


def _length_short(parcel: Parcel, _: Rule) -> Delivery:
    promised = len(parcel.body) // 2
    return Delivery((parcel.head(("Content-Length", str(promised))) + parcel.body,), Ending.CLOSE)


def _broken_gzip(parcel: Parcel, _: Rule) -> Delivery:
    """Sound at first, then bits turned over in the middle and the checksum cut off."""
    packed = bytearray(gzip.compress(parcel.reply.body, 6, mtime=0))
    middle = len(packed) // 2
    packed[middle : middle + 16] = bytes(byte ^ 0xFF for byte in packed[middle : middle + 16])
    body = bytes(packed[:-6])
    headers = (("Content-Encoding", "gzip"), ("Content-Length", str(len(body))))
    return Delivery((_repacked(parcel).head(*headers) + body,), parcel.ending)


def _gzip_bomb(parcel: Parcel, rule: Rule) -> Delivery:
    pieces = bomb(int(rule.amount(1000)))
    return _streamed(_repacked(parcel), pieces, ("Content-Encoding", "gzip"))


def bomb(megabytes: int) -> Iterator[bytes]:
    """A valid gzip stream of so many megabytes of spaces, about a thousandth of that on the wire."""
    block = b" " * _MEGABYTE
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # a full flush lets the block be repeated
    yield b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(block, checksum)
        yield packed
    yield b"\x03\x00" + checksum.to_bytes(4, "little") + (megabytes * _MEGABYTE % 2**32).to_bytes(4, "little")


def _header_flood(parcel: Parcel, rule: Rule) -> Delivery:
    lines = int(rule.amount(1000))
    padding = ((f"X-Padding-{number}", "x" * 1000) for number in range(lines))
    return Delivery((parcel.head(*padding, ("Content-Length", str(len(parcel.body)))), parcel.body), Ending.CLOSE)


def _garbage(_: Parcel, __: Rule) -> Delivery:
    return Delivery((b"\x16\x03\x01\x00\xff this is no HTTP\r\n\r\n",), Ending.CLOSE)


def _reset(parcel: Parcel, rule: Rule) -> Delivery:
    beginning = parcel.whole()[: int(rule.amount(0))]
    return Delivery((beginning,) if beginning else (), Ending.RESET)


def _streamed(parcel: Parcel, pieces: Iterable[bytes], *extra: tuple[str, str]) -> Delivery:
    """A body of unknown length: chunked, or to HTTP/1.0 until the connection closes."""
    if parcel.ask.http11:
        beginning = parcel.head(*extra, ("Transfer-Encoding", "chunked"))
        return Delivery(_chain(beginning, chunks(pieces)), parcel.ending)
    return Delivery(_chain(parcel.head(*extra), pieces), Ending.CLOSE)


def _repacked(parcel: Parcel) -> Parcel:
    """Without the content coding the parcel already has."""
    headers = tuple(pair for pair in parcel.headers if pair[0] != "Content-Encoding")
    return Parcel(parcel.ask, parcel.reply, headers, parcel.reply.body, parcel.is_chunked)


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


_NEEDS_BODY = frozenset(
    {Kind.SLOW, Kind.ENDLESS, Kind.LENGTH_LONG, Kind.LENGTH_SHORT, Kind.BROKEN_GZIP, Kind.GZIP_BOMB}
)

_DELIVERIES: dict[Kind, Callable[[Parcel, Rule], Delivery]] = {
    Kind.LATENCY: _latency,
    Kind.SLOW: _slow,
    Kind.STALL: _stall,
    Kind.ENDLESS: _endless,
    Kind.LENGTH_LONG: _length_long,
    Kind.LENGTH_SHORT: _length_short,
    Kind.BROKEN_GZIP: _broken_gzip,
    Kind.GZIP_BOMB: _gzip_bomb,
    Kind.HEADER_FLOOD: _header_flood,
    Kind.GARBAGE: _garbage,
    Kind.RESET: _reset,
}
