"""A client of the pages over an archive in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

from tests.web.browsing import ARGUMENTS, CHROMIUM, in_memory, on_disk, serving
from tests.web.texts import whole_archive
from writethru.archive import Archive
from writethru.web import WebSettings, create_app

SETTINGS = WebSettings(base_url="https://record.example", title="The Hartwell Record", page_size=10)


@pytest.fixture(scope="package")
def client() -> Iterator[TestClient]:
    """Every article of the tests, behind the real application."""
    app = create_app(cast(Archive, whole_archive()), SETTINGS)
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium, one for all tests of a worker."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pages were not driven")
    if not CHROMIUM and os.environ.get("WRITETHRU_REQUIRE_BROWSER") != "1":
        pytest.skip("NO BROWSER: chromium is not installed, so pages were not driven (Debian: apt install chromium)")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a running server over the articles of the tests."""
    with serving(in_memory()) as running:
        yield running


@pytest.fixture(scope="session")
def disk_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """A real archive, one for all tests of a worker that show its pages."""
    with on_disk(tmp_path_factory.mktemp("pages")) as archive:
        yield archive


@pytest.fixture(scope="session")
def disk_address(disk_archive: Archive) -> Iterator[str]:
    """The address of a running server over it."""
    with serving(disk_archive) as running:
        yield running
