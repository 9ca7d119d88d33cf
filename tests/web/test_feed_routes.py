"""Feeds over HTTP: every change once, for ever, at addresses that stay; nothing sent twice."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

NAMES = {"a": "http://www.w3.org/2005/Atom"}
BASE = "https://record.example"
FEEDS = ["/feed.atom", "/feed.json", "/articles/2/feed.atom", "/articles/2/feed.json"]


def entries(content: bytes) -> tuple[list[str], str]:
    """Ids of the entries, and the address of the next older document."""
    if content.startswith(b"{"):
        form = json.loads(content)
        return [item["id"] for item in form["items"]], form.get("next_url", "")
    root = ET.fromstring(content)
    older = [e.get("href", "") for e in root.findall("a:link", NAMES) if e.get("rel") == "prev-archive"]
    return [e.text or "" for e in root.findall("a:entry/a:id", NAMES)], next(iter(older), "")


@pytest.mark.parametrize(("path", "count"), list(zip(FEEDS, (44, 44, 39, 39), strict=True)))
def test_every_change_is_one_entry(client: TestClient, path: str, count: int) -> None:
    found: list[str] = []
    url = BASE + path
    while url:
        ids, url = entries(client.get(url.removeprefix(BASE)).content)
        found += ids
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


@pytest.mark.parametrize(("path", "kind"), list(zip(FEEDS, ("atom+xml", "feed+json") * 2, strict=True)))
def test_media_types(client: TestClient, path: str, kind: str) -> None:
    assert client.get(path).headers["content-type"] == f"application/{kind}; charset=utf-8"


@pytest.mark.parametrize("path", ["/articles/99/feed.atom", "/articles/99/feed.json"])
def test_there_is_no_feed_of_no_article(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_article_without_changes_has_an_empty_feed(client: TestClient) -> None:
    assert entries(client.get("/articles/1/feed.atom").content) == ([], "")


def test_pages_name_their_feeds(client: TestClient) -> None:
    assert f'href="{BASE}/feed.atom"' in client.get("/").text
    assert f'href="{BASE}/articles/5/feed.json"' in client.get("/articles/5").text
