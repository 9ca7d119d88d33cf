"""Files and folders read as a stream: every kind, and what becomes of what cannot be read."""

from __future__ import annotations

import gzip
import os
import random
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.reading import NOW, file, items, jsonl, read, shared_data, skipped, urls, version
from writethru.errors import InputError, MalformedInput, UnknownKind, UnreadableInput
from writethru.model import Medium, TimeBasis
from writethru.sources import FoundKind, ImportItem, Skipped, read_items

PAGE = '<html><head><link rel="canonical" href="https://news.example/a"></head><body><p>Words.</p></body></html>'
DUMP = "A headline\n\nA paragraph about nothing much.\n"
COMPARISON = """This article is from the source 'bbc' and was first published or seen on .
You can find the current article at its original source at https://news.example/a?utm_source=x
The article has changed 6 times. There is an RSS feed of changes available.
Version 4 | Version 5 |
---|---|
The headline | |
(35 minutes later) | |
The first paragraph. | The first paragraph, changed. |
The second paragraph. | The second paragraph. |
"""


def test_a_saved_page(tmp_path: Path) -> None:
    (item,) = items(file(tmp_path, "a.html", PAGE))
    assert (item.url, item.medium, item.basis) == ("https://news.example/a", Medium.PAGE, TimeBasis.IMPORTED)
    assert (item.payload, item.captured_at, item.content_type) == (PAGE.encode(), NOW, "text/html")
    assert (item.part, item.label, item.stated_change, item.origin) == ("", "", False, f"{tmp_path}/a.html")


def test_a_dump(tmp_path: Path) -> None:
    (item,) = items(file(tmp_path, "a.txt", DUMP))
    assert (item.url, item.medium, item.basis) == (None, Medium.DUMP, TimeBasis.IMPORTED)
    assert (item.payload, item.content_type) == (DUMP.encode(), "text/plain")


def test_a_page_in_gzip_is_kept_unpacked(tmp_path: Path) -> None:
    (item,) = items(file(tmp_path, "a.html.gz", gzip.compress(PAGE.encode())))
    assert item.payload == PAGE.encode()


def test_a_comparison_page_is_two_states_of_which_only_the_gap_is_known(tmp_path: Path) -> None:
    old, new = items(file(tmp_path, "a.txt", COMPARISON))
    assert (old.part, old.label, old.stated_change) == ("version 4", "4", False)
    assert (new.part, new.label, new.stated_change) == ("version 5", "5", True)
    assert (old.captured_at, new.captured_at) == (NOW - timedelta(minutes=35), NOW)
    for item in (old, new):
        assert item.url == "https://news.example/a"
        assert item.payload == COMPARISON.encode()
        assert (item.medium, item.basis) == (Medium.NEWS_SNIFFER, TimeBasis.RELATIVE)


def test_a_comparison_page_without_a_gap_claims_none(tmp_path: Path) -> None:
    old, new = items(file(tmp_path, "a.txt", COMPARISON.replace("(35 minutes later) | |\n", "")))
    assert (old.basis, new.basis) == (TimeBasis.IMPORTED, TimeBasis.IMPORTED)
    assert (old.captured_at, new.captured_at) == (NOW, NOW)


