"""A client of the API over an archive in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from starlette.testclient import TestClient

from tests.web.texts import whole_archive
from writethru.archive import Archive
from writethru.web import WebSettings, create_app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Every article of the tests, behind the real application."""
    app = create_app(cast(Archive, whole_archive()), WebSettings(base_url="https://record.example"))
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made
