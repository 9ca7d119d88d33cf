"""Search as a page and over the API, on the real archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from tests.web.accessible import faults, parsed
from writethru.api import search_routes
from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.storage.store import Store
from writethru.web import WebSettings, create_app

STATES = [
    (
        "2031-03-02T14:05:00Z",
        "Board shuts pier",
        "Men <b>found</b> cracks.\n\n“We knew,” the engineer said & left.",
    ),
    ("2031-03-02T15:00:00Z", "Board shuts pier", "Engineers <b>found</b> cracks.\n\nThe board denies it."),
]


@pytest.fixture
def archive(sqlite_store: Store, tmp_path: Path) -> Archive:
    """Two states of one article."""
    lines = [{"outlet": "Courier", "url": "https://courier.example/pier", "time": time, "title": title, "text": text}
             for time, title, text in STATES]  # fmt: skip
    path = tmp_path / "pier.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    archive = Archive(sqlite_store, Config(archive=ArchiveConfig(evidence=str(tmp_path / "evidence"))))
    archive.import_paths([path])
    return archive


@pytest.fixture
def reader(archive: Archive) -> Iterator[TestClient]:
    """A reader of it."""
    with TestClient(create_app(archive, WebSettings(base_url="https://record.example"))) as client:
        yield client


def test_where_nothing_is_found_it_says_how_to_find_more(reader: TestClient) -> None:
    page = parsed(reader.get("/search", params={"q": "zeppelin"}).text)
    assert "may find more" in page.xpath("string(//p[@class='empty'])")
    assert page.xpath("//input[@id='q']/@aria-describedby") == ["grammar"]
    assert "removed:yes for what no longer stands" in page.xpath("string(//*[@id='grammar'])")


def test_the_api_finds_removed_text_and_escapes_it(reader: TestClient) -> None:
    answer = reader.get("/api/v1/search", params={"q": '"the engineer said" removed:yes'})
    TypeAdapter(search_routes.SearchPageForm).validate_json(answer.content, strict=True)
    (hit,) = answer.json()["items"]
    assert (hit["versions"], hit["standing"], hit["stretches"][0]["taken_by"]) == ([[1, 1]], False, 1)
    assert hit["passages"][0]["html"] == "“We knew,” <mark>the engineer said</mark> &amp; left."
    wrong = reader.get("/api/v1/search", params={"q": 'pier "open'})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (400, "query_malformed")
    assert '⟦"open⟧' in wrong.json()["error"]["message"]


def test_saved_searches_over_the_api(archive: Archive, reader: TestClient) -> None:
    saved = archive.search.save("Knew", '"we knew"')
    assert [one["name"] for one in reader.get("/api/v1/searches").json()["items"]] == ["Knew"]
    assert reader.get(f"/api/v1/searches/{saved.id}").json()["query"] == '"we knew"'
    first = reader.get(f"/api/v1/searches/{saved.id}/matches?limit=1").json()
    rest = reader.get(first["next"].removeprefix("https://record.example")).json()
    assert [one["event"] for one in first["items"] + rest["items"]] == ["began", "ended"]
    assert rest["next"] is None
    assert reader.get("/api/v1/searches/99/matches").status_code == 404


def test_the_page(reader: TestClient) -> None:
    for query in ("", "nothing-here", "engineer*", "“open"):
        answer = reader.get("/search", params={"q": query})
        assert (query, faults(answer.text)) == (query, [])
    assert answer.status_code == 400
    assert "⟦“open⟧" in parsed(answer.text).xpath("string(//*[@role='alert'])")
    page = parsed(reader.get("/search", params={"q": "found"}).text)
    assert page.xpath("string(//p[@class='passage'])").strip().startswith("Men <b>found</b> cracks.")
    assert page.xpath("//mark/text()") == ["found", "found"]
    assert page.xpath("//p[@class='passage']//a/@href") == ["/articles/1/versions/1", "/articles/1/versions/2"]


def test_every_feed_and_what_else_there_is_can_be_found(archive: Archive, reader: TestClient) -> None:
    """From the pages: each address that they name is there."""
    archive.search.save("Knew", '"we knew"')
    archive.analyse()
    found: set[str] = set()
    for path in ("/", "/?outlet=1&kind=wording", "/articles/1", "/articles/1/changes/1", "/articles/1/versions/1",
                 "/outlets/1", "/feeds", "/watching"):  # fmt: skip
        page = reader.get(path).text
        assert (path, faults(page)) == (path, [])
        heads = [link.removeprefix("https://record.example") for link in parsed(page).xpath("//link[@rel]/@href")]
        found |= {link for link in [*heads, *parsed(page).xpath("//a/@href")] if link.startswith("/")}
    wanted = ["/feed", "/alarms", "/articles/1/feed", "/outlets/1/feed", "/kinds/disappeared/feed", "/searches/1/feed"]
    assert {f"{path}.{form}" for path in wanted for form in ("atom", "json", "rss")} <= found
    assert {"/feeds", "/articles/1/changes/1/cite.json", "/api/v1/articles/1/changes/1"} <= found
    for path in sorted(found - {"/login"}):
        assert (path, reader.get(path).status_code) == (path, 200)


def test_the_river_names_the_feeds_of_what_is_asked_for(reader: TestClient) -> None:
    page = parsed(reader.get("/?outlet=1&kind=figure").text)
    heads = page.xpath("//link[@rel='alternate']/@href")
    assert "https://record.example/outlets/1/feed.rss" in heads
    assert "https://record.example/kinds/figure/feed.atom" in heads
    assert not [head for head in parsed(reader.get("/").text).xpath("//link/@href") if "/kinds/" in head]
