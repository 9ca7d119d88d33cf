"""Reading the gzip'd files that ``schedule simulate`` replays."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from writethru.errors import MalformedInput, UnreadableInput
from writethru.schedule.histories import LONGEST, Published, parse_histories

MOST_ARTICLES: Final = 5_000_000
"""A replay holds them all in memory, about 300 bytes each."""


def read_histories(path: Path) -> list[Published]:
    """All articles of a file (see ``schedule.histories`` for its form).

    Raises:
        UnreadableInput: the file is missing, or holds more than ``MOST_ARTICLES``.
        MalformedInput: it is not gzip, cut off, not UTF-8, empty, or not of that form.
    """
    found: list[Published] = []
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for history in parse_histories(_lines(file), path.name):
                found.append(history)
                if len(found) > MOST_ARTICLES:
                    raise UnreadableInput(f"more than {MOST_ARTICLES} articles; cut the file", key=path.name)
    except gzip.BadGzipFile:
        raise MalformedInput("is not gzip; pack it with gzip first", key=path.name) from None
    except (EOFError, zlib.error):
        raise MalformedInput("the gzip data is cut off or damaged", key=path.name) from None
    except UnicodeDecodeError:
        raise MalformedInput("is not UTF-8", key=path.name) from None
    except OSError as error:
        raise UnreadableInput(f"cannot be read: {error.strerror or error}", key=str(path)) from None
    if not found:
        raise MalformedInput("holds no articles", key=path.name)
    return found


def _lines(file: IO[str]) -> Iterator[str]:
    """Lines, none read further than where it is known to be too long."""
    while line := file.readline(LONGEST + 2):
        yield line
