"""What of a job is finished: one line for each piece, on disk before the next is begun."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

Task = TypeVar("Task")


class Ledger:
    """The finished pieces of a job by key; the last line of a key counts, and a torn one is none.

    Args:
        path: made when the first piece is noted.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done: dict[str, Any] = {}
        if path.exists():
            self._read()

    def _read(self) -> None:
        whole = 0
        with self._path.open("rb") as lines:
            for line in lines:
                try:
                    key, value = json.loads(line)
                except ValueError:
                    break
                if not line.endswith(b"\n"):
                    break
                self._done[key] = value
                whole += len(line)
        if whole < self._path.stat().st_size:
            os.truncate(self._path, whole)

    def get(self, key: str) -> Any:
        """What a piece came to, None if it is not finished."""
        return self._done.get(key)

    def note(self, key: str, value: Any) -> None:
        """A piece is finished."""
        with self._path.open("ab") as lines:
            lines.write(json.dumps([key, value], separators=(",", ":")).encode() + b"\n")
            lines.flush()
            os.fsync(lines.fileno())
        self._done[key] = value


def unfinished(ledger: Ledger, tasks: Mapping[str, Task]) -> dict[str, Task]:
    """The tasks that are still to be done."""
    return {key: task for key, task in tasks.items() if ledger.get(key) is None}
