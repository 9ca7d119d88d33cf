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


def test_what_nothing_decides_is_said_so_and_counted_apart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_archive(url, config_for(url, tmp_path)) as archive:
        add(archive.store, "wire", WIRE)
        add(archive.store, "echo", WIRE, minutes=3)
        archive.analyse()
        with TestClient(create_app(archive, WebSettings()), raise_server_exceptions=False) as undecided:
            listed, beside = (undecided.get(f"/articles/1/shared{end}").text for end in ("", "/2"))
    assert "Of 1 pair nothing says which way the text went." in listed
    for page in (listed, beside):
        assert "which way is not known: one from the other, or both from a third text" in page
        assert "made wholly from" not in page


def test_two_clients_are_said_to_have_it_from_the_wire(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_archive(url, config_for(url, tmp_path)) as archive:
        for number, (outlet, text) in enumerate([("wire", WIRE), ("gazette", COPY), ("echo", WIRE)]):
            add(archive.store, outlet, text, minutes=90 * number)
        archive.analyse()
        with TestClient(create_app(archive, WebSettings()), raise_server_exceptions=False) as clients:
            listed, beside = (clients.get(f"/articles/2/shared{end}").text for end in ("", "/3"))
            detail = clients.get("/api/v1/articles/2/shared/3").json()
    assert detail["third"] == 1
    assert listed.count("both seem to have from a third: wire") == 1
    assert "both seem to have from a third: wire" in beside


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
