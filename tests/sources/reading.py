"""What the tests of this package share: a fixed time of import and short ways to read."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from writethru.sources import Found, FoundUrl, ImportItem, Skipped, read_items

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def read(path: Path) -> list[Found]:
    """All that a path holds, read at ``NOW``."""
    return list(read_items(path, now=NOW))


def items(path: Path) -> list[ImportItem]:
    """The states a path holds; anything else fails the test."""
    found = read(path)
    assert [f for f in found if not isinstance(f, ImportItem)] == []
    return [f for f in found if isinstance(f, ImportItem)]


def skipped(path: Path) -> list[Skipped]:
    """What was left out of a path."""
    return [f for f in read(path) if isinstance(f, Skipped)]


def urls(path: Path) -> list[FoundUrl]:
    """The URLs to watch that a path names; anything else fails the test."""
    found = read(path)
    assert [f for f in found if not isinstance(f, FoundUrl)] == []
    return [f for f in found if isinstance(f, FoundUrl)]


def file(folder: Path, name: str, content: bytes | str) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def version(**changes: Any) -> dict[str, Any]:
    """A good line of a versions file, with some keys changed; None takes a key out."""
    form = {"url": "https://news.example/a", "time": "2026-02-03T09:05:00Z", "title": "Head", "text": "One.\n\nTwo."}
    return {key: value for key, value in {**form, **changes}.items() if value is not None}


def jsonl(*forms: dict[str, Any]) -> bytes:
    """Lines of a versions file."""
    return b"".join(json.dumps(form, ensure_ascii=False).encode() + b"\n" for form in forms)


def shared_data(*parts: str) -> Path:
    """A path in the development data; the test is skipped, loudly, where it is absent."""
    root = Path(os.environ.get("WRITETHRU_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"development data is absent: {path}; set WRITETHRU_DATA")
    return path
