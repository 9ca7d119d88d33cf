"""ETags on every read, and how often a client may ask."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.web.texts import whole_archive
from writethru.api.reading import MOST_CLIENTS, Allowance
from writethru.archive import Archive
from writethru.web import WebSettings, create_app

PATHS = ("/articles", "/articles/5", "/articles/5/versions", "/articles/5/versions/2", "/articles/5/changes/1",
         "/changes?limit=3", "/captures?article=5", "/outlets", "/status", "/openapi.json")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_what_the_reader_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(f"/api/v1{path}")
    tag = first.headers["etag"]
    again = client.get(f"/api/v1{path}", headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(f"/api/v1{path}", headers={"if-none-match": '"other"'}).json() == first.json()


def test_errors_have_no_tag(client: TestClient) -> None:
    assert "etag" not in client.get("/api/v1/articles/99").headers


def test_who_asks_too_often_is_told_when_to_ask_again() -> None:
    settings = WebSettings(requests_per_second=0.0001, requests_at_once=3)
    with TestClient(create_app(cast(Archive, whole_archive()), settings)) as client:
        answers = [client.get("/api/v1/outlets") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[-1].json()["error"]["code"] == "too_many_requests"
        assert 0 < int(answers[-1].headers["retry-after"]) <= 10_000
        assert client.get("/about").status_code == 200, "pages are not counted"


@given(st.lists(st.floats(0, 5), max_size=40))
def test_no_more_than_allowed_over_any_time(pauses: list[float]) -> None:
    now = [0.0]
    allowance = Allowance(2.0, 5, clock=lambda: now[0])
    granted = 0
    for pause in pauses:
        now[0] += pause
        wait = allowance.take("a")
        granted += not wait
        if wait:
            now[0] += wait * 1.0001
            granted += not allowance.take("a")
        assert granted <= 5 + 2 * now[0] + 1e-6
    assert not allowance.take("b")


def test_clients_are_remembered_in_bounded_number() -> None:
    allowance = Allowance(1.0, 1, clock=lambda: 0.0)
    for number in range(MOST_CLIENTS + 5):
        assert not allowance.take(str(number))
    assert len(allowance._buckets) == MOST_CLIENTS
    assert allowance.take(str(MOST_CLIENTS))
