"""A look that goes well: what is asked, what is kept, what is decoded."""

from __future__ import annotations

import gzip
import hashlib
import threading
import zlib
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from tests.fetch.servers import HOST, Connection, ok, serving
from writethru.errors import FetchError, RobotsDisallowed
from writethru.fetch import Fetcher, FetchSettings, received
from writethru.fetch.digests import labelled
from writethru.fetch.fetcher import HostLocks

PAGE = b"<html><p>The ferry resumes on Friday.</p></html>"
URL = f"http://{HOST}/news/ferry"


def fetcher(address: str, **settings: object) -> Fetcher:
    limits = {"connect_seconds": 2, "read_seconds": 2, "total_seconds": 4} | settings
    return Fetcher(FetchSettings(contact="https://tracker.example/about", connect_to={HOST: address}, **limits))


def test_the_request_says_who_we_are_and_nothing_else() -> None:
    with serving(ok(PAGE)) as server:
        exchange = fetcher(server.address).get(URL)
    assert exchange.last.request == server.requests[0]
    assert exchange.last.request.split(b"\r\n") == [
        b"GET /news/ferry HTTP/1.1",
        b"Host: harbour-courier.example",
        b"User-Agent: Writethru/0.1 (+https://tracker.example/about)",
        b"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        b"Accept-Encoding: gzip, deflate",
        b"Connection: close",
        b"",
        b"",
    ]


def test_the_answer_is_kept_as_it_came() -> None:
    head = b'HTTP/1.1 200 OK\r\nCONTENT-length:   48\r\nX-Odd: caf\xe9\r\neTag: "a1"\r\n\r\n'
    with serving(head + PAGE) as server:
        exchange = fetcher(server.address).get(URL)
    hop = exchange.last
    assert (hop.response_head, hop.response_body, hop.payload) == (head, PAGE, PAGE)
    assert (hop.status, hop.header("etag"), hop.header("x-odd")) == (200, '"a1"', "café")
    assert hop.peer == server.address
    assert hop.peer_ip == "127.0.0.1"
    assert hop.tls is None
    assert exchange.body == PAGE
    assert exchange.body_digest == hashlib.sha256(PAGE).hexdigest()
    assert exchange.payload_digest == labelled(PAGE)


def test_chunks_are_kept_as_framed_and_the_payload_without() -> None:
    wire = b"5;note=x\r\n<html\r\n2B\r\n" + PAGE[5:] + b"\r\n0\r\nTrailer: yes\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with serving(head + wire) as server:
        hop = fetcher(server.address).get(URL).last
    assert (hop.response_body, hop.payload) == (wire, PAGE)


@pytest.mark.parametrize(
    ("coding", "payload"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:10]) + gzip.compress(PAGE[10:])),
        ("gzip", gzip.compress(PAGE) + b"\0\0padding"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE))),
    ],
)
def test_content_codings_are_undone_and_kept(coding: str, payload: bytes) -> None:
    with serving(ok(payload, f"Content-Encoding: {coding}")) as server:
        exchange = fetcher(server.address).get(URL)
    assert exchange.body == PAGE
    assert exchange.last.payload == payload
    assert exchange.payload_digest == labelled(payload)


def test_a_body_may_end_with_the_connection() -> None:
    with serving(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE) as server:
        assert fetcher(server.address).get(URL).body == PAGE


def test_interim_answers_are_kept_apart() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    with serving(early + ok(PAGE)) as server:
        hop = fetcher(server.address).get(URL).last
    assert hop.interim == early
    assert hop.response_head.startswith(b"HTTP/1.1 200 OK\r\n")


def test_validators_bring_a_304_without_a_body() -> None:
    with serving(b'HTTP/1.1 304 Not Modified\r\nETag: "a1"\r\n\r\n') as server:
        exchange = fetcher(server.address).get(URL, etag='"a1"', last_modified="Fri, 11 Sep 2026 12:00:00 GMT")
        request = server.requests[0]
    assert b'If-None-Match: "a1"\r\n' in request
    assert b"If-Modified-Since: Fri, 11 Sep 2026 12:00:00 GMT\r\n" in request
    assert (exchange.status, exchange.body, exchange.body_digest, exchange.payload_digest) == (304, b"", "", "")


def test_a_validator_that_cannot_be_sent_is_left_out() -> None:
    with serving(ok(PAGE)) as server:
        fetcher(server.address).get(URL, etag='"a"\r\nX-Injected: 1', last_modified="żółw")
        assert b"If-" not in server.requests[0]
        assert b"Injected" not in server.requests[0]


