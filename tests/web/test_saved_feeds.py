"""The feed of a saved search: every word that came or went, one entry for ever, over a real archive."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.publish.checking import CHECKS, Read
from tests.web.accessible import faults, parsed
from writethru.archive import Archive, open_archive
from writethru.config import ArchiveConfig, Config
from writethru.safety.actors import Actor, Role
from writethru.web import WebSettings, create_app

BASE = "https://record.example"
FORMS = ("atom", "json", "rss")
ADMIN = Actor("command line (test)", Role.ADMIN)
CRACKS = "Engineers found cracks in the piles."
CALM = "The board says that all is well."


def line(article: int, hour: int, text: str) -> dict[str, str]:
    return {
        "outlet": "Courier",
        "url": f"https://courier.example/{article}",
        "time": f"2031-03-02T{hour:02}:0{article % 10}:00Z",
        "title": f"Pier {article}",
        "text": f"{text}\n\nHour {hour} for <b>pier</b> {article}.",
    }


def take_in(archive: Archive, folder: Path, lines: list[dict[str, str]]) -> None:
    path = folder / "more.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    archive.import_paths([path])


@contextmanager
def opened(folder: Path) -> Iterator[Archive]:
    config = Config(archive=ArchiveConfig(evidence=str(folder / "evidence")))
    with open_archive(str(folder / "writethru.db"), config) as archive:
        yield archive


def client(archive: Archive) -> TestClient:
    return TestClient(create_app(archive, WebSettings(base_url=BASE, feed_size=4)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine articles: cracks are there, go, and come back; the tenth never has any. Nobody writes to it."""
    folder = tmp_path_factory.mktemp("cracks")
    texts = {1: CRACKS, 2: CALM, 3: CRACKS}
    lines = [line(article, hour, text) for article in range(1, 10) for hour, text in texts.items()]
    with opened(folder) as archive:
        take_in(archive, folder, [*lines, line(10, 1, CALM), line(10, 2, f"{CALM} Really.")])
        archive.search.save("Cracks", "cracks")
    return folder


@pytest.fixture(scope="module")
def reader(made: Path) -> Iterator[TestClient]:
    """A reader of it."""
    with opened(made) as archive:
        yield client(archive)


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of it to write to."""
    shutil.copytree(made, tmp_path / "own")
    with opened(tmp_path / "own") as archive:
        yield archive


def documents(reader: TestClient, form: str) -> list[tuple[str, bytes, Read]]:
    """Every document with its address and what a reader sees, the newest first."""
    found, url = [], f"/searches/1/feed.{form}"
    while url:
        content = reader.get(url.removeprefix(BASE)).content
        found.append((url, content, CHECKS[form](content)))
        url = found[-1][2].older
    return found


def test_every_coming_and_going_is_one_entry(reader: TestClient) -> None:
    each = {form: [name for _, _, read in documents(reader, form) for name in read.ids] for form in FORMS}
    assert each["atom"] == each["json"] == each["rss"]
    expected = [
        f"tag:record.example,2026:search/1/article/{article}/change/{change}"
        for change in (2, 1, 0)
        for article in range(9, 0, -1)
    ]
    assert each["atom"] == expected
    assert len(documents(reader, "atom")) > 2


def test_entries_say_what_came_and_went_and_show_it(reader: TestClient) -> None:
    items = [item for _, content, _ in documents(reader, "json") for item in json.loads(content)["items"]]
    came, went, stood = items[0], items[9], items[18]
    assert came["title"] == "Pier 9 (change 2: the words came)"
    assert went["title"] == "Pier 9 (change 1: the words left)"
    assert stood["title"] == "Pier 9 (first text: the words stand)"
    assert [one["tags"][0] for one in (came, went, stood)] == ["began", "ended", "began"]
    assert "<del>" in went["content_html"]
    assert "no more in version 2" in went["content_html"]
    assert "Engineers found <mark>cracks</mark> in the piles." in stood["content_html"]
    assert [one["url"] for one in (came, stood)] == [f"{BASE}/articles/9/changes/2", f"{BASE}/articles/9/versions/1"]


def test_what_is_new_is_at_the_front_and_alters_no_archive_document(archive: Archive, tmp_path: Path) -> None:
    """Not even an old state that is imported late."""
    reader = client(archive)
    before = {url: content for url, content, _ in documents(reader, "atom")[1:]}
    tag = reader.get("/searches/1/feed.atom").headers["etag"]
    assert reader.get("/searches/1/feed.atom", headers={"if-none-match": tag}).status_code == 304
    take_in(archive, tmp_path, [line(11, 0, CRACKS)])
    assert reader.get("/searches/1/feed.atom", headers={"if-none-match": tag}).status_code == 200
    after = documents(reader, "atom")
    assert after[0][2].ids[0] == "tag:record.example,2026:search/1/article/11/change/0"
    assert before.items() <= {url: content for url, content, _ in after}.items()


def test_a_withdrawn_article_leaves_the_feed_with_tombstones(archive: Archive) -> None:
    reader = client(archive)
    archive.safety.withdraw(ADMIN, 9, "a court said so", destroy_evidence=False)
    content = reader.get("/searches/1/feed.atom").content.decode()
    ids = [name for _, _, read in documents(reader, "atom") for name in read.ids]
    assert len(ids) == 24
    for change in (0, 1, 2):
        assert f'ref="tag:record.example,2026:search/1/article/9/change/{change}"' in content


def test_the_page_leads_to_the_feeds(reader: TestClient) -> None:
    page = reader.get("/search", params={"q": "cracks"}).text
    assert faults(page) == []
    heads = parsed(page).xpath("//link[@rel='alternate']/@href")
    links = parsed(page).xpath("//main//a/@href")
    for form in FORMS:
        assert f"{BASE}/searches/1/feed.{form}" in heads
        assert f"/searches/1/feed.{form}" in links
    assert not parsed(reader.get("/search?q=pier").text).xpath("//link[contains(@href, 'searches')]")
    leads = reader.get("/searches/1", follow_redirects=False)
    assert (leads.status_code, leads.headers["location"]) == (307, "/search?q=cracks")
    for path in ("/searches/2", "/searches/2/feed.atom", "/searches/1/feed.xml", "/searches/1/feed.atom?cursor=x"):
        assert reader.get(path).status_code == (400 if "cursor" in path else 404)


def keep(reader: TestClient, secret: str, form: dict[str, str]) -> Any:
    return reader.post("/api/v1/searches", json=form, headers={"authorization": f"Bearer {secret}"})


def test_searches_are_kept_and_forgotten_with_a_token_and_journalled(archive: Archive) -> None:
    reader = client(archive)
    editor = archive.safety.add_token(ADMIN, "desk", Role.EDITOR)[1]
    viewer = archive.safety.add_token(ADMIN, "guest", Role.READER)[1]
    form = {"name": "Calm", "query": '"all is well"'}
    assert keep(reader, viewer, form).status_code == 403
    kept = keep(reader, editor, form)
    assert (kept.status_code, kept.json()["query"]) == (200, '"all is well"')
    assert keep(reader, editor, {"name": "Open", "query": '"open'}).status_code == 400
    number = kept.json()["id"]
    assert CHECKS["atom"](reader.get(f"/searches/{number}/feed.atom").content).ids
    gone = reader.post(f"/api/v1/searches/{number}/forget", headers={"authorization": f"Bearer {editor}"})
    assert (gone.status_code, reader.get(f"/searches/{number}/feed.atom").status_code) == (200, 404)
    assert [one.action for one in archive.safety.journal(2)] == ["forget search", "keep search"]
