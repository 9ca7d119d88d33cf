"""Every way in which a server misbehaves ends in one error, in bounded time and memory, with what came kept."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from dataclasses import dataclass

import pytest

from tests.fetch.servers import HOST, Answer, Connection, ok, serving
from writethru.errors import BrokenResponse, FetchError, FetchTimeout, RefusedAddress, TooLarge
from writethru.fetch import Fetcher, FetchSettings, reason_of, received
from writethru.model import Reason

HEAD = b"HTTP/1.1 200 OK\r\n"
BOMB = gzip.compress(bytes(150_000))
EMPTY = gzip.compress(b"")
SETTINGS = {
    "connect_seconds": 1.0,
    "read_seconds": 0.3,
    "total_seconds": 0.8,
    "max_header_bytes": 4096,
    "max_wire_bytes": 100_000,
    "max_body_bytes": 200_000,
    "max_ratio": 100.0,
    "ratio_from_bytes": 50_000,
}


def drip_body(connection: Connection) -> None:
    connection.say(HEAD + b"\r\n<html>")
    connection.drip(b"x", 0.02)


def drip_head(connection: Connection) -> None:
    connection.say(HEAD)
    connection.drip(b"X-A: 1\r\n", 0.02)


def silent(connection: Connection) -> None:
    connection.drip(b"", 10)


def silent_in_the_middle(connection: Connection) -> None:
    connection.say(HEAD + b"Content-Length: 100\r\n\r\nhalf")
    silent(connection)


def endless_body(connection: Connection) -> None:
    connection.say(HEAD + b"\r\n", *[b"x" * 10_000] * 1000)


def endless_interim(connection: Connection) -> None:
    connection.say(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 10_000)


def endless_chunk_notes(connection: Connection) -> None:
    connection.say(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1;" + b"n" * 5000 + b"\r\nx\r\n"] * 200)


def crumbs(connection: Connection) -> None:
    connection.say(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 16_000)


def circle(connection: Connection) -> None:
    to = b"/b" if connection.path == "/a" else b"/a"
    connection.say(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + to + b"\r\n\r\n")


def ever_further(connection: Connection) -> None:
    to = connection.path.encode() + b"a"
    connection.say(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + to + b"\r\n\r\n")


@dataclass(frozen=True)
class Case:
    """What the server does and how the look must end."""

    name: str
    answer: Answer | bytes
    error: type[FetchError]
    message: str
    truncated: str = ""
    read_seconds: float = 0.3


CASES = [
    Case("slow drip of the body", drip_body, FetchTimeout, "longer than 0.8 s", "time", 5.0),
    Case("slow drip of the headers", drip_head, FetchTimeout, "longer than 0.8 s", "time", 5.0),
    Case("no answer at all", silent, FetchTimeout, "silent for 0.3 s", "time"),
    Case("silence in the body", silent_in_the_middle, FetchTimeout, "silent for 0.3 s", "time"),
    Case("endless body", endless_body, TooLarge, "more than 100000 bytes on the wire", "length"),
    Case("endless 1xx answers", endless_interim, TooLarge, "headers of more than 4096", "length"),
    Case("endless chunk extensions", endless_chunk_notes, TooLarge, "on the wire", "length"),
    Case("one long header", HEAD + b"X: " + b"y" * 5000 + b"\r\n\r\n", TooLarge, "headers of more than 4096", "length"),
    Case("many headers", HEAD + b"X: y\r\n" * 2000 + b"\r\n", TooLarge, "headers of more than 4096", "length"),
    Case(
        "a gzip body in thousands of members", ok(EMPTY * 2000, "Content-Encoding: gzip"), BrokenResponse, "1000 gzip"
    ),
    Case("gzip bomb", ok(BOMB, "Content-Encoding: gzip"), TooLarge, "100 times its size"),
    Case(
        "large but honest gzip",
        ok(gzip.compress(bytes(range(256)) * 1000, 1) * 2, "Content-Encoding: gzip"),
        TooLarge,
        "decompresses to more than 200000",
    ),
    Case(
        "body shorter than promised", HEAD + b"Content-Length: 100\r\n\r\nhalf", BrokenResponse, "4 bytes", "disconnect"
    ),
    Case(
        "body longer than promised",
        HEAD + b"Content-Length: 4\r\n\r\nhalf and more",
        BrokenResponse,
        "9 bytes follow",
        "",
    ),
    Case(
        "two lengths", HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nhalf", BrokenResponse, "ontent-Length", ""
    ),
    Case("chunk size is no number", HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", BrokenResponse, "protocol", ""),
    Case("chunks cut short", HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nhalf", BrokenResponse, "protocol", ""),
    Case("no last chunk", HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", BrokenResponse, "protocol", ""),
    Case("unknown transfer coding", HEAD + b"Transfer-Encoding: gzip\r\n\r\nx", BrokenResponse, "protocol", ""),
    Case(
        "unknown content coding", ok(b"x", "Content-Encoding: zebra"), BrokenResponse, "unknown content coding 'zebra'"
    ),
    Case("coding we did not ask for", ok(b"x", "Content-Encoding: br"), BrokenResponse, "unknown content coding 'br'"),
    Case(
        "codings without end", ok(b"x", "Content-Encoding: gzip, gzip, gzip, gzip"), BrokenResponse, "4 content codings"
    ),
    Case("plain text called gzip", ok(b"plain", "Content-Encoding: gzip"), BrokenResponse, "damaged"),
    Case("gzip cut short", ok(gzip.compress(b"abc" * 99)[:-9], "Content-Encoding: gzip"), BrokenResponse, "ends early"),
    Case(
        "gzip with a wrong checksum",
        ok(gzip.compress(b"abc")[:-8] + bytes(8), "Content-Encoding: gzip"),
        BrokenResponse,
        "damaged",
    ),
    Case("invalid status line", b"HELLO FROM THE HARBOUR\r\n\r\n<html>", BrokenResponse, "protocol", ""),
    Case("status of four digits", b"HTTP/1.1 2000 OK\r\n\r\n", BrokenResponse, "protocol", ""),
    Case("a header without a name", HEAD + b": no name\r\n\r\n", BrokenResponse, "protocol", ""),
    Case("NUL in a header", HEAD + b"X: a\0b\r\n\r\n", BrokenResponse, "protocol", ""),
    Case("NUL for a status line", bytes(100) + b"\r\n\r\n", BrokenResponse, "protocol", ""),
    Case("binary noise", bytes(range(256)) * 4, BrokenResponse, "protocol", ""),
    Case("HTTP/2 without asking", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", BrokenResponse, "protocol", ""),
    Case("closed without an answer", b"", FetchError, "without an answer"),
    Case("redirects in a circle", circle, BrokenResponse, "in a circle"),
    Case("redirects without end", ever_further, BrokenResponse, "more than 5 redirects"),
    Case(
        "redirect to a file",
        b"HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: file:///etc/passwd\r\n\r\n",
        RefusedAddress,
        "only http",
    ),
    Case(
        "redirect to nonsense",
        b"HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: http://[::1\r\n\r\n",
        FetchError,
        "URL",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_misbehaviour_ends_in_one_error(case: Case) -> None:
    began = time.monotonic()
    with serving(case.answer) as server:
        limits = {**SETTINGS, "read_seconds": case.read_seconds}  # of a drip, a busy machine's pause is no silence
        fetcher = Fetcher(FetchSettings(connect_to={HOST: server.address}, **limits))
        with pytest.raises(FetchError, match=case.message) as caught:
            fetcher.get(f"http://{HOST}/a")
        took = time.monotonic() - began
    assert type(caught.value) is case.error
    assert took < SETTINGS["total_seconds"] + 1.5
    kept = received(caught.value)
    assert kept is not None
    assert kept.hops[0].request == server.requests[0]
    if case.truncated:
        assert kept.truncated == case.truncated


def test_a_body_in_crumbs_costs_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("writethru.fetch.conversation.MAX_PIECES", 5000)
    with serving(crumbs) as server, pytest.raises(TooLarge, match="more than 5000 chunks") as caught:
        Fetcher(FetchSettings(connect_to={HOST: server.address})).get(f"http://{HOST}/a")
    kept = received(caught.value)
    assert kept is not None
    assert kept.truncated == "length"
    assert kept.last.response_body.startswith(b"1\r\nx\r\n")


def test_what_came_before_the_end_is_kept() -> None:
    with serving(HEAD + b"Content-Length: 100\r\n\r\nhalf") as server:
        fetcher = Fetcher(FetchSettings(connect_to={HOST: server.address}, **SETTINGS))
        with pytest.raises(BrokenResponse) as caught:
            fetcher.get(f"http://{HOST}/a")
    kept = received(caught.value)
    assert kept is not None
    assert kept.last.response_head == HEAD + b"Content-Length: 100\r\n\r\n"
    assert kept.last.response_body == b"half"
    assert kept.body == b""


def test_bytes_that_are_no_http_are_kept_too() -> None:
    with serving(b"220 ftp.harbour.example ready\r\n\r\n") as server:
        fetcher = Fetcher(FetchSettings(connect_to={HOST: server.address}, **SETTINGS))
        with pytest.raises(BrokenResponse) as caught:
            fetcher.get(f"http://{HOST}/a")
    kept = received(caught.value)
    assert kept is not None
    assert kept.last.head is None
    assert kept.last.unparsed == b"220 ftp.harbour.example ready\r\n\r\n"


def test_nul_bytes_in_a_body_are_content() -> None:
    with serving(ok(b"<p>\0</p>")) as server:
        assert Fetcher(FetchSettings(connect_to={HOST: server.address})).get(f"http://{HOST}/").body == b"<p>\0</p>"


def test_a_bomb_does_not_fill_the_memory() -> None:
    bomb = gzip.compress(gzip.compress(bytes(200_000_000)))
    with serving(ok(bomb, "Content-Encoding: gzip, gzip")) as server:
        fetcher = Fetcher(FetchSettings(connect_to={HOST: server.address}, max_body_bytes=1_000_000, max_ratio=1e9))
        tracemalloc.start()
        try:
            with pytest.raises(TooLarge):
                fetcher.get(f"http://{HOST}/a")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 8_000_000


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FetchTimeout("x"), Reason.TIMEOUT),
        (TooLarge("x"), Reason.TOO_LARGE),
        (BrokenResponse("x"), Reason.BROKEN_RESPONSE),
        (FetchError("x"), Reason.CONNECTION),
    ],
)
def test_every_failure_has_its_reason_code(error: FetchError, reason: Reason) -> None:
    assert reason_of(error) is reason
