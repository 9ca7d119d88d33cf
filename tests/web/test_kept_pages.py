"""Kept answers: asked for again they cost nothing; after anything is written they are new; nobody gets another's."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import config_for
from tests.safety.conftest import ADMIN, _cheap_hashes  # noqa: F401 (the fixture)
from tests.storage.statements import asked
from tests.web.test_cost import import_, versions
from writethru.archive import Archive, open_archive
from writethru.safety.actors import Role
from writethru.storage import open_store
from writethru.storage.sqlstore import SqlStore
from writethru.web import WebSettings, create_app
from writethru.web.kept_pages import Kept, KeptPages, Shelf

PASSWORD = "a ferry to Skerry Island"
BASE = "https://record.example"
PLAIN = {"accept-encoding": "identity"}


@pytest.fixture
def archive(store_url: str, tmp_path: Path) -> Iterator[Archive]:
    """Two articles of three versions, on each database."""
    with open_archive(store_url, config_for(store_url, tmp_path)) as opened:
        import_(opened, tmp_path, [row for number in (1, 2) for row in versions(number, 0, 3)])
        yield opened


@pytest.fixture
def sqlite_archive(sqlite_store: SqlStore, tmp_path: Path) -> Archive:
    """One article, where the database makes no difference."""
    archive = Archive(sqlite_store, config_for(sqlite_store.url, tmp_path))
    import_(archive, tmp_path, versions(1, 0, 2))
    return archive


def client_of(archive: Archive) -> TestClient:
    return TestClient(create_app(archive, WebSettings(base_url=BASE)), base_url=BASE, follow_redirects=False)


def statements_of(archive: Archive, client: TestClient, path: str) -> int:
    """How many statements one answer takes."""
    assert isinstance(archive.store, SqlStore)
    with asked(archive.store._database) as statements:
        assert client.get(path).status_code == 200
    return len(statements)


def test_a_page_is_made_once_and_again_after_each_thing_that_is_written(
    archive: Archive, tmp_path: Path, store_url: str
) -> None:
    client = client_of(archive)
    one_look = 0 if store_url.startswith("sqlite") else 1  # SQLite is asked over a connection of its own
    for path in ("/", "/?kind=figure", "/articles/1", "/articles/1/changes/1", "/feed.atom", "/api/v1/changes"):
        client.get(path)
        assert statements_of(archive, client, path) == one_look, path

    first = client.get("/")
    condition = {"if-none-match": first.headers["etag"]}
    assert client.get("/", headers=condition).status_code == 304
    import_(archive, tmp_path, versions(1, 3, 4))
    renewed = client.get("/", headers=condition)
    assert renewed.status_code == 200
    assert renewed.text.count('class="entry"') == first.text.count('class="entry"') + 1
    assert client.get("/api/v1/articles/1/changes").json()["items"][0]["number"] == 3

    with open_archive(store_url, archive.config) as other:  # another process
        other.safety.withdraw(ADMIN, 2, "a court said so", destroy_evidence=False)
    assert client.get("/articles/2").status_code == 410
    assert 'href="/articles/2"' not in client.get("/").text
    archive.safety.restore(ADMIN, 2)
    assert client.get("/articles/2").status_code == 200
    assert 'href="/articles/2"' in client.get("/").text

    client.get("/articles/1")
    archive.safety.pause(ADMIN, "article", 1)
    assert statements_of(archive, client, "/articles/1") > one_look, "a pause is written too"
    assert statements_of(archive, client, "/articles/1") == one_look


def test_nobody_gets_the_page_of_who_is_signed_in(sqlite_archive: Archive) -> None:
    sqlite_archive.safety.add_user(ADMIN, "ed", Role.EDITOR, PASSWORD)
    client = client_of(sqlite_archive)
    everybody = client.get("/").text
    signed = client_of(sqlite_archive)
    signed.app = client.app
    assert signed.post("/login", data={"name": "ed", "password": PASSWORD}).status_code == 303
    own = signed.get("/")
    assert 'name="key"' in own.text
    assert "private" in own.headers["cache-control"]
    assert client.get("/").text == everybody
    assert 'name="key"' not in everybody
    assert signed.get("/").text == own.text
    sqlite_archive.safety.remove_user(ADMIN, "ed")
    assert 'name="key"' not in signed.get("/").text


def test_what_is_not_committed_is_not_seen_and_what_is_committed_elsewhere_is(store_url: str) -> None:
    store, other = open_store(store_url), open_store(store_url)
    standing = store.listing.standing()
    assert store.listing.standing() == standing
    with store.transaction():
        store.outlet("The Harbour Courier")
        assert store.listing.standing() == standing or not store_url.startswith("sqlite")
    written = store.listing.standing()
    assert written != standing
    other.outlet("The Ledger")
    assert store.listing.standing() not in (standing, written)
    other.close()
    store.close()


def test_the_same_bytes_with_and_without_compression_and_another_host_another_page(sqlite_archive: Archive) -> None:
    client = TestClient(create_app(sqlite_archive, WebSettings()), base_url="http://one.example")
    packed, plain = client.get("/"), client.get("/", headers=PLAIN)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert packed.headers["etag"] == plain.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]
    assert 'href="http://two.example/feed.atom"' in client.get("/", headers={"host": "two.example"}).text
    assert 'href="http://one.example/feed.atom"' in client.get("/").text


def test_answers_are_counted_under_their_routes(sqlite_archive: Archive) -> None:
    client = client_of(sqlite_archive)
    for _ in range(3):
        client.get("/articles/1")
    assert (
        'writethru_request_seconds_count{route="/articles/{article_id}",status="200"} 3.0'
        in client.get("/metrics").text
    )


def test_a_private_archive_keeps_nothing(sqlite_archive: Archive) -> None:
    app = create_app(sqlite_archive, WebSettings(base_url=BASE, private=True))
    assert not any(one.cls is KeptPages for one in app.user_middleware)
    assert TestClient(app, base_url=BASE, follow_redirects=False).get("/").status_code == 303


def answered(pages: KeptPages, path: str = "/") -> bytes:
    """The body that one reader without compression gets."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "scheme": "http", "headers": []}
    with ThreadPoolExecutor(1) as elsewhere:  # a browser that an earlier test opened has a loop running in this thread
        elsewhere.submit(lambda: asyncio.run(pages(scope, receive, send))).result()
    return bytes(sent[1]["body"])


@pytest.mark.parametrize(("named", "made"), [(["a"] * 4, 1), (["a", "b", "b", "b"], 2), (["", "", "a", "a"], 2)])
def test_what_was_made_while_something_was_written_is_not_kept(named: list[str], made: int) -> None:
    count, names = iter(range(9)), iter([*named, *named[-1:] * 9])

    async def app(scope: Any, receive: Any, send: Any) -> None:
        body = str(next(count)).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b'W/"x"')]})
        await send({"type": "http.response.body", "body": body})

    pages = KeptPages(app, lambda: next(names))
    assert answered(pages) == b"0"
    assert answered(pages) == str(made - 1).encode()


def test_the_shelf_holds_no_more_than_it_may() -> None:
    shelf = Shelf(most=100)
    for number in range(30):
        shelf.keep("a", number, Kept((), bytes(10), "", None))
    assert [number for number in range(30) if shelf.find("a", number)] == list(range(20, 30))
    shelf.keep("a", 29, Kept((), gzip.compress(b""), "", None))
    shelf.keep("b", 1, Kept((), b"", "", None))
    assert shelf.find("a", 29) is None
    assert shelf.find("b", 1) is not None
