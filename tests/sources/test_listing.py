"""What sources list: bounded, dated, and no stamp believed that is on everything."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.errors import InputError
from writethru.model import SourceKind
from writethru.sources.listing import (
    MAX_CHILDREN,
    Answer,
    Listed,
    listing_of,
    news_of,
    sitemap_listing,
    stated_moment,
)
from writethru.sources.opml import Outline, read_opml, write_opml
from writethru.sources.sections import article_links, links_of, shape
from writethru.sources.sitemaps import Sitemap, SitemapEntry

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)
SITE = "https://ledger.example"


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def test_a_sitemap_brings_its_news_and_not_its_archive() -> None:
    entries = [
        SitemapEntry(f"{SITE}/new", modified=ago(1).isoformat()),
        SitemapEntry(f"{SITE}/day", published="2031-03-02"),
        SitemapEntry(f"{SITE}/old", modified=ago(1000).isoformat()),
        SitemapEntry(f"{SITE}/undated"),
    ]
    listing = sitemap_listing(Sitemap(tuple(entries)), NOW)
    assert [entry.url for entry in listing.entries] == [f"{SITE}/new", f"{SITE}/day"]
    assert listing.left_out == 2


def test_a_short_sitemap_without_dates_is_a_list() -> None:
    few = tuple(SitemapEntry(f"{SITE}/{n}") for n in range(5))
    assert len(sitemap_listing(Sitemap(few), NOW).entries) == 5
    many = tuple(SitemapEntry(f"{SITE}/{n}") for n in range(5000))
    assert sitemap_listing(Sitemap(many), NOW).entries == ()


def test_an_index_is_followed_where_it_changes_or_says_news() -> None:
    index = [SitemapEntry(f"{SITE}/{n}.xml", modified=ago(n).isoformat()) for n in range(40)]
    index += [SitemapEntry(f"{SITE}/1999.xml", modified="1999-01-01T00:00:00Z"), SitemapEntry(f"{SITE}/news.xml")]
    children = sitemap_listing(Sitemap(index=tuple(index)), NOW).children
    assert len(children) == MAX_CHILDREN
    assert f"{SITE}/news.xml" in children
    assert f"{SITE}/1999.xml" not in children


def test_what_changed_since_the_last_look() -> None:
    entries = [Listed("a", ago(0.5)), Listed("b", ago(3)), Listed("c"), Listed("d", ago(-5))]
    assert [entry.url for entry in news_of(entries, ago(1), NOW)] == ["a"]


def test_a_feed_that_stamps_every_entry_says_nothing() -> None:
    entries = [Listed(str(n), ago(0.01)) for n in range(20)]
    assert news_of(entries, ago(1), NOW) == []
    assert len(news_of(entries[:5], ago(1), NOW)) == 5


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2031-03-03T12:00:00Z", NOW),
        ("2031-03-03T13:00:00+01:00", NOW),
        ("Mon, 03 Mar 2031 12:00:00 GMT", NOW),
        ("2031-03-03", None),
        ("2031-03-03T12:00:00", None),
        ("yesterday", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_stated_moments(text: str, moment: datetime | None) -> None:
    assert stated_moment(text) == moment


def page(*links: tuple[str, str]) -> bytes:
    anchors = "".join(f'<li><a href="{href}">{words}</a></li>' for href, words in links)
    return f"<html><body><ul>{anchors}</ul></body></html>".encode()


LINKS = (
    ("/2031/03/bridge-shut-after-storm", "Bridge shut after storm damages two piers"),
    ("/2031/03/snow-is-coming-tonight", "Snow is coming tonight to the upper dales"),
    ("/sport", "Sport"),
    ("/2031/03/picture-of-the-day.jpg", "Picture of the day from the harbour"),
    ("https://elsewhere.example/2031/03/another-story-here", "Another story that is told elsewhere today"),
    ("mailto:desk@ledger.example", "Write to us about anything at all"),
    ("#top", "To the top of this long page"),
)


def test_links_to_articles_of_a_section_nobody_knows() -> None:
    links = links_of(page(*LINKS), "text/html", f"{SITE}/news")
    found = article_links(links, ())
    assert found == [f"{SITE}/2031/03/bridge-shut-after-storm", f"{SITE}/2031/03/snow-is-coming-tonight"]


def test_the_shape_of_known_articles_is_learnt() -> None:
    known = [f"{SITE}/a/{n}" for n in (10412, 10413, 10500)]
    links = links_of(page(("/a/10777", "Ferry"), ("/archive/2030", "All stories of that year"), *LINKS), "", f"{SITE}/")
    assert article_links(links, known) == [f"{SITE}/a/10777"]


@pytest.mark.parametrize(
    ("url", "form"),
    [
        (f"{SITE}/2031/03/04/bridge-shut-again", "/y/d/d/slug"),
        (f"{SITE}/news/bridge-shut-again-10412.html", "/w/slug9"),
        (f"{SITE}/story.php?id=77123&page=2", "/w?id=9&page=d"),
        (f"{SITE}/politics", "/w"),
        (f"{SITE}/", "/w"),
        (f"{SITE}/news/c4gd8kz", "/w/x"),
    ],
)
def test_shapes(url: str, form: str) -> None:
    assert shape(url) == form


@given(st.lists(st.builds(Outline, st.sampled_from([f"{SITE}/{n}" for n in range(9)]), st.text(max_size=20))))
def test_opml_comes_back_as_it_went(outlines: list[Outline]) -> None:
    unique = list({outline.url: outline for outline in outlines}.values())
    back = read_opml(write_opml("ours", unique))
    assert [outline.url for outline in back] == [outline.url for outline in unique]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SourceKind),
    st.binary(max_size=2000),
    st.sampled_from([b"", b"<urlset>", b"<rss><channel>", b"<a "]),
)
def test_no_bytes_make_a_listing_fail_otherwise_than_said(kind: SourceKind, body: bytes, head: bytes) -> None:
    started = time.process_time()
    try:
        listing = listing_of(kind, Answer(head + body, "", f"{SITE}/x", NOW))
    except InputError:
        listing = None
    assert listing is None or all(entry.url.startswith(("http://", "https://")) for entry in listing.entries)
    assert time.process_time() - started < 2
