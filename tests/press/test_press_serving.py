"""What a well-behaved press serves, byte by byte."""

from __future__ import annotations

import gzip
import http.client
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from writethru.errors import ConfigError
from writethru.press import Kind, Plays, Press, Rule, Style, VirtualClock, parse_rule

NOON = datetime(2024, 1, 5, 12, tzinfo=UTC)
BRIDGE = "/bridge"


def test_a_page_is_the_latest_version_at_the_virtual_time(client, clock: VirtualClock) -> None:
    assert "Twenty-one people" in client.get(BRIDGE).text
    clock.set(NOON - timedelta(minutes=61))
    assert "Twelve people" in client.get(BRIDGE).text
    clock.set(NOON - timedelta(minutes=121))
    assert client.get(BRIDGE).status == 404


def test_hosts_are_told_apart_by_header_by_prefix_and_by_absolute_target(client) -> None:
    by_header = client.get(BRIDGE, "POST.example:8080")
    by_prefix = client.get("/post.example/bridge", client.loopback)
    by_target = client.get("http://post.example/bridge", "other.example")
    assert [r.status for r in (by_header, by_prefix, by_target)] == [200, 200, 200]
    assert client.get(BRIDGE, "other.example").status == 404
    assert client.get("/other.example/bridge", client.loopback).status == 404
    assert client.get("http://[", "post.example").status == 404


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/markets?id=7", 200),
        ("/markets", 404),
        ("/bridge?utm_source=feed", 200),
        ("/bridge/", 404),
        ("//bridge", 200),
        ("/../etc/passwd", 404),
        ("/", 200),
    ],
)
def test_paths(client, target: str, status: int) -> None:
    assert client.get(target).status == status


def test_raw_utf_8_in_a_request_line_is_understood(client, clock: VirtualClock) -> None:
    clock.set(NOON + timedelta(hours=2))
    assert client.get("/été", "journal.example").status == 200
    assert client.get("/%C3%A9t%C3%A9", "journal.example").status == 200


def test_links_lead_back_to_where_one_looks(client, clock: VirtualClock) -> None:
    by_hand = f"http://{client.loopback}/post.example"
    assert f'href="{by_hand}/bridge"' in client.get("/post.example/bridge", client.loopback).text
    assert f"<link>{by_hand}/bridge</link>" in client.get("/post.example/feed.xml", client.loopback).text
    assert 'href="http://post.example/bridge"' in client.get(BRIDGE).text
    assert 'href="http://post.example:81/bridge"' in client.get(BRIDGE, "post.example:81").text
    clock.set(NOON + timedelta(hours=2))
    given = client.get("/%C3%A9t%C3%A9", "journal.example").text
    assert 'href="/autre"' in given
    assert given.replace("/autre", "/journal.example/autre") == (
        client.get("/journal.example/%C3%A9t%C3%A9", client.loopback).text
    )


def test_a_stable_page_has_the_same_bytes_at_every_look(client) -> None:
    assert len({client.get(BRIDGE).body for _ in range(3)}) == 1


def test_lively_furniture_changes_from_look_to_look_and_can_be_repeated(start: Callable) -> None:
    first, second = start(furniture=Style.LIVELY), start(furniture=Style.LIVELY)
    looks = [first.get(BRIDGE).body for _ in range(4)]
    assert len(set(looks)) > 1
    assert looks == [second.get(BRIDGE).body for _ in range(4)]
    assert start(furniture=Style.LIVELY, seed=1).get(BRIDGE).body != looks[0]
    assert all(b"Twenty-one people" in look and b"minutes ago" in look for look in looks)


def test_a_conditional_request_is_answered_304_until_the_version_changes(client, clock: VirtualClock) -> None:
    clock.set(NOON - timedelta(minutes=90))
    page = client.get(BRIDGE)
    tag, moment = page.headers["etag"], page.headers["last-modified"]
    assert moment == "Fri, 05 Jan 2024 10:00:00 GMT"
    unchanged = client.get(BRIDGE, If_None_Match=tag)
    assert (unchanged.status, unchanged.body, unchanged.headers["etag"]) == (304, b"", tag)
    assert client.get(BRIDGE, If_None_Match=f'"x", W/{tag}').status == 304
    assert client.get(BRIDGE, If_None_Match='"x"', If_Modified_Since=moment).status == 200
    assert client.get(BRIDGE, If_Modified_Since=moment).status == 304
    assert client.get(BRIDGE, If_Modified_Since="Fri, 05 Jan 2024 09:59:59 GMT").status == 200
    assert client.get(BRIDGE, If_Modified_Since="whenever").status == 200
    clock.set(NOON)
    assert client.get(BRIDGE, If_None_Match=tag).status == 200
    assert client.get(BRIDGE, If_Modified_Since=moment).status == 200


