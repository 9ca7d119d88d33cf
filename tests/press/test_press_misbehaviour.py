"""Every misbehaviour, seen from the other end of the wire."""

from __future__ import annotations

import gzip
import http.client
import socket
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from writethru.press import Kind, Press, Rule, Style, VirtualClock, parse_rule

NOON = datetime(2024, 1, 5, 12, tzinfo=UTC)
BRIDGE = "/bridge"

CHECKS: dict[Kind, Callable[..., None]] = {}


def shows(*kinds: Kind) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Marks a test as the one that shows these kinds."""

    def note(test: Callable[..., None]) -> Callable[..., None]:
        CHECKS.update(dict.fromkeys(kinds, test))
        return test

    return note


def test_every_kind_is_shown_here() -> None:
    assert set(CHECKS) == set(Kind)


def read_all(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


@shows(Kind.HONOUR_304)
def test_304_for_a_page_whose_furniture_changes(start: Callable, clock: VirtualClock) -> None:
    lively = start(furniture=Style.LIVELY)
    assert lively.get(BRIDGE, If_None_Match=lively.get(BRIDGE).headers["etag"]).status == 200
    client = start(furniture=Style.LIVELY, rules=[parse_rule("304@post.example/*")])
    clock.set(NOON - timedelta(minutes=90))
    tag = client.get(BRIDGE).headers["etag"]
    assert client.get(BRIDGE, If_None_Match=tag).status == 304
    clock.set(NOON)
    assert client.get(BRIDGE, If_None_Match=tag).status == 200
    assert start(conditional=False, rules=[Rule(Kind.HONOUR_304)]).get(BRIDGE).headers["etag"] == '"v2"'


@shows(Kind.NO_304)
def test_no_304(start: Callable) -> None:
    page = start(rules=[Rule(Kind.NO_304)]).get(BRIDGE, If_Modified_Since="Fri, 05 Jan 2029 10:00:00 GMT")
    assert (page.status, page.headers.get("etag")) == (200, None)


@shows(Kind.STALE_304)
def test_a_304_that_is_not_true(start: Callable) -> None:
    client = start(rules=[Rule(Kind.STALE_304)])
    assert client.get(BRIDGE).status == 200
    stale = client.get(BRIDGE, If_None_Match='"of another version"')
    assert (stale.status, stale.headers["etag"]) == (304, '"of another version"')
    assert client.press.log.records()[-1].version == 0


@shows(Kind.GZIP, Kind.CHUNKED, Kind.PLAIN)
def test_codings_by_rule(start: Callable) -> None:
    packed = start(rules=[Rule(Kind.GZIP), Rule(Kind.CHUNKED)]).get(BRIDGE, Accept_Encoding="gzip")
    assert (packed.headers["content-encoding"], packed.headers["transfer-encoding"]) == ("gzip", "chunked")
    plain = start(gzip=True, chunked=True, rules=[Rule(Kind.PLAIN)]).get(BRIDGE, Accept_Encoding="gzip")
    assert not {"content-encoding", "transfer-encoding"} & set(plain.headers)


@shows(Kind.FURNITURE)
def test_furniture_by_rule(start: Callable) -> None:
    client = start(rules=[parse_rule("furniture=lively@post.example/*")])
    assert "minutes ago" in client.get(BRIDGE).text
    client = start(furniture=Style.LIVELY, rules=[parse_rule("furniture=none@post.example/*")])
    assert "minutes ago" not in client.get(BRIDGE).text


STATUSES = (Kind.S401, Kind.S403, Kind.S404, Kind.S410, Kind.S451, Kind.S500, Kind.S502, Kind.S503, Kind.S504)


@shows(*STATUSES)
@pytest.mark.parametrize("kind", STATUSES)
def test_a_status(start: Callable, kind: Kind) -> None:
    answer = start(rules=[Rule(kind)]).get(BRIDGE)
    assert answer.status == int(kind)
    assert "retry-after" not in answer.headers
    assert f"<h1>{kind} " in answer.text


@shows(Kind.S429)
def test_429_says_how_long_to_wait(start: Callable) -> None:
    assert start(rules=[Rule(Kind.S429)]).get(BRIDGE).headers["retry-after"] == "120"
    assert start(rules=[Rule(Kind.S429, "7")]).get(BRIDGE).headers["retry-after"] == "7"
    date = "Fri, 05 Jan 2024 13:00:00 GMT"
    assert start(rules=[Rule(Kind.S503, date)]).get(BRIDGE).headers["retry-after"] == date


def test_a_rule_ends_when_its_time_is_over(start: Callable, clock: VirtualClock) -> None:
    client = start(rules=[parse_rule("503@post.example/*@2024-01-05T12:00..2024-01-05T13:00")])
    assert client.get(BRIDGE).status == 503
    clock.set(NOON + timedelta(hours=1))
    assert client.get(BRIDGE).status == 200


@shows(Kind.MOVED, Kind.REDIRECT)
def test_redirects(start: Callable) -> None:
    moved = start(rules=[parse_rule("moved=/new?x=1@post.example/bridge")])
    assert moved.get(BRIDGE).status == 301
    assert moved.get(BRIDGE).headers["location"] == "http://post.example/new?x=1"
    by_hand = moved.get("/post.example/bridge", moved.loopback)
    assert by_hand.headers["location"] == f"http://{moved.loopback}/post.example/new?x=1"
    other = start(rules=[parse_rule("redirect=https://journal.example/a@post.example/bridge")])
    assert (other.get(BRIDGE).status, other.get(BRIDGE).headers["location"]) == (302, "https://journal.example/a")
    by_hand = other.get("/post.example/bridge", other.loopback)
    assert by_hand.headers["location"] == f"http://{other.loopback}/journal.example/a"


@shows(Kind.REDIRECT_HOME)
def test_a_redirect_home_from_everywhere_but_home(start: Callable) -> None:
    client = start(rules=[parse_rule("redirect-home@post.example/*")])
    assert client.get(BRIDGE).headers["location"] == "http://post.example/"
    assert [client.get(path).status for path in ("/", "/robots.txt", "/feed.xml")] == [200, 200, 200]


@shows(Kind.REDIRECT_LOOP)
def test_a_redirect_loop_does_not_end(start: Callable) -> None:
    client = start(rules=[parse_rule("redirect-loop@post.example/bridge")])
    path, seen = BRIDGE, []
    for _ in range(4):
        path = client.get(path).headers["location"].removeprefix("http://post.example")
        seen.append(path)
    assert seen == ["/bridge?again", "/bridge", "/bridge?again", "/bridge"]


@shows(Kind.REDIRECT_PRIVATE)
def test_a_redirect_to_a_private_address(start: Callable) -> None:
    assert start(rules=[Rule(Kind.REDIRECT_PRIVATE)]).get(BRIDGE).headers["location"].startswith("http://169.254.")
    chosen = start(rules=[Rule(Kind.REDIRECT_PRIVATE, "http://10.0.0.1:22/")]).get(BRIDGE)
    assert chosen.headers["location"] == "http://10.0.0.1:22/"


@shows(Kind.BOT_CHECK)
def test_a_bot_check(start: Callable) -> None:
    client = start(rules=[Rule(Kind.BOT_CHECK)])
    first, second = client.get(BRIDGE), client.get(BRIDGE)
    assert first.status == 200
    assert "Just a moment..." in first.text
    assert "verify you are human" in first.text
    assert first.body != second.body
    assert start(rules=[Rule(Kind.BOT_CHECK, "403")]).get(BRIDGE).status == 403


@shows(Kind.CONSENT)
def test_a_consent_wall(start: Callable) -> None:
    page = start(rules=[Rule(Kind.CONSENT)]).get(BRIDGE)
    assert "Accept all" in page.text
    assert "Twenty-one" not in page.text


@shows(Kind.TEASER)
def test_a_paywall_shows_the_first_paragraph(start: Callable, clock: VirtualClock) -> None:
    client = start(rules=[Rule(Kind.TEASER)])
    page = client.get(BRIDGE).text
    assert "<p>The bridge is closed.</p>" in page
    assert "Twenty-one" not in page
    assert "Subscribe to continue reading" in page
    assert '"isAccessibleForFree": false' in page
    assert client.get("/nothing").status == 404
    clock.set(NOON + timedelta(hours=2))
    given = client.get("/%C3%A9t%C3%A9", "journal.example").text
    assert "<p>Un.</p>" in given
    assert "Deux" not in given
    assert "Subscribe" in given


@shows(Kind.SOFT_404)
def test_not_found_in_words_only(start: Callable) -> None:
    page = start(rules=[Rule(Kind.SOFT_404)]).get(BRIDGE)
    assert page.status == 200
    assert "we can't find that page" in page.text


@shows(Kind.EMPTY)
def test_nothing_with_status_200(start: Callable) -> None:
    page = start(rules=[Rule(Kind.EMPTY)]).get(BRIDGE)
    assert (page.status, page.headers["content-length"], page.body) == (200, "0", b"")


@shows(Kind.OTHER_ARTICLE)
def test_another_article_at_this_url(start: Callable) -> None:
    client = start(rules=[Rule(Kind.OTHER_ARTICLE, path=BRIDGE)])
    assert "<h1>Markets calm</h1>" in client.get(BRIDGE).text
    assert client.press.log.records()[-1].version == 0


@shows(Kind.FLIP_FLOP)
def test_two_caches_that_disagree(start: Callable, clock: VirtualClock) -> None:
    client = start(rules=[Rule(Kind.FLIP_FLOP)])
    looks = [client.get(BRIDGE).text for _ in range(4)]
    assert ["Twenty-one" in look for look in looks] == [True, False, True, False]
    assert looks[0] == looks[2]
    named = start(rules=[Rule(Kind.FLIP_FLOP, "1")])
    assert ["Twelve" in named.get(BRIDGE).text for _ in range(2)] == [False, True]
    clock.set(NOON - timedelta(minutes=90))
    assert ["Twelve" in client.get(BRIDGE).text for _ in range(2)] == [True, True]


@shows(Kind.ROBOTS_DENY, Kind.ROBOTS_DELAY)
def test_robots_by_rule(start: Callable) -> None:
    assert start(rules=[Rule(Kind.ROBOTS_DENY)]).get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    delay = start(rules=[parse_rule("robots-delay=3@*/*")])
    assert delay.get("/robots.txt").text == "User-agent: *\nCrawl-delay: 3\n"
    assert delay.get(BRIDGE).status == 200


@shows(Kind.NOT_TEXT)
def test_a_picture(start: Callable) -> None:
    answer = start(rules=[Rule(Kind.NOT_TEXT)]).get(BRIDGE)
    assert answer.headers["content-type"] == "image/png"
    assert answer.body.startswith(b"\x89PNG")


@shows(Kind.BROKEN_ENCODING)
def test_bytes_that_do_not_match_the_charset(start: Callable) -> None:
    answer = start(rules=[Rule(Kind.BROKEN_ENCODING)]).get(BRIDGE)
    assert answer.headers["content-type"].endswith("charset=utf-8")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")
    assert b"Twenty-one people" in answer.body


@shows(Kind.NUL)
def test_nul_bytes(start: Callable) -> None:
    assert start(rules=[Rule(Kind.NUL)]).get(BRIDGE).body.count(b"\x00") > 10


@shows(Kind.LATENCY)
def test_an_answer_that_takes_its_time(start: Callable) -> None:
    client = start(rules=[parse_rule("latency=0.2@*/*")])
    began = time.monotonic()
    assert client.get(BRIDGE).status == 200
    assert time.monotonic() - began >= 0.2


@shows(Kind.SLOW)
def test_a_slow_drip(start: Callable, client) -> None:
    slow = start(rules=[parse_rule("slow=8000@*/*")])
    began = time.monotonic()
    page = slow.get(BRIDGE)
    assert page.body == client.get(BRIDGE).body
    assert time.monotonic() - began >= len(page.body) / 8000 * 0.5
    assert slow.press.log.records()[0].version == 2


@shows(Kind.STALL)
def test_no_answer_at_all(start: Callable) -> None:
    client = start(rules=[Rule(Kind.STALL)])
    with client.connect() as connection:
        connection.sendall(b"GET /bridge HTTP/1.1\r\nHost: post.example\r\n\r\n")
        connection.settimeout(0.2)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    assert client.press.log.records()[0].status == 0


@shows(Kind.ENDLESS)
def test_a_body_without_end(start: Callable) -> None:
    client = start(rules=[Rule(Kind.ENDLESS)])
    for version in ("1.1", "1.0"):
        raw = f"GET /bridge HTTP/{version}\r\nHost: post.example\r\n\r\n".encode()
        assert len(client.send(raw, limit=3_000_000).body) >= 2_900_000


@shows(Kind.LENGTH_LONG)
def test_a_length_that_promises_too_much(start: Callable, client) -> None:
    answer = start(rules=[Rule(Kind.LENGTH_LONG)]).get(BRIDGE)
    assert answer.body == client.get(BRIDGE).body
    assert int(answer.headers["content-length"]) == len(answer.body) + 1000


@shows(Kind.LENGTH_SHORT)
def test_a_length_that_promises_too_little(start: Callable, client) -> None:
    answer = start(rules=[Rule(Kind.LENGTH_SHORT)]).get(BRIDGE)
    assert answer.body == client.get(BRIDGE).body
    assert int(answer.headers["content-length"]) == len(answer.body) // 2


@shows(Kind.BROKEN_GZIP)
def test_gzip_that_cannot_be_unpacked(start: Callable) -> None:
    answer = start(rules=[Rule(Kind.BROKEN_GZIP)], gzip=True).get(BRIDGE, Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) == int(answer.headers["content-length"])
    with pytest.raises((zlib.error, EOFError)):
        gzip.decompress(answer.body)


@shows(Kind.GZIP_BOMB)
def test_a_gzip_bomb_is_small_on_the_wire_and_valid(start: Callable) -> None:
    client = start(rules=[parse_rule("gzip-bomb=30@*/*")])
    answer = client.send(b"GET /bridge HTTP/1.0\r\nHost: post.example\r\n\r\n")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < 60_000
    assert len(gzip.decompress(answer.body)) == 30_000_000


@shows(Kind.HEADER_FLOOD)
def test_a_flood_of_headers(start: Callable) -> None:
    answer = start(rules=[parse_rule("header-flood=50@*/*")]).get(BRIDGE)
    assert len(answer.raw.partition(b"\r\n\r\n")[0]) > 50_000


@shows(Kind.GARBAGE)
def test_garbage(start: Callable) -> None:
    assert not start(rules=[Rule(Kind.GARBAGE)]).get(BRIDGE).raw.startswith(b"HTTP")


@shows(Kind.RESET)
def test_a_connection_reset(start: Callable) -> None:
    client = start(rules=[Rule(Kind.RESET)])
    with client.connect() as connection:
        connection.sendall(b"GET /bridge HTTP/1.1\r\nHost: post.example\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            read_all(connection)
    half = start(rules=[parse_rule("reset=300@*/*")])
    received = b""
    with half.connect() as connection:
        connection.sendall(b"GET /bridge HTTP/1.1\r\nHost: post.example\r\n\r\n")
        try:
            while part := connection.recv(100):
                received += part
        except ConnectionResetError:
            received += b" and then a reset"
    assert received.endswith(b" and then a reset")
    assert received.startswith(b"HTTP/1.1 200")
    assert len(received) <= 300 + len(b" and then a reset")


def test_a_head_request_is_spared_what_is_wrong_with_bodies(start: Callable) -> None:
    for kind in (Kind.SLOW, Kind.ENDLESS, Kind.LENGTH_LONG, Kind.GZIP_BOMB, Kind.BROKEN_GZIP):
        assert start(rules=[Rule(kind)]).get(BRIDGE, method="HEAD").body == b""


def test_a_client_that_leaves_in_the_middle_harms_nobody(start: Callable) -> None:
    client = start(rules=[Rule(Kind.ENDLESS, path=BRIDGE)])
    client.send(b"GET /bridge HTTP/1.1\r\nHost: post.example\r\n\r\n", limit=10)
    assert client.get("/feed.xml").status == 200


def test_what_was_not_received_whole_is_no_sight_of_a_version(start: Callable) -> None:
    for kind in (Kind.LENGTH_LONG, Kind.BROKEN_GZIP, Kind.TEASER, Kind.BROKEN_ENCODING, Kind.BOT_CHECK):
        client = start(rules=[Rule(kind)])
        client.get(BRIDGE)
        article = client.press.plays.sites["post.example"].articles[BRIDGE]
        assert client.press.looked_at(article) == ()


def test_what_is_given_goes_before_what_the_material_asks_for(plays, clock: VirtualClock) -> None:
    from dataclasses import replace

    scripted = replace(plays, rules=(Rule(Kind.S410),), lively=True)
    with Press(scripted, clock, rules=[Rule(Kind.S503, path=BRIDGE)]) as press:
        assert press.manner.furniture is Style.LIVELY
        connection = http.client.HTTPConnection("127.0.0.1", press.port)
        found = []
        for path in (BRIDGE, "/other"):
            connection.request("GET", path, headers={"Host": "post.example"})
            answer = connection.getresponse()
            answer.read()
            found.append(answer.status)
        connection.close()
    assert found == [503, 410]
