"""The archive that rules on statements are tried on, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.conftest import config_for
from writethru.archive import Archive, open_archive


@pytest.fixture
def archive(store_url: str, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with open_archive(store_url, config_for(store_url, tmp_path)) as opened:
        yield opened
