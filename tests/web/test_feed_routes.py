"""Feeds over HTTP: every change once, for ever, at addresses that stay; nothing sent twice."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.publish.checking import CHECKS

BASE = "https://record.example"
FORMS = ("atom", "json", "rss")
FEEDS = [f"{place}.{form}" for place in ("/feed", "/articles/2/feed", "/outlets/1/feed") for form in FORMS]


@pytest.mark.parametrize(("path", "count"), list(zip(FEEDS, (44,) * 3 + (39,) * 3 + (44,) * 3, strict=True)))
def test_every_change_is_one_entry(client: TestClient, path: str, count: int) -> None:
    found: list[str] = []
    url = BASE + path
    while url:
        read = CHECKS[path[-4:].strip(".")](client.get(url.removeprefix(BASE)).content)
        found += read.ids
        url = read.older
    assert len(found) == len(set(found)) == count


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_that_did_not_change_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["last-modified"].endswith("GMT")
    again = client.get(path, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_each_document_has_a_tag_of_its_own(client: TestClient) -> None:
    assert len({client.get(path).headers["etag"] for path in FEEDS}) == len(FEEDS)


@pytest.mark.parametrize(("path", "kind"), list(zip(FEEDS, ("atom+xml", "feed+json", "rss+xml") * 3, strict=True)))
def test_media_types(client: TestClient, path: str, kind: str) -> None:
    assert client.get(path).headers["content-type"] == f"application/{kind}; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        *("/articles/99/feed.atom", "/articles/99/feed.rss", "/outlets/99/feed.json", "/kinds/nonsense/feed.atom"),
        *("/feed.xml", "/articles/2/feed.html", f"/sections/{'x' * 81}/feed.atom"),
    ],
)
def test_there_is_no_feed_of_nothing(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_article_without_changes_has_an_empty_feed(client: TestClient) -> None:
    for form in FORMS:
        read = CHECKS[form](client.get(f"/articles/1/feed.{form}").content)
        assert (read.ids, read.older) == ([], "")


def test_pages_name_their_feeds(client: TestClient) -> None:
    assert f'href="{BASE}/feed.atom"' in client.get("/").text
    assert f'href="{BASE}/articles/5/feed.json"' in client.get("/articles/5").text


def test_a_kind_has_a_feed_of_its_own(client: TestClient) -> None:
    everything = CHECKS["atom"](client.get("/feed.atom").content)
    figures = CHECKS["atom"](client.get("/kinds/figure/feed.atom").content)
    assert 0 < len(figures.ids) < len(everything.ids)
    assert set(figures.ids) <= set(everything.ids)
    assert CHECKS["atom"](client.get("/kinds/disappeared/feed.atom").content).ids == []


def test_other_sites_may_read_every_format(client: TestClient) -> None:
    for path in FEEDS:
        assert client.get(path, headers={"origin": "https://elsewhere.example"}).headers["access-control-allow-origin"]
