"""A client of the pages over an archive in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from starlette.testclient import TestClient

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
