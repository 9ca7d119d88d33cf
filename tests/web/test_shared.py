"""The pages of shared text: passages and differing words marked, nothing else, all of it escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import config_for
from tests.analyse.test_reuse import add
from tests.reuse.material import COPY, WIRE
from writethru.archive import open_archive
from writethru.web import WebSettings, create_app

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_archive(url, config_for(url, tmp_path)) as archive:
        add(archive.store, "wire", f"{WIRE}\n{HOSTILE}")
        add(archive.store, f"gazette{HOSTILE}", COPY, minutes=120)
        archive.analyse()
        with TestClient(create_app(archive, WebSettings()), raise_server_exceptions=False) as made:
            yield made


def test_an_articles_page_of_shared_text(client: TestClient) -> None:
    page = client.get("/articles/1/shared").text
    assert HOSTILE not in page
    assert "2 articles hang together; counted as sources they are 1 independent text." in page
    assert 'href="/articles/1/shared/2"' in page
    assert page.count('<g class="text">') == 2


def test_two_articles_side_by_side(client: TestClient) -> None:
    page = client.get("/articles/1/shared/2").text
    assert HOSTILE not in page
    marked = re.findall(r"<ins><bdi[^>]*>[^<]*</bdi>([^<]*)<", page)
    assert "126" in marked
    assert all(len(words) < 60 for words in marked)
    assert "The mayor is to visit" not in "".join(re.findall(r"<mark>.*?</mark>", page))


def test_an_article_alone(client: TestClient) -> None:
    assert client.get("/articles/1/shared/1").status_code == 400
    assert client.get("/articles/9/shared").status_code == 404


def test_the_same_through_the_api(client: TestClient) -> None:
    (pair,) = client.get("/api/v1/articles/2/shared").json()["items"]
    assert (pair["verdict"], {pair["a"], pair["b"]}) == ("wholly", {1, 2})
    detail = client.get("/api/v1/articles/2/shared/1").json()
    assert any("126" in row["new"] for row in detail["alterations"])
    stemma = client.get("/api/v1/articles/2/stemma").json()
    assert (stemma["independent"], len(stemma["links"])) == (1, 1)
