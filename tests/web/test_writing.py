"""Pages and API that write: only for who may, only from our own forms; and a private archive."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.safety.conftest import ADMIN, _cheap_hashes  # noqa: F401 (the fixture)
from tests.storage.made import article
from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.safety.actors import Role
from writethru.storage import open_store
from writethru.web import WebSettings, create_app

PASSWORD = "a ferry to Skerry Island"
BASE = "https://record.example"


@pytest.fixture(scope="module")
def made(sqlite_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with one article and somebody of each role; making the pages over it takes most of the time."""
    folder = tmp_path_factory.mktemp("writing")
    shutil.copy(sqlite_made, folder / "writethru.db")
    store = open_store(str(folder / "writethru.db"))
    archive = Archive(store, Config(archive=ArchiveConfig(evidence=str(folder / "evidence"))))
    article(store)
    for name, role in (("rae", Role.READER), ("ed", Role.EDITOR), ("mel", Role.EDITOR), ("ada", Role.ADMIN)):
        archive.safety.add_user(ADMIN, name, role, PASSWORD)
    yield archive
    store.close()


@pytest.fixture(scope="module")
def pages(made: Archive) -> FastAPI:
    return create_app(made, WebSettings(base_url=BASE))


@pytest.fixture(scope="module")
def private_pages(made: Archive) -> FastAPI:
    return create_app(made, WebSettings(base_url=BASE, private=True))


@pytest.fixture
def archive(made: Archive) -> Iterator[Archive]:
    yield made
    for kind, number in made.safety.pauses():
        made.safety.resume(ADMIN, kind, number)


def client_of(app: FastAPI, base: str = BASE) -> TestClient:
    return TestClient(app, base_url=base, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client(pages: FastAPI, archive: Archive) -> Iterator[TestClient]:
    with client_of(pages) as made_client:
        yield made_client


@pytest.fixture
def private(private_pages: FastAPI) -> Iterator[TestClient]:
    with client_of(private_pages) as made_client:
        yield made_client


def sign_in(client: TestClient, name: str = "ed", **fields: str) -> None:
    answer = client.post("/login", data={"name": name, "password": PASSWORD, **fields})
    assert answer.status_code == 303, answer.text


def key_of(client: TestClient) -> str:
    found = re.search(r'name="key" value="([0-9a-f]{64})"', client.get("/watching").text)
    assert found is not None
    return found[1]


class TestSigningIn:
    def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(self, client: TestClient) -> None:
        answer = client.post("/login", data={"name": "ed", "password": PASSWORD})
        cookie = answer.headers["set-cookie"].lower()
        for part in ("httponly", "samesite=strict", "secure", "path=/", "max-age=43200"):
            assert part in cookie
        assert answer.headers["cache-control"] == "no-store"

    def test_over_plain_http_it_is_not_marked_secure_or_it_would_be_lost(self, archive: Archive) -> None:
        with client_of(create_app(archive, WebSettings()), "http://127.0.0.1:8000") as client:
            answer = client.post("/login", data={"name": "ed", "password": PASSWORD})
            assert "secure" not in answer.headers["set-cookie"].lower()
            assert "Sign out" in client.get("/watching").text

    def test_wrong_tries_get_the_form_again_and_then_a_wait(self, client: TestClient) -> None:
        for _ in range(5):
            answer = client.post("/login", data={"name": "mel", "password": "wrong"})
            assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
            assert "do not fit" in answer.text
        answer = client.post("/login", data={"name": "mel", "password": PASSWORD})
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1

    @pytest.mark.parametrize(
        "following", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "/a\r\nb"]
    )
    def test_it_never_leads_to_another_site(self, client: TestClient, following: str) -> None:
        answer = client.post("/login", data={"name": "ed", "password": PASSWORD, "next": following})
        assert answer.headers["location"] == "/watching"

    def test_it_leads_back_to_where_one_came_from(self, client: TestClient) -> None:
        answer = client.post("/login", data={"name": "ed", "password": PASSWORD, "next": "/journal"})
        assert answer.headers["location"] == "/journal"

    def test_signing_out_ends_the_session_in_the_store_too(self, client: TestClient) -> None:
        sign_in(client)
        held = client.cookies["writethru_session"]
        client.post("/logout", data={"key": key_of(client)})
        client.cookies.set("writethru_session", held, domain="record.example")
        assert "Sign out" not in client.get("/watching").text


