"""An archive on each database, its evidence beside it; and the shared data where it is present."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import end_all
from writethru.archive import Archive, open_archive
from writethru.config import ArchiveConfig, Config, FetchConfig

DATA = Path(os.environ.get("WRITETHRU_DATA", Path(__file__).parents[3] / "shared" / "data"))


def config_for(url: str, folder: Path, **fetch: object) -> Config:
    """Settings of an archive in a test's folder."""
    return Config(
        archive=ArchiveConfig(database=url, evidence=str(folder / "evidence")),
        fetch=FetchConfig(**fetch),  # type: ignore[arg-type]
    )


@pytest.fixture
def archive(store_url: str, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive, on SQLite and on PostgreSQL."""
    with open_archive(store_url, config_for(store_url, tmp_path)) as opened:
        yield opened


@pytest.fixture
def data() -> Path:
    """The folder of real data; a test that needs it is skipped where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"REAL DATA ABSENT: {DATA} (set WRITETHRU_DATA)")
    return DATA


@pytest.fixture
def seeds() -> Path:
    """The folder of the five seed pages, likewise."""
    folder = DATA.parent / "seeds"
    if not folder.is_dir():
        pytest.skip(f"SEED PAGES ABSENT: {folder} (set WRITETHRU_DATA)")
    return folder


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """A test that fails leaves no process behind."""
    yield
    end_all()
