"""What a backup holds: ``manifest.json``, written last, so that what it names is all there."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from writethru.errors import UnreadableInput

MANIFEST = "manifest.json"
FORM = 1


@dataclass(frozen=True, slots=True)
class Copied:
    """One file of a backup.

    Attributes:
        place: relative to the backup's folder.
        mtime: of the original in nanoseconds: with its size it says whether it must be copied again.
    """

    place: str
    size: int
    sha256: str
    mtime: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One whole backup.

    Attributes:
        made_at: ISO 8601 in UTC: when the database was copied.
        kind: of the database, ``sqlite`` or ``postgresql``.
        evidence: by file name in the evidence folder.
    """

    made_at: str
    kind: str
    database: Copied
    evidence: dict[str, Copied]

    def to_json(self) -> bytes:
        """As it stands in the file."""
        return json.dumps({"form": FORM, **asdict(self)}, indent=1, sort_keys=True).encode() + b"\n"


def read_manifest(folder: Path) -> Manifest | None:
    """The last whole backup in this folder, None where there is none.

    Raises:
        UnreadableInput: it cannot be read, or a newer Writethru wrote it.
    """
    path = folder / MANIFEST
    try:
        form: dict[str, Any] = json.loads(path.read_bytes())
        if form.pop("form") != FORM:
            raise UnreadableInput("made by a newer Writethru; upgrade Writethru", key=path)
        evidence = {name: Copied(**one) for name, one in form.pop("evidence").items()}
        return Manifest(database=Copied(**form.pop("database")), evidence=evidence, **form)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UnreadableInput("this is no whole backup: its manifest cannot be read", key=path) from error


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, on disk when this returns."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
