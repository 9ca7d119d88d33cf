"""Files that are there whole or not at all, and how they are read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write; it gets its name when it is complete and on disk. Two writers of one name do no harm."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_json(path: Path, value: Any) -> None:
    """A JSON value as a whole file."""
    with whole_file(path) as file:
        file.write(json.dumps(value, indent=1, ensure_ascii=True).encode() + b"\n")


def read_json(path: Path) -> Any:
    """The value of such a file; None where there is none."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None


def lines_of(path: Path) -> Iterator[Any]:
    """The values of a file that has one as JSON on each line."""
    with path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)
