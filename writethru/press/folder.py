"""Plays from a folder of HTML files, served as they are.

Two layouts, told apart file by file::

    <host>/<path…>/<time>.html     a version: at http://host/path… from that time on
    <host>/<path…>.html            one state, from the beginning on; its own date is that of publication
    <file>.html                    likewise, on the host ``pages.test``

A first folder counts as a host when its name has a dot. ``<time>`` is ISO 8601, where colons may be hyphens
(``2024-01-05T10-00-00Z``), or fourteen digits (``20240105100000``); without a zone it is UTC.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from writethru.errors import UnreadableInput
from writethru.press.moments import parse_name_time
from writethru.press.plays import Copy, Plays, Sheet, Version, plain_host, plain_path
from writethru.press.template import HtmlCopy
from writethru.press.versions_file import Compositor

DEFAULT_HOST = "pages.test"
MAX_FILE = 256_000_000
"""Bytes in one file; a larger one is skipped."""

_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A file, read when it is looked at."""

    path: Path

    def print(self, sheet: Sheet) -> bytes:  # noqa: ARG002 - a file does not depend on the look
        """Its bytes."""
        return self.path.read_bytes()

    def teaser(self) -> Copy:
        """Its first paragraph."""
        return HtmlCopy(self.path.read_bytes().decode("utf-8", "replace")).teaser()


def read_folder(folder: Path) -> Plays:
    """Plays of all ``.html`` and ``.htm`` files below ``folder``.

    Raises:
        UnreadableInput: the folder cannot be read.
        MalformedInput: it holds none.
    """
    made = Compositor()
    try:
        paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".html", ".htm"))
    except OSError as problem:
        raise UnreadableInput("cannot be read", key=folder) from problem
    files = [file for file in (_file(made, folder, path) for path in paths) if file]
    beginning = min((file.stated or file.modified for file in files), default=None)
    for file in files:
        time = file.stated or beginning or file.modified
        made.add(file.host, file.target, _version(file, time))
    return made.plays(folder)


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the folder, and where and when it is to stand."""

    path: Path
    host: str
    target: str
    stated: datetime | None
    modified: datetime
    title: str


def _file(made: Compositor, folder: Path, path: Path) -> _File | None:
    name = path.relative_to(folder)
    try:
        facts = path.stat()
        if not path.is_file() or facts.st_size > MAX_FILE:
            made.skip(str(name), f"not a file, or over {MAX_FILE} bytes")
            return None
        return _File(path, *_place(name), datetime.fromtimestamp(facts.st_mtime, UTC), _title(path))
    except (OSError, ValueError) as problem:
        made.skip(str(name), f"cannot be played: {problem}")
        return None


def _version(file: _File, time: datetime) -> Version:
    return Version(
        time,
        file.title,
        FileCopy(file.path),
        published=None if file.stated else file.modified,
        content_type="text/html",
        templated=False,
        kept=False,
    )


def _place(name: Path) -> tuple[str, str, datetime | None]:
    """Host, path and stated time of a file by its name in the folder."""
    parts = list(name.parts)
    host = plain_host(parts.pop(0)) if len(parts) > 1 and "." in parts[0] else DEFAULT_HOST
    stated = parse_name_time(Path(parts[-1]).stem)
    if stated is not None and (len(parts) > 1 or host != DEFAULT_HOST):
        parts.pop()
    else:
        stated = None
    return host, plain_path("/" + "/".join(parts)), stated


def _title(path: Path) -> str:
    with path.open("rb") as file:
        match = _TITLE.search(file.read(65_536))
    return " ".join(html.unescape(match[1].decode("utf-8", "replace")).split()) if match else path.stem
