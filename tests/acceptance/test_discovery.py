"""Sitemaps, sections and feeds bring articles, and what they say of an update is believed once it is news."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.test_addresses import page
from tests.acceptance.test_misbehaviour import LONG, SNOW
from tests.acceptance.watching import NOON, Watched, at, state, watched
from writethru.cli import cli
from writethru.model import Article, SourceKind

SITE = "http://post.example"
BRIDGE, SNOWED = f"{SITE}/2031/bridge", f"{SITE}/2031/snow"


def served(url: str, hours: float, body: str, title: str = "list") -> dict[str, str]:
    """A line of a versions file that serves these characters."""
    return {"outlet": "The Post", "url": url, "time": at(hours), "title": title, "html": body}


def sitemap(*entries: tuple[str, float]) -> str:
    rows = "".join(f"<url><loc>{url}</loc><lastmod>{at(hours)}</lastmod></url>" for url, hours in entries)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def source(run: Watched, kind: SourceKind, url: str) -> None:
    now = run.clock.now()
    run.archive.store.add_source(kind, url, outlet_id=None, at=now, next_look_at=now)


def article(run: Watched, url: str) -> Article:
    found = run.archive.store.find_article(url)
    assert found is not None, url
    return found


def test_a_sitemap_index_leads_to_articles(sqlite_made: Path, tmp_path: Path) -> None:
    index = (
        f"<sitemapindex><sitemap><loc>{SITE}/news.xml</loc><lastmod>{at(0)}</lastmod></sitemap>"
        f"<sitemap><loc>{SITE}/1999.xml</loc><lastmod>1999-01-01T00:00:00Z</lastmod></sitemap></sitemapindex>"
    )
    lines = [
        state(BRIDGE, 0, "Bridge shut", LONG),
        served(f"{SITE}/index.xml", 0, index),
        served(f"{SITE}/news.xml", 0, sitemap((BRIDGE, 0), (f"{SITE}/2001/old", -9999))),
    ]
    with watched(lines, tmp_path, str(tmp_path / "w.db")) as run:
        source(run, SourceKind.SITEMAP, f"{SITE}/index.xml")
        run.run(1)
        assert [s.url for s in run.archive.sources()] == [f"{SITE}/index.xml", f"{SITE}/news.xml"]
        assert [row.article.url for row in run.archive.articles().rows] == [BRIDGE]
        assert run.outcomes(BRIDGE)[0] == ("edited", "first_seen")


def test_a_section_page_brings_what_looks_like_an_article(sqlite_made: Path, tmp_path: Path) -> None:
    links = "".join(f'<li><a href="{u}">A headline of some words {u[-5:]}</a></li>' for u in SLUGS) + (
        '<li><a href="/sport">Sport</a></li>'
    )
    body = f"<html><head><title>News</title></head><body><h1>News</h1><ul>{links}</ul></body></html>"
    lines = [state(url, 0, f"Story {n}", LONG) for n, url in enumerate(SLUGS)] + [served(f"{SITE}/news", 0, body)]
    with watched(lines, tmp_path, str(tmp_path / "w.db")) as run:
        source(run, SourceKind.SECTION, f"{SITE}/news")
        run.run(1)
        assert sorted(row.article.url for row in run.archive.articles().rows) == sorted(SLUGS)


SLUGS = [
    f"{SITE}/2031/{words}" for words in ("bridge-shut-after-storm", "snow-is-coming-soon", "ferry-sails-again-today")
]


def updating(run: Watched) -> list[float]:
    """Hours after noon at which the bridge was looked at."""
    return [(c.look.captured_at - NOON) / timedelta(hours=1) for c in run.captures(BRIDGE)]


@pytest.mark.parametrize("form", ["sitemap", "feed"])
def test_a_stated_update_pre_empts_the_timer_and_revives(sqlite_made: Path, tmp_path: Path, form: str) -> None:
    changed = 24 * 50
    lists = [sitemap((BRIDGE, 0)), sitemap((BRIDGE, changed))] if form == "sitemap" else [feed(0), feed(changed)]
    kind = SourceKind.SITEMAP if form == "sitemap" else SourceKind.FEED
    lines = [
        state(BRIDGE, 0, "Bridge shut", LONG),
        state(BRIDGE, changed, "Bridge open", LONG.replace("Twelve", "Ten")),
    ]
    lines += [served(f"{SITE}/list.xml", hours, body) for hours, body in zip((0, changed), lists, strict=True)]
    with watched(lines, tmp_path, str(tmp_path / "w.db")) as run:
        source(run, kind, f"{SITE}/list.xml")
        run.run(changed - 1)
        assert article(run, BRIDGE).retired_at is not None
        run.run(5)
        assert article(run, BRIDGE).retired_at is None, "it is watched again"
        assert [headline for headline, _ in run.texts(BRIDGE)] == ["Bridge shut", "Bridge open"]
        assert updating(run)[-1] > changed


def feed(updated: float) -> str:
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>'
        f"<entry><title>Bridge</title><id>1</id><link href='{BRIDGE}'/><updated>{at(updated)}</updated></entry></feed>"
    )


def test_an_article_stays_watched_after_it_left_the_feed(sqlite_made: Path, tmp_path: Path) -> None:
    empty = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title></feed>'
    lines = [state(BRIDGE, 0, "Bridge shut", LONG), state(BRIDGE, 30, "Bridge open", LONG.replace("Twelve", "Ten"))]
    lines += [served(f"{SITE}/list.xml", 0, feed(0)), served(f"{SITE}/list.xml", 3, empty)]
    with watched(lines, tmp_path, str(tmp_path / "w.db")) as run:
        source(run, SourceKind.FEED, f"{SITE}/list.xml")
        run.run(60)
        assert len(run.texts(BRIDGE)) == 2


def test_feeds_go_out_as_opml_and_come_in_again(sqlite_made: Path, tmp_path: Path) -> None:
    from click.testing import CliRunner

    lines = [page(SNOWED, 0, "Snow", SNOW, SNOWED)]
    database = str(tmp_path / "w.db")
    with watched(lines, tmp_path, database) as run:
        run.follow_feeds()
        assert b"The Post" in run.archive.opml()
    written = CliRunner().invoke(cli, ["sources", "--opml", "--db", database])
    assert written.exit_code == 0, written.output
    (tmp_path / "feeds.opml").write_bytes(written.stdout_bytes)
    other = str(tmp_path / "other.db")
    taken = CliRunner().invoke(cli, ["import", str(tmp_path / "feeds.opml"), "--db", other])
    assert taken.exit_code == 0, taken.output
    listed = CliRunner().invoke(cli, ["sources", "--json", "--db", other])
    assert [row["url"] for row in json.loads(listed.stdout)] == [f"{SITE}/feed.xml"]