def test_redirects_are_followed_and_each_hop_is_kept() -> None:
    def answer(connection: Connection) -> None:
        moved = {"/old": "/newer#top", "/newer": f"http://{HOST}/caf\u00e9?q=\u00fc b"}
        if connection.path in moved:
            to = moved[connection.path].encode()
            connection.say(b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: " + to + b"\r\n\r\n")
        else:
            connection.say(ok(PAGE))

    with serving(answer) as server:
        exchange = fetcher(server.address).get(f"http://{HOST}/old", etag='"a1"')
    assert exchange.redirects == 2
    assert exchange.final_url == f"http://{HOST}/caf%C3%A9?q=%C3%BC%20b"
    assert exchange.url == f"http://{HOST}/old"
    assert exchange.body == PAGE
    assert [b"If-None-Match" in request for request in server.requests] == [True, False, False]


def test_a_redirect_is_followed_only_where_the_caller_lets_it() -> None:
    asked: list[str] = []

    def forbid(url: str) -> None:
        asked.append(url)
        raise RobotsDisallowed("not there")

    with serving(b"HTTP/1.1 301 M\r\nContent-Length: 0\r\nLocation: //other.example/x\r\n\r\n") as server:
        with pytest.raises(RobotsDisallowed) as caught:
            fetcher(server.address).get(URL, may_follow=forbid)
        assert len(server.requests) == 1
    kept = received(caught.value)
    assert kept is not None
    assert kept.status == 301
    assert asked == ["http://other.example/x"]


def test_a_redirect_without_location_is_an_answer() -> None:
    with serving(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n") as server:
        assert fetcher(server.address).get(URL).status == 302


def test_an_error_status_is_an_answer_with_its_body() -> None:
    with serving(b"HTTP/1.1 410 Gone\r\nContent-Length: 4\r\n\r\ngone") as server:
        exchange = fetcher(server.address).get(URL)
    assert (exchange.status, exchange.body) == (410, b"gone")


def test_the_clock_given_dates_the_record() -> None:
    moment = datetime(2026, 9, 11, 12, 0, tzinfo=UTC)
    with serving(ok(PAGE)) as server:
        settings = FetchSettings(connect_to={HOST: server.address})
        exchange = Fetcher(settings, clock=lambda: moment).get(URL)
    assert exchange.captured_at == moment
    assert exchange.last.finished == moment


def test_threads_ask_one_host_one_at_a_time() -> None:
    with serving(ok(PAGE)) as server:
        one = fetcher(server.address)
        threads = [threading.Thread(target=one.get, args=(f"{URL}/{number}",)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.requests) == 8
        assert server.most_in_flight == 1


def test_waiting_for_the_host_does_not_use_up_the_looks_time(monkeypatch: pytest.MonkeyPatch) -> None:
    elapsed = 0.0
    real = HostLocks.hold

    def hold_after_a_minute(locks: HostLocks, host: str) -> AbstractContextManager[None]:
        nonlocal elapsed
        elapsed += 60
        return real(locks, host)

    monkeypatch.setattr("writethru.fetch.fetcher.HostLocks.hold", hold_after_a_minute)
    clock = SimpleNamespace(monotonic=lambda: elapsed)  # theirs alone: a loop in another thread would sleep for ever
    for module in ("fetcher", "wire"):
        monkeypatch.setattr(f"writethru.fetch.{module}.time", clock)
    with serving(ok(PAGE)) as server:
        assert fetcher(server.address).get(URL).body == PAGE
    assert elapsed == 60


def test_a_long_robots_txt_is_cut_not_refused() -> None:
    with serving(b"HTTP/1.1 200 OK\r\n\r\n" + b"Disallow: /x\n" * 100) as server:
        exchange = fetcher(server.address, robots_bytes=130).get(f"http://{HOST}/robots.txt", on_behalf="robots")
    assert len(exchange.body) == 130
    assert exchange.truncated == "length"


@pytest.mark.parametrize("name", ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"])
def test_proxies_of_the_environment_are_not_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:1")
    with serving(ok(PAGE)) as server:
        assert fetcher(server.address).get(URL).body == PAGE


def test_an_error_names_the_url() -> None:
    with pytest.raises(FetchError, match=r"http://harbour-courier\.example/news/ferry: cannot connect"):
        fetcher("127.0.0.1:1").get(URL)
