"""The page and the API of workers: for who is known here, with machines' names escaped; and the command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from tests.safety.conftest import ADMIN, _cheap_hashes  # noqa: F401 (the fixture)
from writethru.archive import Archive
from writethru.cli import cli
from writethru.config import ArchiveConfig, Config
from writethru.health.fleet import SILENT, Beat
from writethru.safety.actors import Role
from writethru.storage import open_store
from writethru.web import WebSettings, create_app

PASSWORD = "a ferry to Skerry Island"
BEAT = Beat("<b>news1</b>-7-a", "<b>news1</b>", 7, "0.1.0", 1_234, 1, 2, 4.5)


@pytest.fixture
def archive(sqlite_made: Path, tmp_path: Path) -> Iterator[Archive]:
    """With a worker that lives and one that was killed."""
    shutil.copy(sqlite_made, tmp_path / "writethru.db")
    database = str(tmp_path / "writethru.db")
    store = open_store(database)
    now = datetime.now(UTC)
    store.fleet.beat(Beat("dead-1-b", "dead", 1, "0.0.9", 0, 0, 0, 0.0), now - 2 * SILENT)
    store.fleet.beat(BEAT, now)
    store.followers.take("tending", BEAT.worker, now, now + SILENT)
    yield Archive(store, Config(archive=ArchiveConfig(database=database, evidence=str(tmp_path / "evidence"))))
    store.close()


def test_machines_are_named_to_who_is_signed_in_only(archive: Archive) -> None:
    archive.safety.add_user(ADMIN, "rae", Role.READER, PASSWORD)
    with TestClient(create_app(archive, WebSettings()), follow_redirects=False) as client:
        assert client.get("/workers").headers["location"] == "/login?next=/workers"
        client.post("/login", data={"name": "rae", "password": PASSWORD})
        page = client.get("/workers").text
    assert "&lt;b&gt;news1&lt;/b&gt;" in page
    assert "<b>news1" not in page
    assert "<strong>silent</strong>, <strong>older version</strong>" in page
    assert "1,234; 4.5 a minute" in page


def test_the_api_asks_for_a_token(archive: Archive) -> None:
    token = archive.safety.add_token(ADMIN, "monitor", Role.READER)[1]
    with TestClient(create_app(archive, WebSettings())) as client:
        assert client.get("/api/v1/workers").status_code == 401
        form = client.get("/api/v1/workers", headers={"authorization": f"Bearer {token}"}).json()
    assert form["watching"] == 1
    assert [(one["host"], one["states"], one["leads"]) for one in form["workers"]] == [
        ("<b>news1</b>", ["watching"], ["tending"]),
        ("dead", ["silent", "older version"], []),
    ]


def test_the_command_ends_with_1_while_a_worker_is_silent(archive: Archive) -> None:
    database = archive.config.archive.database
    done = CliRunner().invoke(cli, ["workers", "--db", database, "--json"], standalone_mode=False)
    assert done.return_value == 1
    assert json.loads(done.stdout)["workers"][1]["states"] == ["silent", "older version"]
    archive.store.fleet.gone("dead-1-b")
    done = CliRunner().invoke(cli, ["workers", "--db", database], standalone_mode=False)
    assert (done.return_value, "1 of 1 known workers watch" in done.stdout) == (0, True)
