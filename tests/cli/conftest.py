"""The command in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Command, end_all


@pytest.fixture
def writethru(tmp_path: Path) -> Command:
    """``writethru`` in an empty folder."""
    return Command(tmp_path)


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """A test that fails leaves no process behind."""
    yield
    end_all()
