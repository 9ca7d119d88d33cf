"""The API: paging, one error shape, strict parameters, documented answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from writethru.api import json_forms as forms
from writethru.api import routes, watch_forms
from writethru.api.problem_forms import ErrorForm

ROOT = "/api/v1"
REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md"

ANSWERS: list[tuple[str, Any]] = [
    ("/articles", routes.ArticlePage),
    ("/articles?limit=2", routes.ArticlePage),
    ("/articles/5", forms.ArticleForm),
    ("/articles/5/versions", routes.VersionList),
    ("/articles/5/versions/2", forms.VersionTextForm),
    ("/articles/5/changes", routes.ChangePage),
    ("/articles/1/changes", routes.ChangePage),
    ("/articles/5/changes/1", forms.ChangeDetailForm),
    ("/articles/5/sentences", forms.SentencesForm),
    ("/changes?limit=3", routes.ChangePage),
    ("/captures?article=5", routes.CapturePage),
    ("/outlets", routes.OutletList),
    ("/status", watch_forms.StatusForm),
]


@pytest.mark.parametrize(("path", "kind"), ANSWERS)
def test_answers_are_as_documented(client: TestClient, path: str, kind: Any) -> None:
    answer = client.get(ROOT + path)
    assert answer.status_code == 200
    TypeAdapter(kind).validate_json(answer.content, strict=True)


@pytest.mark.parametrize(
    ("path", "size"), [("/articles", 2), ("/changes", 7), ("/articles/2/changes", 7), ("/captures?article=5", 4)]
)
def test_following_next_gives_everything_once(client: TestClient, path: str, size: int) -> None:
    joiner = "&" if "?" in path else "?"
    whole = client.get(f"{ROOT}{path}{joiner}limit=500").json()
    assert whole["next"] is None
    found: list[Any] = []
    url = f"https://record.example{ROOT}{path}{joiner}limit={size}"
    while url:
        assert url.startswith("https://record.example/")
        answer = client.get(url.removeprefix("https://record.example"))
        page = answer.json()
        assert len(page["items"]) <= size
        found += page["items"]
        url = page["next"]
        assert (answer.headers.get("link") == f'<{url}>; rel="next"') == bool(url)
    assert found == whole["items"]
    assert len(found) > size


@pytest.mark.parametrize(
    ("path", "status", "code", "key"),
    [
        ("/articles/99", 404, "not_in_archive", "99"),
        ("/articles/5/versions/99", 404, "not_in_archive", "5/99"),
        ("/articles/5/changes/99", 404, "not_in_archive", "5/99"),
        ("/articles/99/changes", 404, "not_in_archive", "99"),
        ("/captures?article=99", 404, "not_in_archive", "99"),
        ("/captures", 400, "input", "article"),
        ("/articles?outlet=x", 400, "input", "outlet"),
        ("/articles/5?verbose=1", 400, "input", "verbose"),
        ("/articles?limit=0", 400, "input", "limit"),
        ("/articles?limit=ten", 400, "input", "limit"),
        ("/articles?cursor=%00", 400, "input", "\x00"),
        ("/captures?article=5&cursor=-1", 400, "input", "-1"),
        ("/articles/0", 404, "not_found", "article_id"),
        ("/articles/99999999999999999999", 404, "not_found", "article_id"),
        ("/nothing", 404, "not_found", "/api/v1/nothing"),
    ],
)
def test_every_error_has_one_shape(client: TestClient, path: str, status: int, code: str, key: str) -> None:
    answer = client.get(ROOT + path)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["key"]) == (status, code, key)
    assert error["message"]
    TypeAdapter(ErrorForm).validate_json(answer.content, strict=True)


def test_writing_is_refused(client: TestClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.request(method, f"{ROOT}/articles")
        assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")


def test_comparing_two_posted_texts(client: TestClient) -> None:
    answer = client.post(f"{ROOT}/compare", json={"old": "12 were killed.", "new": {"text": "21 were killed."}})
    assert answer.status_code == 200
    assert [edit["op"] for edit in answer.json()["edits"]] == ["rewritten"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"old": "a"}, 400),
        ({"old": 1, "new": 2}, 400),
        ({"old": "a" * 1_000_001, "new": ""}, 400),
        ({"old": "a" * 9_000_001, "new": ""}, 413),
    ],
)
def test_texts_that_cannot_be_compared_are_refused(client: TestClient, body: dict[str, Any], status: int) -> None:
    answer = client.post(f"{ROOT}/compare", json=body)
    assert (answer.status_code, set(answer.json()["error"])) == (status, {"code", "key", "message"})


def test_other_sites_may_read_and_only_read(client: TestClient) -> None:
    origin = {"origin": "https://elsewhere.example"}
    assert client.get(f"{ROOT}/status", headers=origin).headers["access-control-allow-origin"] == "*"
    assert client.get("/feed.json", headers=origin).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/about", headers=origin).headers
    preflight = client.options(f"{ROOT}/compare", headers=origin | {"access-control-request-method": "POST"})
    assert preflight.status_code == 400


def test_every_route_is_in_openapi_and_in_the_reference(client: TestClient) -> None:
    document = client.get(f"{ROOT}/openapi.json").json()
    reference = REFERENCE.read_text(encoding="utf-8")
    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) == 38
    for path, operations in document["paths"].items():
        assert path.removeprefix(ROOT) in reference
        for operation in operations.values():
            assert "422" not in operation["responses"]
            assert operation["description"]


def test_error_codes_are_in_the_reference() -> None:
    from writethru import errors

    codes = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "code")}
    reference = REFERENCE.read_text(encoding="utf-8")
    assert [code for code in sorted(codes) if f"`{code}`" not in reference] == []