class TestForms:
    def test_pause_and_resume_an_article(self, client: TestClient, archive: Archive) -> None:
        sign_in(client)
        fields = {"key": key_of(client), "kind": "article", "number": "1"}
        assert client.post("/pause", data=fields).headers["location"] == "/watching"
        assert list(archive.safety.pauses()) == [("article", 1)]
        assert "article 1" in client.get("/watching").text
        client.post("/resume", data=fields)
        assert archive.safety.pauses() == {}
        assert [line.action for line in archive.safety.journal(3)] == ["resume", "pause", "signed in"]

    def test_nobody_writes_who_is_not_signed_in(self, client: TestClient, archive: Archive) -> None:
        for path in ("/pause", "/resume", "/watch", "/logout"):
            assert (
                client.post(path, data={"kind": "article", "number": "1", "url": "https://a.example"}).status_code
                == 401
            )
        assert archive.safety.pauses() == {}

    def test_a_form_without_the_sessions_key_is_refused(self, client: TestClient, archive: Archive) -> None:
        sign_in(client)
        for key in ("", "0" * 64):
            answer = client.post("/pause", data={"key": key, "kind": "article", "number": "1"})
            assert answer.status_code == 403
        assert archive.safety.pauses() == {}

    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ],
    )
    def test_another_site_cannot_post(self, client: TestClient, archive: Archive, headers: dict[str, str]) -> None:
        sign_in(client)
        fields = {"key": key_of(client), "kind": "article", "number": "1"}
        assert client.post("/pause", data=fields, headers=headers).status_code == 403
        assert client.post("/login", data={"name": "ed", "password": PASSWORD}, headers=headers).status_code == 403
        assert archive.safety.pauses() == {}

    def test_our_own_page_can(self, client: TestClient) -> None:
        sign_in(client)
        fields = {"key": key_of(client), "kind": "article", "number": "1"}
        assert client.post("/pause", data=fields, headers={"origin": BASE}).status_code == 303

    def test_a_reader_is_offered_nothing_and_may_nothing(self, client: TestClient) -> None:
        sign_in(client, "rae")
        page = client.get("/watching").text
        assert 'action="/pause"' not in page
        found = re.search(r'name="key" value="([0-9a-f]{64})"', page)
        assert found is not None  # of the form that signs out
        assert client.post("/pause", data={"key": found[1], "kind": "article", "number": "1"}).status_code == 403
        assert client.get("/journal").status_code == 403

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"kind": "outlet", "number": "1"},
            {"kind": "article", "number": "x"},
            {"kind": "article", "number": "9" * 40},
            {"kind": "article", "number": "0"},
        ],
    )
    def test_wrong_fields_are_named(self, client: TestClient, fields: dict[str, str]) -> None:
        sign_in(client)
        assert client.post("/pause", data={"key": key_of(client), **fields}).status_code == 400

    def test_what_is_no_form_is_refused(self, client: TestClient) -> None:
        sign_in(client)
        key = key_of(client)
        assert client.post("/pause", json={"key": key}).status_code == 400
        assert client.post("/pause", data={"key": key, "x": "y" * 30_000}).status_code == 400
        assert client.post("/pause", data={f"f{n}": "1" for n in range(30)}).status_code == 400

    def test_the_address_of_a_private_machine_is_not_looked_at(self, client: TestClient, archive: Archive) -> None:
        sign_in(client)
        answer = client.post("/watch", data={"key": key_of(client), "url": "http://127.0.0.1:9/feed"})
        assert "Not added" in answer.text
        assert archive.sources() == []

    def test_pages_of_who_is_signed_in_are_kept_by_nobody_else(self, client: TestClient) -> None:
        assert client.get("/watching").headers["cache-control"] == "no-cache"
        sign_in(client)
        answer = client.get("/watching")
        assert answer.headers["cache-control"] == "private, no-cache"
        assert "Cookie" in answer.headers["vary"]


