"""Sitemaps with the news extension, sitemap indexes, and OPML."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.errors import InputError, MalformedInput
from writethru.sources.opml import Outline, read_opml
from writethru.sources.sitemaps import Sitemap, SitemapEntry, read_sitemap

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://news.example/a?utm_source=x </loc><lastmod>2026-02-03</lastmod>
 <news:news><news:publication><news:name>The Example</news:name><news:language>en</news:language></news:publication>
 <news:publication_date>2026-02-03T09:05:00Z</news:publication_date><news:title>Head &amp; tail</news:title>
 </news:news></url>
<url><loc>not a url</loc></url><url/>
</urlset>"""
OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Folder"><outline text="T" title="Title" type="rss" xmlUrl="https://news.example/rss"/>
<OUTLINE TEXT="U" XMLURL="https://news.example/atom"/><outline text="again" xmlUrl="https://NEWS.example/rss"/></outline>
<outline text="no feed" htmlUrl="https://news.example/"/></body></opml>"""


def test_news_sitemap() -> None:
    assert read_sitemap(NEWS) == Sitemap(
        entries=(
            SitemapEntry(
                "https://news.example/a",
                modified="2026-02-03",
                published="2026-02-03T09:05:00Z",
                title="Head & tail",
                outlet="The Example",
                language="en",
            ),
        ),
        skipped=2,
    )


def test_sitemap_index() -> None:
    index = b"<sitemapindex><sitemap><loc>https://news.example/1.xml</loc></sitemap><!-- x --><sitemap/></sitemapindex>"
    assert read_sitemap(index) == Sitemap(index=(SitemapEntry("https://news.example/1.xml"),), skipped=1)


def test_a_cut_sitemap_gives_what_is_there() -> None:
    assert [entry.url for entry in read_sitemap(NEWS[:300]).entries] == ["https://news.example/a"]


def test_opml() -> None:
    assert read_opml(OPML) == (
        Outline("https://news.example/rss", "Title"),
        Outline("https://news.example/atom", "U"),
    )


@pytest.mark.parametrize("read", [read_opml, read_sitemap])
@pytest.mark.parametrize("body", [b"", b"<html/>", b"words", b"\x00\x01", b"<!DOCTYPE opml>", b"<" * 1000])
def test_other_documents_are_refused(read, body: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MalformedInput):
        read(body)


def test_entities_never_expand() -> None:
    doctype = b'<!DOCTYPE urlset [<!ENTITY a "' + b"x" * 10_000 + b'">]>'
    body = doctype + b"<urlset><url><loc>https://news.example/&a;</loc></url></urlset>"
    assert [len(entry.url) for entry in read_sitemap(body).entries] in ([], [len("https://news.example/")])


@settings(deadline=None)
@given(st.lists(st.sampled_from(["<urlset>", "<url>", "<loc>", "http://x.example/", "</loc>", "</url>", "<opml>", "<outline xmlUrl='", "'/>", "&", "<!--", "\x00", "<![CDATA["]), max_size=15).map("".join))  # fmt: skip  # noqa: E501
def test_any_text(text: str) -> None:
    for read in (read_opml, read_sitemap):
        with suppress(InputError):
            read(text.encode())
