"""Feeds in all dialects; what is tolerated, what is refused, and that hostile ones stay cheap."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.errors import InputError, MalformedInput, UnreadableInput
from writethru.sources.feeds import Feed, FeedEntry, read_feed

URL = "https://news.example/feeds/all.xml"


def rss(items: str = "", *, head: str = "<title>The Example</title>", before: str = "", attributes: str = "") -> bytes:
    return f'{before}<rss version="2.0" {attributes}><channel>{head}{items}</channel></rss>'.encode()


def item(link: str = "https://news.example/a", title: str = "Head", rest: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{rest}</item>"


def test_rss() -> None:
    feed = read_feed(
        rss(
            item(rest="<guid isPermaLink='false'>g1</guid><pubDate>Fri, 09 Sep 2016 20:01:33 +0100</pubDate>"),
            head="<title> The\nExample </title><link>https://news.example/?utm_source=rss</link><language>en</language>",
        ),
        URL,
        "application/rss+xml",
    )
    assert feed == Feed(
        format="RSS 2.0",
        title="The Example",
        outlet="The Example",
        home="https://news.example/",
        language="en",
        entries=(FeedEntry("https://news.example/a", "Head", published="Fri, 09 Sep 2016 20:01:33 +0100", guid="g1"),),
    )


def test_atom_with_base_hub_and_dates() -> None:
    feed = read_feed(
        b"""<?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/base/">
        <title>T</title><link rel="self" href="/feed"/><link rel="hub" href="https://hub.example/"/>
        <entry><title type="html">A &amp;amp; B</title><id>urn:1</id><link rel="enclosure" href="x.mp3"/>
        <link rel="alternate" type="text/html" href="../a?utm_medium=feed"/>
        <published>2026-02-03T09:05:00Z</published><updated>2026-02-04T10:00:00+01:00</updated></entry></feed>""",
        URL,
    )
    assert (feed.format, feed.self_url, feed.hubs) == (
        "Atom 1.0",
        "https://news.example/feed",
        ("https://hub.example/",),
    )
    (entry,) = feed.entries
    assert entry.url == "https://news.example/a"
    assert (entry.published, entry.updated, entry.guid) == (
        "2026-02-03T09:05:00Z",
        "2026-02-04T10:00:00+01:00",
        "urn:1",
    )


def test_rdf_and_json_feed() -> None:
    rdf = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel rdf:about="x"><title>T</title></channel>
        <item rdf:about="y"><title>Head</title><link>https://news.example/a</link></item></rdf:RDF>"""
    assert [entry.url for entry in read_feed(rdf, URL).entries] == ["https://news.example/a"]
    form = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "home_page_url": "https://news.example",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {"id": "1", "url": "../a", "title": "Head", "date_published": "2026-02-03", "date_modified": "2026-02-04"},
            {"id": "2", "title": "no link"},
            "no item",
        ],
    }
    feed = read_feed(json.dumps(form).encode(), URL, "application/feed+json")
    assert (feed.format, feed.title, feed.home, feed.skipped) == ("JSON Feed 1.1", "T", "https://news.example/", 1)
    assert feed.entries == (FeedEntry("https://news.example/a", "Head", "2026-02-03", "2026-02-04", "1"),)
    assert feed.hubs == ("https://hub.example/",)


@pytest.mark.parametrize(
    ("link", "attributes", "url"),
    [
        ("/a", "", "https://news.example/a"),
        ("a.html", "", "https://news.example/feeds/a.html"),
        ("a.html", 'xml:base="https://other.example/x/"', "https://other.example/x/a.html"),
        ("//cdn.example/a", "", "https://cdn.example/a"),
        (" \n https://news.example/a \n ", "", "https://news.example/a"),
        ("https://news.example/a?b=1&amp;c=2", "", "https://news.example/a?b=1&c=2"),
        ("<![CDATA[https://news.example/a]]>", "", "https://news.example/a"),
    ],
)
def test_links_become_absolute(link: str, attributes: str, url: str) -> None:
    assert [entry.url for entry in read_feed(rss(item(link), attributes=attributes), URL).entries] == [url]


def test_a_guid_that_is_a_permalink_and_a_feedburner_origin() -> None:
    burner = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    origin = "<feedburner:origLink>https://news.example/b</feedburner:origLink>"
    entries = "<item><guid>https://news.example/a</guid></item>" + item("http://feeds.example/x", rest=origin)
    feed = read_feed(rss(entries, attributes=burner), URL)
    assert [entry.url for entry in feed.entries] == ["https://news.example/a", "https://news.example/b"]


def test_entries_without_a_usable_link_are_counted() -> None:
    feed = read_feed(rss(item() + "<item><title>x</title></item>" + item("mailto:desk@news.example")), URL)
    assert (len(feed.entries), feed.skipped) == (1, 2)
    assert "2 entries without a usable link" in feed.notes


def test_no_dates_is_a_note() -> None:
    assert "no entry has a date" in read_feed(rss(item()), URL).notes


def test_an_empty_feed_is_a_feed() -> None:
    feed = read_feed(rss(), URL)
    assert (feed.entries, feed.notes) == ((), ("no entries",))


