"""Kinds of input, told by content first and by name second."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.reading import jsonl, version
from writethru.sources.sniff import InputKind, kind_of, why_unknown

PAGE = "<!DOCTYPE html><html><head><title>x</title></head><body><p>Words.</p></body></html>"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>'
COMPARISON = "from source 'bbc'\nVersion 1 | Version 2 |\n---|---|\nA. | B. |\n"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PAGE, "a.txt", InputKind.PAGE),
        ("<!-- saved from url=(0022)http://news.example/a -->\n" + PAGE, "", InputKind.PAGE),
        (
            "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>\n<html xmlns='y'><body><p>z</p></body></html>",
            "",
            InputKind.PAGE,
        ),
        ("A headline\n\nA paragraph that says a < b.\n", "a.txt", InputKind.DUMP),
        ("A headline\n\nA paragraph.\n", "a", InputKind.DUMP),
        ("A headline\n\nA paragraph.\n", "2026.03.01", InputKind.DUMP),
        ("# About this folder\n", "README.md", InputKind.UNKNOWN),
        ("body { color: red }", "story.css", InputKind.UNKNOWN),
        ("a,b\n1,2\n", "table.csv", InputKind.UNKNOWN),
        (COMPARISON, "a.txt", InputKind.NEWS_SNIFFER),
        (RSS, "a.txt", InputKind.FEED),
        ("<!-- made by hand -->\n<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "", InputKind.FEED),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss></rss>", "", InputKind.FEED),
        ("<rdf:RDF xmlns:rdf='x'></rdf:RDF>", "", InputKind.FEED),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed.json", InputKind.FEED),
        ("<urlset></urlset>", "", InputKind.SITEMAP),
        ("<?xml version='1.0'?><sitemapindex></sitemapindex>", "", InputKind.SITEMAP),
        ("<opml version='2.0'></opml>", "", InputKind.OPML),
        ("# mine\nhttps://news.example/a\n\nhttp://news.example/b\n", "list.txt", InputKind.URL_LIST),
        ("https://news.example/a\nand words\n", "list.txt", InputKind.DUMP),
        (json.dumps({"url": "u", "time": "t", "text": "x"}) + "\n", "versions", InputKind.JSONL),
        ('{"url": "u", "html": "' + "x" * 70_000, "cut-head", InputKind.JSONL),
        ("", "a.html", InputKind.EMPTY),
        (" \r\n\t", "a.html", InputKind.EMPTY),
        ("broken {", "versions.jsonl", InputKind.JSONL),
        ('{\n  "name": "x"\n}', "package.json", InputKind.UNKNOWN),
        ("WARC/1.1\r\nWARC-Type: warcinfo\r\n", "x", InputKind.WARC),
        ("just words", "saved.html", InputKind.PAGE),
    ],
)
def test_kind(content: str, name: str, kind: InputKind) -> None:
    assert kind_of(content.encode(), name) is kind
    assert kind_of(gzip.compress(content.encode()), f"{name}.gz") is kind


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings(codec: str) -> None:
    assert kind_of(PAGE.encode(codec), "") is InputKind.PAGE
    assert kind_of("Überschrift\n\nEin Absatz.".encode(codec), "a.txt") is InputKind.DUMP


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7\n\x00\x01", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (bytes(range(256)) * 4, "not text"),
    ],
)
def test_binary_is_named(content: bytes, word: str) -> None:
    assert kind_of(content, "a.html") is InputKind.UNKNOWN
    assert word in why_unknown(content, "a.html")


def test_unknown_text_says_what_is_read() -> None:
    assert ".css" in why_unknown(b"body {}", "story.css")
    assert "versions JSONL" in why_unknown(b"body {}", "story.css")


@settings(deadline=None)
@given(st.binary(max_size=300), st.text(max_size=12))
def test_any_bytes_have_a_kind(head: bytes, name: str) -> None:
    assert kind_of(head, name) in InputKind
    assert kind_of(b"\x1f\x8b\x08" + head, name) in InputKind


@settings(deadline=None)
@given(st.integers(1, 600))
def test_a_cut_head_of_a_versions_file_is_still_one(length: int) -> None:
    line = jsonl(version(text="Long. " * 100))
    assert kind_of(line[: len(line) - length], "v.jsonl") is InputKind.JSONL
