"""Feeds over a real archive: fifty articles of thirty edits, walked back to the first document, in every format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.publish.checking import CHECKS, Read, read_by_another
from writethru.archive import Archive, open_archive
from writethru.config import ArchiveConfig, Config
from writethru.web import WebSettings, create_app

BASE = "https://record.example"
ARTICLES, EDITS = 50, 30
START = datetime(2031, 3, 2, 14, 5, tzinfo=UTC)
FORMS = ("atom", "json", "rss")

pytestmark = pytest.mark.xdist_group("fifty")  # one process makes the archive, once


def line(article: int, edit: int) -> dict[str, str]:
    at = START + timedelta(minutes=60 * edit + article)
    return {
        "outlet": f"Courier {article % 3}",
        "url": f"https://courier.example/2031/{article}",
        "time": at.isoformat(),
        "title": f"Pier {article} is shut, board says" + ("" if edit < 20 else ", again"),
        "text": f"The board will close pier {article} on Friday after engineers found cracks in {edit + 3} piles.\n\n"
        "Ferries to Skerry Island will leave from the coal quay.",
    }


@contextmanager
def archive_of(folder: Path, articles: Sequence[int]) -> Iterator[Archive]:
    """An archive of these articles with all their edits."""
    source = folder / "piers.jsonl"
    lines = [line(article, edit) for article in articles for edit in range(EDITS + 1)]
    source.write_text("".join(json.dumps(one) + "\n" for one in lines))
    config = Config(archive=ArchiveConfig(evidence=str(folder / "evidence")))
    with open_archive(str(folder / "writethru.db"), config) as opened:
        assert opened.import_paths([source]).articles == len(articles)
        yield opened


@pytest.fixture(scope="module")
def archive(sqlite_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(tmp_path_factory.mktemp("fifty"), range(ARTICLES)) as opened:
        yield opened


@pytest.fixture(scope="module")
def reader(archive: Archive) -> TestClient:
    return TestClient(create_app(archive, WebSettings(base_url=BASE, hub_url="https://hub.example/")))


def documents(reader: TestClient, path: str) -> list[tuple[str, bytes]]:
    """Every document of a feed with its address, the newest first."""
    found, url = [], path
    while url:
        content = reader.get(url.removeprefix(BASE)).content
        found.append((url, content))
        url = CHECKS[path.rpartition(".")[2]](content).older
    return found


@pytest.mark.parametrize("form", FORMS)
def test_fifty_articles_of_thirty_edits_are_fifteen_hundred_entries(reader: TestClient, form: str) -> None:
    walked = documents(reader, f"/feed.{form}")
    read: list[Read] = [CHECKS[form](content) for _, content in walked]
    ids = [name for one in read for name in one.ids]
    assert len(ids) == len(set(ids)) == ARTICLES * EDITS
    order = [(edit, article) for edit in range(EDITS, 0, -1) for article in range(ARTICLES, 0, -1)]
    assert ids == [f"tag:record.example,2026:article/{article}/change/{edit}" for edit, article in order]
    assert all("<del>" in content and "Before: " in content for one in read for content in one.contents)
    assert [one.archived for one in read] == [form != "json" and at > 0 for at in range(len(read))]
    if form != "json":
        assert [name for _, content in walked for name in read_by_another(content)] == ids
    assert max(len(one.ids) for one in read) <= 8 * 50


def test_outlets_kinds_and_articles_have_theirs(reader: TestClient) -> None:
    def count(path: str) -> int:
        return sum(len(CHECKS["json"](content).ids) for _, content in documents(reader, path))

    outlets = [count(f"/outlets/{number}/feed.json") for number in (1, 2, 3)]
    assert sum(outlets) == ARTICLES * EDITS
    assert outlets == [17 * EDITS, 17 * EDITS, 16 * EDITS]
    assert count("/kinds/headline/feed.json") == ARTICLES
    assert count("/kinds/figure/feed.json") == ARTICLES * EDITS
    assert count("/articles/7/feed.json") == EDITS


def test_the_hub_is_named_by_the_one_feed_that_it_is_told_of(reader: TestClient) -> None:
    hub = b'rel="hub" href="https://hub.example/"'
    assert hub in reader.get("/feed.atom").content
    for path in ("/feed.rss", "/feed.json", "/articles/7/feed.atom", "/outlets/1/feed.atom"):
        assert b"hub.example" not in reader.get(path).content


def test_news_alters_no_archive_document(sqlite_made: Path, tmp_path: Path) -> None:
    """Not even where the news is another headline of an article in it."""
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps({**line(2, 40), "title": "Another headline altogether", "text": "All is well."}) + "\n")
    with archive_of(tmp_path, range(3)) as archive:
        small = TestClient(create_app(archive, WebSettings(base_url=BASE, feed_size=4)))
        before = {path: documents(small, path)[1:] for path in ("/feed.atom", "/articles/3/feed.atom")}
        assert min(map(len, before.values())) > 2
        assert archive.import_paths([news]).versions == 1
        for path, documents_before in before.items():
            assert dict(documents_before).items() <= dict(documents(small, path)).items()
            assert b"Another headline altogether" in small.get(path).content