def test_a_comparison_page_cut_short_is_refused_with_its_line(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", COMPARISON[: COMPARISON.index("changed. |")])
    (left_out,) = skipped(path)
    assert isinstance(left_out.error, MalformedInput)
    assert str(left_out.error).startswith(f"{path}:8: ")


def test_a_list_of_urls_is_to_be_watched(tmp_path: Path) -> None:
    path = file(tmp_path, "list.txt", "# mine\nHTTPS://news.example/a#x\n\n  http://news.example/b  \r\n")
    assert [(f.url, f.kind, f.origin) for f in urls(path)] == [
        ("https://news.example/a", FoundKind.UNKNOWN, f"{path}:2"),
        ("http://news.example/b", FoundKind.UNKNOWN, f"{path}:4"),
    ]


def test_a_bad_line_in_a_list(tmp_path: Path) -> None:
    path = file(tmp_path, "list.txt", "https://news.example/a\nhttps://news.example:x/\nhttps://" + "a" * 40_000 + "\n")
    assert [str(s.error).split(": ")[0] for s in skipped(path)] == [f"{path}:2", f"{path}:3"]


def test_a_saved_feed_an_opml_file_and_sitemaps_are_to_be_watched(tmp_path: Path) -> None:
    feed = file(tmp_path, "f.xml", "<rss version='2.0'><channel><title>T</title><item><link>http://n.example/a</link></item></channel></rss>")  # fmt: skip  # noqa: E501
    opml = file(tmp_path, "o.xml", "<opml><body><outline text='T' xmlUrl='http://n.example/rss'/></body></opml>")
    sitemap = file(tmp_path, "s.xml", "<urlset><url><loc>http://n.example/b</loc></url></urlset>")
    index = file(tmp_path, "i.xml", "<sitemapindex><sitemap><loc>http://n.example/c.xml</loc></sitemap></sitemapindex>")
    assert [(f.url, f.kind, f.outlet) for f in urls(feed)] == [("http://n.example/a", FoundKind.ARTICLE, "T")]
    assert [(f.url, f.kind, f.title) for f in urls(opml)] == [("http://n.example/rss", FoundKind.FEED, "T")]
    assert [(f.url, f.kind) for f in urls(sitemap)] == [("http://n.example/b", FoundKind.ARTICLE)]
    assert [(f.url, f.kind) for f in urls(index)] == [("http://n.example/c.xml", FoundKind.SITEMAP)]


def test_a_folder_is_read_in_order_with_all_kinds_mixed(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.html_files").mkdir()
    (tmp_path / ".hidden").write_text("x")
    file(tmp_path / "a.html_files", "story.css", "p {}")
    file(tmp_path, "a.html", PAGE)
    file(tmp_path, "c.jsonl", jsonl(version()))
    file(tmp_path, "d.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    file(tmp_path / "b", "e.txt", DUMP)
    found = read(tmp_path)
    assert [Path(f.origin).name for f in found] == ["a.html", "c.jsonl:1", "d.png", "e.txt"]
    assert [type(f) for f in found] == [ImportItem, ImportItem, Skipped, ImportItem]


def test_links_are_followed_but_never_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    file(tmp_path / "deep", "a.txt", DUMP)
    (tmp_path / "deep" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = read(tmp_path)
    assert len([f for f in found if isinstance(f, ImportItem)]) == 1
    said = {Path(f.origin).name: str(f.error) for f in found if isinstance(f, Skipped)}
    assert "a link leads back to it" in said["up"]
    assert "leads nowhere" in said["nowhere.txt"]
    assert set(said) == {"up", "nowhere.txt", "self.txt"}


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", MalformedInput, "the file is empty"),
        (b" \n\n", MalformedInput, "the file is empty"),
        (gzip.compress(b""), MalformedInput, "the file is empty"),
        (b"\x00\x01\x02\x03" * 50, UnknownKind, "not text"),
        (b"%PDF-1.4 \x00\x01\x02", UnknownKind, "PDF"),
    ],
)
def test_files_that_hold_nothing_readable(content: bytes, kind: type[InputError], words: str, tmp_path: Path) -> None:
    path = file(tmp_path, "a.html", content)
    (left_out,) = skipped(path)
    assert isinstance(left_out.error, kind)
    assert words in str(left_out.error)
    assert str(path) in str(left_out.error)


def test_what_is_not_there_or_not_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no such file" in str(skipped(tmp_path / "missing")[0].error)
    assert "not a regular file" in str(skipped(tmp_path / "pipe")[0].error)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_not_permitted(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", DUMP)
    path.chmod(0)
    assert "not permitted" in str(skipped(path)[0].error)


def test_a_200_megabyte_page_or_line_is_refused_without_being_read(tmp_path: Path) -> None:
    page = file(tmp_path, "a.html", PAGE + "x" * 100_000)
    line = file(tmp_path, "a.jsonl", b'{"url": "' + b"x" * 100_000)
    for path in (page, line):
        with path.open("ab") as stream:
            stream.truncate(200_000_000)  # sparse: NUL bytes that take no room on the disk
    tracemalloc.start()
    found = {path.name: skipped(path) for path in (page, line)}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found["a.html"][0].error, UnreadableInput)
    assert "one page of 191 MB or more is over the limit of 16 MB" in str(found["a.html"][0].error)
    assert f"{line}:1: one line" in str(found["a.jsonl"][0].error)
    assert peak < 120_000_000


def test_a_page_that_unpacks_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("writethru.sources.files.MAX_PAGE_BYTES", 100_000)
    page = gzip.compress(PAGE.encode() + bytes(random.Random(7).choices(b"abcdefgh ", k=100_000)))
    assert len(page) < 100_000
    assert "one page of 100,001 bytes or more" in str(skipped(file(tmp_path, "a.html.gz", page))[0].error)


def test_a_flood_of_bad_lines_is_counted_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("writethru.sources.items.MAX_REPORTS", 3)
    good, bad = jsonl(version()), b"{}\n"
    found = read(file(tmp_path, "a.jsonl", good + bad * 5 + good))
    assert [isinstance(f, ImportItem) for f in found] == [True, False, False, False, True, False]
    assert isinstance(found[-1], Skipped)
    assert "2 more bad places" in str(found[-1].error)
    given_up = read(file(tmp_path, "b.jsonl", bad * 5 + good))
    assert len(given_up) == 4
    assert isinstance(given_up[-1], Skipped)
    assert "3 bad places and nothing good: given up" in str(given_up[-1].error)


def test_gzip_bombs_are_refused(tmp_path: Path) -> None:
    page = gzip.compress(PAGE.encode() + b" " * 20_000_000)
    line = gzip.compress(jsonl(version()) + b"\n" * 20_000_000)
    assert "more than 300 times" in str(skipped(file(tmp_path, "a.html.gz", page))[0].error)
    item, left_out = read(file(tmp_path, "a.jsonl.gz", line))
    assert isinstance(item, ImportItem)
    assert isinstance(left_out, Skipped)
    assert "more than 300 times" in str(left_out.error)


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (
            "<html><head><meta charset='utf-8'></head><body><p>caf\u00e9 na\u00efve</p>".encode("latin-1"),
            "labelled utf-8",
        ),
        ("<html><head><meta charset='latin-1'></head><body><p>caf\u00e9</p>".encode(), "bytes are UTF-8"),
        (b"<html><body><p>a\x00b</p></body></html>" + b"x" * 100, "NUL characters"),
    ],
)
def test_wrong_encodings_are_said(content: bytes, note: str, tmp_path: Path) -> None:
    (item,) = items(file(tmp_path, "a.html", content))
    assert item.payload == content
    assert any(note in said for said in item.notes)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000), st.sampled_from(["a.html", "a.txt", "a.jsonl", "a.warc", "a.xml", "a.gz", "a"]))