def test_broken_xml_with_entries_is_read_and_said() -> None:
    feed = read_feed(rss(item(title="A & B <i>x"))[:-20], URL)
    assert [entry.url for entry in feed.entries] == ["https://news.example/a"]
    assert any(note.startswith("broken XML") for note in feed.notes)


@pytest.mark.parametrize(
    ("content_type", "declared", "codec"),
    [
        ("text/xml", "utf-8", "utf-8"),
        ("text/xml; charset=us-ascii", "utf-8", "utf-8"),
        ("application/rss+xml", "iso-8859-1", "latin-1"),
        ("application/rss+xml", "utf-8", "cp1252"),
        ("application/rss+xml; charset=iso-8859-1", "utf-8", "latin-1"),
        ("application/rss+xml", "utf-16", "utf-16"),
        ("", "utf-8", "utf-8-sig"),
    ],
)
def test_encodings(content_type: str, declared: str, codec: str) -> None:
    body = rss(item(title="Café naïve"), before=f'<?xml version="1.0" encoding="{declared}"?>').decode()
    assert read_feed(body.encode(codec), URL, content_type).entries[0].title == "Café naïve"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"<!DOCTYPE html><html><head><title>x</title></head><body><p>y</p></body></html>", "another kind: html page"),
        (b"<urlset><url><loc>x</loc></url></urlset>", "another kind: sitemap"),
        (b"<opml><body/></opml>", "another kind: opml"),
        (b"just words", "no RSS, Atom or JSON Feed"),
        (b"<note/>", "no RSS, Atom or JSON Feed"),
        (b'{"items": []}', "not a JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", ', "broken JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "PNG"),
        (b"<!DOCTYPE rss [" * 10, "nothing but a document type"),
    ],
)
def test_what_is_no_feed_is_said(body: bytes, words: str) -> None:
    with pytest.raises(MalformedInput, match=words) as caught:
        read_feed(body, URL)
    assert caught.value.key == URL


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ATTACKS = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE rss [<!ENTITY l9 "{"ha" * 50_000}">]>',
    "external": '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    "hidden in quotes": f'<!DOCTYPE rss SYSTEM "]>" [<!ENTITY l9 "]>{"ha" * 50_000}">]>',
    "twice": f'<!DOCTYPE a><!DOCTYPE rss [<!ENTITY l9 "{"ha" * 50_000}">]>',
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-7"])
def test_entities_never_expand(attack: str, codec: str) -> None:
    body = rss(item(title="&l9;" * 1000), before=f'<?xml version="1.0" encoding="{codec}"?>{ATTACKS[attack]}')
    started = time.process_time()
    try:
        titles = "".join(entry.title for entry in read_feed(body.decode().encode(codec), URL).entries)
    except MalformedInput:
        titles = ""
    assert "haha" not in titles
    assert len(titles) <= 10_000
    assert time.process_time() - started < 5


def test_too_many_entries_are_counted() -> None:
    feed = read_feed(rss(item() * 3000), URL)
    assert (len(feed.entries), feed.skipped) == (1000, 2000)
    assert "3,000 entries; only the first 1,000 were read" in feed.notes
    assert not any("broken" in note for note in feed.notes)


def test_limits_are_refused_before_parsing() -> None:
    with pytest.raises(UnreadableInput, match="over the limit of 8 MB"):
        read_feed(b"<rss>" + b" " * (9 * 2**20), URL)
    with pytest.raises(UnreadableInput, match="100,000 tags"):
        read_feed(rss("<a><b/></a>" * 50_000), URL)


def test_a_long_title_is_bounded() -> None:
    assert len(read_feed(rss(item(title="x" * 1_000_000)), URL).entries[0].title) == 2000


def test_without_a_url_relative_links_are_no_links() -> None:
    feed = read_feed(rss(item("/a") + item()), "")
    assert [entry.url for entry in feed.entries] == ["https://news.example/a"]


PIECES = ["<rss version='2.0'>", "<channel>", "<item>", "</item>", "<link>", "</link>", "http://x.example/", "<![CDATA[", "]]>", "&amp;", "&#0;", "&x;", "<title>", "<!--", "-->", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<link href='", "'/>", "<!DOCTYPE", "[", "]>", "\x00", "é"]  # fmt: skip  # noqa: E501


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=80))
def test_any_text_is_a_feed_or_refused(text: str) -> None:
    with suppress(InputError):
        read_feed(text.encode(), URL)


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda s: st.lists(s, max_size=3) | st.dictionaries(st.sampled_from(["url", "title", "id"]), s), max_leaves=6)  # fmt: skip  # noqa: E501


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["items", "title", "hubs", "home_page_url", "feed_url", "language"]), VALUES))
def test_any_json_feed_is_read_or_refused(form: dict[str, Any]) -> None:
    with suppress(InputError):
        read_feed(json.dumps({"version": "https://jsonfeed.org/version/1.1", **form}).encode(), URL)


@settings(deadline=None)
@given(st.binary(max_size=100))
def test_any_bytes_are_a_feed_or_refused(body: bytes) -> None:
    with suppress(InputError):
        read_feed(body, URL)