def test_a_press_may_serve_without_validators(start: Callable) -> None:
    page = start(conditional=False).get(BRIDGE, If_Modified_Since="Fri, 05 Jan 2029 10:00:00 GMT")
    assert page.status == 200
    assert not {"etag", "last-modified"} & set(page.headers)


def test_gzip_and_chunked_give_the_same_page(start: Callable, client) -> None:
    plain = client.get(BRIDGE)
    packed = start(gzip=True).get(BRIDGE, Accept_Encoding="br, gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in start(gzip=True).get(BRIDGE).headers
    assert packed.headers["etag"] != plain.headers["etag"]
    for tag in (packed.headers["etag"], plain.headers["etag"]):
        assert start(gzip=True).get(BRIDGE, Accept_Encoding="gzip", If_None_Match=tag).status == 304
    chunked = start(chunked=True)
    assert "content-length" not in chunked.get(BRIDGE).headers
    connection = http.client.HTTPConnection("127.0.0.1", chunked.press.port)
    connection.request("GET", BRIDGE, headers={"Host": "post.example"})
    assert connection.getresponse().read() == plain.body
    connection.close()


def test_dates_are_virtual(client) -> None:
    assert client.get(BRIDGE).headers["date"] == "Fri, 05 Jan 2024 12:00:00 GMT"


def test_head_has_the_headers_of_get_and_no_body(client) -> None:
    head, get = client.get(BRIDGE, method="HEAD"), client.get(BRIDGE)
    assert (head.body, head.headers) == (b"", get.headers)


def test_other_methods_are_refused(client) -> None:
    refused = client.get(BRIDGE, method="POST")
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD")


def test_one_connection_carries_many_requests(client) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.press.port)
    for _ in range(3):
        connection.request("GET", BRIDGE, headers={"Host": "post.example"})
        assert connection.getresponse().read()
    connection.close()
    assert {r.connection for r in client.press.log.records()} == {1}


def test_http_1_0_is_answered_and_closed(client) -> None:
    answer = client.send(b"GET /bridge HTTP/1.0\r\nHost: post.example\r\n\r\n")
    assert (answer.status, answer.headers["connection"]) == (200, "close")