def test_any_file_is_read_or_skipped(tmp_path: Path, content: bytes, name: str) -> None:
    for found in read_items(file(tmp_path, name, content), now=NOW):
        assert found.origin.startswith(str(tmp_path))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([PAGE, COMPARISON, DUMP, jsonl(version()).decode()]), st.data())
def test_damaged_files_are_read_or_skipped(tmp_path: Path, good: str, data: st.DataObject) -> None:
    raw = bytearray(good.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    for content in (bytes(raw), bytes(raw[:cut]), gzip.compress(bytes(raw))[: cut + 10]):
        list(read_items(file(tmp_path, "a.txt", content), now=NOW))


def test_the_same_article_saved_twice_has_one_url() -> None:
    """Old BBC pages name only a path; the host comes from the one link to their low-graphics twin."""
    found = items(shared_data("revisions", "news_sniffer_pages"))
    assert [item.url for item in found] == [
        "http://news.bbc.co.uk/1/hi/england/bradford/6072486.stm",
        "http://news.bbc.co.uk/1/hi/england/bradford/6072486.stm",
        "http://news.bbc.co.uk/1/hi/uk_politics/7984711.stm",
        "http://news.bbc.co.uk/1/hi/uk_politics/7984711.stm",
        "http://news.bbc.co.uk/1/hi/uk_politics/7984711.stm",
    ]
    assert {item.basis for item in found} == {TimeBasis.IMPORTED}
