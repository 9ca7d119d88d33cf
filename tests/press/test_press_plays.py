"""What is played, and the readers of versions files and folders."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.errors import MalformedInput, UnreadableInput
from writethru.press import Article, Plays, Press, Version, VirtualClock, load_plays
from writethru.press import versions_file as versions_file_module
from writethru.press.furniture import Furniture
from writethru.press.plays import Sheet, plain_path, split_url
from writethru.press.template import TextCopy

START = datetime(2024, 1, 5, tzinfo=UTC)
LINE = {"outlet": "P", "url": "https://p.example/a", "time": "2024-01-05T10:00:00Z", "title": "T", "text": "x"}


def version(minute: int, text: str = "") -> Version:
    return Version(START + timedelta(minutes=minute), text, TextCopy(text, text))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12), st.integers(-5, 60))
def test_the_version_shown_is_the_last_given_of_the_latest_time(minutes: list[int], now: int) -> None:
    article = Article.of("p.example", "/a", [version(m, f"{n}") for n, m in enumerate(minutes)])
    standing = [(m, n) for n, m in enumerate(minutes) if m <= now]
    shown = article.at(START + timedelta(minutes=now))
    assert (shown.headline if shown else None) == (str(max(standing)[1]) if standing else None)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://News.Example:8443/a/b?x=1#top", ("news.example", "/a/b?x=1")),
        ("http://news.example", ("news.example", "/")),
        ("http://news.example/é b", ("news.example", "/%C3%A9%20b")),
        ("http://bücher.example/", ("xn--bcher-kva.example", "/")),
        ("http://news.example//a", ("news.example", "/a")),
    ],
)
def test_urls_are_split_into_host_and_path(url: str, expected: tuple[str, str]) -> None:
    assert split_url(url) == expected


@pytest.mark.parametrize("url", ["", "ftp://a.example/", "/a", "http:///a", "http://[::1/", "mailto:a@b.example"])
def test_what_is_no_url(url: str) -> None:
    with pytest.raises(ValueError, match=r"URL|host name|IPv6"):
        split_url(url)


@given(st.text(max_size=40))
def test_a_plain_path_is_ascii_and_stays_as_it_is(path: str) -> None:
    plain = plain_path(path.encode("utf-8", "replace").decode())
    assert plain.isascii()
    assert plain.startswith("/")
    assert plain_path(plain) == plain


def test_a_versions_file_is_read(plays: Plays) -> None:
    assert list(plays.sites) == ["post.example", "journal.example"]
    assert [a.path for a in plays.articles()] == ["/bridge", "/markets?id=7", "/%C3%A9t%C3%A9"]
    assert (plays.count, plays.warnings) == (4, ())
    assert plays.sites["post.example"].name == "The Post"


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines), "utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not a version"),
        ("[]", "not a JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ({**LINE, "url": 7}, "'url' is not a string"),
        ({**LINE, "url": "news"}, "not an http or https URL"),
        ({**LINE, "time": "soon"}, "not an ISO time: 'soon'"),
        ({k: v for k, v in LINE.items() if k != "time"}, "not an ISO time: None"),
        ({k: v for k, v in LINE.items() if k != "text"}, "neither 'text' nor 'html'"),
    ],
)
def test_a_bad_line_is_named_and_skipped(tmp_path: Path, line: object, why: str) -> None:
    plays = load_plays(write(tmp_path / "v.jsonl", LINE, "", line, {**LINE, "time": "2024-01-06T00:00Z"}))
    assert plays.count == 2
    assert len(plays.warnings) == 1
    assert plays.warnings[0].startswith("v.jsonl:3: ")
    assert why in plays.warnings[0]


def test_bytes_that_are_not_utf_8_are_a_bad_line(tmp_path: Path) -> None:
    path = write(tmp_path / "v.jsonl", LINE)
    path.write_bytes(path.read_bytes() + b'{"url": "\xff\xfe"}\n')
    assert load_plays(path).warnings[0].startswith("v.jsonl:2: not a version")


def test_a_packed_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl"
    path.write_bytes(gzip.compress(json.dumps(LINE).encode()))
    assert load_plays(path).count == 1


def test_what_stands_before_the_damage_is_played(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl.gz"
    lines = [{**LINE, "text": os.urandom(4000).hex(), "title": f"{n}"} for n in range(40)]
    packed = gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode())
    path.write_bytes(packed[: len(packed) // 2])
    plays = load_plays(path)
    assert 5 < plays.count < 40
    assert f"v.jsonl.gz:{plays.count + 1}: the compressed file is damaged" in plays.warnings[0]


def test_a_line_too_long_is_skipped_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions_file_module, "MAX_LINE", 300)
    plays = load_plays(write(tmp_path / "v.jsonl", LINE, {**LINE, "text": "x" * 900}, LINE))
    assert plays.count == 2
    assert plays.warnings == ("v.jsonl:2: a line of more than 300 bytes",)


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions_file_module, "MAX_TOTAL", 300)
    with pytest.raises(UnreadableInput, match=r"v\.jsonl: unpacks to more than 300 bytes; split it"):
        load_plays(write(tmp_path / "v.jsonl", LINE, LINE, LINE))


def test_nothing_to_play_is_an_error_that_says_why(tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match=r"holds no version .* v\.jsonl:1: not a version"):
        load_plays(write(tmp_path / "v.jsonl", "nonsense"))
    with pytest.raises(MalformedInput, match="holds no version that can be played"):
        load_plays(write(tmp_path / "empty.jsonl"))
    with pytest.raises(UnreadableInput, match="no such file or folder"):
        load_plays(tmp_path / "missing")
    (tmp_path / "nothing").mkdir()
    with pytest.raises(MalformedInput, match="holds no version that can be played"):
        load_plays(tmp_path / "nothing")


def page(text: str) -> str:
    return f"<html><head><title>\n {text} &amp; more</title></head><body><p>{text}</p></body></html>"


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(text), "utf-8")


def test_a_folder_with_times_as_file_names(tmp_path: Path) -> None:
    put(tmp_path, "news.example/a/story/2024-01-05T10-00-00Z.html", "one")
    put(tmp_path, "news.example/a/story/20240105110000.html", "two")
    put(tmp_path, "news.example/2024-01-05.html", "home")
    plays = load_plays(tmp_path)
    story = plays.sites["news.example"].articles["/a/story"]
    assert [(v.time.hour, v.headline) for v in story.versions] == [(10, "one & more"), (11, "two & more")]
    assert set(plays.sites["news.example"].articles) == {"/", "/a/story"}


def test_a_plain_folder_is_served_as_it_is(tmp_path: Path) -> None:
    put(tmp_path, "b.html", "b")
    put(tmp_path, "deep/c.htm", "c")
    put(tmp_path, "2024-01-05.html", "a file that only happens to be called so")
    put(tmp_path, "x.txt", "not html")
    os.utime(tmp_path / "b.html", (1_700_000_000, 1_700_000_000))
    plays = load_plays(tmp_path)
    articles = plays.sites["pages.test"].articles
    assert set(articles) == {"/b.html", "/deep/c.htm", "/2024-01-05.html"}
    assert {a.appeared for a in articles.values()} == {datetime.fromtimestamp(1_700_000_000, UTC)}
    assert articles["/b.html"].versions[0].published == datetime.fromtimestamp(1_700_000_000, UTC)
    sheet = Sheet(plays.sites["pages.test"], articles["/b.html"], articles["/b.html"].versions[0], START, Furniture())
    assert articles["/b.html"].versions[0].copy.print(sheet) == page("b").encode()


def test_a_file_is_read_at_every_look_and_its_loss_is_seen(tmp_path: Path) -> None:
    put(tmp_path, "a.html", "before")
    with Press(load_plays(tmp_path), VirtualClock(datetime.now(UTC) + timedelta(days=1))) as press:

        def look() -> tuple[int, bytes, str | None]:
            connection = HTTPConnection("127.0.0.1", press.port)
            connection.request("GET", "/a.html", headers={"Host": "pages.test"})
            answer = connection.getresponse()
            got = answer.status, answer.read(), answer.headers["Content-Type"]
            connection.close()
            return got

        assert look() == (200, page("before").encode(), "text/html")
        put(tmp_path, "a.html", "after")
        assert look() == (200, page("after").encode(), "text/html")
        (tmp_path / "a.html").unlink()
        status, body, _ = look()
        assert (status, [type(fault) for fault in press.faults]) == (500, [FileNotFoundError])
        assert b"FileNotFoundError" in body


def test_what_cannot_be_read_in_a_folder_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.html", "a")
    (tmp_path / "b.html").mkdir()
    (tmp_path / "c.html").symlink_to(tmp_path / "nowhere")
    assert [w.partition(":")[0] for w in load_plays(tmp_path).warnings] == ["b.html", "c.html"]