class TestApi:
    def test_writing_needs_a_token_of_the_right_role(self, client: TestClient, archive: Archive) -> None:
        tokens = {role: archive.safety.add_token(ADMIN, role.value, role)[1] for role in Role}

        def asked(path: str, role: Role | None, **body: object) -> int:
            headers = {"authorization": f"Bearer {tokens[role]}"} if role else {}
            return client.post(f"/api/v1{path}", headers=headers, json=body or None).status_code

        assert asked("/articles/1/pause", None) == 401
        assert asked("/articles/1/pause", Role.READER) == 403
        assert asked("/articles/1/pause", Role.EDITOR) == 200
        assert asked("/articles/1/withdraw", Role.EDITOR, reason="x") == 403
        assert asked("/articles/1/resume", Role.ADMIN) == 200
        assert asked("/articles/1/withdraw", Role.ADMIN, reason="Order 7") == 200
        assert client.get("/articles/1").status_code == 410
        assert asked("/articles/1/restore", Role.ADMIN) == 200
        assert client.get("/articles/1").status_code == 200
        assert asked("/sources/9/pause", Role.EDITOR) == 404
        assert asked("/watch", Role.EDITOR, urls=[]) == 400

    def test_a_session_is_no_token(self, client: TestClient) -> None:
        """A browser sends its cookie to whom another site makes it post; it sends no token."""
        sign_in(client)
        assert client.post("/api/v1/articles/1/pause").status_code == 401

    def test_urls_to_watch_get_an_answer_each(self, client: TestClient, archive: Archive) -> None:
        _, token = archive.safety.add_token(ADMIN, "bot", Role.EDITOR)
        answer = client.post(
            "/api/v1/watch",
            headers={"authorization": f"Bearer {token}"},
            json={"urls": ["http://127.0.0.1:9/feed", "no url"]},
        )
        assert [bool(item["error"]) for item in answer.json()["items"]] == [True, True]


class TestPrivate:
    def test_nobody_reads_who_is_not_signed_in(self, private: TestClient) -> None:
        assert private.get("/articles/1").headers["location"] == "/login?next=/articles/1"
        for path in ("/api/v1/articles", "/feed.atom", "/feed.json", "/metrics"):
            answer = private.get(path)
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"].startswith("Basic"), path
        assert private.get("/healthz").status_code == 200
        assert private.get("/login").status_code == 200
        sign_in(private, "rae")
        assert private.get("/articles/1").status_code == 200

    def test_a_token_reads_as_bearer_or_as_a_password(self, private: TestClient, archive: Archive) -> None:
        number, token = archive.safety.add_token(ADMIN, "feeds", Role.READER)
        assert private.get("/api/v1/articles", headers={"authorization": f"Bearer {token}"}).status_code == 200
        assert private.get("/feed.atom", auth=("any", token)).status_code == 200
        for wrong in ("Bearer x", "Basic !!", "Basic", "Digest x", "Basic /////w=="):
            assert private.get("/feed.atom", headers={"authorization": wrong}).status_code == 401
        archive.safety.revoke_token(ADMIN, number)
        assert private.get("/feed.atom", auth=("any", token)).status_code == 401


def test_no_secret_is_ever_logged(
    client: TestClient, archive: Archive, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A whole run with everything logged that anybody logs: no password, session, form key or token in it."""
    with caplog.at_level(logging.DEBUG):
        _, token = archive.safety.add_token(ADMIN, "bot", Role.EDITOR)
        client.post("/login", data={"name": "ed", "password": "the wrong password"})
        sign_in(client)
        key = key_of(client)
        client.post("/pause", data={"key": key, "kind": "article", "number": "1"})
        client.post("/watch", data={"key": key, "url": "http://127.0.0.1:9/feed"})
        client.post("/api/v1/articles/1/resume", headers={"authorization": f"Bearer {token}"})
        client.get("/metrics")
        client.get("/articles/no-number")
    written = caplog.text + "".join(capfd.readouterr()) + client.get("/metrics").text
    secrets = (PASSWORD, "the wrong password", client.cookies["writethru_session"], key, token)
    assert caplog.records
    assert not [secret for secret in secrets if secret in written]
