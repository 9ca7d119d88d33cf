"""Memento (RFC 7089) over a real archive: our own looks, a foreign WARC, a versions file without bytes."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from tests.acceptance.conftest import config_for
from tests.fetch.servers import Connection, serving
from tests.sources.warcs import record
from writethru.archive import Archive, open_archive
from writethru.errors import InputError
from writethru.mementos import Mementos, accept_datetime, span_of, stamp_of
from writethru.web import WebSettings, create_app

pytestmark = pytest.mark.xdist_group("mementos")  # one process makes the archive, once

BASE = "https://record.example"
URL = "http://news.example/pier?id=7&x=%C3%A9"
WORDS = (
    "The harbour board will close the north pier on Friday after engineers found cracks in {} of its piles, and "
    "ferries to Skerry Island will leave from the coal quay until the spring, the board said on Monday."
)
HOSTILE = "<script>document.title='ours'</script><img src=x onerror=alert(1)>"


def page(cracks: str) -> bytes:
    metadata = (
        '<meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2020-01-01T10:00:00Z">'
    )
    text = f"<h1>Pier shut</h1><p>{WORDS.format(cracks)}</p><p>The board will meet again in a fortnight.</p>"
    head = f"<head><title>Pier shut</title>{metadata}</head>"
    return f"<!doctype html><html>{head}<body>{HOSTILE}<article>{text}</article></body></html>".encode()


def response(number: int, body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return record(number, head + body, WARC_Target_URI=URL)


@contextmanager
def filled(url: str, folder: Path) -> Iterator[Archive]:
    """Four looks by someone else (one found nothing), a versions file of another article, and a page without a date."""
    warc = folder / "foreign.warc"
    looks = [response(10, page("12")), response(20, page("21")), response(40, b"gone", "404 Not Found")]
    warc.write_bytes(b"".join([*looks, response(50, page("22"), kind="text/html; charset=utf-8; x='<'")]))
    versions = folder / "versions.jsonl"
    lines = [
        {"outlet": "Post", "url": "http://post.example/a", "time": f"2031-03-0{day}T14:05:00Z", "title": "T", "text": t}
        for day, t in ((2, WORDS.format(3)), (3, WORDS.format(4)))
    ]
    versions.write_text("".join(json.dumps(line) + "\n" for line in lines))
    undated = folder / "undated.html"
    undated.write_bytes(page("9").replace(b"<head>", b'<head><link rel="canonical" href="http://undated.example/a">'))
    with open_archive(url, config_for(url, folder)) as opened:
        report = opened.import_paths([warc, versions, undated])
        assert (report.articles, report.skipped) == (3, ())
        yield opened


def reading(archive: Archive) -> TestClient:
    app = create_app(archive, WebSettings(base_url=BASE))
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("mementos")
    with filled(str(folder / "writethru.db"), folder) as archive:
        yield reading(archive)


def test_both_databases_choose_the_same(store_url: str, tmp_path: Path) -> None:
    with filled(store_url, tmp_path) as archive:
        asked = reading(archive)
        assert gate(asked, at="Thu, 02 Jan 2020 03:04:45 GMT") == (302, raw_at("20200102030420"))
        assert gate(asked, at="Thu, 02 Jan 2020 03:03:00 GMT") == (302, raw_at("20200102030410"))
        links = asked.get(raw_at("20200102030420")).headers["link"].split(", <")
        assert [link.split('"')[1] for link in links[4:]] == ["first prev memento", "memento", "next last memento"]
        found = asked.get(f"/timemap/json/{URL}").json()["mementos"]["list"]
        assert [one["datetime"][-3:-1] for one in found] == ["10", "20", "50"]
        assert WORDS.format(21) in asked.get(f"/web/20200102030420/{URL}").text


def gate(reader: TestClient, url: str = URL, at: str = "") -> tuple[int, str]:
    answer = reader.get(f"/timegate/{url}", headers={"accept-datetime": at} if at else {})
    assert answer.status_code != 302 or "accept-datetime" in answer.headers["vary"].lower()
    assert "memento-datetime" not in answer.headers
    return answer.status_code, answer.headers.get("location", "").removeprefix(BASE)


def raw_at(stamp: str, url: str = URL) -> str:
    return f"/web/{stamp}id_/{url}"


def test_the_gate_leads_to_what_was_in_force(reader: TestClient) -> None:
    assert gate(reader) == (302, raw_at("20200102030450"))
    for second, stamp in ((9, 10), (10, 10), (19, 10), (20, 20), (45, 20), (50, 50), (59, 50)):
        at = f"Thu, 02 Jan 2020 03:04:{second:02} GMT"
        assert gate(reader, at=at) == (302, raw_at(f"202001020304{stamp}")), second
    assert gate(reader, at="Thu, 02 Jan 2020 03:03:00 GMT") == (302, raw_at("20200102030410")), "before all, the first"


@pytest.mark.parametrize(
    "at",
    [
        *("now", "2020-01-02T03:04:05Z", "Thu, 02 Jan 2020 03:04:61 GMT", "Fri, 02 Jan 2020 03:04:05 GMT", "0"),
        *("Thu, 02 Jan 2020 03:04:05 CET", "Thu, 31 Feb 2020 03:04:05 GMT", "Thu, 02 Jan 20 03:04:05 GMT"),
    ],
)
def test_a_malformed_moment_is_refused(reader: TestClient, at: str) -> None:
    assert gate(reader, at=at)[0] == 400


@pytest.mark.parametrize("url", ["http://news.example/other", "http://undated.example/a"])
def test_what_has_no_memento_is_not_found(reader: TestClient, url: str) -> None:
    """Not even what we hold, where nothing says when it was so."""
    assert gate(reader, url)[0] == 404
    assert reader.get(f"/timemap/link/{url}").status_code == 404


def test_a_memento_is_the_bytes_with_all_that_is_known_of_them(reader: TestClient) -> None:
    answer = reader.get(raw_at("20200102030420"))
    assert (answer.status_code, answer.content) == (200, page("21"))
    assert answer.headers["memento-datetime"] == "Thu, 02 Jan 2020 03:04:20 GMT"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["writethru-time-basis"] == "stated"
    assert answer.headers["writethru-medium"] == "warc"
    assert answer.headers["link"].split(", <") == [
        f'<{URL}>; rel="original"',
        f'{BASE}/timegate/{URL}>; rel="timegate"',
        f'{BASE}/timemap/link/{URL}>; rel="timemap"; type="application/link-format"',
        f'{BASE}/timemap/json/{URL}>; rel="timemap"; type="application/json"',
        *(
            f'{BASE}{raw_at(f"202001020304{at}")}>; rel="{rel}"; '
            f'datetime="Thu, 02 Jan 2020 03:04:{at} GMT"; basis="stated"'
            for at, rel in ((10, "first prev memento"), (20, "memento"), (50, "next last memento"))
        ),
    ]


def test_the_bytes_may_do_nothing_in_our_name(reader: TestClient) -> None:
    for stamp in ("20200102030410", "20200102030450"):
        headers = reader.get(raw_at(stamp)).headers
        assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert "allow-" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
    assert reader.get(raw_at("20200102030450")).headers["content-type"] == "application/octet-stream", "a broken type"


def test_a_look_that_found_no_article_is_kept_and_no_memento(reader: TestClient) -> None:
    answer = reader.get(raw_at("20200102030440"))
    assert (answer.status_code, answer.content) == (404, b"gone")
    assert answer.headers["writethru-outcome"] == "gone"
    assert "memento-datetime" not in answer.headers
    assert "20200102030440" not in reader.get(f"/timemap/link/{URL}").text


def test_our_reading_shows_the_text_and_how_we_know_and_nothing_of_the_page(reader: TestClient) -> None:
    answer = reader.get(f"/web/20200102030420/{URL}")
    assert WORDS.format(21) in answer.text
    assert "onerror" not in answer.text
    assert "Timed by the file it came from" in answer.text
    assert "memento-datetime" not in answer.headers, "the bytes are the memento"
    assert f'<{BASE}{raw_at("20200102030420")}>; rel="memento"' in answer.headers["link"]


def test_where_there_are_no_bytes_of_the_outlet_our_reading_is_the_memento(reader: TestClient) -> None:
    url = "http://post.example/a"
    status, place = gate(reader, url)
    assert (status, place) == (302, f"/web/20310303140500/{url}")
    answer = reader.get(place)
    assert answer.headers["memento-datetime"] == "Mon, 03 Mar 2031 14:05:00 GMT"
    assert answer.headers["writethru-medium"] == "jsonl"
    assert WORDS.format(4) in answer.text
    assert "memento-datetime" not in reader.get(raw_at("20310303140500", url)).headers


def test_the_timemap_lists_all_mementos_in_both_forms(reader: TestClient) -> None:
    link = reader.get(f"/timemap/link/{URL}")
    assert link.headers["content-type"].startswith("application/link-format")
    lines = link.text.strip().split(",\n")
    assert lines[2] == (
        f'<{BASE}/timemap/link/{URL}>; rel="self"; type="application/link-format"; '
        'from="Thu, 02 Jan 2020 03:04:10 GMT"; until="Thu, 02 Jan 2020 03:04:50 GMT"'
    )
    assert [line.split("rel=")[1].split(";")[0] for line in lines[3:]] == [
        '"first memento"', '"memento"', '"last memento"',
    ]  # fmt: skip
    form = reader.get(f"/timemap/json/{URL}").json()
    assert form["original_uri"] == URL
    found = form["mementos"]["list"]
    assert [(one["datetime"], one["basis"]) for one in found] == [
        (f"2020-01-02T03:04:{at}Z", "stated") for at in (10, 20, 50)
    ]
    assert [one["uri"] in link.text for one in found] == [True] * 3
    assert all(reader.get(one["uri"].removeprefix(BASE)).status_code == 200 for one in found)


def test_a_long_timemap_is_paged_without_gap_or_repeat(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mementos.timemap, "__defaults__", (None, 2))
    pages, url = [], f"/timemap/json/{URL}"
    while url:
        form = reader.get(url.removeprefix(BASE)).json()
        pages.append([one["datetime"][-3:-1] for one in form["mementos"]["list"]])
        url = form.get("next", "")
    assert pages == [["10", "20"], ["50"]]
    first = reader.get(f"/timemap/link/{URL}").text
    assert f'<{BASE}/timemap/link/20200102030450/{URL}>; rel="timemap"; type="application/link-format"; from=' in first


@pytest.mark.parametrize(
    "path",
    [
        "/web/2020/{}",
        "/web/20209902030410id_/{}",
        "/web/20200102030411id_/{}",
        "/web/99991231235959id_/{}",
        "/web/x/{}",
    ],
)
def test_a_moment_without_a_look_is_not_found(reader: TestClient, path: str) -> None:
    assert reader.get(path.format(URL)).status_code in (400, 404)


def test_an_address_is_taken_however_it_comes_through_a_proxy(reader: TestClient) -> None:
    for form in (
        URL,
        URL.replace("//", "/"),
        URL.removeprefix("http://"),
        "http%3A%2F%2Fnews.example%2Fpier%3Fid%3D7%26x%3D%25C3%25A9",
    ):
        assert reader.get(f"/timegate/{form}").status_code == 302, form


def test_no_address_breaks_out_of_a_header(reader: TestClient) -> None:
    for odd in (
        'http://news.example/a">;rel=x',
        "http://news.example/%0d%0aSet-Cookie:x",
        "http://[::1",
        "http://\u202e.example/",
    ):
        answer = reader.get(f"/timegate/{odd}")
        assert answer.status_code in (400, 404)
        assert "set-cookie" not in answer.headers


def test_moments_as_they_stand_in_addresses() -> None:
    exact = datetime(2031, 3, 2, 14, 5, 0, 70, tzinfo=UTC)
    assert stamp_of(exact) == "20310302140500000070"
    assert span_of(stamp_of(exact))[0] == exact
    assert stamp_of(exact.replace(microsecond=0)) == "20310302140500"
    assert accept_datetime("Sun, 02 Mar 2031 14:05:00 GMT") == exact.replace(microsecond=0)
    with pytest.raises(InputError):
        span_of("20311302140500")


# a client that somebody else wrote, over the wire


@contextmanager
def served(archive: Archive) -> Iterator[str]:
    app = create_app(archive, WebSettings())
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def test_a_memento_client_finds_its_way(sqlite_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`memento_client` asks the outlet, then our TimeGate, and ends at the bytes that we saw ourselves."""
    memento_client = pytest.importorskip("memento_client", reason="memento_client is not installed (extra dev)")
    monkeypatch.setattr(logging.getLogger(), "level", logging.ERROR)
    body = page("12")

    def answer(connection: Connection) -> None:
        found = b"404 Not Found" if connection.path == "/robots.txt" else b"200 OK"
        connection.say(
            b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (found, len(body)), body
        )

    with (
        serving(answer) as outlet,
        open_archive(
            str(tmp_path / "writethru.db"), config_for(str(tmp_path / "writethru.db"), tmp_path, delay_seconds=0.0)
        ) as archive,
    ):
        url = f"http://{outlet.address}/pier"
        (added,) = archive.add([url])
        assert added.error == ""
        look = archive.captures(1)[0].look
        with served(archive) as ours:
            client = memento_client.MementoClient(timegate_uri=f"{ours}/timegate/", check_native_timegate=False)
            info = client.get_memento_info(url, datetime(2031, 1, 1))  # noqa: DTZ001 (the client takes no zone)
            closest = info["mementos"]["closest"]
            assert info["original_uri"] == url
            assert closest["http_status_code"] == 200
            assert closest["datetime"] == look.captured_at.replace(microsecond=0, tzinfo=None)
            assert info["mementos"]["first"]["uri"] == info["mementos"]["last"]["uri"] == closest["uri"]
            assert client.get_original_uri(closest["uri"][0]) == url
            assert client.session.get(closest["uri"][0]).content == body
            client.session.close()
