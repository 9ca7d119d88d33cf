"""The command in a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Command


@pytest.fixture
def writethru(tmp_path: Path) -> Command:
    """``writethru`` in an empty folder."""
    return Command(tmp_path)