@pytest.mark.parametrize(
    "raw",
    [
        b"hello\r\n\r\n",
        b"GET / HTTP/2\r\n\r\n",
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 300 + b"\r\n",
        b"PUT / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_a_request_that_is_none_is_answered_400_and_closed(client, raw: bytes) -> None:
    assert client.send(raw).status == 400


def test_an_error_page_of_the_host_names_it_escaped(client) -> None:
    assert "<b>" not in client.get("/", "<b>x.example").text
    assert "<b>" not in client.get("/<b>").text


def test_robots(client) -> None:
    answer = client.get("/robots.txt")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert answer.text == "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize("name", ["/feed.xml", "/atom.xml"])
def test_a_feed_lists_what_stands_the_newest_first(client, clock: VirtualClock, name: str) -> None:
    feed = feedparser.parse(client.get(name).body)
    assert not feed.bozo
    assert [(e.title, e.link) for e in feed.entries] == [
        ("Markets calm", "http://post.example/markets?id=7"),
        ("Bridge <closed> & shut", "http://post.example/bridge"),
    ]
    assert feed.entries[1].published_parsed[:5] == (2024, 1, 5, 9, 58)
    assert feed.entries[1].summary == "The bridge is closed."
    clock.set(NOON - timedelta(hours=1, minutes=30))
    assert len(feedparser.parse(client.get(name).body).entries) == 1
    clock.set(NOON - timedelta(hours=9))
    assert feedparser.parse(client.get(name).body).entries == []


def test_articles_leave_the_feed(start: Callable) -> None:
    feed = feedparser.parse(start(feed_items=1).get("/feed.xml").body)
    assert [e.title for e in feed.entries] == ["Markets calm"]


def test_a_deleted_article_leaves_the_feed_at_once(start: Callable) -> None:
    client = start(rules=[parse_rule("410@post.example/bridge")])
    assert [e.title for e in feedparser.parse(client.get("/feed.xml").body).entries] == ["Markets calm"]


def test_a_feed_is_conditional_too(client) -> None:
    tag = client.get("/feed.xml").headers["etag"]
    assert client.get("/feed.xml", If_None_Match=tag).status == 304


def test_a_page_without_one_of_its_own_lists_the_site(client) -> None:
    front = client.get("/").text
    assert '<a href="http://post.example/bridge">Bridge &lt;closed&gt; &amp; shut</a>' in front


def test_the_log_says_who_asked_for_what(client) -> None:
    client.get(BRIDGE, User_Agent="Watcher/1")
    client.get("/nothing")
    client.get(BRIDGE, If_None_Match=client.get(BRIDGE).headers["etag"])
    records = client.press.log.records()
    assert [(r.path, r.status, r.version, r.concurrent, r.connection) for r in records] == [
        ("/bridge", 200, 2, 1, 1),
        ("/nothing", 404, 0, 1, 2),
        ("/bridge", 200, 2, 1, 3),
        ("/bridge", 304, 2, 1, 4),
    ]
    assert (records[0].agent, records[0].virtual, records[3].conditional) == ("Watcher/1", NOON, True)


def test_versions_replaced_before_a_look_are_not_counted_as_seen(client, clock: VirtualClock) -> None:
    article = client.press.plays.sites["post.example"].articles[BRIDGE]
    assert client.press.looked_at(article) == ()
    client.get(BRIDGE)
    client.get(BRIDGE, method="HEAD")
    assert client.press.looked_at(article) == (2,)
    clock.set(NOON - timedelta(minutes=90))
    client.get("/post.example/bridge?x=1", client.loopback)
    client.get(BRIDGE)
    clock.set(NOON)
    client.get(BRIDGE)
    assert client.press.looked_at(article) == (2, 1, 2)


def test_requests_at_the_same_time_are_counted(start: Callable) -> None:
    client = start(rules=[Rule(Kind.STALL, path="/markets*")])
    held = [client.connect() for _ in range(2)]
    for connection in held:
        connection.sendall(b"GET /markets?id=7 HTTP/1.1\r\nHost: post.example\r\n\r\n")
    wait_until(lambda: len(client.press.log.records()) == 2)
    client.get(BRIDGE)
    client.get("/feed.xml", "journal.example")
    assert sorted(r.concurrent for r in client.press.log.records()[:2]) == [1, 2]
    assert [r.concurrent for r in client.press.log.records()[2:]] == [3, 1]
    for connection in held:
        connection.close()


def wait_until(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(500):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("it did not happen within 5 seconds")


def test_leaving_the_press_ends_every_connection_and_thread(plays: Plays, clock: VirtualClock) -> None:
    before = threading.active_count()
    with Press(plays, clock, rules=[parse_rule("stall@*/*")]) as press:
        connection = http.client.HTTPConnection("127.0.0.1", press.port, timeout=10)
        connection.request("GET", BRIDGE, headers={"Host": "post.example"})
        wait_until(lambda: len(press.log.records()) == 1)
        idle = http.client.HTTPConnection("127.0.0.1", press.port, timeout=10)
        idle.connect()
    assert threading.active_count() == before
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        connection.getresponse()
    connection.close()
    idle.close()
    with pytest.raises(ConfigError, match="not running"):
        _ = press.port


def test_a_port_in_use_is_said_plainly(client, plays: Plays, clock: VirtualClock) -> None:
    with pytest.raises(ConfigError, match=f"127.0.0.1:{client.press.port}: another program listens"):
        Press(plays, clock, port=client.press.port).__enter__()
    with pytest.raises(ConfigError, match="cannot listen"):
        Press(plays, clock, port=99999).__enter__()


def test_every_feed_is_sound_xml_whatever_the_headline(plays: Plays, clock: VirtualClock) -> None:
    from dataclasses import replace

    from writethru.press.feeds import atom, rss

    site = plays.sites["post.example"]
    article = site.articles[BRIDGE]
    bad = replace(article.versions[0], headline="]]> \x00\x0b\ud800 <script>&amp;", summary="\x1b[31m")
    for make in (rss, atom):
        etree.fromstring(make(site, [(article, bad)], "http://post.example"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=300)
    | st.builds(
        lambda target, name, value: f"GET {target} HTTP/1.1\r\nHost: post.example\r\n{name}: {value}\r\n\r\n".encode(),
        st.text(max_size=30).map(lambda t: "/" + "".join(t.split())).filter(lambda t: t.isprintable()),
        st.sampled_from(["If-None-Match", "If-Modified-Since", "Accept-Encoding", "Connection", "Content-Length"]),
        st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=30),
    )
)
def test_no_request_makes_the_press_fail(client, raw: bytes) -> None:
    with client.connect() as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert not answer or answer.startswith(b"HTTP/1.1 ")
    assert not client.press.faults
