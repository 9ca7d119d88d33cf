"""A plain list of URLs, one a line; ``#`` begins a comment line."""

from __future__ import annotations

from collections.abc import Iterator

from writethru.errors import InputError, MalformedInput
from writethru.sources.files import Line, Opened, as_utf8, damage_named, lines_of
from writethru.sources.found import FoundKind, FoundUrl, Skipped
from writethru.text.urls import MAX_URL_CHARS, canonical


def read_url_list(file: Opened) -> Iterator[FoundUrl | Skipped]:
    """The URLs of an open file; a line that is none is named and passed over."""
    try:
        with damage_named(file.path):
            for line in lines_of(as_utf8(file), 4 * MAX_URL_CHARS):
                stated = line.content.strip()
                if line.oversize or (stated and not stated.startswith(b"#")):
                    yield _found(line, str(file.path))
    except InputError as error:
        yield Skipped(str(file.path), error)


def _found(line: Line, name: str) -> FoundUrl | Skipped:
    origin = f"{name}:{line.number}"
    if line.oversize:
        return Skipped(origin, MalformedInput("the line is too long for an address", key=name, line=line.number))
    try:
        url = canonical(line.content.decode("utf-8", "replace"))
    except MalformedInput as error:
        return Skipped(origin, MalformedInput(f"{error.message} ({error.key})", key=name, line=line.number))
    return FoundUrl(url, FoundKind.UNKNOWN, origin)
