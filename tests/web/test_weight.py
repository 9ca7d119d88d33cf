"""What a first visit transfers: each page, with style, script and icon, as compressed as it is served."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import config_for
from tests.web.test_cost import import_, versions
from tests.web.test_pages import PAGES
from writethru.archive import open_archive
from writethru.web import WebSettings, create_app

MOST = 60_000
OVERHEAD = 600
"""Bytes of headers of one answer, generously; browsers count them too."""

PARTS = ("/static/style.css", "/static/keys.js", "/static/mark.svg")


def weight(client: TestClient, paths: tuple[str, ...]) -> int:
    """Bytes of these answers to a browser."""
    answers = [client.get(path, headers={"accept-encoding": "gzip"}) for path in paths]
    assert [answer.status_code for answer in answers] == [200] * len(paths)
    return sum(int(answer.headers["content-length"]) + OVERHEAD for answer in answers)


@pytest.mark.parametrize("path", [*PAGES, "/login"])
def test_a_first_visit_is_light(client: TestClient, path: str) -> None:
    assert weight(client, (path, *PARTS)) <= MOST


def test_a_long_history_and_full_lists_are_light(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_archive(url, config_for(url, tmp_path)) as archive:
        import_(archive, tmp_path, versions(1, 0, 90) + [row for n in range(2, 34) for row in versions(n, 0, 1)])
        client = TestClient(create_app(archive, WebSettings()))
        for path in ("/", "/articles", "/articles/1", "/articles/1/changes", "/articles/1/versions", "/outlets/1"):
            assert weight(client, (path, *PARTS)) <= MOST, path
