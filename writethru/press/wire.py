"""HTTP/1.1 on the wire: reading a request, writing a response, both byte by byte (RFC 9112)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import Protocol

MAX_LINE = 65_536
MAX_HEADERS = 200
MAX_BODY = 1_000_000

_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class BadRequestError(Exception):
    """The request cannot be read; the message says why."""


class Readable(Protocol):
    """The reading end of a connection."""

    def readline(self, limit: int, /) -> bytes:
        """A line with its end, at most ``limit`` bytes."""
        ...

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """One request.

    Attributes:
        target: as sent, with the query.
        headers: lower-case names; of a repeated header the last.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    http11: bool = True
    body: bytes = b""

    @property
    def keeps_alive(self) -> bool:
        """Whether the client wants to go on using the connection."""
        wish = self.headers.get("connection", "").lower()
        return "close" not in wish if self.http11 else "keep-alive" in wish

    @property
    def is_conditional(self) -> bool:
        """Whether it asks for the page only if it changed."""
        return "if-none-match" in self.headers or "if-modified-since" in self.headers

    @property
    def takes_gzip(self) -> bool:
        """Whether a gzip body may be sent."""
        return "gzip" in self.headers.get("accept-encoding", "")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the press has to say, before it is put on the wire.

    Attributes:
        headers: besides Content-Type, Content-Length, Date, ETag, Last-Modified.
        etag: with its quotes, or "".
        modified: for Last-Modified, or None.
        version: number of the article's version that is shown (or spared by a 304), or 0.
        article: path of the article that is shown, or "".
    """

    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    etag: str = ""
    modified: datetime | None = None
    version: int = 0
    article: str = ""


NOT_ALLOWED = Reply(405, b"GET or HEAD\n", "text/plain; charset=utf-8", headers=(("Allow", "GET, HEAD"),))
"""To any other method."""


def read_ask(stream: Readable) -> Ask | None:
    """The next request, or None when the client has hung up.

    Raises:
        BadRequestError: it is not HTTP/1.x, or over a limit.
    """
    line = stream.readline(MAX_LINE + 1)
    if line in (b"\r\n", b"\n"):  # RFC 9112, 2.2: an empty line before a request is to be ignored
        line = stream.readline(MAX_LINE + 1)
    if not line:
        return None
    method, target, version = _request_line(line)
    headers = _headers(stream)
    return Ask(method, target, headers, version == "HTTP/1.1", _body(stream, headers))


def _request_line(line: bytes) -> tuple[str, str, str]:
    if len(line) > MAX_LINE:
        raise BadRequestError("the request line is too long")
    words = line.decode("utf-8", "replace").split()
    if len(words) != 3 or words[2] not in ("HTTP/1.1", "HTTP/1.0"):
        raise BadRequestError("not an HTTP/1.x request line")
    return words[0], words[1], words[2]


def _headers(stream: Readable) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(MAX_HEADERS):
        line = stream.readline(MAX_LINE + 1)
        if line in (b"\r\n", b"\n", b""):
            return headers
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or len(line) > MAX_LINE:
            raise BadRequestError("a header line without a colon, or too long")
        headers[name.strip().lower()] = value.strip()
    raise BadRequestError(f"more than {MAX_HEADERS} headers")


def _body(stream: Readable, headers: Mapping[str, str]) -> bytes:
    if "transfer-encoding" in headers:
        raise BadRequestError("send a Content-Length; a chunked request body is not read")
    stated = headers.get("content-length", "0")
    if not stated.isdigit() or int(stated) > MAX_BODY:
        raise BadRequestError(f"Content-Length must be a number up to {MAX_BODY}")
    return stream.read(int(stated)) if int(stated) else b""


def head(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    """Status line and headers, up to and including the empty line."""
    lines = [f"HTTP/1.1 {status} {_PHRASES.get(status, 'Unknown')}\r\n"]
    lines += [f"{name}: {value}\r\n" for name, value in headers]
    lines.append("\r\n")
    return "".join(lines).encode("latin-1", "replace")


def http_date(moment: datetime) -> str:
    """An HTTP date (RFC 9110, 5.6.7)."""
    return format_datetime(moment, usegmt=True)


def parse_http_date(value: str) -> datetime | None:
    """The moment, or None when it is not an HTTP date."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else None


def packed_tag(etag: str) -> str:
    """The strong validator of the compressed form, which is another representation (RFC 9110, 8.8.3.3)."""
    return etag[:-1] + '-gz"'


def still_fresh(ask: Ask, reply: Reply) -> bool:
    """Whether the client already has this (RFC 9110, 13.2.2: If-None-Match goes before If-Modified-Since)."""
    wanted = ask.headers.get("if-none-match")
    if wanted is not None:
        tags = {tag.strip().removeprefix("W/").replace('-gz"', '"') for tag in wanted.split(",")}
        return bool(reply.etag) and (reply.etag.removeprefix("W/") in tags or "*" in tags)
    since = parse_http_date(ask.headers.get("if-modified-since", ""))
    return since is not None and reply.modified is not None and reply.modified.replace(microsecond=0) <= since
