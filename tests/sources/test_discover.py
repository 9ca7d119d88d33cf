"""What a fetched page is taken for, and the ground that is given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.sources.discover import AdvertisedFeed, Discovery, Ground, Page, discover

URL = "https://news.example/world/a-story"
TEXT = "".join(
    f"<p>Paragraph {n} says that the council met on Tuesday and decided nothing at all.</p>" for n in range(12)
)
HEADLINES = "".join(f"<h3><a href='/s/{n}'>Headline number {n} of the day</a></h3>" for n in range(40))


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>Head</title>{head}</head><body>{body}</body></html>".encode()


def og(kind: str) -> str:
    return f'<meta property="og:type" content="{kind}">'


@pytest.mark.parametrize(
    ("body", "url", "kind", "ground"),
    [
        (page(f"<article><h1>Head</h1>{TEXT}</article>"), URL, Page.ARTICLE, Ground.RUNNING_TEXT),
        (page("<h1>Head</h1><p>Short.</p>", og("article")), URL, Page.ARTICLE, Ground.STATED_ARTICLE),
        (page(f"<h1>Head</h1>{TEXT}"), "https://news.example/", Page.SECTION, Ground.HOME_PATH),
        (page(HEADLINES), "https://news.example/world", Page.SECTION, Ground.LISTING),
        (page("<h1>World</h1>", og("website")), "https://news.example/world", Page.SECTION, Ground.STATED_SECTION),
        (page("<p>Nothing.</p>"), URL, Page.OTHER, Ground.LITTLE_TEXT),
        (b"<rss version='2.0'><channel><title>T</title></channel></rss>", URL, Page.FEED, Ground.PARSED),
        (b"<urlset><url><loc>https://news.example/a</loc></url></urlset>", URL, Page.SITEMAP, Ground.PARSED),
        (b"<opml><body><outline xmlUrl='https://news.example/f'/></body></opml>", URL, Page.OPML, Ground.PARSED),
        (b"# list\nhttps://news.example/a\nhttps://news.example/a#x\n", URL, Page.URL_LIST, Ground.PARSED),
        (b"", URL, Page.OTHER, Ground.EMPTY),
        (b"%PDF-1.4\x00", URL, Page.OTHER, Ground.UNKNOWN_FORMAT),
        (b"<note/>", "https://news.example/x.xml", Page.OTHER, Ground.UNKNOWN_FORMAT),
    ],
)  # fmt: skip
def test_verdict_and_ground(body: bytes, url: str, kind: Page, ground: Ground) -> None:
    found = discover(body, "", url)
    assert (found.page, found.ground) == (kind, ground)


def test_advertised_feeds_come_in_page_order_comments_last() -> None:
    head = """<base href="https://news.example/x/">
      <link rel="alternate" type="application/rss+xml" title="All comments" href="/comments.xml">
      <link rel="alternate" type="application/atom+xml; charset=utf-8" title="World" href="world.xml">
      <link rel="alternate stylesheet" type="text/css" href="a.css"><link rel="alternate" hreflang="de" href="/de">
      <link rel="ALTERNATE" type="application/rss+xml" href="https://news.example/x/world.xml">
      <link rel="alternate" type="application/rss+xml" href="javascript:x">"""
    assert discover(page(HEADLINES, head), "text/html", URL).feeds == (
        AdvertisedFeed("https://news.example/x/world.xml", "World", "application/atom+xml"),
        AdvertisedFeed("https://news.example/comments.xml", "All comments", "application/rss+xml"),
    )


@pytest.mark.parametrize(
    ("stated", "url"),
    [
        ("/world/a-story?utm_source=x", "https://news.example/world/a-story"),
        ("https://www.news.example/b", "https://www.news.example/b"),
        ("https://other.example/b", None),
        ("https://news.example/", None),
    ],
)
def test_canonical_is_taken_from_the_same_site_only(stated: str, url: str | None) -> None:
    found = discover(page(f"<article><h1>H</h1>{TEXT}</article>", f'<link rel="canonical" href="{stated}">'), "", URL)
    assert found.canonical_url == url


def test_what_lists_lead_to() -> None:
    assert discover(b"https://news.example/a\nhttps://news.example/a#x\n", "", URL).urls == ("https://news.example/a",)
    opml = discover(b"<opml><body><outline text='T' xmlUrl='https://news.example/f'/></body></opml>", "", URL)
    assert opml.feeds == (AdvertisedFeed("https://news.example/f", "T"),)
    index = b"<sitemapindex><sitemap><loc>https://news.example/1.xml</loc></sitemap></sitemapindex>"
    assert discover(index, "", URL).sitemaps == ("https://news.example/1.xml",)


def test_a_feed_comes_read() -> None:
    body = b"<rss version='2.0'><channel><title>T</title><item><link>/a</link></item></channel></rss>"
    found = discover(body, "text/html", URL)
    assert found.feed is not None
    assert [entry.url for entry in found.feed.entries] == ["https://news.example/a"]
    assert (found.title, found.outlet) == ("T", "T")


def test_a_page_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("writethru.sources.discover.MAX_PAGE_BYTES", 10)
    assert discover(page(TEXT), "", URL).ground is Ground.UNKNOWN_FORMAT


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(page), st.text(max_size=20))
def test_anything_gets_a_verdict(body: bytes, content_type: str) -> None:
    assert isinstance(discover(body, content_type, URL), Discovery)
