"""Whatever bytes a server says: an exchange or a ``FetchError``, nothing else, and nothing is lost."""

from __future__ import annotations

import gzip
import socket
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fetch.servers import HOST
from writethru.errors import FetchError
from writethru.fetch import Fetcher, FetchSettings, received
from writethru.fetch.settings import Address

SETTINGS = FetchSettings(
    connect_to={HOST: "127.0.0.1:9"},
    read_seconds=1,
    total_seconds=2,
    max_header_bytes=2000,
    max_wire_bytes=3000,
    max_body_bytes=5000,
    max_redirects=1,
)
STATUS = st.sampled_from([b"200 OK", b"304 Not Modified", b"302 Found", b"100 Continue", b"204", b"999 \xff", b"20 x"])
HEADERS = st.sampled_from(
    [
        b"Content-Length: 5",
        b"Content-Length: 5, 5",
        b"Content-Length: -1",
        b"Content-Length: 99999999999999999999",
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: gzip, chunked",
        b"Content-Encoding: gzip",
        b"Content-Encoding: deflate",
        b"Content-Encoding: \xff",
        b"Location: /x",
        b"Location: //[",
        b"Location: http://\xc3\xa9.example:x/",
        b" folded",
        b"X\0: y",
        b"no colon",
        b"",
    ]
)
BODIES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([b"5\r\nhello\r\n0\r\n\r\n", b"0\r\nTrailer", gzip.compress(b"hello"), gzip.compress(bytes(9000))]),
)
MESSAGES = st.builds(
    lambda version, status, headers, body: b"%s %s\r\n%s\r\n\r\n%s" % (version, status, b"\r\n".join(headers), body),
    st.sampled_from([b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2", b"http/1.1"]),
    STATUS,
    st.lists(HEADERS, max_size=4),
    BODIES,
)


def answering(said: bytes) -> socket.socket:
    """Our end of a connection at whose other end this was said, and then closed."""
    ours, theirs = socket.socketpair()
    theirs.sendall(said)
    theirs.shutdown(socket.SHUT_WR)
    _KEPT.append(theirs)
    return ours


_KEPT: list[socket.socket] = []


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(MESSAGES, st.binary(max_size=60)), min_size=1, max_size=2))
def test_any_answer_is_an_exchange_or_a_fetch_error(answers: list[bytes]) -> None:
    said = [b"".join(answers), b"HTTP/1.1 200 OK\r\n\r\nsecond hop"]

    def connect(address: Address, seconds: float) -> socket.socket:
        return answering(said.pop(0))

    whole = said[0]
    with patch("writethru.fetch.wire.open_socket", connect):
        try:
            exchange = Fetcher(SETTINGS).get(f"http://{HOST}/")
            assert exchange.status is not None
            assert exchange.status >= 200
        except FetchError as error:
            kept = received(error)
            assert kept is not None
            exchange = kept
        finally:
            while _KEPT:
                _KEPT.pop().close()
    first = exchange.hops[0]
    assert whole.startswith(first.interim + first.response_head + first.response_body + first.unparsed)
