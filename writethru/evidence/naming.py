"""Which archive a folder of evidence belongs to: a name in ``archive.json``, the same as in its database."""

from __future__ import annotations

import json
import os
from pathlib import Path

from writethru.errors import EvidenceError
from writethru.evidence.openfile import sync_folder

NAME_FILE = "archive.json"


def name_of(folder: Path) -> str:
    """The archive's name, "" where the folder has none yet.

    Raises:
        EvidenceError: the file is there and says nothing.
    """
    path = folder / NAME_FILE
    try:
        return str(json.loads(path.read_bytes())["archive"])
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvidenceError("it does not say which archive this folder belongs to; restore it", key=path) from error


def give_name(folder: Path, name: str) -> str:
    """Name the folder unless it has a name; the one it has.

    Raises:
        EvidenceError: it cannot be written.
    """
    path = folder / NAME_FILE
    fresh = path.with_name(f"{NAME_FILE}.{os.getpid()}.new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps({"archive": name}) + "\n", encoding="ascii")
        try:
            os.link(fresh, path)  # only one of two processes makes it
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        sync_folder(folder)
    except OSError as error:
        raise EvidenceError("the folder cannot be named", key=path) from error
    return name_of(folder)
