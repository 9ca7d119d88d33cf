"""Whatever is asked, the answer is an answer: never a 500, never a page too large to read."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.web.fakes import FakeArchive
from tests.web.texts import huge
from writethru.archive import Archive
from writethru.web import create_app

PATHS = [
    "/",
    "/articles",
    "/articles/{}",
    "/articles/{}/versions/{}",
    "/articles/{}/changes/{}",
    "/articles/{}/compare",
    "/articles/{}/feed.atom",
    "/feed.json",
    "/api/v1/articles",
    "/api/v1/articles/{}",
    "/api/v1/articles/{}/versions/{}",
    "/api/v1/articles/{}/changes/{}",
    "/api/v1/changes",
    "/api/v1/captures",
]
ODD = st.one_of(
    st.integers(-(2**70), 2**70).map(str),
    st.integers(0, 6).map(str),
    st.text(max_size=8),
    st.sampled_from(["..", "%00", "1e3", "٣", "１", "null", "", " 1", "+1", "1-2-3", "99999999999999-1-1"]),
)
QUERY = st.dictionaries(st.sampled_from(["cursor", "limit", "old", "new", "view", "article", "x"]), ODD, max_size=3)


@given(st.sampled_from(PATHS), ODD, ODD, QUERY)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_breaks_the_server(
    client: TestClient, path: str, one: str, other: str, query: dict[str, str]
) -> None:
    filled = path.format(quote(one, safe=""), quote(other, safe="")) if "{}" in path else path
    answer = client.get(filled, params=query)
    assert answer.status_code in (200, 400, 404, 405)
    if answer.status_code != 200 and filled.startswith("/api/v1/"):
        assert set(answer.json()["error"]) == {"code", "key", "message"}


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_breaks_the_server(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/v1/compare", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (200, 400)


@pytest.fixture(scope="module")
def loud() -> TestClient:
    """An article with a headline of two million characters."""
    archive = FakeArchive()
    huge(archive, 2_000_000)
    return TestClient(create_app(cast(Archive, archive)))


@pytest.mark.parametrize(
    "path", ["/", "/articles", "/articles/1", "/articles/1/versions/2", "/articles/1/changes/1", "/feed.atom"]
)
def test_a_headline_of_millions_of_characters_makes_no_large_page(loud: TestClient, path: str) -> None:
    answer = loud.get(path)
    assert answer.status_code == 200
    assert len(answer.content) < 40_000
    assert "characters" in answer.text
