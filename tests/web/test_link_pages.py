"""Signing in by a link: once, in time, and from this machine only unless asked otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.safety.conftest import ADMIN
from tests.web.accessible import faults, parsed
from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.errors import NotAllowed, NotInArchive
from writethru.safety.actors import Actor, Role
from writethru.safety.links import LOCAL_USER
from writethru.storage import open_store
from writethru.web import WebSettings, create_app

HERE, THERE = ("127.0.0.1", 50_000), ("192.0.2.7", 50_000)


@pytest.fixture
def archive(sqlite_made: Path, tmp_path: Path) -> Iterator[Archive]:
    shutil.copy(sqlite_made, tmp_path / "writethru.db")
    store = open_store(str(tmp_path / "writethru.db"))
    yield Archive(store, Config(archive=ArchiveConfig(evidence=str(tmp_path / "evidence"))))
    store.close()


def client_of(archive: Archive, client: tuple[str, int] = HERE, base: str = "http://127.0.0.1:8000") -> TestClient:
    return TestClient(create_app(archive, WebSettings()), base_url=base, client=client, follow_redirects=False)


def press(client: TestClient, secret: str) -> int:
    """Open the link and press its button: the status of the answer."""
    page = client.get(f"/login/link/{secret}")
    if page.status_code != 200:
        return page.status_code
    assert faults(page.text) == []
    assert page.headers["referrer-policy"] == "no-referrer"
    (form,) = parsed(page.text).xpath("//main//form")
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    return client.post(form.get("action"), data=fields).status_code


def test_a_link_signs_in_once(archive: Archive) -> None:
    secret = archive.safety.links.make_local()
    with client_of(archive) as client:
        assert client.get(f"/login/link/{secret}").status_code == 200  # a preview of links uses nothing up
        assert press(client, secret) == 303
        assert "Sign out" in client.get("/watching").text
        assert press(client, secret) == 401
        assert client.post("/login/link", data={"secret": secret}).status_code == 401
    lines = [(line.who, line.action, line.detail) for line in archive.safety.journal(1)]
    assert lines == [(f"user {LOCAL_USER}", "signed in", "by link, from 127.0.0.1")]
    assert secret not in repr(archive.safety.journal(9))
    assert archive.safety.accounts.users()[0].role == Role.EDITOR


@pytest.mark.parametrize(
    ("client", "base"), [(THERE, "http://127.0.0.1:8000"), (HERE, "http://rebound.example:8000")], ids=["host", "name"]
)
def test_it_is_good_on_this_machine_only_unless_asked(archive: Archive, client: tuple[str, int], base: str) -> None:
    secret = archive.safety.links.make_local()
    with client_of(archive, client, base) as elsewhere:
        assert press(elsewhere, secret) == 401
        assert elsewhere.post("/login/link", data={"secret": secret}).status_code == 401
        anywhere = archive.safety.add_link(ADMIN, LOCAL_USER, anywhere=True)
        assert press(elsewhere, anywhere) == 303
    with client_of(archive) as here:
        assert press(here, secret) == 303


def test_it_ends(archive: Archive) -> None:
    accounts = archive.safety.accounts
    secret = archive.safety.links.make_local()
    now = accounts.now
    accounts.now = lambda: now() + timedelta(minutes=10)
    with client_of(archive) as client:
        assert press(client, secret) == 401
    archive.safety.links.make_local()  # what is over is removed on the way
    assert archive.store.accounts.link("nothing") is None


def test_another_site_cannot_use_it(archive: Archive) -> None:
    secret = archive.safety.links.make_local()
    with client_of(archive) as client:
        answer = client.post("/login/link", data={"secret": secret}, headers={"origin": "https://evil.example"})
        assert answer.status_code == 403
        assert press(client, secret) == 303


def test_no_password_fits_who_signs_in_by_link(archive: Archive) -> None:
    archive.safety.links.make_local()
    with client_of(archive) as client:
        for password in ("", "!", "nobody has this password"):
            assert client.post("/login", data={"name": LOCAL_USER, "password": password}).status_code == 401


def test_who_is_removed_cannot_come_in_by_a_link_and_only_an_admin_makes_one(archive: Archive) -> None:
    archive.safety.links.make_local()
    secret = archive.safety.add_link(ADMIN, LOCAL_USER, 5)
    assert (archive.safety.journal(1)[0].action, archive.safety.journal(1)[0].detail) == (
        "made a link for",
        "5 minutes",
    )
    archive.safety.remove_user(ADMIN, LOCAL_USER)
    with client_of(archive) as client:
        assert press(client, secret) == 401
    with pytest.raises(NotInArchive):
        archive.safety.add_link(ADMIN, LOCAL_USER)
    with pytest.raises(NotAllowed):
        archive.safety.add_link(Actor("token desk", Role.EDITOR), LOCAL_USER)
