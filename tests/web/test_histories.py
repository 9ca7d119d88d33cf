"""A long history: its page is bounded, the rest stands on pages of its own, and nothing is lost between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import config_for
from tests.storage.statements import asked
from tests.web.accessible import faults
from tests.web.test_cost import import_, versions
from writethru.archive import Archive, open_archive
from writethru.client import Client
from writethru.storage.sqlstore import SqlStore
from writethru.web import WebSettings, create_app, pages

COUNT = 12


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One article of 12 versions and another of 2."""
    folder: Path = tmp_path_factory.mktemp("long")
    url = f"sqlite:///{folder / 'a.db'}"
    with open_archive(url, config_for(url, folder)) as opened:
        import_(opened, folder, versions(1, 0, COUNT) + versions(2, 0, 2))
        yield opened


@pytest.fixture(scope="module")
def client(archive: Archive) -> TestClient:
    return TestClient(create_app(archive, WebSettings(page_size=5)))


def walked(client: TestClient, path: str, pattern: str) -> list[str]:
    """What all pages of a list show."""
    found, following = [], path
    while following:
        page = client.get(following).text
        assert faults(page) == []
        main = page.partition("<main")[2].partition('<nav class="pager"')
        found += re.findall(pattern, main[0])
        after = re.search(r'href="([^"]*)" rel="next"', main[2])
        following = after[1] if after else ""
    return found


def test_all_changes_and_all_versions_can_be_walked(client: TestClient) -> None:
    changes = walked(client, "/articles/1/changes", r'href="/articles/1/changes/(\d+)"')
    assert changes == [str(number) for number in range(COUNT - 1, 0, -1)]
    numbers = walked(client, "/articles/1/versions", r'href="/articles/1/versions/(\d+)"')
    assert numbers == [str(number) for number in range(1, COUNT + 1)]
    assert client.get("/articles/9/changes").status_code == 404
    assert client.get("/articles/9/versions").status_code == 404
    assert client.get("/articles/1/versions?cursor=x").status_code == 400


def test_a_page_shows_the_newest_and_says_where_the_rest_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get("/articles/1").text
    assert 'href="/articles/1/changes"' not in whole
    assert whole.count('class="entry small"') == COUNT - 1
    monkeypatch.setattr(pages, "LISTED_CHANGES", 4)
    monkeypatch.setattr(pages, "LISTED_VERSIONS", 3)
    short = TestClient(client.app).get("/articles/1", headers={"cookie": "nobody=1"}).text
    assert short.count('class="entry small"') == 4
    assert '<a href="/articles/1/changes">All 11 changes</a>' in short
    assert '<a href="/articles/1/versions">All 12 versions</a>' in short
    assert "12 versions, 11 changes" in short
    assert '<input id="old" name="old" type="number" min="1" max="12" value="1" required>' in short
    assert "the newest 3 of 12" in short
    assert faults(short) == []


def test_the_api_gives_versions_in_pages_with_their_appearances(client: TestClient) -> None:
    found, seen, path = [], [], "/api/v1/articles/1/versions?limit=5"
    while path:
        page = client.get(path).json()
        assert len(page["items"]) <= 5
        assert {one["version"] for one in page["appearances"]} == {one["number"] for one in page["items"]}
        found += [one["number"] for one in page["items"]]
        seen += [one["ordinal"] for one in page["appearances"]]
        path = page["next"]
    assert found == seen == list(range(1, COUNT + 1))


def test_the_client_of_the_api_gives_all_versions(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    served = TestClient(create_app(archive, WebSettings()))

    def ask(self: Client, target: str, body: object = None) -> object:
        return served.get(f"/api/v1{target.replace('limit=500', 'limit=5')}").json()

    monkeypatch.setattr(Client, "_ask", ask)
    answer = Client("http://testserver").versions(1)
    assert [one["number"] for one in answer["items"]] == list(range(1, COUNT + 1))
    assert [one["ordinal"] for one in answer["appearances"]] == list(range(1, COUNT + 1))
    assert answer["next"] is None


def test_sentences_are_followed_with_one_query_for_all_texts(archive: Archive) -> None:
    assert isinstance(archive.store, SqlStore)
    counts = []
    for article_id in (1, 2):
        archive._followed.clear()
        with asked(archive.store._database) as statements:
            view = archive.sentences(article_id)
        counts.append(len(statements))
        assert view.followed == (COUNT, 2)[article_id - 1]
    assert counts[0] == counts[1]
    texts = archive.store.listing.texts(1, 4, 9)
    assert texts == {number: archive.store.version_text(1, number) for number in range(4, 10)}
